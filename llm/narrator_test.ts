import assert from "node:assert/strict";
import { fakeOllama } from "../tests/support/fake_ollama.ts";
import { NarratorStage } from "../tests/support/narrator_stage.ts";
import { MODES } from "../tests/support/ollama_script.ts";
import { ownLoopback } from "../tests/support/own_loopback.ts";
import { paintedCrop } from "../tests/support/painted_crop.ts";
import { seenShape } from "../tests/support/seen_shape.ts";
import { isWholeJpeg } from "./image.ts";

/** Nobody listens there: no test of this file reaches it. */
const NOWHERE = "http://127.0.0.1:9";
const off = { settings: { model: "off" } };
const looks = {
  usual: {
    text: async (_: string, [image]: readonly Uint8Array[]) =>
      `A ${await seenShape(image!)} moves.`,
  },
};

Deno.test("Narrator tells at once without a model, and again what a model saw", async () => {
  await using ollama = await fakeOllama(looks);
  await using stage = new NarratorStage(ollama.url);
  await stage.ready();
  stage.visit(1);
  await stage.until("the model told", () => stage.told.length === 2);
  stage.change("closed", { exit: "EXIT RIGHT", endMs: 3_100 });
  await stage.until("all is told", () => stage.told.length === 3);
  assert.deepEqual(stage.said, [
    "opened: Something came in from the left.",
    "growing by vision:latest: A red square moves.",
    "closed: Something crossed from left to right in 3 seconds.",
  ]);
  const [opened, model, closed] = stage.told;
  assert.deepEqual([opened, model, closed].map((told) => told!.narration.id), [1, 2, 3]);
  for (const { narration, picture } of stage.told) {
    assert.equal(narration.hasPicture, true);
    assert.ok(isWholeJpeg(picture!));
    assert.equal(await seenShape(picture!), "red square");
    assert.match(narration.dsl.join("\n"), /^FRAME 1 .*\n {2}BLOB id=1 /);
  }
  assert.deepEqual(model!.narration.author, {
    kind: "model",
    model: "vision:latest",
    tookMs: 0,
  });
  assert.equal(closed!.narration.endMs, 3_100);
  const { told, asked, answered, failed, dropped } = stage.narrator.counts;
  assert.deepEqual([told, asked, answered, failed, dropped], [3, 1, 1, 0, 0]);
  assert.deepEqual(stage.alerts, []);
  assert.equal(ollama.questions.length, 1);
});

Deno.test("Narrator asks about a stay that was too short to be asked about when it ends", async () => {
  await using ollama = await fakeOllama(looks);
  await using stage = new NarratorStage(ollama.url);
  await stage.ready();
  stage.see({ frame: 1, blobs: [{ id: 1 }] });
  stage.change("opened");
  stage.see({ frame: 9, blobs: [{ id: 1 }] });
  assert.equal(ollama.questions.length, 0);
  stage.change("closed", { exit: "EXIT RIGHT", endMs: 900 });
  await stage.until("the model told", () => stage.told.length === 3);
  assert.equal(stage.said[2], "closed by vision:latest: A red square moves.");
});

Deno.test("Narrator does not wait for a picture longer than 250 ms", async () => {
  const stuck = new Promise<undefined>(() => {});
  await using stage = new NarratorStage(NOWHERE, { ...off, pictureOf: () => stuck });
  stage.change("opened");
  stage.clock.advance(249);
  await new Promise((turn) => setTimeout(turn));
  assert.deepEqual(stage.said, []);
  stage.clock.advance(1);
  await stage.until("it is told", () => stage.told.length === 1);
  assert.equal(stage.told[0]!.narration.hasPicture, false);
  assert.equal("picture" in stage.told[0]!, false);
});

Deno.test("Narrator tells without a picture when making one fails, and logs it once", async () => {
  const fails = () => Promise.reject(new Error("the worker is gone"));
  await using stage = new NarratorStage(NOWHERE, { ...off, pictureOf: fails });
  stage.change("opened");
  stage.change("closed", { exit: "DISAPPEAR" });
  await stage.until("both are told", () => stage.told.length === 2);
  assert.deepEqual(stage.logged, [
    "words.picture_failed camera=gate words=the worker is gone",
  ]);
});

