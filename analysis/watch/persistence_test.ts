import assert from "node:assert/strict";
import { noiseOf, VIEW } from "../../tests/support/watched_view.ts";
import { Persistence } from "./persistence.ts";

const DT_S = 0.1;

type Mark = (frame: number, x: number, y: number) => boolean;

/** Masks drawn frame by frame, cleared; pixels left of the last one, inside and outside a box. */
function left(mark: Mark, box: { x0: number; x1: number; y0: number; y1: number }) {
  const { width, height, stride } = VIEW;
  const persistence = new Persistence(VIEW);
  const mask = new Uint8Array(stride * height);
  const unseen = new Uint8Array(0);
  const colours = { y: unseen, u: unseen, v: unseen };
  for (let frame = 0; frame < 20; frame++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        mask[y * stride + x] = mark(frame, x, y) ? 255 : 0;
      }
    }
    persistence.step({ mask, width, height, stride, ...colours }, DT_S, true);
  }
  let inside = 0;
  let outside = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (mask[y * stride + x] === 0) continue;
      const isIn = x >= box.x0 && x < box.x1 && y >= box.y0 && y < box.y1;
      if (isIn) inside++;
      else outside++;
    }
  }
  return { inside, outside };
}

/** Somebody 24 wide and 64 high who walks two pixels a frame, in the last frame. */
const WALKER = { x0: 118, x1: 142, y0: 90, y1: 154 };
const WALKER_PX = 24 * 64;

Deno.test("Persistence clears drops that come back nowhere and keeps who walks", () => {
  const drop: Mark = (frame, x, y) =>
    (x + 37 * frame) % 53 < 3 && (y + 61 * frame) % 47 < 12;
  const { inside, outside } = left(
    (f, x, y) => isWalker(f, x, y) || drop(f, x, y),
    WALKER,
  );
  assert.equal(inside, WALKER_PX);
  // Only what touches the places where he walked.
  assert.ok(outside < 120, `${outside}`);
});

Deno.test("Persistence clears what strong noise leaves everywhere and keeps who walks", () => {
  const noises = Array.from({ length: 20 }, (_, frame) => {
    const random = noiseOf(frame + 1, 100);
    return Array.from(
      { length: (VIEW.width / 2) * (VIEW.height / 2) },
      () => random(0, 0) > 10,
    );
  });
  const grain: Mark = (frame, x, y) =>
    noises[frame]![(y >> 1) * (VIEW.width / 2) + (x >> 1)]!;
  const { inside, outside } = left(
    (f, x, y) => isWalker(f, x, y) || grain(f, x, y),
    WALKER,
  );
  assert.equal(inside, WALKER_PX);
  assert.ok(outside < 0.1 * VIEW.width * VIEW.height, `${outside}`);
});

function isWalker(frame: number, x: number, y: number): boolean {
  const back = 2 * (19 - frame);
  return x >= WALKER.x0 - back && x < WALKER.x1 - back && y >= WALKER.y0 && y < WALKER.y1;
}
