/** What a narrator says when it becomes known what moves. */
import assert from "node:assert/strict";
import {
  CLASS_REASONS,
  classifiedBy,
  type ClassLine,
  type ClassReason,
  type ObjectClass,
} from "../analysis/dsl/class_line.ts";
import type { Episode } from "../analysis/dsl/episode.ts";
import { type FakeOllama, fakeOllama } from "../tests/support/fake_ollama.ts";
import { NarratorStage } from "../tests/support/narrator_stage.ts";
import { paintedCrop } from "../tests/support/painted_crop.ts";
import type { ClassWish } from "./class_wish.ts";

const NOWHERE = "http://127.0.0.1:9";
const off = { settings: { model: "off" } };
const WAITING: Partial<Episode> = { classified: classifiedBy(undefined) };

function lineOf(word: ObjectClass, score: number, detail?: string): ClassLine {
  return { blob: 1, class: word, score, crops: 3, ...(detail ? { detail } : {}) };
}

/** Tells the stage what track 1 is, as the pipeline does. */
function known(stage: NarratorStage, line: ClassLine, more: Partial<Episode> = {}): void {
  // Every line in a frame of its own.
  const frame = 40 + Math.round(100 * line.score);
  stage.see({ frame, tMs: 4_000, blobs: [{ id: 1 }], classes: [line] });
  stage.change("classified", { ...more, classified: classifiedBy(line) });
}

async function settled(stage: NarratorStage): Promise<readonly string[]> {
  await stage.narrator.settled(new AbortController().signal);
  return stage.said;
}

Deno.test("Narrator tells of a stay again by its name, and at its end", async () => {
  await using stage = new NarratorStage(NOWHERE, off);
  stage.see({ frame: 1, blobs: [{ id: 1 }] });
  stage.change("opened", WAITING);
  known(stage, lineOf("person", 0.9));
  known(stage, lineOf("person", 0.8));
  const classified = classifiedBy(lineOf("person", 0.8));
  stage.change("closed", { exit: "EXIT RIGHT", endMs: 4_100, classified });
  assert.deepEqual(await settled(stage), [
    "opened: Something came in from the left.",
    "growing: A person came in from the left.",
    "closed: A person crossed from left to right in 4 seconds.",
  ]);
  const [, growing] = stage.told;
  assert.deepEqual(growing!.narration.classified, {
    ...{ state: "sure", class: "person", score: 0.9 },
  });
  assert.match(growing!.narration.dsl.at(-1)!, /CLASS blob=1 -> person \(conf=0.90\)/);
});

Deno.test("Narrator says probably where it is not sure, and a detail where there is one", async () => {
  await using stage = new NarratorStage(NOWHERE, off);
  stage.change("opened", WAITING);
  known(stage, lineOf("animal", 0.5));
  known(stage, lineOf("animal", 0.7, "dog"));
  assert.deepEqual((await settled(stage)).slice(1), [
    "growing: Probably an animal came in from the left.",
    "growing: A dog came in from the left.",
  ]);
  const refined = stage.told.map(({ narration }) => narration.isRefined ?? false);
  assert.deepEqual(refined, [false, false, true], "it was an animal before");
});

Deno.test("Narrator calls no name refined that is of another class", async () => {
  await using stage = new NarratorStage(NOWHERE, off);
  stage.change("opened", WAITING);
  known(stage, lineOf("vehicle", 0.5));
  known(stage, lineOf("person", 0.7));
  await settled(stage);
  const refined = stage.told.map(({ narration }) => narration.isRefined ?? false);
  assert.deepEqual(refined, [false, false, false]);
});

Deno.test("Narrator says nothing of what stays unknown", async () => {
  await using stage = new NarratorStage(NOWHERE, off);
  stage.change("opened", WAITING);
  known(stage, lineOf("unknown", 0.2));
  assert.deepEqual(await settled(stage), ["opened: Something came in from the left."]);
});

Deno.test("Narrator tells of a stay that is over by its name when that comes late", async () => {
  await using stage = new NarratorStage(NOWHERE, off);
  const over = { ...WAITING, exit: "EXIT RIGHT", endMs: 1_600 } as const;
  stage.change("opened", WAITING);
  stage.see({ frame: 16, blobs: [{ id: 1 }] });
  stage.change("closed", over);
  stage.change("classified", { ...over, classified: classifiedBy(lineOf("bike", 0.7)) });
  assert.deepEqual((await settled(stage)).slice(1), [
    "closed: Something crossed from left to right in 2 seconds.",
    "closed: A bicycle or motorcycle crossed from left to right in 2 seconds.",
  ]);
});

