import assert from "node:assert/strict";
import { drawBoxes, type DrawnBox } from "../../tests/support/drawn_boxes.ts";
import { hasLeft, isPieceOfLeaving } from "./leaving.ts";
import type { Sighting } from "./sighting.ts";
import { Track } from "./track.ts";
import { Tracker } from "./tracker.ts";

const SIZE = { width: 200, height: 120 };
const FPS = 10;

/** When each id was seen last, s, in a film of boxes. */
function lastSeen(film: (s: number) => readonly DrawnBox[], seconds: number) {
  const tracker = new Tracker(SIZE, 1);
  const last = new Map<number, number>();
  for (let frame = 1; frame <= FPS * seconds; frame++) {
    const picture = drawBoxes(SIZE, film(frame / FPS));
    const moment = { tMs: 1_000 * frame / FPS, frame };
    tracker.findRegions(picture);
    tracker.follow(picture, { dtS: 1 / FPS, moment, mayBear: true });
    tracker.confirm();
    for (const { id, coast } of tracker.tracks) {
      if (id > 0 && coast === 0) last.set(id, moment.tMs / 1_000);
    }
  }
  return last;
}

/** Someone large on his way to the right edge, and over it once `x` is 200. */
function leaver(x: number): DrawnBox {
  return { x, y: 20, w: 60, h: 90, colour: 40 };
}

Deno.test("Who went over the edge has left, though his shadow stays there for a second", () => {
  const shadow = { x: 196, y: 60, w: 4, h: 40, colour: 80 };
  const film = (s: number) => [
    leaver(60 + 30 * s),
    ...(s > 4 && s < 5.1 ? [shadow] : []),
  ];
  const last = lastSeen(film, 8);
  assert.equal(last.size, 1);
  assert.ok(last.get(1)! < 4.6, `seen last at ${last.get(1)} s`);
});

Deno.test("Who falls into pieces while he goes over the edge is no two people", () => {
  const film = (s: number) => {
    const x = 60 + 30 * s;
    const front = { ...leaver(x + 26), w: 34 };
    const behind = { ...leaver(x), y: 30, w: 18, h: 80 };
    return s < 2.8 ? [leaver(x)] : [front, behind];
  };
  assert.deepEqual([...lastSeen(film, 4).keys()], [1]);
});

function track(whole: Sighting, cut: boolean): Track {
  const known = new Track(1, whole, { tMs: 0, frame: 1 });
  known.id = 1;
  known.cut = cut;
  return known;
}

const WHOLE = { x: 160, foot: 110, w: 60, h: 90, area: 5_000, cut: false };
const PIECE = { x: 180, foot: 100, w: 20, h: 30, area: 500, cut: true };

Deno.test("A piece is near one who is being cut by the edge, and small beside him", () => {
  assert.equal(isPieceOfLeaving(PIECE, [track(WHOLE, true)]), true);
  assert.equal(isPieceOfLeaving(PIECE, [track(WHOLE, false)]), false);
  assert.equal(isPieceOfLeaving(PIECE, [track({ ...WHOLE, cut: true }, true)]), false);
  assert.equal(isPieceOfLeaving({ ...PIECE, area: 3_000 }, [track(WHOLE, true)]), false);
  assert.equal(isPieceOfLeaving({ ...PIECE, x: 20 }, [track(WHOLE, true)]), false);
});

Deno.test("Only the edge may leave so little of somebody", () => {
  assert.equal(hasLeft(track(WHOLE, true), PIECE), true);
  assert.equal(hasLeft(track(WHOLE, true), { ...PIECE, cut: false }), false);
  assert.equal(hasLeft(track(WHOLE, true), { ...PIECE, area: 1_000 }), false);
});
