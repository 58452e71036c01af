/**
 * How large something must be to be reported, by perspective: what stands high in the
 * picture is far away. Pure; judges one box, remembers nothing.
 * @module
 */
import { type Box, footOf } from "./zones.ts";

/**
 * The least size at the upper and at the lower edge of the picture, for boxes whose foot
 * is there; between them it goes evenly.
 */
export interface SizeMin {
  readonly upper: number;
  readonly lower: number;
}

/** Reports whatever is found. */
export const ANY_SIZE: SizeMin = { upper: 0, lower: 0 };

/** A box's size: its height or width, whichever is the larger share of the picture's. */
export function sizeOf(box: Box): number {
  return Math.max(box.w, box.h);
}

/** The least size for a box whose foot is where this one's is. */
export function sizeMinAt({ upper, lower }: SizeMin, box: Box): number {
  return upper + (lower - upper) * footOf(box).y;
}

/** Whether it is as large as is asked for; rounding of the DSL's 3 decimals is no reason. */
export function isLargeEnough(box: Box, sizeMin: SizeMin): boolean {
  return sizeOf(box) + 0.0005 >= sizeMinAt(sizeMin, box);
}

/** Whether it lets everything pass: then nothing has to be seen before it is told. */
export function takesAnySize({ upper, lower }: SizeMin): boolean {
  return upper <= 0 && lower <= 0;
}
