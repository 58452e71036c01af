import assert from "node:assert/strict";
import fc from "fast-check";
import type { Blob, MotionEvent } from "./dsl/observation.ts";
import { type Line, type LineDirection, LineWatch } from "./lines.ts";

/** Across the middle of the picture, from left to right: left of it is above. */
const MIDDLE = lineOf("middle", [[0, 0.5], [1, 0.5]]);

function lineOf(
  name: string,
  points: readonly (readonly [number, number])[],
  direction: LineDirection = "both",
): Line {
  return { name, points: points.map(([x, y]) => ({ x, y })), direction };
}

/** A box .05 x .2 whose foot stands at (x, y). */
function blobAt(x: number, y: number, more: Partial<Blob> = {}): Blob {
  const speeds = { vx: 0, vy: 0, vxPerS: 0, vyPerS: 0 };
  return { id: 1, x, y: y - 0.1, w: 0.05, h: 0.2, ...speeds, coast: 0, ...more };
}

type Place = readonly [x: number, y: number];

/** Walks from place to place, `fps` frames a second, and gives what was told. */
function walk(
  places: readonly Place[],
  { lines = [MIDDLE], fps = 10, more = {}, end }: {
    readonly lines?: readonly Line[];
    readonly fps?: number;
    readonly more?: Partial<Blob>;
    readonly end?: MotionEvent["type"];
  } = {},
): readonly MotionEvent[] {
  const watch = new LineWatch(lines);
  const told = places.flatMap(([x, y], index) =>
    watch.step({
      frame: index + 1,
      tMs: Math.round(index * 1_000 / fps),
      blobs: [blobAt(x, y, more)],
      events: [],
    })
  );
  if (end === undefined) return told;
  const frame = places.length + 1;
  const last = { type: end, blob: 1, dir: "STATIC" } as const;
  const tMs = Math.round(frame * 1_000 / fps);
  return [...told, ...watch.step({ frame, tMs, blobs: [], events: [last] })];
}

/** From above to below or back, in `steps` steps. */
function down(from: number, to: number, steps: number): Place[] {
  return Array.from(
    { length: steps + 1 },
    (_, i): Place => [0.5, from + (to - from) * i / steps],
  );
}

Deno.test("LineWatch tells who crosses, with the side that was gone to, and since when", () => {
  const told = walk(down(0.3, 0.7, 40));
  assert.deepEqual(told, [{
    type: "CROSS",
    blob: 1,
    dir: "DOWN",
    sinceMs: 2_100,
    sinceFrame: 22,
    line: "middle",
  }]);
  assert.deepEqual(words(walk(down(0.7, 0.3, 40))), ["middle UP"]);
});

for (const fps of [1, 5, 25, 60]) {
  Deno.test(`LineWatch tells the same at ${fps} frames a second`, () => {
    const there = down(0.2, 0.8, 4 * fps);
    const told = walk([...there, ...there.toReversed()], { fps });
    assert.deepEqual(words(told), ["middle DOWN", "middle UP"]);
    const [first] = told;
    assert.ok(Math.abs((first!.sinceMs ?? 2_000) - 2_000) <= 1_000 / fps + 1);
  });
}

Deno.test("LineWatch sees what jumps over a line between two frames", () => {
  const told = walk([[0.5, 0.1], [0.5, 0.9]]);
  assert.deepEqual(told, [{ type: "CROSS", blob: 1, dir: "DOWN", line: "middle" }]);
});

Deno.test("LineWatch counts feet that tremble on a line once, and not at all when they go back", () => {
  const tremble = Array.from(
    { length: 60 },
    (_, i): Place => [0.5, 0.5 + (i % 2 === 0 ? 0.008 : -0.008)],
  );
  const came = down(0.3, 0.49, 10);
  assert.deepEqual(words(walk([...came, ...tremble, ...down(0.51, 0.7, 10)])), [
    "middle DOWN",
  ]);
  assert.deepEqual(walk([...came, ...tremble, ...came.toReversed()]), []);
});

