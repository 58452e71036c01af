/**
 * What can be told of one open episode, collected frame by frame: where it came from,
 * how it moves, how long it stays, who else was there, and the DSL lines that say so.
 * Pure and bounded; makes no words: that is `template.ts` and `prompt.ts`.
 * @module
 */
import {
  type Classified,
  classifiedBy,
  type ClassLine,
} from "../analysis/dsl/class_line.ts";
import type { Episode, Suppression } from "../analysis/dsl/episode.ts";
import type { Blob, CauseLine, Observation, Track } from "../analysis/dsl/observation.ts";
import {
  formatBlob,
  formatClass,
  formatEvent,
  formatFrame,
  formatTrack,
} from "../analysis/dsl/text_format.ts";
import { DSL_LINES_MAX } from "./narration.ts";

/** Frames with an event of its own that a story keeps: the first ones and the last ones. */
const EVENT_FRAMES_FIRST = 3;
const EVENT_FRAMES_LAST = 6;

/** It is the biggest so far when it is this much bigger: else every frame of an approach. */
const BIGGER_BY = 1.1;

/** An episode as far as it went, for words. Times as in the episode, sizes 0..1. */
export interface Story {
  readonly episode: Episode;
  /** From first to last evidence, ms. */
  readonly dwellMs: number;
  /** Since when it stands, ms before the last evidence; undefined: it moves. */
  readonly standingMs: number | undefined;
  /** It stood at least once, or stands. */
  readonly hasStood: boolean;
  /** Share of the picture's area that its biggest box takes. */
  readonly sizeMax: number;
  /** Where it was last seen, across the picture: 0 left … 1 right; undefined: nowhere. */
  readonly lastX: number | undefined;
  /** Mean path per second, picture sizes. */
  readonly speedPerS: number;
  /** Most others that were in the picture at one time with it. */
  readonly othersMax: number;
  /** Oldest first, whole frames of lines, at most `DSL_LINES_MAX`. */
  readonly dsl: readonly string[];
}

/** One frame as far as it is about the track. */
interface Glimpse {
  readonly observation: Observation;
  readonly blob: Blob | undefined;
  readonly track: Track | undefined;
}

/** Collects the story of one episode. Cheap per frame: formats nothing. */
export class EpisodeStory {
  #opened: Episode;
  #first: Glimpse | undefined;
  #biggest: Glimpse | undefined;
  #last: Glimpse | undefined;
  #eventsFirst: Glimpse[] = [];
  #eventsLast: Glimpse[] = [];
  #standsSinceMs: number | undefined;
  #stops = 0;
  #othersMax = 0;
  #cause: CauseLine | undefined;
  #class: ClassLine | undefined;
  #frame = 0;

  constructor(opened: Episode) {
    this.#opened = opened;
  }

  get episode(): Episode {
    return this.#opened;
  }

  /** What it is, as far as is known by now; undefined: nobody looks. */
  get classified(): Classified | undefined {
    return this.#class ? classifiedBy(this.#class) : this.#opened.classified;
  }

  /** How often it stopped so far. */
  get stops(): number {
    return this.#stops;
  }

  /** Last evidence so far, in the clock of the observations. */
  get endMs(): number {
    return Math.max(
      this.#opened.endMs,
      this.#last?.observation.tMs ?? this.#opened.endMs,
    );
  }

