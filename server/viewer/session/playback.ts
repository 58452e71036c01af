/**
 * Where a player is and how it goes on. Pure: how much time passed is given.
 * @module
 */
import { passQuiet, type Reel } from "./spans.ts";

export const SPEEDS = [1, 4, 16] as const;
export type Speed = (typeof SPEEDS)[number];

export interface Playback {
  /** In the time of the recording. */
  readonly atMs: number;
  readonly plays: boolean;
  readonly speed: Speed;
  /** Passes over the time in which nothing was there. */
  readonly passesQuiet: boolean;
}

/** A page that was away does not jump when it comes back. */
const ELAPSED_MS_MAX = 250;

/** At the first thing that was seen: who opens a session wants to see one. */
export function openingOf({ span, busy }: Reel): Playback {
  const atMs = Math.max(span.startMs, busy[0]?.startMs ?? span.startMs);
  return { atMs, plays: false, speed: 1, passesQuiet: true };
}

/** @param elapsedMs of the reader's own time */
export function advance(was: Playback, elapsedMs: number, reel: Reel): Playback {
  if (!was.plays) return was;
  const { endMs } = reel.span;
  const onMs = was.atMs + Math.min(ELAPSED_MS_MAX, elapsedMs) * was.speed;
  const atMs = was.passesQuiet ? passQuiet(onMs, reel) : onMs;
  return atMs >= endMs ? { ...was, atMs: endMs, plays: false } : { ...was, atMs };
}

/** Goes to a moment, as near as there is. */
export function seek(was: Playback, toMs: number, { span }: Reel): Playback {
  return { ...was, atMs: Math.min(span.endMs, Math.max(span.startMs, toMs)) };
}

/** Plays or pauses; from the end it plays from the start again. */
export function toggle(was: Playback, reel: Reel): Playback {
  const isOver = was.atMs >= reel.span.endMs;
  if (!was.plays && isOver) return { ...openingOf(reel), ...kept(was), plays: true };
  return { ...was, plays: !was.plays };
}

function kept({ speed, passesQuiet }: Playback): Pick<Playback, "speed" | "passesQuiet"> {
  return { speed, passesQuiet };
}
