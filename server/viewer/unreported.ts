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

/**
 * Newest first. A stay in a zone is the one in the picture again, and is left out; it has
 * a row of its own where the one in the picture was told of: too small for that zone.
 */
export function unreportedRows(log: UnreportedLog): readonly UnreportedRow[] {
  const whole = new Set(log.filter((entry) => zoneOf(entry) === null).map(trackOf));
  const rows = new Map<string, UnreportedRow>();
  for (const entry of log) {
    const zone = zoneOf(entry);
    const track = trackOf(entry);
    if (zone !== null && whole.has(track)) continue;
    const key = zone === null ? track : `${track} ${zone}`;
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

/** What is looked for, and where; "" is everything. */
export interface UnreportedSearch {
  readonly why: string;
  /** Words that all have to be somewhere in what the row shows. */
  readonly text: string;
}

/** The rows that somebody looks for. @param shownOf what a row shows, as text */
export function foundRows(
  rows: readonly UnreportedRow[],
  { why, text }: UnreportedSearch,
  shownOf: (row: UnreportedRow) => string,
): readonly UnreportedRow[] {
  const wanted = text.toLowerCase().split(/\s+/).filter((word) => word !== "");
  return rows.filter((row) => {
    if (why !== "" && row.entry.why !== why) return false;
    const shown = wanted.length === 0 ? "" : shownOf(row).toLowerCase();
    return wanted.every((word) => shown.includes(word));
  });
}

/** The zone of a stay in one; null for everything else. */
export function zoneOf(entry: Unreported): string | null {
  return entry.kind === "episode" ? entry.episode.zone : null;
}

/** Whose it is, or its own when it is about the whole picture. */
function trackOf({ track, camera, ordinal }: Unreported): string {
  return track === undefined ? `${ordinal}` : `${camera} ${track}`;
}

function lengthOf(entry: Unreported): number | undefined {
  if (entry.kind !== "episode") return undefined;
  return entry.episode.endMs - entry.episode.startMs;
}
