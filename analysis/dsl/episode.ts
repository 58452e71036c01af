/**
 * An episode: one track's stay in the picture or in a zone, from first evidence to
 * last. The record and its JSON; who makes them is `../episode_assembler.ts`.
 * @module
 */
import type { Classified, ClassState, ObjectClass } from "./class_line.ts";
import type { Cause, Direction } from "./observation.ts";

/** How a stay began or ended, in words of the DSL: `ENTER LEFT`, `APPEAR`, `EXIT`. */
export type Passage = "ENTER" | "EXIT" | "APPEAR" | "DISAPPEAR";

export interface Episode {
  /** Counts from 1 in the order in which stays were opened. */
  readonly id: number;
  readonly track: number;
  /** Null: the stay in the picture. */
  readonly zone: string | null;
  /** First and last evidence, in the clock of the observations; both inclusive. */
  readonly startMs: number;
  readonly endMs: number;
  /** Frames count from 1; both inclusive. */
  readonly startFrame: number;
  readonly endFrame: number;
  /**
   * In the picture: `ENTER` and the edge it came over, or `APPEAR` where it was first
   * seen inside. In a zone: `ENTER` when it came over the zone's border, else as it
   * came into the picture. Null: the beginning was not seen.
   */
  readonly enter: PassageWords | null;
  /** The mirror of `enter`: `EXIT` and edge, `DISAPPEAR`. Null: still there, or lost. */
  readonly exit: PassageWords | null;
  /** Why it moved: what the last `CAUSE` line about it says. */
  readonly cause: Cause | null;
  /** Why it is kept quiet; null: it is a report. */
  readonly suppressed: Suppression | null;
  /** What it is, as far as is known; absent: nobody looks. */
  readonly classified?: Classified;
}

/** A cause that was seen, or `small`: it never was as large as the settings ask for. */
export type Suppression = Cause | "small";

export type PassageWords = Passage | `${Passage} ${Direction}`;

/**
 * The same episode is `opened` once and `closed` once; `classified` between them or soon
 * after, each time that more is known of what it is.
 */
export interface EpisodeChange {
  readonly kind: "opened" | "closed" | "classified";
  readonly episode: Episode;
}

/** By start, then by id: the order in which episodes are written. */
export function inOrderOfStart(episodes: readonly Episode[]): readonly Episode[] {
  return episodes.toSorted((a, b) => a.startFrame - b.startFrame || a.id - b.id);
}

/** A JSON array, one episode a line, ordered by start, ended by a newline. */
export function formatEpisodes(episodes: readonly Episode[]): string {
  const rows = inOrderOfStart(episodes).map((episode) => `  ${rowOf(episode)}`);
  return rows.length === 0 ? "[]\n" : `[\n${rows.join(",\n")}\n]\n`;
}

/** Of an episode's row: what it is, null where nothing is known. */
interface ClassFields {
  readonly class: ObjectClass | null;
  readonly classScore: number | null;
  readonly classState: ClassState;
  readonly classDetail: string | null;
}

/** What is known of who it was, as every outlet tells it: null while nothing is. */
export function classFieldsOf({ classified }: Pick<Episode, "classified">): ClassFields {
  return {
    class: classified?.class ?? null,
    classScore: classified?.score ?? null,
    classState: classified?.state ?? "off",
    classDetail: classified?.detail ?? null,
  };
}

function rowOf(episode: Episode): string {
  const { id, track, zone, startMs, endMs, startFrame, endFrame } = episode;
  const { enter, exit, cause, suppressed } = episode;
  const span = { startMs, endMs, startFrame, endFrame };
  const known = { id, track, zone, ...span, enter, exit, cause, suppressed };
  return JSON.stringify({ ...known, ...classFieldsOf(episode) });
}
