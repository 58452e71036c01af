/**
 * One camera's part of a session: frames while something moves, few while nothing does,
 * events, states, stills. Decides what is kept; fetches and writes nothing.
 * @module
 */
import type { StateLine } from "../analysis/dsl/camera_state.ts";
import type { ClassLine } from "../analysis/dsl/class_line.ts";
import type { Header, Observation } from "../analysis/dsl/observation.ts";
import { MotionStrip } from "./motion_strip.ts";
import { packBlob, type PackedFrame, type SessionEvent } from "./session_format.ts";
import { embeddedJson } from "./session_page.ts";
import { ThinnedSeries } from "./thinned_series.ts";

/** What a frame asks of the recorder. */
export interface FrameOutcome {
  /** A page that was written before it is out of date. */
  readonly changed: boolean;
  /** A picture of now should be taken. */
  readonly wantsStill: boolean;
}

/** Things stand, or nothing is there: how often that is written down, ms. */
const STANDING_PERIOD_MS = 1_000;
const HEARTBEAT_MS = 10_000;
/** One picture a second while something moves, one a minute to know the place. */
const STILL_PERIOD_MS = 1_000;
const IDLE_STILL_PERIOD_MS = 60_000;
const EVENTS_MAX = 3_000;
const STATES_MAX = 500;
/** Tracks whose class is kept: more than there are sentences of. */
const CLASSES_MAX = 3_000;
/** A picture whose time is further than this from its frame's is of another session. */
const STILL_APART_MS_MAX = 10_000;

export class SessionReel {
  readonly frames = new ThinnedSeries();
  readonly stills = new ThinnedSeries();
  readonly #camera: string;
  readonly #motion = new MotionStrip();
  #header: Header | undefined;
  readonly #events: SessionEvent[] = [];
  readonly #states: StateLine[] = [];
  readonly #classes = new Map<number, ClassLine>();
  #eventsDropped = 0;
  #newest: Observation | undefined;
  /** Of the last frame that was kept. */
  #kept: { readonly tMs: number; readonly hadBlobs: boolean } | undefined;
  #stillMs: number | undefined;
  #stillPtsUs: number | undefined;

  constructor(camera: string) {
    this.#camera = camera;
  }

  /** Events that were given up since the start. */
  get eventsDropped(): number {
    return this.#eventsDropped;
  }

  header(header: Header): void {
    this.#header = header;
  }

  observed(observation: Observation): FrameOutcome {
    this.#newest = observation;
    const { tMs, motionPct, events, states, classes = [] } = observation;
    this.#motion.add(tMs, motionPct);
    for (const event of events) this.#events.push({ tMs, event });
    this.#eventsDropped += Math.max(0, this.#events.length - EVENTS_MAX);
    this.#events.splice(0, this.#events.length - EVENTS_MAX);
    this.#states.push(...states);
    this.#states.splice(0, this.#states.length - STATES_MAX);
    for (const line of classes) this.#classify(line);
    const moves = events.length > 0 || observation.tracks.some(({ moving }) => moving);
    if (moves || this.#isDue(observation)) this.#keep(observation);
    return {
      changed: moves || states.length > 0 || classes.length > 0,
      wantsStill: this.#wantsStill(tMs, moves),
    };
  }

  /** A picture of the frame that was taken at `ptsUs`, as base64. */
  still(ptsUs: number, jpeg: string): void {
    if (this.#newest === undefined || ptsUs === this.#stillPtsUs) return;
    this.#stillPtsUs = ptsUs;
    const { tMs, ptsUs: newestUs } = this.#newest;
    const earlierMs = Math.round((newestUs - ptsUs) / 1_000);
    const atMs = Math.abs(earlierMs) > STILL_APART_MS_MAX ? tMs : tMs - earlierMs;
    this.stills.push({ json: JSON.stringify([atMs, jpeg]), marks: false });
  }

  /** `SessionCamera` as JSON, in pieces. */
  *json(): Generator<string> {
    const head = {
      camera: this.#camera,
      ...(this.#header ? { header: this.#header } : {}),
      events: this.#events,
      states: this.#states,
      classes: [...this.#classes.values()],
      motion: this.#motion.peaks(),
    };
    yield `${embeddedJson(head).slice(0, -1)},"frames":`;
    yield* listOf([...this.frames.pieces(), ...this.#lastFrame()]);
    yield `,"stills":`;
    yield* listOf(this.stills.pieces());
    yield "}";
  }

  #classify(line: ClassLine): void {
    this.#classes.delete(line.blob);
    this.#classes.set(line.blob, line);
    if (this.#classes.size <= CLASSES_MAX) return;
    for (const oldest of this.#classes.keys()) {
      this.#classes.delete(oldest);
      return;
    }
  }

  #isDue({ tMs, blobs }: Observation): boolean {
    if (this.#kept === undefined) return true;
    if (blobs.length === 0 && this.#kept.hadBlobs) return true;
    const sinceMs = Math.abs(tMs - this.#kept.tMs); // the box may set its clock back
    return sinceMs >= (blobs.length > 0 ? STANDING_PERIOD_MS : HEARTBEAT_MS);
  }

  /** The newest, when it was not kept: so far the session has come. */
  #lastFrame(): readonly string[] {
    const newest = this.#newest;
    if (newest === undefined || newest.tMs === this.#kept?.tMs) return [];
    return [packedFrame(newest)];
  }

  #keep(observation: Observation): void {
    const { tMs, blobs } = observation;
    const isEdge = (this.#kept?.hadBlobs ?? false) !== blobs.length > 0;
    this.frames.push({ json: packedFrame(observation), marks: isEdge });
    this.#kept = { tMs, hadBlobs: blobs.length > 0 };
  }

  #wantsStill(tMs: number, moves: boolean): boolean {
    const sinceMs = Math.abs(tMs - (this.#stillMs ?? -Infinity));
    if (sinceMs < (moves ? STILL_PERIOD_MS : IDLE_STILL_PERIOD_MS)) return false;
    this.#stillMs = tMs;
    return true;
  }
}

/** `PackedFrame` as JSON. */
function packedFrame({ tMs, motionPct, blobs }: Observation): string {
  return JSON.stringify([tMs, motionPct, blobs.map(packBlob)] satisfies PackedFrame);
}

/** A JSON array of pieces that are JSON already. */
export function* listOf(pieces: Iterable<string>): Generator<string> {
  let before = "[";
  for (const piece of pieces) {
    yield before + piece;
    before = ",";
  }
  yield before === "[" ? "[]" : "]";
}
