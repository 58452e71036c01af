/**
 * What is told of a camera that was turned while nobody looked: over an outage, or while
 * the program was started anew.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  analyzeScene,
  type SceneLuma,
  type SceneTroubles,
  statesOf,
} from "../../tests/support/viewed_scene.ts";
import { sceneLuma, VIEW, viewOf } from "../../tests/support/watched_view.ts";
import { Edges } from "./edges.ts";
import { Measures } from "./measures.ts";
import { isKeptView, ViewWatch } from "./view_watch.ts";

const OUTAGE = { outage: { atS: 6, forS: 60 } } as const;
const RESTART = { restart: { atS: 6 } } as const;

function told(after: SceneLuma, troubles: SceneTroubles, seconds = 16): string {
  const film: SceneLuma = (x, y, second) => second < 6 ? home(x, y) : after(x, y, second);
  return statesOf(analyzeScene(film, seconds, troubles)).join(", ");
}

Deno.test("a camera that was turned during an outage is moved until the old view is back", () => {
  assert.match(
    told(elsewhere, OUTAGE),
    /^warmup 0, online 2, (warmup 66, )?(online \d+, )?moved (6[89]|7[0-2])$/,
  );
  const back: SceneLuma = (x, y, s) => s < 20 ? elsewhere(x, y) : home(x, y);
  assert.match(told(back, OUTAGE, 30), /moved \d\d, online 8[1-7]$/);
});

Deno.test("a camera that was pushed during an outage farther than zones are drawn to is moved", () => {
  assert.match(told((x, y) => home(x + 11, y + 1), OUTAGE), /moved (6[89]|7[0-2])$/);
});

Deno.test("another light after an outage is no other view", () => {
  for (const [name, luma] of LIGHTS) {
    assert.doesNotMatch(told(luma, OUTAGE), /moved/, name);
    assert.doesNotMatch(told(luma, RESTART), /moved/, `${name}, started anew`);
  }
});

Deno.test("a picture that shows hardly anything after an outage is no other view", () => {
  assert.doesNotMatch(
    told((x, y) => 20 + 0.08 * (elsewhere(x, y) - 60), OUTAGE),
    /moved/,
  );
});

Deno.test("a camera that was turned while the program was started anew is moved", () => {
  assert.match(told(elsewhere, RESTART), /moved (8|9|1[0-2])$/);
});

Deno.test("a moved camera is moved after a start too, until the old view is back", () => {
  const film: SceneLuma = (x, y, second) =>
    second < 6 || second >= 24 ? home(x, y) : elsewhere(x, y);
  const troubles = { restart: { atS: 16 } };
  const states = statesOf(analyzeScene(film, 34, troubles));
  assert.match(
    states.join(", "),
    /^warmup 0, online 2, moved [678], moved 16, online 2[5-9]$/,
  );
});

Deno.test("zones that were drawn anew fit the view that is seen then", () => {
  const film: SceneLuma = (x, y, second) => second < 6 ? home(x, y) : elsewhere(x, y);
  const troubles = { restart: { atS: 16, drawsAnew: true } };
  const states = statesOf(analyzeScene(film, 30, troubles));
  assert.match(states.join(", "), /^warmup 0, online 2, moved [678], online 16$/);
});

Deno.test("edges of any places and sizes are looked at, and show nothing outside the picture", () => {
  const place = fc.oneof(fc.integer({ min: -9, max: 400 }), fc.maxSafeInteger());
  const edge = fc.tuple(place, place, fc.nat(1), fc.integer());
  fc.assert(
    fc.property(
      fc.array(edge, { maxLength: 20 }),
      place,
      fc.boolean(),
      (edges, x, away) => {
        const kept = {
          ...{ away, score: 0.5, x, y: 0, rememberedX: x, rememberedY: 0 },
          edges: edges.flat(),
        };
        assert.equal(isKeptView(kept), true);
        const watch = new ViewWatch(VIEW);
        watch.restore(kept, VIEW.stride);
        assert.equal(watch.moved, away);
        const given = { dtS: 1, noise: 1, shows: true };
        for (let look = 0; look < 4; look++) watch.look(viewOf(home), given);
        const again = watch.snapshot(
          new Edges(new Measures(VIEW, VIEW.stride)),
          VIEW.stride,
        );
        assert.equal(isKeptView(again), true);
      },
    ),
    { numRuns: 20 },
  );
});

/** The same view by night, by another sun, by lamps, by infrared. */
const LIGHTS: readonly (readonly [string, SceneLuma])[] = [
  ["night", (x, y) => 16 + 0.2 * (home(x, y) - 16)],
  ["noon", (x, y) => Math.min(255, 16 + 1.8 * (home(x, y) - 16))],
  ["lamps", (x, y) => {
    const lit = (atX: number, atY: number) =>
      Math.exp(-((x - atX) ** 2 + (y - atY) ** 2) / 6_000);
    return 16 + (0.12 + lit(80, 60) + 0.8 * lit(260, 150)) * (home(x, y) - 16);
  }],
  ["long shadows", (x, y) => 16 + (((x + y) % 90) < 40 ? 0.45 : 1) * (home(x, y) - 16)],
  ["infrared", (x, y) => 200 - 0.15 * x + 0.4 * (home(x, y) - 130)],
];

function home(x: number, y: number): number {
  return sceneLuma(x + 400, y + 400);
}

function elsewhere(x: number, y: number): number {
  return sceneLuma(3 * x + 77, 2 * y + 31);
}
