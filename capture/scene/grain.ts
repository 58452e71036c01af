/**
 * Noise of a sensor: independent in every pixel and frame, about normal.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import { toByte } from "./field.ts";
import { RandomStream } from "./random.ts";

const LENGTH = 1 << 16;
/** Deviation of the numbers kept ready, in steps. */
const STEPS = 16;

const NUMBERS = readyNumbers();

function readyNumbers(): Float32Array {
  const random = new RandomStream(0x96a1);
  return Float32Array.from({ length: LENGTH }, () => STEPS * random.normal());
}

export interface Grain {
  readonly random: RandomStream;
  /** Deviation in luma. */
  readonly lumaSteps: number;
  /** Deviation in chroma; none when absent. */
  readonly chromaSteps?: number;
}

/** Adds noise in place; each row of each frame begins elsewhere in the numbers. */
export function addGrain(pixels: Uint8Array, format: FrameFormat, grain: Grain): void {
  const { width, height } = format;
  const { random, lumaSteps, chromaSteps = 0 } = grain;
  const lumaEnd = width * height;
  addRows(pixels, random, { from: 0, to: lumaEnd, width, part: lumaSteps / STEPS });
  if (chromaSteps === 0) return;
  const part = chromaSteps / STEPS;
  addRows(pixels, random, { from: lumaEnd, to: pixels.length, width, part });
}

interface Rows {
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly part: number;
}

function addRows(
  pixels: Uint8Array,
  random: RandomStream,
  { from, to, width, part }: Rows,
): void {
  for (let start = from; start < to; start += width) {
    const shift = Math.floor(random.next() * LENGTH);
    const end = Math.min(to, start + width);
    for (let at = start; at < end; at++) {
      const more = NUMBERS[(shift + at - start) & (LENGTH - 1)]! * part;
      pixels[at] = toByte(pixels[at]! + more);
    }
  }
}
