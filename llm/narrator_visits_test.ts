import assert from "node:assert/strict";
import { fakeOllama } from "../tests/support/fake_ollama.ts";
import { NarratorStage } from "../tests/support/narrator_stage.ts";
import { paintedCrop } from "../tests/support/painted_crop.ts";

const NOWHERE = "http://127.0.0.1:9";
const off = { settings: { model: "off" } };
const blobs = [{ id: 1 }];

Deno.test("Narrator tells nothing of a flicker, shows it to nobody, and counts it", async () => {
  await using ollama = await fakeOllama();
  await using stage = new NarratorStage(ollama.url);
  await stage.ready();
  stage.see({ frame: 1, blobs });
  stage.change("opened", { enter: "APPEAR" });
  stage.see({ frame: 8, blobs });
  stage.change("closed", { enter: "APPEAR", exit: "DISAPPEAR", endMs: 800 });
  stage.see({ frame: 101, blobs });
  stage.change("opened", { id: 2, enter: "APPEAR", startMs: 10_100, endMs: 10_100 });
  stage.see({ frame: 109, blobs });
  assert.deepEqual([stage.said, stage.narrator.counts.flickers], [[], 1]);
  stage.see({ frame: 112, blobs });
  stage.change("closed", {
    ...{ id: 2, enter: "APPEAR", exit: "DISAPPEAR" },
    ...{ startMs: 10_100, endMs: 11_200 },
  });
  await stage.until("the model told", () => stage.told.length === 3);
  assert.deepEqual(stage.said, [
    "opened: Something appeared.",
    "closed: Something appeared and was gone after 1 second.",
    "closed by vision:latest: A person walks left.",
  ]);
  assert.equal(ollama.questions.length, 1);
  assert.equal(stage.narrator.counts.flickers, 1);
});

Deno.test("Narrator asks at the end when there was no picture before, once", async () => {
  await using ollama = await fakeOllama();
  const pictures = { has: false, wanted: 0 };
  await using stage = new NarratorStage(ollama.url, {
    pictureOf: (_, track) => {
      pictures.wanted++;
      return Promise.resolve(pictures.has ? paintedCrop({ track }) : undefined);
    },
  });
  await stage.ready();
  stage.visit(1);
  await stage.until("it is told", () => stage.told.length === 1);
  for (let frame = 32; frame < 60; frame++) {
    stage.see({ frame, blobs });
    await Promise.resolve();
  }
  assert.equal(
    pictures.wanted,
    2,
    "for the sentence and for the question, not per frame",
  );
  pictures.has = true;
  stage.change("closed", { exit: "EXIT RIGHT", endMs: 6_000 });
  await stage.until("the model told", () => stage.told.length === 3);
  assert.equal(stage.said[2], "closed by vision:latest: A person walks left.");
  assert.deepEqual([ollama.questions.length, stage.narrator.counts.failed], [1, 0]);
});

Deno.test("Narrator asks once more when a visit ended while its picture was awaited", async () => {
  await using ollama = await fakeOllama();
  let wanted = 0;
  await using stage = new NarratorStage(ollama.url, {
    pictureOf: (_, track) =>
      ++wanted === 2
        ? new Promise(() => {})
        : Promise.resolve(paintedCropAfter(wanted, track)),
  });
  function paintedCropAfter(count: number, track: number) {
    return count > 3 ? paintedCrop({ track }) : undefined;
  }
  await stage.ready();
  stage.visit(1);
  await stage.until("it is told", () => stage.told.length === 1);
  stage.change("closed", { exit: "EXIT RIGHT", endMs: 3_200 });
  await stage.until("its end is told", () => stage.told.length === 2);
  stage.clock.advance(2_000);
  await stage.until("the model told", () => stage.told.length === 3);
  assert.equal(ollama.questions.length, 1);
});

Deno.test("Narrator counts a question that found no picture to the end as failed", async () => {
  await using ollama = await fakeOllama();
  await using stage = new NarratorStage(ollama.url, {
    pictureOf: () => Promise.resolve(undefined),
  });
  await stage.ready();
  stage.visit(1);
  stage.change("closed", { exit: "EXIT RIGHT", endMs: 3_200 });
  await stage.until("it failed", () => stage.narrator.counts.failed === 1);
  assert.equal(ollama.questions.length, 0);
});

Deno.test("Narrator takes the verdict of the end, when that lets through what was quiet before", async () => {
  await using ollama = await fakeOllama();
  await using stage = new NarratorStage(ollama.url);
  await stage.ready();
  stage.see({ frame: 1, blobs });
  stage.change("opened");
  const causes = [{ cause: "headlight", score: 0.9, blob: 1, suppressed: true }] as const;
  stage.see({ frame: 31, blobs, causes });
  stage.change("closed", { exit: "EXIT RIGHT", endMs: 3_100, suppressed: null });
  await stage.until("the model told", () => stage.told.length === 3);
  assert.equal(stage.said[2], "closed by vision:latest: A person walks left.");
});

const HOUR_MS = 3_600_000;

for (const stepMs of [3 * HOUR_MS, -3 * HOUR_MS]) {
  const way = stepMs > 0 ? "forward" : "back";
  Deno.test(`Narrator: the clock goes ${way} 3 h ten seconds into a visit, and its words stay right`, async () => {
    await using stage = new NarratorStage(NOWHERE, off);
    const t0 = 100 * HOUR_MS;
    let shiftMs = 0;
    const see = (frame: number, events: readonly { readonly type: "STOP" }[] = []) =>
      stage.see({
        ...{ frame, tMs: t0 + frame * 100 + shiftMs, blobs },
        events: events.map(({ type }) => ({ type, blob: 1, dir: "STATIC" })),
      });
    const times = (endFrame: number) => ({
      startMs: t0 + 100 + shiftMs,
      endMs: t0 + endFrame * 100 + shiftMs,
    });
    see(1);
    stage.change("opened", times(1));
    for (let frame = 2; frame <= 100; frame++) {
      see(frame, frame === 50 ? [{ type: "STOP" }] : []);
    }
    shiftMs = stepMs;
    stage.narrator.clockStepped("gate", shiftMs);
    stage.narrator.clockStepped("another", shiftMs);
    for (let frame = 101; frame <= 300; frame++) see(frame);
    await stage.until("all is told", () => stage.told.length === 2);
    for (let frame = 301; frame <= 700; frame++) see(frame);
    stage.change("closed", { ...times(700), exit: "EXIT RIGHT" });
    await stage.until("its end is told", () => stage.told.length === 4);
    assert.deepEqual(stage.said, [
      "opened: Something came in from the left.",
      "growing: Something stopped in the middle.",
      "growing: Something has been standing in the middle for 25 seconds.",
      "closed: Something came in from the left, stopped, and went out on the right after 70 seconds.",
    ]);
    const stays = stage.told[2]!.narration;
    assert.equal(stays.startMs, t0 + 100 + stepMs);
    const stamps = stays.dsl.join("\n").matchAll(/ t=(\d+)/g);
    for (const [, stamp] of stamps) {
      assert.ok(Number(stamp) >= stays.startMs && Number(stamp) <= stays.endMs);
    }
  });
}