Deno.test("LineWatch counts who stops just behind a line after a second, and once", () => {
  const stands = Array.from({ length: 30 }, (): Place => [0.5, 0.51]);
  const came = down(0.3, 0.49, 10);
  const told = walk([...came, ...stands]);
  assert.deepEqual(words(told), ["middle DOWN"]);
  const slowly = [...stands, ...stands.map(([x]): Place => [x, 0.49]), ...stands];
  assert.deepEqual(words(walk([...came, ...slowly])), ["middle DOWN"]);
  const back = [...came, ...stands, ...down(0.49, 0.3, 10)];
  assert.deepEqual(words(walk(back)), ["middle DOWN", "middle UP"]);
});

Deno.test("LineWatch counts who goes out of sight on the line, as through a door", () => {
  const places = down(0.3, 0.51, 20);
  assert.deepEqual(walk(places), []);
  for (const end of ["EXIT", "DISAPPEAR"] as const) {
    assert.deepEqual(words(walk(places, { end })), ["middle DOWN"]);
  }
});

Deno.test("LineWatch tells one way only when asked to: from the line's left to its right", () => {
  const forward = lineOf("in", [[0, 0.5], [1, 0.5]], "forward");
  const turned = lineOf("out", [[1, 0.5], [0, 0.5]], "forward");
  const there = down(0.2, 0.8, 20);
  const lines = [forward, turned];
  assert.deepEqual(words(walk(there, { lines })), ["in DOWN"]);
  assert.deepEqual(words(walk(there.toReversed(), { lines })), ["out UP"]);
});

Deno.test("LineWatch lets who goes round the end of a line pass", () => {
  const short = lineOf("gate", [[0.4, 0.5], [0.6, 0.5]]);
  const around: Place[] = [[0.5, 0.2], [0.8, 0.2], [0.8, 0.8], [0.5, 0.8]];
  assert.deepEqual(walk(around, { lines: [short] }), []);
});

Deno.test("LineWatch sees feet that are cut off at the edge cross a line that ends there", () => {
  const upright = lineOf("upright", [[0.5, 0], [0.5, 1]]);
  const along: Place[] = [[0.4, 1], [0.5, 1], [0.6, 1]];
  assert.deepEqual(words(walk(along, { lines: [upright] })), ["upright RIGHT"]);
  const inner = lineOf("inner", [[0.5, 0.2], [0.5, 0.8]]);
  assert.deepEqual(walk(along, { lines: [inner] }), []);
});

Deno.test("LineWatch counts a corner of a line once", () => {
  const corner = lineOf("corner", [[0.2, 0.2], [0.5, 0.5], [0.8, 0.2]]);
  const told = walk([[0.5, 0.1], [0.5, 0.9]], { lines: [corner] });
  assert.equal(told.length, 1);
});

Deno.test("LineWatch is silent about what is kept quiet, and guesses no crossing", () => {
  assert.deepEqual(walk(down(0.2, 0.8, 20), { more: { suppressed: "sway" } }), []);
  assert.deepEqual(walk(down(0.2, 0.8, 20), { more: { coast: 1 } }), []);
});

Deno.test("LineWatch keeps its times when the clock is set", () => {
  const watch = new LineWatch([MIDDLE]);
  const step = (frame: number, tMs: number, y: number) =>
    watch.step({ frame, tMs, blobs: [blobAt(0.5, y)], events: [] });
  step(1, 0, 0.4);
  step(2, 100, 0.505);
  watch.shift(3_600_000);
  assert.deepEqual(step(3, 3_600_200, 0.505), []);
  const [told] = step(4, 3_601_150, 0.505);
  assert.equal(told?.sinceMs, 3_600_100);
});

Deno.test("LineWatch tells crossings of a straight line in turn, whatever the path", () => {
  const height = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(fc.property(fc.array(height, { maxLength: 60 }), (heights) => {
    const told = walk(heights.map((y): Place => [0.5, y]));
    const turns = told.map(({ dir }) => dir);
    turns.forEach((dir, i) => i > 0 && assert.notEqual(dir, turns[i - 1]));
    const [first, last] = [heights[0] ?? 0.5, heights.at(-1) ?? 0.5];
    if (Math.abs(last - 0.5) < 0.05 || first === 0.5) return;
    const hasChanged = (first > 0.5) !== (last > 0.5);
    assert.equal(turns.length % 2 === 1, hasChanged);
  }));
});

function words(told: readonly MotionEvent[]): readonly string[] {
  return told.map(({ line, dir }) => `${line} ${dir}`);
}
