/**
 * What was told: every narration once, however it came, and the rows that they make. An
 * episode is one row that grows; what was kept quiet has a lane of its own. Pure.
 * @module
 */
import {
  type Classified,
  classifiedBy,
  type ClassLine,
} from "../../analysis/dsl/class_line.ts";
import type { Narration, QuietReason } from "../../llm/narration.ts";

/** A narration, and which start of the program it is of: ids begin anew with each. */
export interface ToldOnce {
  readonly startedUtcMs: number;
  readonly narration: Narration;
}

/** Newest first; those of the present start of the program before all others. */
export type ToldLog = readonly ToldOnce[];

/** A line a minute for some three hours; about 600 bytes each. */
export const TOLD_MAX = 200;

/** The words about one episode. */
export interface ToldEpisode {
  /** The same as long as it is the same episode. */
  readonly key: string;
  readonly startedUtcMs: number;
  /**
   * The sentence that stands: the newest of a model, which says what it is, else the
   * newest. None that was kept quiet.
   */
  readonly stands: Narration;
  /** What it did since, by the template, where a model's sentence stands. */
  readonly course: Narration | undefined;
  /** The others, newest first. */
  readonly earlier: readonly Narration[];
  /** The newest that came with a picture, its own first. */
  readonly pictured: Narration | undefined;
  /** What it is, as far as was told; undefined: nobody looks. */
  readonly classified: Classified | undefined;
  /** First and last evidence, as far as any sentence knows; UTC epoch ms. */
  readonly startMs: number;
  readonly endMs: number;
  readonly closed: boolean;
}

/** Words that were kept quiet, and why. */
export interface QuietWords extends ToldOnce {
  readonly reason: QuietReason;
}

/** Adds narrations of the present start; one that is there stays once. */
export function addTold(
  was: ToldLog,
  narrations: readonly Narration[],
  startedUtcMs: number,
): ToldLog {
  const isPresent = (told: ToldOnce) => told.startedUtcMs === startedUtcMs;
  const present = was.filter(isPresent);
  const known = new Set(present.map(({ narration }) => narration.id));
  const fresh = new Map(
    narrations.filter(({ id }) => !known.has(id)).map((narration) => [
      narration.id,
      { startedUtcMs, narration },
    ]),
  );
  if (fresh.size === 0) return was;
  const all = [...present, ...fresh.values()]
    .sort((a, b) => b.narration.id - a.narration.id);
  return [...all, ...was.filter((told) => !isPresent(told))].slice(0, TOLD_MAX);
}

/** Gives narrations of the present start the class that their track has now. */
export function withClasses(
  was: ToldLog,
  { camera, classes, startedUtcMs }: {
    readonly camera: string;
    readonly classes: readonly ClassLine[];
    readonly startedUtcMs: number;
  },
): ToldLog {
  const byTrack = new Map(classes.map((line) => [line.blob, classifiedBy(line)]));
  return was.map((told) => {
    const { narration } = told;
    const classified = byTrack.get(narration.track);
    const isAbout = told.startedUtcMs === startedUtcMs && narration.camera === camera;
    return isAbout && classified
      ? { ...told, narration: { ...narration, classified } }
      : told;
  });
}

/** One row an episode, the one with the newest sentence first. */
export function toldEpisodes(log: ToldLog): readonly ToldEpisode[] {
  const byEpisode = Map.groupBy(log, keyOf);
  const rows: ToldEpisode[] = [];
  for (const told of log) {
    const key = keyOf(told);
    const all = byEpisode.get(key);
    if (all === undefined || told.narration.verdict.kind === "quiet") continue;
    byEpisode.delete(key); // the row stands where its newest sentence is
    rows.push(rowOf(key, all));
  }
  return rows;
}

/** Newest first. */
export function quietWords(log: ToldLog): readonly QuietWords[] {
  return log.flatMap((told) => {
    const { verdict } = told.narration;
    return verdict.kind === "quiet" ? [{ ...told, reason: verdict.reason }] : [];
  });
}

function keyOf({ startedUtcMs, narration }: ToldOnce): string {
  const { camera, episode, zone } = narration;
  return `${startedUtcMs} ${episode} ${camera} ${zone ?? ""}`;
}

/** @param all newest first, with one at least that was not kept quiet */
function rowOf(key: string, all: ToldLog): ToldEpisode {
  const narrations = all.map(({ narration }) => narration);
  const spoken = narrations.filter(({ verdict }) => verdict.kind === "speak");
  const stands = spoken.find(({ author }) => author.kind === "model") ?? spoken[0]!;
  const course = spoken[0] === stands ? undefined : spoken[0];
  return {
    key,
    startedUtcMs: all[0]!.startedUtcMs,
    stands,
    course,
    earlier: spoken.filter((one) => one !== stands && one !== course),
    pictured: spoken.find(({ hasPicture }) => hasPicture),
    classified: classifiedOf(narrations),
    startMs: Math.min(...narrations.map(({ startMs }) => startMs)),
    endMs: Math.max(...narrations.map(({ endMs }) => endMs)),
    closed: narrations.some(({ moment }) => moment === "closed"),
  };
}

/** The newest that says anything: a sentence that waited for its picture may know less. */
function classifiedOf(narrations: readonly Narration[]): Classified | undefined {
  const all = narrations.flatMap(({ classified }) => classified ?? []);
  return all.find(({ state }) => state !== "waiting") ?? all[0];
}
