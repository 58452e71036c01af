/**
 * The passes over pixels that the background model is made of, as an interface:
 * `kernels_ts.ts` defines what is correct, other implementations are held to it
 * byte by byte by `kernels_suite.ts`.
 *
 * Kernels keep no state between calls except the planes they are given, read no
 * clock and allocate nothing but in `allocate()`. The order of the passes is the
 * business of `analysis/background.ts`.
 * @module
 */
import type { FrameFormat } from "../../capture/frame/frame.ts";
import type { WorkSize } from "../work_size.ts";
import type { Planes } from "./planes.ts";

/** How much of this frame is learned; from the time that passed, not from the frame. */
export interface Pace {
  /** Frames learned so far, 0 at the first: chooses the rows. */
  readonly turn: number;
  /** Of 256: the chance that a pixel of a visited row is learned, 1 to 255. */
  readonly rate: number;
  /** mean += (frame - mean) / 2^shift where a row is visited, 1 to 6. */
  readonly shift: number;
}

/** `turn` counts the frames learned so far: 0 at the first. */
export interface Kernels {
  /** For logs, benchmarks and the names of tests. */
  readonly name: string;
  /** All memory that one camera needs, zeroed. */
  allocate(work: WorkSize): Planes;
  /**
   * A place for the bytes of a frame of the planes' size from which `load()` need not
   * copy them. One for each planes: what is put there stays until it is overwritten.
   */
  frameBuffer(planes: Planes, bytes: number): Uint8Array;
  /** Brings a yuv420p frame to work size: y, u, v. */
  load(planes: Planes, pixels: Uint8Array, format: FrameFormat, divisor: number): void;
  /** Starts the model from the frame in y, u, v. */
  seed(planes: Planes): void;
  /**
   * I: follows a change of light or gain by shifting samples and means. Gives the part
   * of the still points that it explains, 9/16 to 1; 0 when luma stayed as it was.
   */
  compensate(planes: Planes, turn: number): number;
  /** A: raw and nearest, from the samples. */
  match(planes: Planes): void;
  /** B: shadow, from raw and the means. */
  findShadows(planes: Planes): void;
  /** C: candidate = raw without the shadows that their surroundings agree on. */
  dropShadows(planes: Planes): void;
  /** D: mask = majority of candidate in 7x7. */
  vote(planes: Planes): void;
  /** E: fills what mask encloses. */
  fillHoles(planes: Planes): void;
  /**
   * F: finds outlines that exist in the model only, and gives their pixels back to it.
   * Gives the foreground's size in pixels, as it was before.
   */
  releaseGhosts(planes: Planes): number;
  /** G: noise and blink, which set the match radius; keeps raw and mask for the next frame. */
  adapt(planes: Planes): void;
  /**
   * J: cellChange and cellBrighter, what changed by more than `least` grey levels (a whole
   * number, 0 to 254) since the last call; keeps luma for the next.
   */
  sumChanges(planes: Planes, least: number): void;
  /**
   * K: cellRaw, cellShadow, cellMask, cellActive and cellSums, of the masks as they are.
   * Gives how many cells are active: those with `least` raw pixels, 1 to 32.
   */
  measureCells(planes: Planes, least: number): number;
  /** H: learns the frame where nothing moves, on a quarter of the rows. */
  learn(planes: Planes, pace: Pace): void;
}
