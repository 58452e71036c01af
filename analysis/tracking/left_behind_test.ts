import assert from "node:assert/strict";
import { drawBoxes, type DrawnBox } from "../../tests/support/drawn_boxes.ts";
import { LeftBehind, YOUNG_SCENE_S } from "./left_behind.ts";
import { Track } from "./track.ts";
import { Tracker } from "./tracker.ts";

const SIZE = { width: 200, height: 120 };
/** Where somebody stood in the first frame: in the mask, but nothing changes there. */
const GHOST: DrawnBox = { x: 20, y: 40, w: 20, h: 50, colour: 120 };

function walker(s: number): DrawnBox {
  return { x: 60 + 40 * s, y: 40, w: 20, h: 50, colour: 40 };
}

/** Foreground pixels in a box of columns, after `seconds` of a film from `sceneS` on. */
function seen(
  film: (s: number) => readonly DrawnBox[],
  of: {
    seconds: number;
    columns: readonly [number, number];
    sceneS?: number;
    tracks?: Track[];
  },
): number {
  const behind = new LeftBehind(SIZE);
  let picture = drawBoxes(SIZE, []);
  for (let frame = 0; frame <= 25 * of.seconds; frame++) {
    picture = drawBoxes(SIZE, film(frame / 25));
    const at = { sceneS: (of.sceneS ?? 0) + frame / 25, dtS: 0.04 };
    behind.clear(picture, at, of.tracks ?? []);
  }
  const [from, to] = of.columns;
  let pixels = 0;
  for (let y = 0; y < SIZE.height; y++) {
    for (let x = from; x < to; x++) {
      if (picture.mask[y * picture.stride + x] === 255) pixels++;
    }
  }
  return pixels;
}

Deno.test("LeftBehind clears what does not change while the scene is young", () => {
  const film = (s: number) => [GHOST, walker(s)];
  assert.equal(seen(film, { seconds: 1, columns: [0, 60] }), 0);
});

Deno.test("LeftBehind leaves what moves whole, plain as it may be", () => {
  const film = (s: number) => [GHOST, walker(s)];
  assert.equal(seen(film, { seconds: 1, columns: [60, 200] }), 20 * 50);
});

Deno.test("LeftBehind touches nothing once the scene is known", () => {
  const film = (s: number) => [GHOST, walker(s)];
  const sceneS = YOUNG_SCENE_S;
  assert.equal(seen(film, { seconds: 1, columns: [0, 60], sceneS }), 20 * 50);
});

Deno.test("LeftBehind keeps a person who came and stands", () => {
  const standing: DrawnBox = { x: 100, y: 40, w: 20, h: 48, colour: 40 };
  const box = { x: 110, foot: 88, w: 20, h: 48, area: 960, cut: false };
  const track = new Track(1, box, { tMs: 0, frame: 1 });
  const columns = [90, 130] as const;
  const film = () => [standing];
  assert.equal(seen(film, { seconds: 1, columns, tracks: [track] }), 0);
  track.travel = 2;
  assert.equal(seen(film, { seconds: 1, columns, tracks: [track] }), 20 * 48);
});

Deno.test("LeftBehind keeps a person who walks in and stops in the middle of a step", () => {
  const behind = new LeftBehind(SIZE);
  const tracker = new Tracker(SIZE, 1);
  const w = 20;
  for (let frame = 1; frame <= 25 * 4.5; frame++) {
    const s = frame / 25;
    const x = Math.min(60 * s - w, 100);
    const picture = drawBoxes(SIZE, [{ x, y: 40, w, h: 50, colour: 40 }]);
    behind.clear(picture, { sceneS: s, dtS: 0.04 }, tracker.tracks);
    tracker.findRegions(picture);
    tracker.follow(picture, {
      dtS: 0.04,
      moment: { tMs: 40 * frame, frame },
      mayBear: true,
    });
    tracker.confirm();
  }
  assert.deepEqual(tracker.tracks.map(({ id, coast }) => [id, coast]), [[1, 0]]);
});
