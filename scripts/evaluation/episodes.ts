/**
 * Scores `analyze --episodes` against labelled stays.
 *
 * `deno run -A scripts/evaluation/episodes.ts TRUTH CLIP EPISODES` prints one line.
 * Knows nothing of boxes: that is `mot.ts`.
 * @module
 */
import { assignMostWorth } from "./assignment.ts";

/** What an episode file says, as far as it is scored. */
export interface EpisodeRow {
  readonly zone: string | null;
  readonly startMs: number;
  readonly endMs: number;
  /** From 1, inclusive. */
  readonly startFrame: number;
  readonly endFrame: number;
  /** A cause's name: kept quiet, not a report. */
  readonly suppressed: string | null;
}

/** Each stay of an object in the picture, seconds from the first frame. */
export interface ObjectsTruth {
  readonly clip: string;
  readonly kind: "objects";
  readonly startToleranceS: number;
  readonly endToleranceS: number;
  readonly episodes: readonly Interval[];
  /** The causes that must be named instead. */
  readonly causes?: readonly string[];
}

/** Frames (from 0, inclusive) in which anything is in the zone, or in the picture. */
export interface PresenceTruth {
  readonly clip: string;
  readonly kind: "presence";
  readonly zone: readonly number[] | null;
  readonly toleranceFrames: number;
  /** Only these frames are scored. */
  readonly scored?: Interval;
  readonly intervals: readonly Interval[];
}

export type EpisodeTruth = ObjectsTruth | PresenceTruth;
export type Interval = readonly [start: number, end: number];

export interface EpisodeScore {
  readonly found: number;
  readonly missed: number;
  /** Reports at a time when there is nothing. */
  readonly extra: number;
  /** Other reports that are no stay: pieces, doubles, too early, too long. */
  readonly split: number;
}

/** Gaps of fewer frames may be closed, on both sides: footage/episodes.json. */
const GAP_FRAMES = 20;

export function scoreEpisodes(
  truth: EpisodeTruth,
  rows: readonly EpisodeRow[],
): EpisodeScore {
  const reports = rows.filter((row) => row.suppressed === null);
  return truth.kind === "objects"
    ? scoreObjects(truth, reports)
    : scorePresence(truth, reports);
}

/** A stay is found when one report of its own starts and ends within tolerance. */
function scoreObjects(
  truth: ObjectsTruth,
  reports: readonly EpisodeRow[],
): EpisodeScore {
  const stays = reports.filter((row) => row.zone === null)
    .map((row): Interval => [row.startMs / 1_000, row.endMs / 1_000]);
  const { startToleranceS: startTolerance, endToleranceS: endTolerance } = truth;
  const found = assignMostWorth(
    truth.episodes.map((stay) =>
      stays.map((report) => agree(stay, report, { startTolerance, endTolerance }) ? 1 : 0)
    ),
  ).filter((index) => index >= 0);
  const others = stays.filter((_, index) => !found.includes(index));
  const split = others.filter((report) => isDuring(truth.episodes, report)).length;
  return {
    found: found.length,
    missed: truth.episodes.length - found.length,
    extra: others.length - split,
    split,
  };
}

function scorePresence(
  truth: PresenceTruth,
  reports: readonly EpisodeRow[],
): EpisodeScore {
  const [first, last] = truth.scored ?? [0, Infinity];
  const present = reports
    .filter((row) => (row.zone === null) === (truth.zone === null))
    .map((row): Interval => [
      Math.max(first, row.startFrame - 1),
      Math.min(last, row.endFrame - 1),
    ])
    .filter(([start, end]) => start <= end);
  return align(inOrder(truth.intervals), union(present), {
    startTolerance: truth.toleranceFrames,
    endTolerance: truth.toleranceFrames,
  });
}

interface Tolerances {
  readonly startTolerance: number;
  readonly endTolerance: number;
}

/** A score under way, and how good it is. */
interface Alignment extends EpisodeScore {
  readonly worth: number;
}

/** Worth of a found stay against any number of reports that are not left over. */
const FOUND_WORTH = 1e4;

/**
 * The best alignment in order of time: at each step one stay is missed, one report
 * left over, or some neighbouring stays are found as some neighbouring reports.
 */
