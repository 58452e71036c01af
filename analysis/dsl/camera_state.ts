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

/** Those that pictures show: they come, and cannot be relied on as usual. */
export const SEEN_STATES = [
  "warmup",
  "frozen",
  "covered",
  "defocused",
  "dirty",
  "moved",
] as const satisfies readonly CameraState[];

/** Whether a state is one of `SEEN_STATES`. */
export function isSeenState(state: CameraState): boolean {
  return SEEN_STATES.some((seen) => seen === state);
}

/** Whether new pictures come, whatever they show. */
export function givesPictures(state: CameraState): boolean {
  return state === "online" || (state !== "frozen" && isSeenState(state));
}

/**
 * Why, per state: offline (refused … lost; online too: lost again and again until just
 * now), stalled, doubtful, frozen; and why only keyframes are decoded (quiet … memory).
 */
export const STATE_REASONS = [
  "refused",
  "dns",
  "tls",
  "auth",
  "not_found",
  "codec",
  "no_bytes",
  "lost",
  "no_frames",
  "no_keyframe",
  "gap",
  "decoder",
  "equal",
  "clock_only",
  "quiet",
  "cpu",
  "heat",
  "power",
  "memory",
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
