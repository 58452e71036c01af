/**
 * What the pixel passes hand to the tracker: the picture at work size and its mask.
 * @module
 */

/**
 * Views into buffers that the next step overwrites. Index = y * stride + x.
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

/** Stages of one step, for the driver's mark function; see docs/ref/analyze-outputs.md. */
export const STAGES = ["load", "model", "clean", "regions", "tracking"] as const;
export type Stage = (typeof STAGES)[number];

/** Called at the end of each stage. The analysis itself reads no clock. */
export type Mark = (stage: Stage) => void;
