import assert from "node:assert/strict";
import fc from "fast-check";
import type { Narration } from "../../llm/narration.ts";
import { narration } from "../../tests/support/narrations.ts";
import { addTold, quietWords, TOLD_MAX, type ToldEpisode, toldEpisodes } from "./told.ts";

const REPEATED = { verdict: { kind: "quiet", reason: "repeated" } } as const;

function rowsOf(...narrations: readonly Narration[]): readonly ToldEpisode[] {
  return toldEpisodes(addTold([], narrations, 50));
}

Deno.test("toldEpisodes() keeps one row an episode, and its newest sentence stands", () => {
  const [row, ...others] = rowsOf(
    narration(1, { text: "Something came" }),
    narration(2, { episode: 1, text: "A person came", hasPicture: true }),
    narration(3, { episode: 1, text: "A person came and went", moment: "closed" }),
  );
  assert.deepEqual(others, []);
  assert.equal(row!.stands.text, "A person came and went");
  assert.deepEqual(row!.earlier.map(({ id }) => id), [2, 1]);
  assert.equal(row!.pictured?.id, 2, "the newest that has a picture");
  assert.equal(row!.closed, true);
});

Deno.test("toldEpisodes() lets a model's sentence stand, and what happened since below it", () => {
  const author = { kind: "model", model: "small", tookMs: 900 } as const;
  const [row] = rowsOf(
    narration(1, { text: "Something came" }),
    narration(2, { episode: 1, text: "A red car", author, hasPicture: true }),
    narration(3, { episode: 1, text: "Something came and went", moment: "closed" }),
  );
  assert.equal(row!.stands.text, "A red car");
  assert.equal(row!.course?.text, "Something came and went");
  assert.deepEqual(row!.earlier.map(({ id }) => id), [1]);
  const [newest] = rowsOf(narration(1), narration(2, { episode: 1, author }));
  assert.equal(newest!.course, undefined, "nothing since");
});

Deno.test("toldEpisodes() puts the row with the newest sentence first", () => {
  const rows = rowsOf(narration(1), narration(2), narration(3, { episode: 1 }));
  assert.deepEqual(rows.map(({ stands }) => stands.episode), [1, 2]);
});

Deno.test("toldEpisodes() takes another camera, zone or start for another episode", () => {
  const one = { episode: 1 };
  const rows = rowsOf(
    narration(1, one),
    narration(2, { ...one, camera: "barn" }),
    narration(3, { ...one, zone: "door" }),
  );
  assert.equal(rows.length, 3);
  const log = addTold(addTold([], [narration(1, one)], 50), [narration(1, one)], 60);
  assert.deepEqual(toldEpisodes(log).map(({ startedUtcMs }) => startedUtcMs), [60, 50]);
});

Deno.test("toldEpisodes() lets quiet words change no sentence, but know of the end", () => {
  const [row] = rowsOf(
    narration(1, { startMs: 100, endMs: 100 }),
    narration(2, { episode: 1, endMs: 900, moment: "closed", ...REPEATED }),
  );
  assert.equal(row!.stands.id, 1);
  assert.deepEqual([row!.startMs, row!.endMs, row!.closed], [100, 900, true]);
  assert.deepEqual(rowsOf(narration(1, REPEATED)), [], "no row for quiet words alone");
});

Deno.test("quietWords() tells the reasons, newest first", () => {
  const late = { verdict: { kind: "quiet", reason: "late" } } as const;
  const log = addTold(
    [],
    [narration(1, REPEATED), narration(2), narration(3, late)],
    50,
  );
  assert.deepEqual(quietWords(log).map(({ reason }) => reason), ["late", "repeated"]);
});

Deno.test("addTold() comes to the same in whatever order and however often it hears", () => {
  const ids = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 40 });
  fc.assert(fc.property(fc.array(ids), (batches) => {
    const log = batches.reduce(
      (was, batch) => addTold(was, batch.map((id) => narration(id)), 50),
      addTold([], [], 50),
    );
    const wanted = [...new Set(batches.flat())].sort((a, b) => b - a);
    assert.deepEqual(log.map(({ narration }) => narration.id), wanted);
  }));
});

Deno.test("addTold() gives the same log when there is nothing new, and bounds it", () => {
  const all = Array.from({ length: TOLD_MAX + 5 }, (_, i) => narration(i + 1));
  const log = addTold([], all, 50);
  assert.equal(log.length, TOLD_MAX);
  assert.equal(log[0]!.narration.id, TOLD_MAX + 5, "the oldest go");
  assert.equal(addTold(log, all.slice(-3), 50), log);
});
