/**
 * Random planes for the suite: textured pictures, what changed in them since the
 * model was seeded, blobs in masks.
 * @module
 */
import { repeatEdges } from "./edges.ts";
import type { Kernels } from "./kernels.ts";
import type { Planes } from "./planes.ts";

/** Repeatable chance: a linear congruential generator (Numerical Recipes' constants). */
export class Lottery {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0, below `limit`. */
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }
}

/** Index of (x, y) in a guarded plane. */
export function at(planes: Planes, x: number, y: number): number {
  return planes.origin + y * planes.stride + x;
}

/** A model seeded from a textured picture, which the frame still shows. */
export function stillScene(kernels: Kernels, width: number, height: number): Planes {
  const planes = kernels.allocate({ width, height, divisor: 1 });
  const lottery = new Lottery(width * 1_009 + height);
  paint(planes, (x, y) => [
    60 + ((x * 5 + y * 3) % 90) + lottery.below(12),
    110 + ((x + y) % 30),
    120 + lottery.below(6),
  ]);
  kernels.seed(planes);
  return planes;
}

/**
 * The same, with noise over all, a shadow over the left half, random colours in a
 * block in the middle, and match radii of every size.
 */
export function changedScene(kernels: Kernels, width: number, height: number): Planes {
  const planes = stillScene(kernels, width, height);
  const { y, u, v } = planes;
  const lottery = new Lottery(width + height * 1_009);
  paint(planes, (column, row) => {
    const i = at(planes, column, row);
    const inBlock = Math.abs(column - width / 2) < width / 6 &&
      Math.abs(row - height / 2) < height / 4;
    if (inBlock) return [lottery.below(256), lottery.below(256), lottery.below(256)];
    const factor = column < width / 2 ? 0.6 : 1;
    const luma = 16 + (y[i]! - 16) * factor + lottery.below(5) - 2;
    return [luma, u[i]! + lottery.below(5) - 2, v[i]! + lottery.below(3) - 1];
  });
  for (let i = 0; i < planes.noise.length; i++) {
    planes.noise[i] = lottery.below(249);
    planes.blink[i] = lottery.below(3) === 0 ? lottery.below(256) : 0;
    if (lottery.below(4) === 0) planes.base[i] = [0, 6, 30, 255][lottery.below(4)]!;
  }
  return planes;
}

/**
 * A flat frame with one block, a flat model with another, both in the mask: the first
 * is a thing that stands still, the second is the ghost of one that left.
 */
export function ghostScene(kernels: Kernels, width: number, height: number): Planes {
  const planes = stillScene(kernels, width, height);
  const lottery = new Lottery(width);
  const inside = (x: number, left: number) =>
    x >= left * width && x < (left + 0.3) * width;
  const colours = (left: number) => (x: number, y: number): [number, number, number] => {
    const set = inside(x, left) && y > height / 4 && y < (3 * height) / 4;
    return [(set ? 160 : 90) + lottery.below(4), set ? 100 : 128, 128];
  };
  paint(planes, colours(0.6));
  kernels.seed(planes);
  paint(planes, colours(0.1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const set = (inside(x, 0.1) || inside(x, 0.6)) && y > height / 4 &&
        y < (3 * height) / 4;
      planes.mask[at(planes, x, y)] = set ? 255 : 0;
    }
  }
  return planes;
}

/** Sets about `share` of a mask in specks, and in blocks where the share is fuller. */
export function fillMask(
  planes: Planes,
  mask: Uint8Array,
  lottery: Lottery,
  share: number,
): void {
  const { width, height } = planes;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const fuller = (x >> 3) + (y >> 3) & 1 ? 1.4 : 0.6;
      const chance = share === 1 ? 1 : share * fuller;
      mask[at(planes, x, y)] = lottery.below(1_000) < 1_000 * chance ? 255 : 0;
    }
  }
}

/** Gives every pixel a colour, held to 0..255, and repeats the edges. */
export function paint(
  planes: Planes,
  colour: (x: number, y: number) => readonly [number, number, number],
): void {
  for (let row = 0; row < planes.height; row++) {
    for (let column = 0; column < planes.width; column++) {
      const i = at(planes, column, row);
      const [y, u, v] = colour(column, row);
      planes.y[i] = Math.max(0, Math.min(255, Math.round(y)));
      planes.u[i] = Math.max(0, Math.min(255, Math.round(u)));
      planes.v[i] = Math.max(0, Math.min(255, Math.round(v)));
    }
  }
  for (const plane of [planes.y, planes.u, planes.v]) repeatEdges(planes, plane);
}
