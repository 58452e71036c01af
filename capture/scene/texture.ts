/**
 * Smooth random patterns over a plane, for surfaces that are not flat colour.
 * @module
 */
import { RandomStream } from "./random.ts";

const SIDE = 256;

/** A pattern that repeats only every 256 units. */
export class Texture {
  readonly #lattice = new Float32Array(SIDE * SIDE);

  constructor(seed: number) {
    const random = new RandomStream(seed, 0x7e77);
    for (let i = 0; i < this.#lattice.length; i++) this.#lattice[i] = random.next();
  }

  /** 0..1, constant over each square of one unit. */
  cell(x: number, y: number): number {
    return this.#at(Math.floor(x), Math.floor(y));
  }

  /** 0..1, changing over about one unit. */
  smooth(x: number, y: number): number {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const right = eased(x - column);
    const down = eased(y - row);
    const upper = this.#at(column, row) * (1 - right) + this.#at(column + 1, row) * right;
    const lower = this.#at(column, row + 1) * (1 - right) +
      this.#at(column + 1, row + 1) * right;
    return upper * (1 - down) + lower * down;
  }

  /** 0..1, about 0.5: three layers, each finer and fainter. */
  cloudy(x: number, y: number): number {
    return (4 * this.smooth(x, y) + 2 * this.smooth(2.1 * x + 17, 2.1 * y + 31) +
      this.smooth(4.3 * x + 71, 4.3 * y + 11)) / 7;
  }

  #at(column: number, row: number): number {
    return this.#lattice[(row & (SIDE - 1)) * SIDE + (column & (SIDE - 1))]!;
  }
}

function eased(part: number): number {
  return part * part * (3 - 2 * part);
}
