import assert from "node:assert/strict";
import { noiseOf, sceneLuma, VIEW, viewOf } from "../../tests/support/watched_view.ts";
import { Measures } from "./measures.ts";
import { type Weather, WeatherWatch } from "./weather.ts";

const FRAMES = 50;
const BEGINS = 20;
const DT_S = 0.1;

type Falling = (frame: number) => (x: number, y: number) => number;

function named(falling: Falling): (Weather | undefined)[] {
  const watch = new WeatherWatch();
  const measures = new Measures(VIEW, VIEW.stride);
  const given = { clear: true, steady: true, veiled: false };
  return Array.from({ length: FRAMES }, (_, frame) => {
    const more = frame < BEGINS ? () => 0 : falling(frame);
    const view = viewOf((x, y) => sceneLuma(x, y) + more(x, y), { mask: () => false });
    measures.look(view);
    return watch.step(measures, DT_S, given);
  });
}

/** Places that are others in every frame. */
function places(frame: number, count: number): [number, number][] {
  const random = noiseOf(frame, 5_000);
  return Array.from({ length: count }, () => [
    (random(0, 0) + 5_000) % VIEW.width,
    (random(0, 0) + 5_000) % VIEW.height,
  ]);
}

function drawn(frame: number, shape: { count: number; w: number; h: number }) {
  const lit = new Set<number>();
  for (const [left, top] of places(frame, shape.count)) {
    for (let y = top; y < top + shape.h; y++) {
      for (let x = left; x < left + shape.w; x++) lit.add(y * 1_000 + x);
    }
  }
  return (x: number, y: number) => lit.has(y * 1_000 + x) ? 40 : 0;
}

function check(falling: Falling, weather: Weather): void {
  const told = named(falling);
  assert.deepEqual(told.filter((one) => one !== undefined), [weather]);
  const frame = told.indexOf(weather);
  assert.ok(frame > BEGINS && frame < BEGINS + 2.5 / DT_S, `told in frame ${frame}`);
}

Deno.test("WeatherWatch names bright upright streaks rain, once", () => {
  check((frame) => drawn(frame, { count: 130, w: 1, h: 14 }), "rain");
});

Deno.test("WeatherWatch names bright round dots snow, once", () => {
  check((frame) => drawn(frame, { count: 130, w: 4, h: 4 }), "snow");
});

Deno.test("WeatherWatch names what is darker as often as brighter noise, once", () => {
  check((frame) => noiseOf(frame, 24), "noise");
});

Deno.test("WeatherWatch names nothing for a place that flickers alone", () => {
  const leaves: Falling = (frame) => (x, y) =>
    x < 60 && y < 60 && ((x + y + frame) & 8) === 0 ? 40 : 0;
  assert.deepEqual(named(leaves).filter((one) => one !== undefined), []);
});
