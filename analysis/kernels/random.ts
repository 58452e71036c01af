/**
 * The chance the model needs: xorshift32 (Marsaglia, Xorshift RNGs, 2003, shifts
 * 13, 17, 5), one scalar and four lanes that make sixteen bytes. Seeded by
 * constants, so that the same frames give the same masks.
 * @module
 */
import { type Planes, RANDOM_SCALAR } from "./planes.ts";

/** Any numbers but zero: the first digits of the golden ratio, pi, e and sqrt(2) in binary. */
const SEEDS = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6c078965, 12345];

export function seedRandom(planes: Planes): void {
  planes.random.set(SEEDS);
}

/** The next 32 bits of the scalar generator, as a signed number. */
export function nextRandom(planes: Planes): number {
  return step(planes.random, RANDOM_SCALAR);
}

/** Refills `planes.randomBytes`. */
export function nextRandomBytes(planes: Planes): void {
  const { random } = planes;
  step(random, 0);
  step(random, 1);
  step(random, 2);
  step(random, 3);
}

function step(random: Uint32Array, lane: number): number {
  let word = random[lane]! | 0;
  word ^= word << 13;
  word ^= word >>> 17;
  word ^= word << 5;
  random[lane] = word;
  return word;
}