Deno.test("Narrator never tells of what is kept quiet, whatever it is", async () => {
  await using stage = new NarratorStage(NOWHERE, off);
  stage.change("opened", { ...WAITING, suppressed: "sway" });
  known(stage, lineOf("person", 0.9), { suppressed: "sway" });
  assert.deepEqual(await settled(stage), []);
});

const WISH: ClassWish = { classes: ["person"], unknown: "tell" };
const PORCH: Partial<Episode> = { ...WAITING, zone: "porch" };

Deno.test("Narrator waits with a zone's words until it knows that they are wanted", async () => {
  await using stage = new NarratorStage(NOWHERE, { ...off, wish: WISH });
  stage.change("opened", PORCH);
  assert.deepEqual(await settled(stage), []);
  known(stage, lineOf("person", 0.5), PORCH);
  assert.deepEqual(await settled(stage), [
    "opened: Probably a person came into the porch.",
  ]);
});

Deno.test("Narrator leaves out what a zone does not ask for", async () => {
  await using stage = new NarratorStage(NOWHERE, { ...off, wish: WISH });
  stage.change("opened", PORCH);
  known(stage, lineOf("vehicle", 0.9), PORCH);
  const classified = classifiedBy(lineOf("vehicle", 0.9));
  stage.change("closed", { ...PORCH, classified, exit: "EXIT", endMs: 9_000 });
  assert.deepEqual(await settled(stage), []);
});

Deno.test("Narrator tells of what nobody can tell, unless a zone wants it quiet", async () => {
  for (const unknown of ["tell", "quiet"] as const) {
    await using stage = new NarratorStage(NOWHERE, {
      ...off,
      wish: { ...WISH, unknown },
    });
    stage.change("opened", PORCH);
    known(stage, lineOf("unknown", 0), PORCH);
    const told = unknown === "tell" ? ["opened: Something came into the porch."] : [];
    assert.deepEqual(await settled(stage), told);
  }
});

Deno.test("Narrator is silenced by no detector that fails, whatever a zone wants quiet", async () => {
  const told = async (why: ClassReason) => {
    const wish = { ...WISH, unknown: "quiet" } as const;
    await using stage = new NarratorStage(NOWHERE, { ...off, wish });
    stage.change("opened", PORCH);
    known(stage, { blob: 1, class: "unknown", score: 0, why }, PORCH);
    return (await settled(stage)).length;
  };
  const quiet: ClassReason[] = [];
  for (const why of CLASS_REASONS) if (await told(why) === 0) quiet.push(why);
  assert.deepEqual(quiet, ["no_crop", "still"]);
});

Deno.test("Narrator leaves nothing out where nobody looks", async () => {
  await using stage = new NarratorStage(NOWHERE, { ...off, wish: WISH });
  stage.change("opened", { zone: "porch" });
  assert.deepEqual(await settled(stage), ["opened: Something came into the porch."]);
});

Deno.test("Narrator leaves out what a camera does not ask for, in the whole picture too", async () => {
  await using ollama = await fakeOllama();
  await using stage = new NarratorStage(ollama.url, { wish: WISH });
  await stage.ready();
  stage.see({ frame: 1, blobs: [{ id: 1 }] });
  stage.change("opened", WAITING);
  stage.see({ frame: 31, blobs: [{ id: 1 }] });
  known(stage, lineOf("vehicle", 0.9));
  stage.see({ frame: 200, blobs: [{ id: 1 }] });
  const classified = classifiedBy(lineOf("vehicle", 0.9));
  stage.change("closed", { exit: "EXIT RIGHT", endMs: 20_000, classified });
  assert.deepEqual(await settled(stage), []);
  assert.equal(stage.narrator.counts.asked, 0, "no model is asked about it either");
});

Deno.test("Narrator asks a model as soon as it is known that words are wanted", async () => {
  await using ollama = await fakeOllama();
  await using stage = new NarratorStage(ollama.url, { wish: WISH });
  await stage.ready();
  stage.see({ frame: 1, blobs: [{ id: 1 }] });
  stage.change("opened", WAITING);
  stage.see({ frame: 31, blobs: [{ id: 1 }] });
  assert.equal(stage.narrator.counts.asked, 0);
  known(stage, lineOf("person", 0.9));
  stage.see({ frame: 200, blobs: [{ id: 1 }] });
  await stage.until("the model was asked", () => stage.narrator.counts.asked === 1);
  assert.equal((await settled(stage))[0], "opened: A person came in from the left.");
});

