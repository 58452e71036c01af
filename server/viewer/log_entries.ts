/**
 * The lines of the event log, and how what the program remembers joins what was heard.
 * Pure.
 * @module
 */
import type { MotionEvent } from "../../analysis/dsl/observation.ts";
import { RECENT_EVENTS_MAX, type RecentEvent } from "../live_protocol.ts";

/** One event. */
export interface LogEntry extends RecentEvent {
  readonly camera: string;
  /** Which start of the program it is of: ids and ordinals begin anew with each. */
  readonly startedUtcMs: number;
  /** True when `tMs` is UTC; false when it counts from the first frame. */
  readonly utc: boolean;
  readonly event: MotionEvent;
}

/** Newest first; at most as many as the program remembers. The journal keeps all. */
export type LogEntries = readonly LogEntry[];

/** The same for the same event however it came, and for no other. */
export function keyOf({ startedUtcMs, camera, ordinal }: LogEntry): string {
  return `${startedUtcMs} ${ordinal} ${camera}`;
}

/** Adds what was just heard, oldest first, but for what was already recalled. */
export function addEntries(was: LogEntries, heard: LogEntries): LogEntries {
  const fresh = withoutKnown(was, heard);
  return [...fresh.toReversed(), ...was].slice(0, RECENT_EVENTS_MAX);
}

/** Adds what the program remembers of its present start; what is there stays once. */
export function recallEntries(
  was: LogEntries,
  recalled: LogEntries,
  startedUtcMs: number,
): LogEntries {
  const missing = withoutKnown(was, recalled);
  if (missing.length === 0) return was;
  const isPresent = (entry: LogEntry) => entry.startedUtcMs === startedUtcMs;
  const present = [...was.filter(isPresent), ...missing]
    .sort((a, b) => b.tMs - a.tMs || b.ordinal - a.ordinal);
  const former = was.filter((entry) => !isPresent(entry));
  return [...present, ...former].slice(0, RECENT_EVENTS_MAX);
}

function withoutKnown(was: LogEntries, more: LogEntries): LogEntries {
  const known = new Set(was.map(keyOf));
  return more.filter((entry) => !known.has(keyOf(entry)));
}
