/**
 * What a camera on the decode ladder told, against the same camera that decodes
 * everything: stays and events missed, and how much later they were told. Pure.
 * @module
 */
import { assignMostWorth } from "./assignment.ts";

/** A stay in the picture; ms from the first frame. */
export interface Stay {
  readonly startMs: number;
  readonly endMs: number;
  /** When its line came out. */
  readonly toldMs: number;
  /** Told as a report, not kept quiet. */
  readonly isReport: boolean;
}

export interface ToldEvent {
  readonly type: string;
  /** When it was: `since`, or the frame's time. */
  readonly atMs: number;
  readonly toldMs: number;
}

/** Of something that both told. */
interface Late {
  /** ms by which it was told later. */
  readonly toldMs: number;
  /** ms by which it is said to have begun later. */
  readonly sinceMs: number;
}

export interface LadderScore {
  readonly stays: number;
  /** At whose time the ladder told of nobody for more than half of it. */
  readonly staysMissed: number;
  /** Told as a part of another stay, or in pieces. */
  readonly staysCutOtherwise: number;
  /** Told with the ladder only. */
  readonly staysMore: number;
  readonly events: number;
  readonly eventsMissed: number;
  /** Of stays that both told; ms. */
  readonly toldLaterMs: number;
  readonly toldLaterMaxMs: number;
  /** The largest distance of what both say of its beginning, ms. */
  readonly sinceOffMaxMs: number;
}

/** Further apart two events of a kind are two, ms. */
const SAME_EVENT_MS = 1_000;

interface Said {
  readonly stays: readonly Stay[];
  readonly events: readonly ToldEvent[];
}

/** @param full of the camera that decodes everything */
export function scoreLadder(full: Said, ladder: Said): LadderScore {
  const late = matched(full.stays, ladder.stays, overlapOf);
  const events = matched(full.events, ladder.events, sameEvent);
  const coveredMs = ({ startMs, endMs }: Stay) =>
    unionMs(ladder.stays.map((one) => [
      Math.max(startMs, one.startMs),
      Math.min(endMs, one.endMs),
    ]));
  const isMissed = (stay: Stay) =>
    2 * coveredMs(stay) < stay.endMs - stay.startMs || coveredMs(stay) === 0;
  const staysMissed = full.stays.filter(isMissed).length;
  const toldLater = late.map(({ toldMs }) => toldMs);
  return {
    stays: full.stays.length,
    staysMissed,
    staysCutOtherwise: Math.max(0, full.stays.length - late.length - staysMissed),
    staysMore: ladder.stays.length - late.length,
    events: full.events.length,
    eventsMissed: full.events.length - events.length,
    toldLaterMs: toldLater.reduce((sum, ms) => sum + ms, 0) / Math.max(1, late.length),
    toldLaterMaxMs: Math.max(0, ...toldLater),
    sinceOffMaxMs: Math.max(0, ...late.map(({ sinceMs }) => Math.abs(sinceMs))),
  };
}

/** Pairs of most worth; what is worth nothing is no pair. */
function matched<T extends { readonly toldMs: number }>(
  full: readonly T[],
  ladder: readonly T[],
  worth: (a: T, b: T) => number,
): Late[] {
  const found = assignMostWorth(full.map((a) => ladder.map((b) => worth(a, b))));
  return found.flatMap((index, row): Late[] => {
    const [a, b] = [full[row]!, ladder[index]];
    if (!b || worth(a, b) <= 0) return [];
    return [{ toldMs: b.toldMs - a.toldMs, sinceMs: beginOf(b) - beginOf(a) }];
  });
}

/** Time that lies in any of these; those that end before they begin hold none. */
function unionMs(spans: readonly (readonly [number, number])[]): number {
  let [sum, untilMs] = [0, -Infinity];
  for (const [startMs, endMs] of spans.toSorted((a, b) => a[0] - b[0])) {
    sum += Math.max(0, endMs - Math.max(startMs, untilMs));
    untilMs = Math.max(untilMs, endMs);
  }
  return sum;
}

function beginOf(one: object): number {
  return "startMs" in one ? (one as Stay).startMs : (one as ToldEvent).atMs;
}

/** Part of their common time in the time of either; under a third they are two. */
function overlapOf(a: Stay, b: Stay): number {
  const both = Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs) + 1;
  const either = Math.max(a.endMs, b.endMs) - Math.min(a.startMs, b.startMs) + 1;
  return both / either > 1 / 3 ? both / either : 0;
}

function sameEvent(a: ToldEvent, b: ToldEvent): number {
  const apartMs = Math.abs(a.atMs - b.atMs);
  return a.type === b.type && apartMs < SAME_EVENT_MS ? 1 - apartMs / SAME_EVENT_MS : 0;
}

/**
 * CPU of the whole program with the ladder, part of the CPU without it. Keyframes alone
 * cost .10 whatever they are, and .11 for one a second: 1.5 % for reading and sorting and
 * 1.7 % for decoding of 15.6 % of a core at 1080p25, measured at one keyframe a second.
 */
export function estimatedCpu(
  run: { readonly frames: number; readonly onKeys: number; readonly decoded: number },
  gopS: number,
): number {
  const keys = 0.1 + 0.11 / Math.max(1, gopS);
  return (run.decoded + keys * run.onKeys) / Math.max(1, run.frames);
}
