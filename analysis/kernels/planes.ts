/**
 * The memory of one camera's background model.
 * Holds no rule of the method: what the bytes mean is said here, what is done
 * with them is said by the passes beside this file.
 *
 * A row is `stride` = ceil16(width) + 16 bytes, and a guarded plane has
 * `origin` = 8 * stride + 64 bytes before its first and after its last row. So a
 * pass may look eight rows and columns past the edge without asking where it is.
 * Outside the picture
 *   - pictures (y, u, v, backY) repeat the nearest edge pixel;
 *   - masks (raw, rawBefore, shadow, candidate, mask, maskBefore, hold) are 0;
 *   - levels (nearest, noise, blink, ghost, yBefore, base) mean nothing.
 *
 * The layout is part of the contract: it suits vectors of 16 bytes, and another
 * implementation lays the same planes out in its own memory.
 * @module
 */
import { assert } from "../../base/assert.ts";

/** Remembered colours per pixel. Ten and sixteen gained nothing on two tuning clips. */
export const SAMPLES = 8;
/** Pixels whose samples lie together: `sampleIndex()`. */
export const BLOCK = 16;
/** Bytes from one sample of a block to its next: 16 Y, 16 U, 16 V. */
export const SAMPLE_BYTES = 3 * BLOCK;
/** Bytes of all samples of one block. */
export const BLOCK_BYTES = SAMPLES * SAMPLE_BYTES;
/** Index of the scalar generator in `Planes.random`; 0 to 3 are the vector's lanes. */
export const RANDOM_SCALAR = 4;

/** Pixel (x, y) is at `origin + y * stride + x` in the guarded planes, all but the means. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  /** Index of pixel (0, 0) in a guarded plane: a multiple of 16. */
  readonly origin: number;
  /** `stride * height`. */
  readonly count: number;

  /** The frame at work size. */
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
  /** The high byte of `meanY`. */
  readonly backY: Uint8Array;
  /** Running means of the still scene in 8.8 fixed point. No guards: index `y * stride + x`. */
  readonly meanY: Uint16Array;
  readonly meanU: Uint16Array;
  readonly meanV: Uint16Array;
  /** Colours seen here while it was still; `sampleIndex()`. */
  readonly samples: Uint8Array;

  /** 255 where fewer than two samples agree with the frame (pass A). */
  readonly raw: Uint8Array;
  /** 255 where a raw pixel looks like a cast shadow (pass B). */
  readonly shadow: Uint8Array;
  /** `raw` without the shadows that were agreed on (pass C). */
  readonly candidate: Uint8Array;
  /** The foreground, 255 moving (passes D, E, F). */
  readonly mask: Uint8Array;
  /** `raw` and `mask` of the last frame that was learned. */
  readonly rawBefore: Uint8Array;
  readonly maskBefore: Uint8Array;

  /** Distance to the nearest sample, at most 255. */
  readonly nearest: Uint8Array;
  /** Running mean of `nearest` in eighths: widens the match radius. */
  readonly noise: Uint8Array;
  /** Rises where `raw` flickers outside the foreground: widens the match radius. */
  readonly blink: Uint8Array;
  /** Rises where a still pixel belongs to a left-over outline. */
  readonly ghost: Uint8Array;
  /** Luma at the last ghost pass. */
  readonly yBefore: Uint8Array;

  /** Luma of every second pixel of every second row at the last look: index `(y / 2) * (stride / 2) + x / 2`. */
  readonly seenBefore: Uint8Array;
  /** Per cell of 8x8 pixels, row by row: pass J. One entry more than there are cells. */
  readonly cellChange: Uint16Array;
  readonly cellBrighter: Uint16Array;
  /** Per cell, and one entry more: pass K. */
  readonly cellRaw: Uint8Array;
  readonly cellShadow: Uint8Array;
  readonly cellMask: Uint8Array;
  /** The active cells, and `CELL_SUMS` numbers of each. */
  readonly cellActive: Uint16Array;
  readonly cellSums: Int32Array;

  /** The match radius before noise widens it; `IGNORED` where nothing is ever foreground. */
  readonly base: Uint8Array;
  /** Non-zero where somebody known stands: neither learned nor given back to the model. */
  readonly hold: Uint8Array;

  /** Four lanes and one scalar of xorshift32; none is zero. */
  readonly random: Uint32Array;
  /** The lanes as sixteen bytes, one for each pixel of a block (little endian, as every machine Deno runs on). */
  readonly randomBytes: Uint8Array;
  /** Runs of equal pixels in a mask, their parents and three counters each: `runs.ts`. */
  readonly runStart: Int32Array;
  readonly runEnd: Int32Array;
  readonly runParent: Int32Array;
  readonly runVotes: Int32Array;
  /** First run of each row, then the end of the last. */
  readonly rowRuns: Int32Array;
  /** Counts per column of a window, with eight zeros on both sides. */
  readonly columns: Int32Array;
  /** Differences per group of sixteen grey levels, 256 each: `exposure.ts`. */
  readonly histogram: Int32Array;
  /** Points and shift of each group: two rows of sixteen. */
  readonly groups: Int32Array;
  /** What each byte becomes when a shift is applied. */
  readonly table: Uint8Array;
}

