/**
 * A part of a DSL text while it is being read: a frame, a header, or what only a
 * later version knows. Takes its lines; which line is whose is `text_parse.ts`.
 * @module
 */
import type { LineFields } from "./line.ts";
import type {
  Blob,
  CauseLine,
  Edge,
  MotionEvent,
  Observation,
  Track,
} from "./observation.ts";
import type { StateLine } from "./camera_state.ts";
import type { ClassLine } from "./class_line.ts";
import {
  type Entry,
  type ExtraField,
  type ExtraLine,
  type Extras,
  NO_EXTRAS,
} from "./text.ts";
import * as lines from "./text_lines.ts";

/** Reads a line's fields and keeps what they say, if they can be read. */
export type LineReader = (fields: LineFields) => void;

export interface Part {
  readonly kind: Entry["kind"];
  readonly keeper: LineKeeper;
  /** Who reads lines of this first word here; undefined: it is kept as it is. */
  reader(word: string, hash: boolean): LineReader | undefined;
  /** What the lines amount to, and what they lack. */
  close(): { readonly entry: Entry; readonly lacks?: string };
}

/** Words that mean something under a FRAME line only. */
export const FRAME_WORDS: readonly string[] = [
  "DELTA",
  "BLOB",
  "EDGE",
  "EVENT",
  "TRACK",
  "CLASS",
  "CAUSE",
  "STATE",
];

/** Remembers where lines and fields stood that this version does not know. */
export class LineKeeper {
  readonly #fields: ExtraField[] = [];
  readonly #lines: ExtraLine[] = [];
  readonly #counts = new Map<string, number>();
  readonly #written: string[] = [];
  #known = 0;
  #lost = 0;

  /** Every line that was kept, as it is written. */
  get written(): readonly string[] {
    return this.#written;
  }

  /** How many lines could not be read. */
  get lost(): number {
    return this.#lost;
  }

  /** @param rest the fields at its end that nobody knows */
  known(line: string, { word, rest }: { word: string; rest: string }): void {
    const index = this.#counts.get(word) ?? 0;
    this.#counts.set(word, index + 1);
    this.#known++;
    this.#written.push(line);
    if (rest !== "") this.#fields.push({ kind: word, index, text: rest });
  }

  unknown(line: string): void {
    this.#lines.push({ after: this.#known, text: line });
    this.#written.push(line);
  }

  lose(): void {
    this.#lost++;
  }

  extras(without: readonly string[]): Extras {
    const none = this.#fields.length + this.#lines.length + without.length === 0;
    return none ? NO_EXTRAS : { fields: this.#fields, lines: this.#lines, without };
  }
}

/** A `FRAME` line and those under it. */
export function framePart(): Part {
  const keeper = new LineKeeper();
  const stamps: lines.FrameLine[] = [];
  const deltas: lines.DeltaLine[] = [];
  const blobs: Blob[] = [];
  const edges: Edge[] = [];
  const tracks: Track[] = [];
  const events: MotionEvent[] = [];
  const classes: ClassLine[] = [];
  const causes: CauseLine[] = [];
  const states: StateLine[] = [];
  // A second DELTA means that a FRAME line is missing: what follows is not of this one.
  let astray = false;
  const readers = new Map<string, LineReader>([
    ["FRAME", keep(stamps, lines.readFrame)],
    ["DELTA", keep(deltas, lines.readDelta)],
    ["BLOB", keep(blobs, lines.readBlob)],
    ["EDGE", keep(edges, lines.readEdge)],
    ["EVENT", keep(events, lines.readEvent)],
    ["TRACK", keep(tracks, lines.readTrack)],
    ["CLASS", keep(classes, lines.readClass)],
    ["CAUSE", keep(causes, lines.readCause)],
    ["STATE", keep(states, lines.readState)],
  ]);
  return {
    kind: "frame",
    keeper,
    reader(word, hash) {
      if (hash) return undefined;
      if (word === "DELTA" && deltas.length > 0) astray = true;
      return astray && readers.has(word) ? refuseAstray : readers.get(word);
    },
    close() {
      const [delta] = deltas;
      const observation: Observation = {
        ...stamps[0]!,
        ...(delta ?? { motionPct: 0, regions: 0 }),
        ...{ blobs, edges, events, tracks },
        ...(classes.length > 0 ? { classes } : {}),
        ...{ causes, states },
      };
      const extras = keeper.extras(delta ? [] : ["DELTA"]);
      const entry: Entry = {
        kind: "frame",
        observation,
        extras,
        linesLost: keeper.lost,
      };
      return delta ? { entry } : { entry, lacks: "DELTA" };
    },
  };
}

/** The `#` lines from `# streamware-dsl` on. Unreadable, it stays as it is written. */
export function headerPart(): Part {
  const keeper = new LineKeeper();
  const makers: lines.MakerLine[] = [];
  const cameras: lines.CameraLine[] = [];
  const units: void[] = [];
  const models: string[] = [];
  const seen = new Set<string>();
  const readers = new Map<string, LineReader>([
    ["streamware-dsl", keep(makers, lines.readMaker)],
    ["camera", keep(cameras, lines.readCamera)],
    ["units", keep(units, lines.readUnits)],
    ["classes", keep(models, lines.readClasses)],
  ]);
  return {
    kind: "header",
    keeper,
    reader(word, hash) {
      if (!hash) return FRAME_WORDS.includes(word) ? refuseAstray : undefined;
      const first = !seen.has(word);
      seen.add(word);
      return first ? readers.get(word) : undefined;
    },
    close() {
      const [maker] = makers;
      const [camera] = cameras;
      if (!maker || !camera) {
        const entry: Entry = { kind: "other", lines: keeper.written };
        return { entry, lacks: maker ? "camera" : "streamware-dsl" };
      }
      const { version, ...by } = maker;
      const [classModel] = models;
      const header = {
        ...{ version, ...camera, ...by },
        ...(classModel === undefined ? {} : { classModel }),
      };
      const extras = keeper.extras(units.length > 0 ? [] : ["units"]);
      return { entry: { kind: "header", header, extras } };
    },
  };
}

/** What follows a first word that only a later version knows: all of it is kept. */
export function laterPart(): Part {
  return keptPart(() => undefined);
}

/** Lines that begin with `#` and belong to nothing. */
export function commentPart(): Part {
  return keptPart((word, hash) =>
    !hash && FRAME_WORDS.includes(word) ? refuseAstray : undefined
  );
}

function keptPart(reader: Part["reader"]): Part {
  const keeper = new LineKeeper();
  const close = () => ({ entry: { kind: "other", lines: keeper.written } as const });
  return { kind: "other", keeper, reader, close };
}

function keep<Line>(list: Line[], read: (fields: LineFields) => Line): LineReader {
  return (fields) => {
    const line = read(fields);
    if (fields.reason === undefined && !fields.later) list.push(line);
  };
}

/** Reads a line whose FRAME line is not there. */
export function refuseAstray(fields: LineFields): void {
  fields.fail("the FRAME line that it is under is missing");
}
