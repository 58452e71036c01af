import assert from "node:assert/strict";
import { analyzeDrawn, type DrawnThing } from "../../tests/support/drawn_clip.ts";
import type { Observation } from "../dsl/observation.ts";

const FORMAT = { width: 240, height: 160 };
const CAR = { y: 80, w: 64, h: 30, luma: 200, u: 110, v: 150 };
const PERSON = { w: 20, h: 56, luma: 40, u: 120, v: 140 };

/** Drives in from the left once the scene is known, parks at 90, drives off at `leavesAtS`. */
function carAt(second: number, leavesAtS: number): DrawnThing {
  const arrives = Math.min(90, -64 + 37 * (second - 6));
  const leaves = second > leavesAtS ? 50 * (second - leavesAtS) : 0;
  return { ...CAR, x: arrives + leaves };
}

function linesOf(told: readonly Observation[]): string[] {
  return told.flatMap(({ tMs, events, causes }) => [
    ...causes.map(({ cause, blob, suppressed }) =>
      `${Math.round(tMs / 1_000)} ${cause} ${blob ?? ""}${
        suppressed ? " suppressed" : ""
      }`
    ),
    ...events.map(({ type, blob, with: other }) =>
      `${Math.round(tMs / 1_000)} ${type} ${blob}${
        other === undefined ? "" : ` with ${other}`
      }`
    ),
  ]);
}

Deno.test("Stillness keeps a parked car for two minutes, then absorbs it, and knows it when it drives off", () => {
  const told = analyzeDrawn({
    ...{ format: FORMAT, fps: 5, seconds: 160 },
    thingsAt: (second) => [carAt(second, 150)],
  }, { absorbAfterS: 120 });
  const standing = told.filter(({ tMs }) => tMs > 13_000 && tMs < 124_000);
  assert.ok(standing.every(({ blobs }) => blobs.length === 1 && blobs[0]!.id === 1));
  const area = (at: number) => told[at * 5]!.edges[0]!.areaPx;
  assert.ok(area(120) > 0.9 * area(14), `${area(120)} of ${area(14)} pixels are left`);
  const absorbedAt =
    told.findIndex(({ causes }) => causes.some(({ cause }) => cause === "absorbed")) / 5;
  assert.ok(absorbedAt > 129 && absorbedAt < 136, `absorbed at ${absorbedAt} s`);
  const quiet = told.filter(({ tMs }) => tMs > 138_000 && tMs < 149_000);
  assert.ok(quiet.every(({ blobs, motionPct }) => blobs.length === 0 && motionPct === 0));
  const lines = linesOf(told);
  assert.ok(lines.some((line) => line.endsWith("MOVE 1")), lines.join("\n"));
  assert.ok(lines.some((line) => line.endsWith("EXIT 1")), lines.join("\n"));
  const ids = new Set(told.flatMap(({ blobs }) => blobs.map(({ id }) => id)));
  assert.deepEqual([...ids], [1], lines.join("\n"));
  assert.equal(told.at(-1)!.motionPct, 0, "it leaves no ghost");
});

/** Walks in from the left, pauses at 100 from 4 s to 6 s, goes out to the right. */
function walkerAt(second: number): DrawnThing {
  const x = second < 4 ? -20 + 30 * second : second < 6 ? 100 : 100 + 30 * (second - 6);
  return { ...PERSON, x, y: 60 };
}

const BAG = { x: 100, y: 102, w: 16, h: 14, luma: 220, u: 100, v: 160 };

Deno.test("Stillness tells what a walker left, and keeps it", () => {
  const told = analyzeDrawn({
    ...{ format: FORMAT, fps: 10, seconds: 46 },
    thingsAt: (second) =>
      second < 11 ? [walkerAt(second - 6)] : [BAG, walkerAt(second - 6)],
  });
  const lines = linesOf(told);
  const drops = lines.filter((line) => line.includes("DROP"));
  assert.equal(drops.length, 1, lines.join("\n"));
  assert.match(drops[0]!, /DROP \d+ with 1$/);
  assert.ok(!lines.some((line) => line.includes("TAKE")), lines.join("\n"));
  assert.equal(told.at(-1)!.blobs.length, 1, "the bag is still there");
});

Deno.test("Stillness tells what a walker took, and no ghost of it is reported", () => {
  const told = analyzeDrawn({
    ...{ format: FORMAT, fps: 10, seconds: 30 },
    thingsAt: (second) =>
      second < 15 ? [BAG, walkerAt(second - 10)] : [walkerAt(second - 10)],
  });
  const lines = linesOf(told);
  assert.equal(lines.filter((line) => line.includes("TAKE")).length, 1, lines.join("\n"));
  assert.ok(!lines.some((line) => line.includes("DROP")), lines.join("\n"));
  const reported = told.flatMap(({ blobs }) => blobs).filter(({ id, suppressed }) =>
    id !== 1 && suppressed === undefined
  );
  assert.equal(reported.length, 0, lines.join("\n"));
});

Deno.test("Stillness says nothing of the place where somebody stood at the start", () => {
  const told = analyzeDrawn({
    ...{ format: FORMAT, fps: 10, seconds: 15 },
    thingsAt: (second) => [{
      ...PERSON,
      ...{ x: second < 4 ? 100 : 100 + 30 * (second - 4), y: 60 },
    }],
  });
  const lines = linesOf(told);
  assert.ok(!lines.some((line) => /DROP|TAKE/.test(line)), lines.join("\n"));
});

Deno.test("Stillness forgets what it absorbed when the scene is another", () => {
  const told = analyzeDrawn({
    ...{ format: FORMAT, fps: 5, seconds: 180 },
    viewAt: (second) => ({ right: 0, ground: second < 145 ? 0 : 1 }),
    thingsAt: (second) => second < 145 ? [carAt(second, 200)] : [walkerAt(second - 165)],
  }, { absorbAfterS: 120 });
  const late = told.filter(({ tMs }) => tMs > 165_000);
  const ids = new Set(late.flatMap(({ blobs }) => blobs.map(({ id }) => id)));
  assert.ok(!ids.has(1), linesOf(told).join("\n"));
  assert.ok(ids.size > 0, "the walker in the new scene is followed");
});

Deno.test("Stillness knows an absorbed car when it drives off after the camera was turned a little", () => {
  const told = analyzeDrawn({
    ...{ format: FORMAT, fps: 5, seconds: 165 },
    viewAt: (second) => ({ right: second < 142 ? 0 : 8, ground: 0 }),
    thingsAt: (second) => [carAt(second, 155)],
  }, { absorbAfterS: 120 });
  const lines = linesOf(told);
  assert.ok(lines.some((line) => line.endsWith("EXIT 1")), lines.join("\n"));
  const ids = new Set(told.flatMap(({ blobs }) => blobs.map(({ id }) => id)));
  assert.deepEqual([...ids], [1], lines.join("\n"));
  assert.equal(told.at(-1)!.blobs.length, 0, "nothing is left standing");
});

Deno.test("Stillness knows an absorbed car when it drives off after a restart", () => {
  const told = analyzeDrawn({
    ...{ format: FORMAT, fps: 5, seconds: 160, restartsAtS: 145 },
    thingsAt: (second) => [carAt(second, 150)],
  }, { absorbAfterS: 120 });
  const lines = linesOf(told);
  assert.ok(lines.some((line) => line.endsWith("EXIT 1")), lines.join("\n"));
  const ids = new Set(told.flatMap(({ blobs }) => blobs.map(({ id }) => id)));
  assert.deepEqual([...ids], [1], lines.join("\n"));
});