Deno.test("Narrator has no words for what is kept quiet", async () => {
  await using ollama = await fakeOllama();
  await using stage = new NarratorStage(ollama.url);
  await stage.ready();
  const causes = [{ cause: "headlight", score: 0.9, blob: 1, suppressed: true }] as const;
  stage.see({ frame: 1, blobs: [{ id: 1 }], causes });
  stage.change("opened");
  for (const frame of [31, 400]) stage.see({ frame, blobs: [{ id: 1 }] });
  stage.change("closed", { suppressed: "headlight", exit: "DISAPPEAR" });
  stage.change("opened", { id: 2, track: 2 });
  await stage.until("only the other is told", () => stage.told.length === 1);
  assert.equal(stage.told[0]!.narration.episode, 2);
  assert.equal(ollama.questions.length, 0);
});

Deno.test("Narrator tells of a stay that stops and lasts, and names the zone", async () => {
  await using stage = new NarratorStage(NOWHERE, off);
  stage.see({ frame: 1, blobs: [{ id: 1 }] });
  stage.change("opened");
  stage.change("opened", { id: 2, zone: "porch", enter: "ENTER" });
  const stop = { type: "STOP", blob: 1, dir: "STATIC", sinceMs: 2_000 } as const;
  stage.see({ frame: 35, blobs: [{ id: 1 }], events: [stop] });
  for (const frame of [400, 1_300, 1_400]) stage.see({ frame, blobs: [{ id: 1 }] });
  stage.change("closed", { id: 2, zone: "porch", exit: "EXIT", endMs: 140_000 });
  await stage.until("all is told", () => stage.told.length === 6);
  assert.deepEqual(stage.said, [
    "opened: Something came in from the left.",
    "opened: Something came into the porch.",
    "growing: Something stopped in the porch.",
    "growing: Something has been standing in the porch for 38 seconds.",
    "growing: Something has been standing in the porch for 2 minutes.",
    "closed: Something stopped in and left the porch after 2 minutes.",
  ]);
});

Deno.test("Narrator asks nobody about a stay in a zone", async () => {
  await using ollama = await fakeOllama();
  await using stage = new NarratorStage(ollama.url);
  await stage.ready();
  stage.see({ frame: 1, blobs: [{ id: 1 }] });
  stage.change("opened", { zone: "porch" });
  stage.see({ frame: 50, blobs: [{ id: 1 }] });
  stage.change("closed", { zone: "porch", exit: "EXIT" });
  await stage.until("both are told", () => stage.told.length === 2);
  assert.equal(stage.narrator.counts.asked, 0);
});

/** What each of the stand-in's modes comes to: a sentence, or why there is none. */
const OUTCOMES: Readonly<Record<string, string>> = {
  hang: "(late): ",
  stall: "(late): A person walks",
  drip: ": A person walks left.",
  slowload: ": A person walks left.",
  german: ": Eine Person geht nach links.",
  empty: "(empty): ",
  badjson: '(unfinished): {"caption": "A person',
  long: "(unfinished): person",
  echo: "(echo): Facts measured",
  cut: "failed",
  eof: "failed",
  errline: "failed",
  busy: "(late): ",
  html: "failed",
};

Deno.test("every mode of the stand-in has its outcome here", () => {
  assert.deepEqual(Object.keys(OUTCOMES).toSorted(), Object.keys(MODES).toSorted());
});

for (const [mode, outcome] of Object.entries(OUTCOMES)) {
  Deno.test(`Narrator's template stands, whatever the model does: ${mode}`, async () => {
    await using ollama = await fakeOllama({ models: [`vision-${mode}`] });
    await using stage = new NarratorStage(ollama.url);
    await stage.ready();
    stage.visit(1);
    await stage.until("the template told", () => stage.told.length > 0);
    assert.equal(stage.said[0], "opened: Something came in from the left.");
    const { counts } = stage.narrator;
    await stage.until("it is asked", () => ollama.questions.length > 0);
    if (mode === "stall") {
      await stage.until("it has begun", () => ollama.questions[0]!.sent === 3);
    }
    const isOver = () => stage.told.length === 2 || counts.failed === 1;
    // Where the clock ends it; else the clock stands, however long the answer takes.
    if (outcome.startsWith("(late)")) await stage.passing("it is over", isOver, 5_000);
    else await stage.until("it is over", isOver);
    if (outcome === "failed") assert.deepEqual([counts.failed, counts.told], [1, 1]);
    else {
      const said = stage.said[1]!.replace(/^growing by vision-\w+:latest ?/, "");
      assert.ok(said.startsWith(outcome), said);
      assert.equal(counts.told, outcome.startsWith("(") ? 1 : 2);
    }
    const quiet = stage.logged.filter((line) => line.startsWith("words.quiet"));
    assert.equal(quiet.length, outcome.startsWith("(") ? 1 : 0);
    stage.change("closed", { exit: "EXIT RIGHT", endMs: 3_100 });
    await stage.until(
      "the end is told",
      () => stage.said.at(-1)!.startsWith("closed: Something crossed"),
    );
  });
}

