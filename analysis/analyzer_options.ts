/**
 * What one camera's analysis is made with, and what it is given. Pure types; what is made
 * of it is `analyzer.ts`.
 * @module
 */
import type { FrameFormat } from "../capture/frame/frame.ts";
import type { AnalysisSettings } from "./analysis_settings.ts";
import type { Kernels } from "./kernels/kernels.ts";

export interface AnalyzerFrame {
  /** yuv420p, of the format given to the constructor. */
  readonly pixels: Uint8Array;
  readonly ptsUs: number;
  readonly tMs: number;
  /** Counts decoded frames from 1. */
  readonly number: number;
  /** Frames that came but were not analysed since the last one. */
  readonly skipped: number;
  /** Pictures it is built on are missing: looked at, but not learned from. */
  readonly doubtful: boolean;
}

export interface AnalyzerOptions {
  readonly camera: string;
  readonly format: FrameFormat;
  /** Frames per second asked for; 0 = every frame. Told in the header, not used. */
  readonly fps: number;
  readonly clock: "media" | "utc";
  readonly kernels: Kernels;
  /** The smallest id a track may get; 1 unless ids were given out before. */
  readonly firstTrack?: number;
  /** Seconds that a thing stands before it is a part of the scene; at least 120. */
  readonly absorbAfterS?: number;
  /** How pixels are looked at; as usual when absent. */
  readonly settings?: AnalysisSettings;
  /** Tells what people drew in the picture from what they draw another time; "" when absent. */
  readonly drawn?: string;
}
