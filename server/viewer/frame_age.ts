/**
 * How old the newest frame is, told from what the box says and from what arrived
 * here. Pure; uses no clock of the box against one of the browser: they differ.
 * @module
 */

/** What is known about one camera's newest frame. Times are the page's own, ms. */
export interface AgeEvidence {
  /** When its last frame arrived here; absent before the first. */
  readonly arrivedMs?: number;
  /** How old that frame was when it arrived, as far as the box told. */
  readonly lagMs: number;
  /** What the box said last, and when. */
  readonly told?: { readonly ageMs: number; readonly atMs: number };
}

export const NO_EVIDENCE: AgeEvidence = { lagMs: 0 };

export function seeFrame(was: AgeEvidence, nowMs: number): AgeEvidence {
  return { ...was, arrivedMs: nowMs };
}

/** @param ageMs what the box says of its newest frame's age */
export function hearAge(was: AgeEvidence, ageMs: number, nowMs: number): AgeEvidence {
  const told = { ageMs, atMs: nowMs };
  if (was.arrivedMs === undefined) return { ...was, told };
  return { ...was, told, lagMs: Math.max(0, ageMs - (nowMs - was.arrivedMs)) };
}

/** Age in ms now; undefined before there was any frame. Grows while none comes. */
export function frameAgeMs(evidence: AgeEvidence, nowMs: number): number | undefined {
  const { arrivedMs, lagMs, told } = evidence;
  if (arrivedMs !== undefined) return Math.max(0, nowMs - arrivedMs) + lagMs;
  return told && told.ageMs + Math.max(0, nowMs - told.atMs);
}

/** `none`: there was no frame yet. */
export type Freshness = "fresh" | "late" | "stale" | "none";

/** A camera that gives 10 frames a second has missed 20, or 50. */
const LATE_MS = 2_000;
const STALE_MS = 5_000;
/** The same for a slow camera, in its own frames. */
const LATE_FRAMES = 3;
const STALE_FRAMES = 6;

/** @param fps frames a second that are asked for; 0 or undefined when not known */
export function freshness(ageMs: number | undefined, fps: number | undefined): Freshness {
  if (ageMs === undefined) return "none";
  const periodMs = fps ? 1_000 / fps : 0;
  if (ageMs >= Math.max(STALE_MS, STALE_FRAMES * periodMs)) return "stale";
  return ageMs >= Math.max(LATE_MS, LATE_FRAMES * periodMs) ? "late" : "fresh";
}