/** Takes connections and drops them; counts them. */
function blackHole(
  where: { readonly hostname: string; readonly port: number },
): AsyncDisposable & { readonly looks: number } {
  const listener = Deno.listen(where);
  let looks = 0;
  const taking = (async () => {
    for await (const connection of listener) {
      looks++;
      connection.close();
    }
  })();
  return {
    get looks() {
      return looks;
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      await taking;
    },
  };
}

Deno.test("Narrator says once that Ollama is gone, and uses it when it returns", async () => {
  const address = ownLoopback();
  const first = await fakeOllama({ address, usual: { end: "stall" } });
  await using stage = new NarratorStage(first.url);
  await stage.ready();
  stage.visit(1);
  await stage.until("it answers", () => first.questions.length === 1);
  await first.stop();
  await stage.passing("the alert stands", () => stage.alerts.length === 1);
  assert.equal(stage.narrator.counts.failed, 1);
  assert.match(
    stage.alerts[0]!,
    /^Sentences come from motion alone, as no Ollama answers at http:\/\/127\.[\d.]+:\d+: (nobody listens there \(connection refused\)|it closes the connection without an answer)\. A model .* \| Start it /,
  );
  stage.visit(2);
  {
    await using hole = blackHole({ hostname: address, port: first.port });
    for (let looks = 1; looks <= 4; looks++) {
      await stage.passing("it looks again", () => hole.looks >= looks, 2_000);
    }
  }
  assert.equal(stage.alerts.length, 1);
  const lines = stage.logged.filter((line) => line.startsWith("words.no_model"));
  const changes = lines.filter((line, at) => line !== lines[at - 1]);
  assert.deepEqual(lines, changes, "a line for a change, not for a look");
  await using _second = await fakeOllama({ ...looks, address, port: first.port });
  await stage.passing("the alert is gone", () => stage.alerts.length === 0, 5_000);
  stage.visit(3);
  const again = "growing by vision:latest: A red square moves.";
  await stage.until("it answers again", () => stage.said.includes(again));
});

Deno.test("Narrator: one camera's hanging question delays no other's words, nor for ever its question", async () => {
  await using ollama = await fakeOllama(looks);
  ollama.script({ end: "stall", endAfter: 0 });
  await using stage = new NarratorStage(ollama.url);
  await stage.ready();
  stage.visit(1, "gate");
  await stage.until("the first question hangs", () => ollama.questions.length === 1);
  stage.clock.advance(30_000);
  stage.visit(1, "yard");
  stage.visit(2, "yard");
  await stage.until("all templates are told", () => stage.told.length === 3);
  assert.equal(ollama.questions.length, 1);
  stage.clock.advance(30_000);
  await stage.until("all are told", () => stage.told.length === 6);
  assert.deepEqual(stage.said.slice(3).toSorted(), [
    "growing by vision:latest (late): ",
    "growing by vision:latest (repeated): A red square moves.",
    "growing by vision:latest: A red square moves.",
  ]);
  assert.equal(stage.told[3]!.narration.camera, "gate");
});

Deno.test("Narrator refuses a model that cannot see before asking it, with the command", async () => {
  await using ollama = await fakeOllama({ models: ["text"], saysCapabilities: false });
  await using stage = new NarratorStage(ollama.url, { settings: { model: "text" } });
  await stage.until("the alert stands", () => stage.alerts.length === 1);
  stage.visit(1);
  await stage.until("the template told", () => stage.told.length === 1);
  assert.match(
    stage.alerts[0]!,
    /the model "text" cannot see pictures\..* \| ollama pull /,
  );
  assert.equal(ollama.seen.length, 0);
  assert.equal(stage.board.list()[0]!.severity, "note");
});

Deno.test("Narrator finds a model that was pulled meanwhile", async () => {
  const address = ownLoopback();
  const first = await fakeOllama({ address, models: [] });
  await using stage = new NarratorStage(first.url, { settings: { model: "vision" } });
  await stage.until("the alert stands", () => stage.alerts.length === 1);
  assert.match(stage.alerts[0]!, /"vision" is not installed\. .* \| ollama pull vision$/);
  await first.stop();
  await using _second = await fakeOllama({ address, port: first.port });
  await stage.passing("the alert is gone", () => stage.alerts.length === 0);
});