/** Where planes lie. Gives zeros; starts of at least 16 bytes alignment where vectors are used. */
export interface PlaneMemory {
  u8(length: number): Uint8Array;
  u16(length: number): Uint16Array;
  i32(length: number): Int32Array;
}

/** In `Planes.base`: no pixel of the picture that counts. */
export const IGNORED = 255;
/** The usual `Planes.base`, grey levels: the best of 10 to 16 on two tuning clips. */
export const BASE_RADIUS = 12;

/** Side of the cells in which changes are summed up. */
export const CELL_PX = 8;

/** Guard columns of `Planes.columns` on either side. */
export const COLUMN_GUARD = 8;

export function layOutPlanes(width: number, height: number, memory: PlaneMemory): Planes {
  assert(width >= 1 && height >= 1, "a work size is at least 1x1");
  const stride = ((width + 15) & ~15) + 16;
  const origin = 8 * stride + 64;
  const count = stride * height;
  const guarded = () => memory.u8(count + 2 * origin);
  // A row has at most ceil(width / 2) runs of one value.
  const runs = ((width + 1) >> 1) * height;
  const cells = cellColumns(width) * Math.ceil(height / CELL_PX);
  const random = memory.i32(RANDOM_SCALAR + 1);
  return {
    width,
    height,
    stride,
    origin,
    count,
    y: guarded(),
    u: guarded(),
    v: guarded(),
    backY: guarded(),
    meanY: memory.u16(count),
    meanU: memory.u16(count),
    meanV: memory.u16(count),
    samples: memory.u8((count / BLOCK) * BLOCK_BYTES),
    raw: guarded(),
    shadow: guarded(),
    candidate: guarded(),
    mask: guarded(),
    rawBefore: guarded(),
    maskBefore: guarded(),
    nearest: guarded(),
    noise: guarded(),
    blink: guarded(),
    ghost: guarded(),
    yBefore: guarded(),
    seenBefore: memory.u8((stride >> 1) * ((height + 1) >> 1)),
    cellChange: memory.u16(cells + 1),
    cellBrighter: memory.u16(cells + 1),
    cellRaw: memory.u8(cells + 1),
    cellShadow: memory.u8(cells + 1),
    cellMask: memory.u8(cells + 1),
    cellActive: memory.u16(cells),
    cellSums: memory.i32(16 * cells),
    base: guarded().fill(BASE_RADIUS),
    hold: guarded(),
    random: new Uint32Array(random.buffer, random.byteOffset, random.length),
    randomBytes: new Uint8Array(random.buffer, random.byteOffset, BLOCK),
    runStart: memory.i32(runs),
    runEnd: memory.i32(runs),
    runParent: memory.i32(runs),
    runVotes: memory.i32(3 * runs),
    rowRuns: memory.i32(height + 1),
    columns: memory.i32(stride + 2 * COLUMN_GUARD),
    histogram: memory.i32(16 * 256),
    groups: memory.i32(2 * 16),
    table: memory.u8(256),
  };
}

/** Cells of a row; the last may reach past the picture's edge. */
export function cellColumns(width: number): number {
  return Math.ceil(width / CELL_PX);
}

/** Where channel `channel` (0 Y, 1 U, 2 V) of sample `slot` of pixel `y * stride + x` lies. */
export function sampleIndex(pixel: number, slot: number, channel: number): number {
  return (pixel >> 4) * BLOCK_BYTES + slot * SAMPLE_BYTES + channel * BLOCK +
    (pixel & 15);
}
