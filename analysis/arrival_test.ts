import assert from "node:assert/strict";
import { analyzeDrawn, type DrawnThing } from "../tests/support/drawn_clip.ts";
import type { MotionEvent } from "./dsl/observation.ts";

const FORMAT = { width: 240, height: 160 };
const PERSON = { y: 60, w: 20, h: 56, luma: 40, u: 120, v: 140 };

function eventsOf(
  fps: number,
  thingsAt: (second: number) => readonly DrawnThing[],
): (MotionEvent & { readonly atMs: number })[] {
  const told = analyzeDrawn({ format: FORMAT, fps, seconds: 11, thingsAt });
  return told.flatMap(({ tMs, events }) =>
    events.map((event) => ({ ...event, atMs: tMs }))
  );
}

Deno.test("Arrivals: what flares up in mid-picture for half a second is not told", () => {
  for (const fps of [5, 10, 25]) {
    const events = eventsOf(
      fps,
      (second) => second < 6 || second > 6.5 ? [] : [{ ...PERSON, x: 100 }],
    );
    assert.deepEqual(events, [], `${fps} frames a second`);
  }
});

Deno.test("Arrivals: what stands in mid-picture for two seconds and never came is not told", () => {
  const events = eventsOf(
    10,
    (second) => second < 6 || second > 8 ? [] : [{ ...PERSON, x: 100 }],
  );
  assert.deepEqual(events, []);
});

Deno.test("Arrivals: who comes over the edge is told within a second, and from when he came", () => {
  for (const fps of [5, 10, 25]) {
    const events = eventsOf(
      fps,
      (second) => second < 5 ? [] : [{ ...PERSON, x: -20 + 40 * (second - 5) }],
    );
    const enter = events[0]!;
    assert.deepEqual([enter.type, enter.dir], ["ENTER", "LEFT"]);
    assert.ok(enter.atMs <= 6_200, `${enter.atMs} ms at ${fps} frames a second`);
    assert.ok(Math.abs(enter.sinceMs! - 5_200) <= 400, `since ${enter.sinceMs}`);
  }
});

Deno.test("Arrivals: who steps out in mid-picture and walks is told, and from when he stepped out", () => {
  for (const fps of [5, 10, 25]) {
    const events = eventsOf(
      fps,
      (second) => second < 6 ? [] : [{ ...PERSON, x: 80 + 20 * (second - 6) }],
    );
    const appear = events[0]!;
    assert.equal(appear.type, "APPEAR");
    assert.ok(appear.atMs <= 8_000, `${appear.atMs} ms at ${fps} frames a second`);
    assert.ok(Math.abs(appear.sinceMs! - 6_000) <= 400, `since ${appear.sinceMs}`);
  }
});

Deno.test("Arrivals: who walks when the scene begins is told within a second", () => {
  const events = eventsOf(10, (second) => [{ ...PERSON, x: 60 + 20 * second }]);
  assert.ok(events[0]!.atMs <= 1_500, `${events[0]!.atMs} ms`);
  assert.ok(events[0]!.sinceMs! <= 800, `since ${events[0]!.sinceMs}`);
});

Deno.test("Arrivals: what trembles where somebody left is a trace of him, what walks off is not", () => {
  const leaver = (second: number): DrawnThing[] =>
    second < 4 ? [] : [{ ...PERSON, y: 40, w: 60, h: 100, x: -60 + 80 * (second - 4) }];
  const mark = { ...PERSON, y: 80, w: 8, h: 24 };
  const left = (second: number, x: number) => second < 8.8 ? [] : [{ ...mark, x }];
  const trembling = eventsOf(10, (second) => [
    ...leaver(second),
    ...left(second, 214 + 5 * Math.min(1, Math.max(0, second - 8.8))),
  ]);
  assert.deepEqual([...new Set(trembling.map(({ blob }) => blob))], [1]);
  const walking = eventsOf(10, (second) => [
    ...leaver(second),
    ...left(second, 214 - 30 * Math.max(0, second - 8.8)),
  ]);
  assert.deepEqual([...new Set(walking.map(({ blob }) => blob))], [1, 2]);
});

Deno.test("Arrivals: what flares up on a car that passes is a piece of it", () => {
  const car = { y: 60, w: 100, h: 50, luma: 40, u: 120, v: 140 };
  const film = (second: number): DrawnThing[] => {
    if (second < 5) return [];
    const x = -100 + 60 * (second - 5);
    const glint = { x: x + 95, y: 76, w: 14, h: 30, luma: 230 };
    const shows = second > 6.5 && second < 7.2;
    return [{ ...car, x }, ...(shows ? [{ ...glint, x: x + 106 }] : [])];
  };
  const told = eventsOf(10, film).filter(({ type }) => type === "APPEAR");
  assert.deepEqual(told, []);
});
