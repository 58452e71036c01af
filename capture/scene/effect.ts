/**
 * What changes a picture besides things that move: weather, lamps, the camera itself.
 * Works on any yuv420p frame, drawn or real, so it can be laid over real footage.
 * @module
 */
import type { Cause } from "../../analysis/dsl/observation.ts";
import type { FrameFormat } from "../frame/frame.ts";
import { placeOf } from "./parameters.ts";
import { RandomStream } from "./random.ts";
import type { CauseSpan, SeenObject, StateSpan } from "./truth.ts";

/** From `startMs` to `endMs`, ms of the scene's time; may be without an end (Infinity). */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** A box in pixels of the frame, not cut off at its edges. */
export interface PlacedBox {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

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
  /** What is as right to say of this one: some things are the same by another word. */
  readonly alsoRight?: readonly Cause[];
  /** What the camera had become because of it, as `causes`. */
  states?(untilMs: number): readonly StateSpan[];
  /** When nobody could see what moves: nothing need be found then. */
  blind?(untilMs: number): readonly Span[];
  /** The moment that is shown at `timeMs`; an earlier one when the picture is frozen. */
  shownMs?(timeMs: number): number;
  /** Where a thing at `box` is seen at `timeMs`, when the effect moves the picture. */
  placeOf?(box: PlacedBox, format: FrameFormat, timeMs: number): PlacedBox;
  /** Whether what is at `box` is hidden behind something of its own. */
  hides?(box: PlacedBox, format: FrameFormat): boolean;
  /** Things of its own that are no effect of light or lens: a parcel that stays. */
  seen?(timeMs: number, format: FrameFormat): readonly SeenObject[];
}

/** The part of `span` before `untilMs` as a list of one, or none. */
export function spanUntil({ startMs, endMs }: Span, untilMs: number): Span[] {
  return startMs > untilMs ? [] : [{ startMs, endMs: Math.min(endMs, untilMs) }];
}

/** Applies effects in their order; chance is of the seed, the effect and the time alone. */
export function applyEffects(
  pixels: Uint8Array,
  format: FrameFormat,
  over: {
    readonly effects: readonly Effect[];
    readonly seed: number;
    readonly timeMs: number;
  },
): void {
  const { effects, seed, timeMs } = over;
  const timeUs = Math.round(1_000 * timeMs);
  for (const effect of effects) {
    const place = placeOf(effect.name);
    const random = new RandomStream(seed, ...place, timeUs / 2 ** 32, timeUs);
    effect.apply(pixels, format, { timeMs, random });
  }
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