function align(
  truth: readonly Interval[],
  reports: readonly Interval[],
  tolerances: Tolerances,
): EpisodeScore {
  const known = new Map<number, Alignment>();

  function best(t: number, r: number): Alignment {
    if (t === truth.length && r === reports.length) {
      return { found: 0, missed: 0, extra: 0, split: 0, worth: 0 };
    }
    const key = t * (reports.length + 1) + r;
    const before = known.get(key);
    if (before) return before;
    const options: Alignment[] = [];
    if (t < truth.length) {
      const rest = best(t + 1, r);
      options.push({ ...rest, missed: rest.missed + 1 });
    }
    if (r < reports.length) {
      const rest = best(t, r + 1);
      const split = isDuring(truth, reports[r]!) ? 1 : 0;
      options.push({
        ...rest,
        split: rest.split + split,
        extra: rest.extra + 1 - split,
        worth: rest.worth - 1,
      });
    }
    for (const tEnd of groupEnds(truth, t)) {
      for (const rEnd of groupEnds(reports, r)) {
        const stay: Interval = [truth[t]![0], truth[tEnd - 1]![1]];
        const report: Interval = [reports[r]![0], reports[rEnd - 1]![1]];
        if (!agree(stay, report, tolerances)) continue;
        const rest = best(tEnd, rEnd);
        options.push({
          ...rest,
          found: rest.found + tEnd - t,
          worth: rest.worth + FOUND_WORTH * (tEnd - t),
        });
      }
    }
    const chosen = options.reduce((a, b) => b.worth > a.worth ? b : a);
    known.set(key, chosen);
    return chosen;
  }

  const { found, missed, extra, split } = best(0, 0);
  return { found, missed, extra, split };
}

/** Ends (exclusive) of the groups that begin at `from` and have only small gaps inside. */
function groupEnds(intervals: readonly Interval[], from: number): number[] {
  const ends: number[] = [];
  for (let end = from + 1; end <= intervals.length; end++) {
    if (end > from + 1 && !isSmallGap(intervals[end - 2]!, intervals[end - 1]!)) {
      break;
    }
    ends.push(end);
  }
  return ends;
}

/** Between frames 30 and 50 lie 19 frames: a gap of 19. */
function isSmallGap(before: Interval, after: Interval): boolean {
  return after[0] - before[1] - 1 < GAP_FRAMES;
}

function agree(a: Interval, b: Interval, within: Tolerances): boolean {
  return Math.abs(a[0] - b[0]) <= within.startTolerance &&
    Math.abs(a[1] - b[1]) <= within.endTolerance;
}

function isDuring(truth: readonly Interval[], report: Interval): boolean {
  return truth.some((stay) => report[0] <= stay[1] && report[1] >= stay[0]);
}

function inOrder(intervals: readonly Interval[]): Interval[] {
  return [...intervals].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/** Joins what overlaps or touches. */
function union(intervals: readonly Interval[]): Interval[] {
  const joined: Interval[] = [];
  for (const [start, end] of inOrder(intervals)) {
    const last = joined.at(-1);
    if (last && start <= last[1] + 1) {
      joined[joined.length - 1] = [last[0], Math.max(last[1], end)];
    } else joined.push([start, end]);
  }
  return joined;
}

export function isPerfect(score: EpisodeScore): boolean {
  return score.missed === 0 && score.extra === 0 && score.split === 0;
}

/** One line for people: `4 found 0 missed 0 extra 0 split`. */
export function formatEpisodeScore(score: EpisodeScore): string {
  const { found, missed, extra, split } = score;
  return `${found} found ${missed} missed ${extra} extra ${split} split`;
}

if (import.meta.main) {
  const [truthPath, clip, episodes] = Deno.args;
  if (truthPath === undefined || clip === undefined || episodes === undefined) {
    console.error("Usage: episodes.ts TRUTH CLIP EPISODES");
    Deno.exit(2);
  }
  const { clips } = JSON.parse(Deno.readTextFileSync(truthPath));
  const truth = clips.find((one: EpisodeTruth) => one.clip.endsWith(clip));
  if (!truth) throw new Error(`Cannot score ${clip}: ${truthPath} does not know it`);
  const rows = JSON.parse(Deno.readTextFileSync(episodes));
  console.log(formatEpisodeScore(scoreEpisodes(truth, rows)));
}
