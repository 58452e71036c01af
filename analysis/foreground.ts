/**
 * What the pixel passes hand to the tracker and to the judges of causes: the picture
 * at work size, its mask, and what the model knows about every pixel.
 * @module
 */
import type { Kernels } from "./kernels/kernels.ts";
import type { Planes } from "./kernels/planes.ts";

/**
 * Views into buffers that the next look overwrites. Index = y * stride + x.
 * The planes have the same size: chroma is brought to the luma's.
 */
export interface Foreground {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  /** 255 moving, 0 still. */
  readonly mask: Uint8Array;
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

/** The foreground, and what the model knows of every pixel: the same index. */
export interface ModelView extends Foreground {
  /** 255 where the frame is unlike what was seen here, before anything is cleaned. */
  readonly raw: Uint8Array;
  /** 255 where a raw pixel looks like a cast shadow. */
  readonly shadow: Uint8Array;
  /** Mean luma of the still scene. */
  readonly backY: Uint8Array;
  /** Means of the still scene, 8.8 fixed point: 256ths of a grey level. */
  readonly meanY: Uint16Array;
  readonly meanU: Uint16Array;
  readonly meanV: Uint16Array;
  /** Noise, eighths of a grey level. */
  readonly noise: Uint8Array;
  /** Rises where a still scene flickers, 0..255. */
  readonly blink: Uint8Array;
  /** Match radius before noise widens it; 255 where nothing is ever foreground. */
  readonly base: Uint8Array;
  /** Writable: non-zero where nothing may be learned or given back to the model. */
  readonly hold: Uint8Array;
  /** What the last `measureCells` found. */
  readonly cells: CellMeasures;
  readonly measureCells: MeasureCells;
}

/** Cells of 8x8 work pixels, row by row, as `kernels/cells.ts` says; index = row * columns + column. */
export interface CellMeasures {
  readonly raw: Uint8Array;
  readonly shadow: Uint8Array;
  readonly mask: Uint8Array;
  /** Cells that were active, and `CELL_SUMS` numbers of each. */
  readonly active: Uint16Array;
  readonly sums: Int32Array;
}

/** Measures the picture as it is now: gives how many cells have `least` raw pixels, 1 to 32. */
export type MeasureCells = (least: number) => number;

/** What changed between two looks, by cells of 8x8 work pixels, row by row. */
export interface CellChanges {
  /** Sums of |now - before| over every second pixel of every second row. */
  readonly change: Uint16Array;
  /** The part of them that is brighter than the scene. */
  readonly brighter: Uint16Array;
}

/**
 * Sums up what changed by more than `least` grey levels (a whole number) since the last
 * call, the same buffers each time. The first call compares with black.
 */
export type SumChanges = (least: number) => CellChanges;

/** Stages of one step, for the driver's mark function; see docs/ref/analyze-outputs.md. */
export const STAGES = ["load", "model", "clean", "regions", "tracking"] as const;
export type Stage = (typeof STAGES)[number];

/** Called at the end of each stage. The analysis itself reads no clock. */
export type Mark = (stage: Stage) => void;

/** The views of a camera's planes, made once. `kernels`: those that allocated them. */
export function viewOf(planes: Planes, kernels: Kernels): ModelView {
  const { width, height, stride, origin, count } = planes;
  const inside = (plane: Uint8Array) => plane.subarray(origin, origin + count);
  const { meanY, meanU, meanV } = planes;
  const { cellRaw, cellShadow, cellMask, cellActive, cellSums } = planes;
  return {
    width,
    height,
    stride,
    mask: inside(planes.mask),
    y: inside(planes.y),
    u: inside(planes.u),
    v: inside(planes.v),
    raw: inside(planes.raw),
    shadow: inside(planes.shadow),
    backY: inside(planes.backY),
    meanY,
    meanU,
    meanV,
    noise: inside(planes.noise),
    blink: inside(planes.blink),
    base: inside(planes.base),
    hold: inside(planes.hold),
    cells: {
      ...{ raw: cellRaw, shadow: cellShadow, mask: cellMask },
      ...{ active: cellActive, sums: cellSums },
    },
    measureCells: (least) => kernels.measureCells(planes, least),
  };
}