Deno.test("Narrator asks a model about a stay that was over before it was known to be wanted", async () => {
  await using ollama = await fakeOllama();
  await using stage = new NarratorStage(ollama.url, { wish: WISH });
  await stage.ready();
  const over = { ...WAITING, exit: "EXIT RIGHT", endMs: 1_600 } as const;
  stage.change("opened", WAITING);
  stage.see({ frame: 16, blobs: [{ id: 1 }] });
  stage.change("closed", over);
  assert.deepEqual([stage.said, stage.narrator.counts.asked], [[], 0]);
  const classified = classifiedBy(lineOf("person", 0.9));
  stage.change("classified", { ...over, classified });
  await stage.until("the model was asked", () => stage.narrator.counts.asked === 1);
  assert.equal(
    (await settled(stage))[0],
    "closed: A person crossed from left to right in 2 seconds.",
  );
});

Deno.test("Narrator drops a model's words of what turned out not to be asked for", async () => {
  const picture = Promise.withResolvers<void>();
  await using ollama = await fakeOllama();
  await using stage = new NarratorStage(ollama.url, {
    wish: WISH,
    pictureOf: async () => {
      await picture.promise;
      return paintedCrop({ track: 1 });
    },
  });
  await stage.ready();
  stage.see({ frame: 1, blobs: [{ id: 1 }] });
  stage.change("opened", { classified: classifiedBy(lineOf("person", 0.5)) });
  stage.see({ frame: 31, blobs: [{ id: 1 }] });
  known(stage, lineOf("vehicle", 0.9));
  picture.resolve();
  await stage.until("its words were dropped", () => stage.narrator.counts.dropped === 1);
  assert.deepEqual(await settled(stage), [
    "opened: Probably a person came in from the left.",
  ]);
});

/** What the model was asked, in its user message. */
function askedOf(ollama: FakeOllama): readonly string[] {
  return ollama.questions.map(({ body }) => JSON.stringify(body));
}

Deno.test("Narrator asks a model about a stay once it is known what it is, as a fact", async () => {
  await using ollama = await fakeOllama();
  await using stage = new NarratorStage(ollama.url);
  await stage.ready();
  stage.see({ frame: 1, blobs: [{ id: 1 }] });
  stage.change("opened", WAITING);
  stage.see({ frame: 31, blobs: [{ id: 1 }] });
  assert.equal(stage.narrator.counts.asked, 0, "three seconds, and nobody has looked");
  known(stage, lineOf("person", 0.9));
  stage.see({ frame: 200, blobs: [{ id: 1 }] });
  await stage.until("the model was asked", () => stage.narrator.counts.asked === 1);
  await settled(stage);
  assert.match(askedOf(ollama)[0]!, /CLASS blob=1 -> person \(conf=0.90\)/);
});

Deno.test("Narrator asks a model without a class when the first look is late", async () => {
  await using ollama = await fakeOllama();
  await using stage = new NarratorStage(ollama.url);
  await stage.ready();
  stage.see({ frame: 1, blobs: [{ id: 1 }] });
  stage.change("opened", WAITING);
  stage.see({ frame: 91, blobs: [{ id: 1 }] });
  await stage.until("the model was asked", () => stage.narrator.counts.asked === 1);
  await settled(stage);
  assert.doesNotMatch(askedOf(ollama)[0]!, /CLASS/);
});

Deno.test("Narrator waits with a model for the last look, and not for long", async () => {
  for (const isKnown of [true, false]) {
    await using ollama = await fakeOllama();
    await using stage = new NarratorStage(ollama.url);
    await stage.ready();
    const over = { ...WAITING, exit: "EXIT RIGHT", endMs: 1_600 } as const;
    stage.see({ frame: 1, blobs: [{ id: 1 }] });
    stage.change("opened", WAITING);
    stage.see({ frame: 16, blobs: [{ id: 1 }] });
    stage.change("closed", over);
    await stage.until("the template told", () => stage.told.length === 2);
    assert.equal(stage.narrator.counts.asked, 0);
    const line = lineOf("bike", 0.7);
    if (isKnown) {
      stage.see({ frame: 40, classes: [line] });
      stage.change("classified", { ...over, classified: classifiedBy(line) });
    } else stage.clock.advance(6_000);
    await stage.until("the model was asked", () => stage.narrator.counts.asked === 1);
    await settled(stage);
    assert.equal(/CLASS blob=1 -> bike/.test(askedOf(ollama)[0]!), isKnown);
  }
});

Deno.test("Narrator ends while a stay waits for its last look", async () => {
  await using ollama = await fakeOllama();
  await using stage = new NarratorStage(ollama.url);
  await stage.ready();
  stage.see({ frame: 1, blobs: [{ id: 1 }] });
  stage.change("opened", WAITING);
  stage.see({ frame: 16, blobs: [{ id: 1 }] });
  stage.change("closed", { ...WAITING, exit: "EXIT RIGHT", endMs: 1_600 });
  await stage.narrator[Symbol.asyncDispose]();
  await stage.narrator.settled(new AbortController().signal);
  stage.clock.advance(60_000);
  assert.equal(ollama.questions.length, 0);
});
