import assert from "node:assert/strict";
import { Track } from "../tracking/track.ts";
import { isPassing, isSolid } from "./evidence.ts";
import { Doubts } from "./doubt.ts";
import { Voice } from "./voice.ts";

/** A track of 10x20 pixels that was at each of these places, ten a second. */
function trackOver(places: readonly (readonly [x: number, foot: number])[]): Track {
  const [x, foot] = places[0]!;
  const box = { x, foot, w: 10, h: 20, area: 150, cut: false };
  const track = new Track(1, box, { tMs: 0, frame: 1 });
  places.forEach(([px, py], index) => {
    track.path.add(100 * index, { ...box, x: px, foot: py }, 150);
    track.hits++;
    track.travel = Math.max(track.travel, Math.hypot(px - x, py - foot) / Math.sqrt(200));
  });
  return track;
}

const straight = Array.from({ length: 12 }, (_, i) => [40 + 3 * i, 80] as const);
const toAndFro = Array.from(
  { length: 30 },
  (_, i) => [40 + 18 * Math.sin(i / 2), 80] as const,
);

Deno.test("what goes straight over the ground is solid, what swings is not", () => {
  assert.ok(isSolid(trackOver(straight)));
  assert.ok(isPassing(trackOver(straight.slice(0, 4))));
  assert.ok(!isSolid(trackOver(toAndFro)));
  assert.ok(!isSolid(trackOver(straight.slice(0, 3))));
});

Deno.test("a doubt delays a new track, and becomes a verdict that is said once by its id", () => {
  const voice = new Voice();
  const doubts = new Doubts(voice);
  const track = trackOver(toAndFro);
  track.ageS = 0.5;
  doubts.doubt(track, "sway", 0.6);
  assert.ok(track.withheld && track.suppressed === undefined);
  track.ageS = 3.1;
  doubts.doubt(track, "sway", 0.6);
  assert.deepEqual(track.suppressed, { cause: "sway", score: 0.6 });
  doubts.say([track]);
  assert.deepEqual(voice.take(), []);
  track.id = 7;
  doubts.say([track]);
  doubts.say([track]);
  assert.deepEqual(voice.take(), [
    { cause: "sway", score: 0.6, blob: 7, suppressed: true },
  ]);
});

Deno.test("a known track is never doubted, nor one that the picture's edge still cuts", () => {
  const doubts = new Doubts(new Voice());
  const known = trackOver(toAndFro);
  known.id = 3;
  known.ageS = 5;
  doubts.doubt(known, "sway", 0.9);
  assert.ok(!known.withheld && known.suppressed === undefined);
  const cut = trackOver(toAndFro);
  cut.cut = true;
  cut.ageS = 3.1;
  doubts.doubt(cut, "sway", 0.9);
  assert.equal(cut.suppressed, undefined);
});

Deno.test("a cause is said at its onset, and again only after it was gone for a while", () => {
  const voice = new Voice();
  voice.tell("light", 0.756);
  voice.tell("light", 0.9);
  assert.deepEqual(voice.take(), [{ cause: "light", score: 0.76, suppressed: true }]);
  voice.pass(9);
  voice.tell("light", 0.9);
  voice.pass(9);
  voice.tell("light", 0.9);
  assert.deepEqual(voice.take(), []);
  voice.pass(11);
  voice.tell("light", 0.9);
  assert.equal(voice.take().length, 1);
});
