import assert from "node:assert/strict";
import type { Foreground } from "../foreground.ts";
import { makePatch, PATCH_COLUMNS, PATCH_ROWS, samplePatch } from "./patch.ts";
import { type Fit, TemplateSearch } from "./template_search.ts";
import { Track } from "./track.ts";

const WIDTH = 90;
const HEIGHT = 70;

/** The same numbers in every run, 0..1. */
class Random {
  #state = 5;

  next(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#state / 2 ** 32;
  }
}

/** A picture with blocks of foreground, some of them explained already. */
function pictureOf(random: Random) {
  const stride = WIDTH + 6;
  const noise = () =>
    Uint8Array.from({ length: stride * HEIGHT }, () => 60 + 120 * random.next());
  const mask = new Uint8Array(stride * HEIGHT);
  const free = new Uint8Array(WIDTH * HEIGHT);
  for (let block = 0; block < 3; block++) {
    const left = Math.floor(random.next() * (WIDTH - 25));
    const top = Math.floor(random.next() * (HEIGHT - 30));
    for (let y = top; y < top + 28; y++) {
      mask.fill(255, y * stride + left, y * stride + left + 18);
      free.fill(block === 0 ? 0 : 255, y * WIDTH + left, y * WIDTH + left + 18);
    }
  }
  const planes = { y: noise(), u: noise(), v: noise(), mask };
  const picture: Foreground = { width: WIDTH, height: HEIGHT, stride, ...planes };
  return { picture, free };
}

function trackAt(picture: Foreground, random: Random): Track {
  const box = {
    ...{ x: WIDTH * random.next(), foot: 10 + HEIGHT * random.next() },
    ...{ w: 6 + 30 * random.next(), h: 10 + 50 * random.next(), area: 200, cut: false },
  };
  const track = new Track(1, box, { tMs: 0, frame: 1 });
  const patch = makePatch();
  samplePatch(patch, picture, box);
  track.template.learn(patch, 0.1);
  track.x += 6 * random.next() - 3;
  track.foot += 4 * random.next() - 2;
  return track;
}

/** Every place looked at in full, in order; the first of the cheapest counts. */
function searchAll(track: Track, picture: Foreground, free: Uint8Array): Fit {
  const stepX = Math.max(1, track.w * 0.055);
  const stepY = Math.max(1, track.h * 0.025);
  const best = { dx: 0, dy: 0, cost: Infinity };
  for (const dy of [-2, 0, 2]) {
    for (const dx of [-4, -2, 0, 2, 4]) {
      const { cost } = costOf(track, { picture, free }, [dx * stepX, dy * stepY, 2]);
      const strayed = cost + 0.01 * (dx * dx / 4 + dy * dy);
      if (strayed < best.cost - 1e-9) Object.assign(best, { dx, dy, cost: strayed });
    }
  }
  const fit: Fit = { x: 0, foot: 0, cost: Infinity, free: 0, on: 0 };
  for (let dy = best.dy - 1; dy <= best.dy + 1; dy++) {
    for (let dx = best.dx - 1; dx <= best.dx + 1; dx++) {
      const here = costOf(track, { picture, free }, [dx * stepX, dy * stepY, 1]);
      const cost = here.cost + 0.01 * (dx * dx / 4 + dy * dy);
      if (cost >= fit.cost - 1e-9) continue;
      const at = { x: track.x + dx * stepX, foot: track.foot + dy * stepY };
      Object.assign(fit, { ...here, ...at, cost });
    }
  }
  return fit;
}

function costOf(
  { left, top, w, h, template }: Track,
  { picture, free }: { readonly picture: Foreground; readonly free: Uint8Array },
  [dx, dy, every]: readonly [number, number, number],
) {
  let cost = 0, weights = 0, freeSum = 0, onSum = 0;
  for (let row = 0; row < PATCH_ROWS; row++) {
    for (let column = 0; column < PATCH_COLUMNS; column++) {
      if (every === 2 && (row + column) % 2 === 1) continue;
      const cell = row * PATCH_COLUMNS + column;
      const weight = template.shape[cell]!;
      const x = Math.floor(left + dx + (column + 0.5) * w / PATCH_COLUMNS);
      const y = Math.floor(top + dy + (row + 0.5) * h / PATCH_ROWS);
      const inside = x >= 0 && x < WIDTH && y >= 0 && y < HEIGHT;
      const at = y * picture.stride + x;
      weights += weight;
      if (!inside || picture.mask[at] === 0) {
        cost += weight;
        continue;
      }
      onSum += weight;
      if (free[y * WIDTH + x] === 0) {
        cost += 0.6 * weight;
        continue;
      }
      freeSum += weight;
      const difference = Math.abs(picture.y[at]! - template.y[cell]!) +
        Math.abs(picture.u[at]! - template.u[cell]!) +
        Math.abs(picture.v[at]! - template.v[cell]!);
      cost += weight * Math.min(1, difference / 120);
    }
  }
  const sum = weights + 1e-6;
  return { cost: cost / sum, free: freeSum / sum, on: onSum / sum };
}

Deno.test("TemplateSearch finds the place that a search of all places in full finds", () => {
  const random = new Random();
  const search = new TemplateSearch();
  let found = 0;
  for (let turn = 0; turn < 300; turn++) {
    const { picture, free } = pictureOf(random);
    const track = trackAt(picture, random);
    const expected = searchAll(track, picture, free);
    const fit = search.find(track, picture, free);
    for (const name of ["x", "foot", "cost", "free", "on"] as const) {
      const off = Math.abs(fit[name] - expected[name]);
      assert.ok(off < 1e-6, `${name} ${fit[name]}, not ${expected[name]}, turn ${turn}`);
    }
    if (fit.free > 0.5) found++;
  }
  // Many of them are to be seen: it was not all about nothing.
  assert.ok(found > 30, `${found}`);
});