Deno.test("Narrator says that a model fails after three questions, and takes it back when it answers", async () => {
  await using ollama = await fakeOllama();
  await using stage = new NarratorStage(ollama.url);
  await stage.ready();
  const refuse = { fail: { status: 400, error: "bad day" } };
  ollama.script(refuse, refuse, refuse);
  for (const track of [1, 2, 3]) {
    stage.visit(track);
    await stage.until("it failed", () => stage.narrator.counts.failed === track);
  }
  await stage.until("the alert stands", () => stage.alerts.length === 1);
  assert.match(stage.alerts[0]!, /the model vision:latest fails: status 400: bad day/);
  let track = 3;
  await stage.passing("it is asked again", () => {
    if (ollama.questions.length === 3) stage.visit(++track);
    return ollama.questions.length > 3;
  }, 5_000);
  await stage.until("the alert is gone", () => stage.alerts.length === 0);
});

Deno.test("Narrator cures a server whose cache is damaged by unloading once", async () => {
  await using ollama = await fakeOllama(looks);
  const message = "got exception: Chunk not found";
  const error = JSON.stringify({ error: { code: 500, message, type: "server_error" } });
  ollama.script({ fail: { status: 500, error } });
  await using stage = new NarratorStage(ollama.url);
  await stage.ready();
  stage.visit(1);
  await stage.until("the model told", () => stage.told.length === 2);
  const ways = ollama.seen.map(({ path, body }) =>
    path === "/api/chat" ? "ask" : body.keep_alive === 0 ? "unload" : "load"
  );
  assert.deepEqual(ways, ["load", "load", "ask", "unload", "load", "ask"]);
});

Deno.test("Narrator asks no more than the hour allows, and goes on after it", async () => {
  await using ollama = await fakeOllama();
  await using stage = new NarratorStage(ollama.url, { settings: { perHour: 2 } });
  await stage.ready();
  for (const track of [1, 2, 3]) {
    stage.visit(track);
    await stage.until("it is settled", () => {
      const { answered, dropped } = stage.narrator.counts;
      return answered + dropped === track;
    });
  }
  assert.deepEqual([ollama.questions.length, stage.narrator.counts.dropped], [2, 1]);
  stage.clock.advance(3_600_000);
  await stage.until("the server was looked at", () => true);
  stage.visit(4);
  await stage.until("it is asked again", () => ollama.questions.length === 3);
});

Deno.test("Narrator holds eight questions, drops and counts the rest", async () => {
  await using ollama = await fakeOllama({ usual: { end: "stall", endAfter: 0 } });
  await using stage = new NarratorStage(ollama.url);
  await stage.ready();
  stage.visit(1);
  await stage.until("one is asked", () => ollama.questions.length === 1);
  for (let track = 2; track <= 20; track++) stage.visit(track);
  await stage.until("all are offered", () => stage.narrator.counts.dropped === 11);
  await stage.until("all templates are told", () => stage.told.length === 20);
});

Deno.test("Narrator ends at once with a question in flight and a picture awaited", async () => {
  await using ollama = await fakeOllama({ usual: { end: "stall", endAfter: 0 } });
  const stage = new NarratorStage(ollama.url, {
    pictureOf: (_, track) =>
      track === 1 ? Promise.resolve(paintedCrop()) : new Promise(() => {}),
  });
  await stage.ready();
  stage.visit(1);
  await stage.until("it is asked", () => ollama.questions.length === 1);
  stage.change("opened", { id: 2, track: 2 });
  await stage[Symbol.asyncDispose](); // the clock stands: it waits for none of the two
  assert.equal(stage.told.length, 2, "the sentence goes out without its picture");
  await stage.until(
    "the server sees it",
    () => ollama.questions[0]!.state === "broken off",
  );
  stage.visit(3);
  assert.equal(stage.told.length, 2);
});

Deno.test("Narrator is settled when what it asked was told, or when nobody waits", async () => {
  await using ollama = await fakeOllama({ usual: { tokenMs: 50 } });
  await using stage = new NarratorStage(ollama.url);
  await stage.ready();
  stage.visit(1);
  await stage.narrator.settled(AbortSignal.abort());
  assert.equal(stage.told.length, 0);
  await stage.narrator.settled(new AbortController().signal);
  assert.deepEqual(stage.told.map(({ narration }) => narration.author.kind), [
    "template",
    "model",
  ]);
  await stage.narrator.settled(new AbortController().signal);
});

Deno.test("Narrator leaves Ollama alone when no model is wanted", async () => {
  await using ollama = await fakeOllama();
  await using stage = new NarratorStage(ollama.url, off);
  stage.visit(1);
  await stage.until("the template told", () => stage.told.length === 1);
  stage.clock.advance(600_000);
  assert.deepEqual([stage.alerts.length, ollama.seen.length], [0, 0]);
});
