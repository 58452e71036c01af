/**
 * Chance that is the same on every run and in any order: a number is a function of
 * a seed and of where it is used, never of what was drawn before.
 * @module
 */

/** Mixes whole numbers to 32 bits (the finaliser of MurmurHash3, one round each). */
export function mixed(seed: number, ...more: readonly number[]): number {
  let h = scrambled(seed >>> 0);
  for (const number of more) h = scrambled((Math.imul(h, 31) + number) >>> 0);
  return h;
}

function scrambled(value: number): number {
  let h = (value + 0x9e3779b9) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Numbers one after the other, from one place. */
export class RandomStream {
  #state: number;

  constructor(seed: number, ...place: readonly number[]) {
    this.#state = mixed(seed, ...place);
  }

  /** 0 … 1, without 1. */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    return scrambled(this.#state) / 2 ** 32;
  }

  between(min: number, max: number): number {
    return min + (max - min) * this.next();
  }

  chance(part: number): boolean {
    return this.next() < part;
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[Math.floor(this.next() * list.length)] ?? list[0];
  }

  /** About normal, mean 0 and deviation 1: the sum of 12 even numbers. */
  normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.next();
    return sum;
  }
}
