/**
 * What a camera is, in the closed lists of the DSL's `STATE` lines.
 * @module
 */
export const CAMERA_STATES = [
  "online",
  "connecting",
  "offline",
  "stalled",
  "doubtful",
  "warmup",
  "frozen",
  "covered",
  "defocused",
  "dirty",
  "moved",
  "clock_step",
] as const;
export type CameraState = (typeof CAMERA_STATES)[number];

/** Why, per state: offline (refused … no_bytes), stalled, doubtful, frozen. */
export const STATE_REASONS = [
  "refused",
  "dns",
  "tls",
  "auth",
  "not_found",
  "codec",
  "no_bytes",
  "no_frames",
  "no_keyframe",
  "gap",
  "decoder",
  "equal",
  "clock_only",
] as const;
export type StateReason = (typeof STATE_REASONS)[number];

/** One `STATE` line. */
export interface StateLine {
  readonly state: CameraState;
  /** UTC epoch ms, or ms of the clip under `clock=media`. */
  readonly sinceMs: number;
  readonly why?: StateReason;
  /** Rung of the decode ladder, when there is one. */
  readonly rung?: string;
  /** How sure it is, when it was judged from pixels: 0..1, 2 decimals. */
  readonly score?: number;
}
