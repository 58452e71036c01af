/**
 * What changes a picture besides things that move: weather, lamps, the camera itself.
 * Works on any yuv420p frame, drawn or real, so it can be laid over real footage.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import type { RandomStream } from "./random.ts";
import type { CauseSpan } from "./truth.ts";

/** A moment, with chance that belongs to this effect and this moment alone. */
export interface Moment {
  readonly timeMs: number;
  readonly random: RandomStream;
}

/** Holds no state between frames: the same frame and moment give the same bytes. */
export interface Effect {
  /** Its chance comes from its name: other effects beside it change nothing. */
  readonly name: string;
  /** Changes `pixels` (yuv420p of `format`) in place. */
  apply(pixels: Uint8Array, format: FrameFormat, moment: Moment): void;
  /** When it changed the picture, from 0 to `untilMs`, in order of time. */
  causes(untilMs: number): readonly CauseSpan[];
}

/** Replaces each of the bytes `from` to `to` (exclusive) by its entry. */
export function applyTable(
  pixels: Uint8Array,
  table: Uint8Array,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  for (let i = from; i < to; i++) pixels[i] = table[pixels[i]!]!;
}

/** A table of 256 bytes; what `curve` gives is rounded and kept in 0..255. */
export function tableOf(curve: (value: number) => number): Uint8Array {
  return Uint8Array.from(
    { length: 256 },
    (_, value) => Math.max(0, Math.min(255, Math.round(curve(value)))),
  );
}
