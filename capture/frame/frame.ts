/**
 * A small raw picture and when it was taken. Pixels only; meaning is `analysis/`.
 * @module
 */

/** Size in pixels. Pixels are always planar 4:2:0 (yuv420p): Y, then U, then V. */
export interface FrameFormat {
  readonly width: number;
  readonly height: number;
}

/** When a frame was taken and when it came. */
export interface FrameStamp {
  /** Presentation time of the source, whole microseconds from its own zero. */
  readonly ptsUs: number;
  /** When the frame was ready here, `Clock.monotonicMs`. */
  readonly arrivalMs: number;
  /** When it was taken, UTC epoch milliseconds, as well as we know. */
  readonly utcMs: number;
  /** True when pictures it is built on are missing or damaged: show, do not learn. */
  readonly doubtful: boolean;
  /** Absent: it is one of all those that are wanted. */
  readonly role?: FrameRole;
}

/**
 * `glance`: a picture by itself, while the source decodes few. When something moves in
 * it, those between it and the one before follow, and it comes once more among them.
 * `owed`: one of these: they come fast, and none is to be passed over.
 */
export type FrameRole = "glance" | "owed";

/** Bytes of one yuv420p frame: odd sizes round the half-size planes up. */
export function frameBytes(format: FrameFormat): number {
  return format.width * format.height + 2 * chromaWidth(format) * chromaHeight(format);
}

export function chromaWidth(format: FrameFormat): number {
  return (format.width + 1) >> 1;
}

export function chromaHeight(format: FrameFormat): number {
  return (format.height + 1) >> 1;
}