  /** It went at least its own width or height from where it was first seen. */
  get hasGoneSomewhere(): boolean {
    const [from, to] = [this.#first?.blob, this.#last?.blob];
    if (!from || !to) return false;
    return Math.abs(to.x - from.x) >= Math.max(from.w, to.w) ||
      Math.abs(to.y - from.y) >= Math.max(from.h, to.h);
  }

  /** Why it is to be kept quiet, as far as is known by now. */
  get suppressed(): Suppression | null {
    if (!this.#cause) return this.#opened.suppressed;
    return this.#cause.suppressed ? this.#cause.cause : null;
  }

  /** Takes the next frame; one that it has had already does nothing. */
  observed(observation: Observation): void {
    if (observation.frame === this.#frame) return;
    this.#frame = observation.frame;
    const id = this.#opened.track;
    this.#explain(observation.causes, id);
    this.classify(observation.classes);
    const hasEvent = observation.events.some((event) => event.blob === id);
    const blob = observation.blobs.find((candidate) => candidate.id === id);
    if (blob?.suppressed !== undefined && !this.#cause?.suppressed) {
      this.#cause = { cause: blob.suppressed, score: 0, suppressed: true };
    }
    if (!blob && !hasEvent) return;
    const track = observation.tracks.find((candidate) => candidate.blob === id);
    const glimpse: Glimpse = { observation, blob, track };
    if (hasEvent) this.#take(glimpse, id);
    if (blob?.coast !== 0) return;
    this.#last = glimpse;
    this.#first ??= about(glimpse, id);
    if (areaOf(blob) > BIGGER_BY * areaOf(this.#biggest?.blob)) {
      this.#biggest = about(glimpse, id);
    }
    const seen = observation.blobs.filter(({ coast, suppressed }) =>
      coast === 0 && suppressed === undefined
    );
    this.#othersMax = Math.max(this.#othersMax, seen.length - 1);
  }

  /** Takes what was said of tracks; also of one that is over. */
  classify(lines: readonly ClassLine[] = []): void {
    this.#class = lines.findLast(({ blob }) => blob === this.#opened.track) ??
      this.#class;
  }

  /**
   * The box's clock was set while this went on: what was measured before is written in
   * the new time, so that lengths stay right. @param ms forward; negative: back
   */
  shift(ms: number): void {
    const { startMs, endMs } = this.#opened;
    this.#opened = { ...this.#opened, startMs: startMs + ms, endMs: endMs + ms };
    this.#first = this.#first && shifted(this.#first, ms);
    this.#biggest = this.#biggest && shifted(this.#biggest, ms);
    this.#last = this.#last && shifted(this.#last, ms);
    this.#eventsFirst = this.#eventsFirst.map((glimpse) => shifted(glimpse, ms));
    this.#eventsLast = this.#eventsLast.map((glimpse) => shifted(glimpse, ms));
    if (this.#standsSinceMs !== undefined) this.#standsSinceMs += ms;
  }

  /** @param episode as it is now, such as at its end; undefined while it goes on */
  tell(episode?: Episode): Story {
    const endMs = episode?.endMs ?? this.endMs;
    const endFrame = this.#last?.observation.frame ?? this.#opened.endFrame;
    const { classified } = this;
    const known = classified ? { classified } : {};
    const now = episode ?? { ...this.#opened, endMs, endFrame, ...known };
    const standingMs = this.#standsSinceMs === undefined
      ? undefined
      : Math.max(0, endMs - this.#standsSinceMs);
    return {
      episode: now,
      dwellMs: Math.max(0, endMs - now.startMs),
      standingMs,
      hasStood: this.#stops > 0,
      sizeMax: areaOf(this.#biggest?.blob),
      lastX: this.#last?.blob?.x,
      speedPerS: this.#last?.track?.speedPerS ?? 0,
      othersMax: this.#othersMax,
      dsl: this.#lines(),
    };
  }

  #take(glimpse: Glimpse, id: number): void {
    const kept = about(glimpse, id);
    if (this.#eventsFirst.length < EVENT_FRAMES_FIRST) this.#eventsFirst.push(kept);
    else this.#eventsLast.push(kept);
    if (this.#eventsLast.length > EVENT_FRAMES_LAST) this.#eventsLast.shift();
    for (const event of kept.observation.events) {
      if (event.type === "STOP") {
        this.#stops++;
        this.#standsSinceMs = event.sinceMs ?? glimpse.observation.tMs;
      }
      if (event.type === "MOVE") this.#standsSinceMs = undefined;
    }
  }

  /** As the episode's own verdict: of a frame the highest score, of frames the last. */
  #explain(causes: readonly CauseLine[], id: number): void {
    let highest: CauseLine | undefined;
    for (const cause of causes) {
      if (cause.blob !== id || cause.score < (highest?.score ?? 0)) continue;
      highest = cause;
    }
    this.#cause = highest ?? this.#cause;
  }

  #lines(): readonly string[] {
    const frames = new Map<number, Glimpse>();
    const kept = [...this.#eventsFirst, ...this.#eventsLast];
    const sights = [this.#first, this.#biggest, this.#last];
    for (const glimpse of [...kept, ...sights]) {
      if (glimpse) frames.set(glimpse.observation.frame, glimpse);
    }
    const blocks = [...frames.values()]
      .toSorted((a, b) => a.observation.frame - b.observation.frame)
      .map((glimpse) => linesOf(glimpse, this.#opened.track));
    const said = this.#class && blocks.length > 0 ? [formatClass(this.#class)] : [];
    while (blocks.flat().length + said.length > DSL_LINES_MAX) {
      blocks.splice(Math.floor(blocks.length / 2), 1);
    }
    return [...blocks.flat(), ...said];
  }
}

/** A copy that holds nothing of the others in the frame. */
function about(glimpse: Glimpse, id: number): Glimpse {
  const { observation, blob, track } = glimpse;
  const events = observation.events.filter((event) => event.blob === id);
  const nothing = {
    blobs: [],
    edges: [],
    tracks: [],
    classes: [],
    causes: [],
    states: [],
  };
  return { observation: { ...observation, ...nothing, events }, blob, track };
}

function shifted(glimpse: Glimpse, ms: number): Glimpse {
  const { observation } = glimpse;
  const events = observation.events.map((event) =>
    event.sinceMs === undefined ? event : { ...event, sinceMs: event.sinceMs + ms }
  );
  return {
    ...glimpse,
    observation: { ...observation, tMs: observation.tMs + ms, events },
  };
}

function linesOf({ observation, blob, track }: Glimpse, id: number): readonly string[] {
  const events = observation.events.filter((event) => event.blob === id);
  return [
    formatFrame(observation),
    ...(blob ? [formatBlob(blob)] : []),
    ...events.map((event) => formatEvent(event)),
    ...(track ? [formatTrack(track)] : []),
  ];
}

function areaOf(blob: Blob | undefined): number {
  return blob ? blob.w * blob.h : 0;
}
