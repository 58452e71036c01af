/**
 * What was seen and not reported, every entry once, however it came, and the rows that it
 * makes: a track's stay takes the place of what hid it. Pure.
 * @module
 */
import {
  RECENT_UNREPORTED_MAX,
  type Unreported,
  type UnreportedReason,
} from "../live_protocol.ts";

/** Newest first, of the present start of the program only: ordinals begin anew. */
export type UnreportedLog = readonly Unreported[];

/** As many as the program remembers of two cameras. */
const LOG_MAX = 2 * RECENT_UNREPORTED_MAX;

/** Adds entries; one that is there stays once. */
export function addUnreported(
  was: UnreportedLog,
  entries: readonly Unreported[],
): UnreportedLog {
  const known = new Set(was.map(({ ordinal }) => ordinal));
  const fresh = entries.filter(({ ordinal }) => !known.has(ordinal));
  if (fresh.length === 0) return was;
  return [...was, ...fresh].sort((a, b) => b.ordinal - a.ordinal).slice(0, LOG_MAX);
}

export interface UnreportedRow {
  /** The same as long as it is about the same. */
  readonly key: string;
  readonly entry: Unreported;
  /** How long it was there; undefined: it goes on, or it has no end. */
  readonly lengthMs: number | undefined;
  /** Lines of the motion DSL that say why, oldest first. */
  readonly dsl: readonly string[];
}

/** Newest first. Stays in zones are those in the picture again, and are left out. */
export function unreportedRows(log: UnreportedLog): readonly UnreportedRow[] {
  const rows = new Map<string, UnreportedRow>();
  for (const entry of log) {
    const { track, camera, ordinal } = entry;
    if (entry.kind === "episode" && entry.episode.zone !== null) continue;
    const key = track === undefined ? `${ordinal}` : `${camera} ${track}`;
    const known = rows.get(key);
    const dsl = entry.kind === "episode" ? [] : [entry.dsl];
    if (known) rows.set(key, { ...known, dsl: [...dsl, ...known.dsl] });
    else rows.set(key, { key, entry, lengthMs: lengthOf(entry), dsl });
  }
  return [...rows.values()];
}

/** Each reason that there is, and how many rows it has: the most frequent first. */
export function reasonsOf(
  rows: readonly UnreportedRow[],
): readonly (readonly [why: UnreportedReason, count: number])[] {
  const counts = new Map<UnreportedReason, number>();
  for (const { entry: { why } } of rows) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}

function lengthOf(entry: Unreported): number | undefined {
  if (entry.kind !== "episode") return undefined;
  return entry.episode.endMs - entry.episode.startMs;
}
