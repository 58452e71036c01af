/**
 * What a scene's owner and its worker say to each other.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";

export type ToSceneWorker =
  | {
    readonly kind: "open";
    readonly name: string;
    readonly seed: number;
    readonly format: FrameFormat;
  }
  /** Draw this moment into the buffer, which changes hands. */
  | { readonly kind: "draw"; readonly ptsUs: number; readonly buffer: ArrayBuffer };

export type FromSceneWorker =
  | { readonly kind: "opened" }
  | { readonly kind: "drawn"; readonly ptsUs: number; readonly buffer: ArrayBuffer };
