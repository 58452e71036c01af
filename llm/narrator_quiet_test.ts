/**
 * What is kept quiet: nothing of it is told, spoken, posted or asked about, whenever it
 * turns out and however it is said.
 * @module
 */
import assert from "node:assert/strict";
import { fakeOllama } from "../tests/support/fake_ollama.ts";
import { NarratorStage } from "../tests/support/narrator_stage.ts";

const NOWHERE = "http://127.0.0.1:9";
const off = { settings: { model: "off" } };
const SWAY = { cause: "sway", score: 0.9, blob: 1, suppressed: true } as const;

/** Tells of another one, and waits until that was told: what comes before has come. */
async function told(stage: NarratorStage): Promise<readonly number[]> {
  stage.change("opened", { id: 9, track: 9 });
  const isLast = () => stage.told.some(({ narration }) => narration.episode === 9);
  await stage.until("the other one is told", isLast);
  return stage.told.map(({ narration }) => narration.episode);
}

Deno.test("Narrator has no words for a blob that is kept quiet, also without its CAUSE line", async () => {
  await using ollama = await fakeOllama();
  await using stage = new NarratorStage(ollama.url);
  await stage.ready();
  const blobs = [{ id: 1, suppressed: "sway" as const }];
  stage.see({ frame: 1, blobs });
  stage.change("opened", { suppressed: "sway" });
  for (const frame of [31, 400]) stage.see({ frame, blobs });
  stage.change("closed", { suppressed: "sway", exit: "EXIT LEFT", endMs: 40_000 });
  assert.deepEqual(await told(stage), [9]);
  assert.equal(ollama.questions.length, 0);
});

Deno.test("Narrator has no words for what was too small to its end", async () => {
  await using stage = new NarratorStage(NOWHERE, off);
  stage.see({ frame: 40, blobs: [] });
  stage.change("opened", { suppressed: "small" });
  stage.change("closed", { suppressed: "small", exit: "EXIT LEFT", endMs: 4_000 });
  assert.deepEqual(await told(stage), [9]);
});

Deno.test("Narrator tells of what has grown when it has, once", async () => {
  await using stage = new NarratorStage(NOWHERE, off);
  for (const frame of [1, 20]) stage.see({ frame, blobs: [{ id: 1 }] });
  stage.change("opened", { startMs: 100, endMs: 2_000 });
  assert.deepEqual(await told(stage), [1, 9]);
});

Deno.test("Narrator says nothing any more of what turns out to be kept quiet", async () => {
  await using stage = new NarratorStage(NOWHERE, off);
  stage.see({ frame: 1, blobs: [{ id: 1 }] });
  stage.change("opened");
  await stage.until("it is told", () => stage.told.length === 1);
  stage.see({ frame: 10, blobs: [{ id: 1, suppressed: "sway" }], causes: [SWAY] });
  const stop = { type: "STOP", blob: 1, dir: "STATIC" } as const;
  const blobs = [{ id: 1, suppressed: "sway" as const }];
  stage.see({ frame: 20, blobs, events: [stop] });
  for (const frame of [400, 1_300]) stage.see({ frame, blobs });
  stage.change("closed", { suppressed: "sway", exit: "DISAPPEAR", endMs: 130_000 });
  assert.deepEqual(await told(stage), [1, 9], "neither its stop, its stay nor its end");
});

Deno.test("Narrator drops a sentence that waits for its picture when it is kept quiet meanwhile", async () => {
  const never = () => new Promise<undefined>(() => {});
  await using stage = new NarratorStage(NOWHERE, { ...off, pictureOf: never });
  stage.see({ frame: 1, blobs: [{ id: 1 }] });
  stage.change("opened");
  stage.see({ frame: 2, blobs: [{ id: 1, suppressed: "sway" }], causes: [SWAY] });
  stage.change("opened", { id: 9, track: 9 });
  stage.clock.advance(300);
  await stage.until("the other one is told", () => stage.told.length > 0);
  assert.deepEqual(stage.told.map(({ narration }) => narration.episode), [9]);
});

Deno.test("Narrator counts no tree among the others in view", async () => {
  await using stage = new NarratorStage(NOWHERE, off);
  const blobs = [{ id: 1 }, { id: 2, suppressed: "sway" as const }];
  for (const frame of [1, 30]) stage.see({ frame, blobs });
  stage.change("opened");
  stage.see({ frame: 31, blobs });
  stage.change("closed", { exit: "EXIT RIGHT", endMs: 3_100 });
  await stage.until("its end is told", () => stage.told.length === 2);
  assert.doesNotMatch(stage.told[1]!.narration.text, /other/);
});

Deno.test("Narrator has no words for who goes on from before a restart, until he leaves", async () => {
  await using stage = new NarratorStage(NOWHERE, off);
  for (const frame of [1, 30]) stage.see({ frame, blobs: [{ id: 1 }] });
  stage.change("opened", { enter: null, startMs: 100, endMs: 100 });
  assert.deepEqual(await told(stage), [9]);
  stage.change("closed", { enter: null, exit: "EXIT LEFT", endMs: 40_000 });
  await stage.until(
    "he is told",
    () => stage.told.some(({ narration }) => narration.episode === 1),
  );
});

Deno.test("Narrator does not say that what became a part of the scene has gone", async () => {
  await using stage = new NarratorStage(NOWHERE, off);
  stage.change("opened", { enter: "ENTER LEFT", startMs: 100, endMs: 100 });
  stage.change("closed", { cause: "absorbed", exit: null, endMs: 300_000 });
  await told(stage);
  const words = stage.told.filter(({ narration }) => narration.episode === 1);
  assert.equal(words.length, 1, "only that it came");
});
