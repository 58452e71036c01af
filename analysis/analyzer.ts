/**
 * One camera's analysis: a frame in, its `Observation` out. Deterministic: the same
 * frames and options give the same numbers, to the last digit.
 * Does no I/O and reads no clock; where frames come from is the caller's.
 * @module
 */
import type { FrameFormat } from "../capture/frame/frame.ts";
import { BackgroundModel } from "./background.ts";
import { fixed } from "./dsl/fixed.ts";
import type {
  Blob,
  CauseLine,
  Edge,
  Header,
  MotionEvent,
  Observation,
  Track as TrackLine,
} from "./dsl/observation.ts";
import type { Foreground, Mark } from "./foreground.ts";
import type { Kernels } from "./kernels/kernels.ts";
import { LightWatch } from "./light_watch.ts";
import { type LifeEvent, MotionEvents } from "./motion_events.ts";
import { OutlineTracer } from "./outline.ts";
import { FIRST_STEP, type TimeStep, timeStep } from "./time_step.ts";
import type { Moment, Track } from "./tracking/track.ts";
import { Tracker } from "./tracking/tracker.ts";
import { isShown } from "./tracking/visibility.ts";
import { type WorkSize, workSize } from "./work_size.ts";

/** Changes whenever the same frames may give other observations. */
export const ANALYSER_VERSION = "streamware-1";

export interface AnalyzerFrame {
  /** yuv420p, of the format given to the constructor. */
  readonly pixels: Uint8Array;
  readonly ptsUs: number;
  readonly tMs: number;
  /** Counts decoded frames from 1. */
  readonly number: number;
  /** Frames that came but were not analysed since the last one. */
  readonly skipped: number;
  /** Pictures it is built on are missing: looked at, but not learned from. */
  readonly doubtful: boolean;
}

export interface AnalyzerOptions {
  readonly camera: string;
  readonly format: FrameFormat;
  /** Frames per second asked for; 0 = every frame. Told in the header, not used. */
  readonly fps: number;
  readonly clock: "media" | "utc";
  readonly kernels: Kernels;
  /** The smallest id a track may get; 1 unless ids were given out before. */
  readonly firstTrack?: number;
}

/** A box in pixels of the frame, top-left corner, 1 decimal, inside the picture. */
export interface TrackRow {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export class Analyzer {
  readonly header: Header;
  readonly #format: FrameFormat;
  readonly #work: WorkSize;
  readonly #background: BackgroundModel;
  readonly #light = new LightWatch();
  readonly #outlines = new OutlineTracer();
  readonly #tracker: Tracker;
  readonly #motion: MotionEvents;
  #time: TimeStep = FIRST_STEP;
  #lastPtsUs: number | undefined;
  #shown: Track[] = [];

  constructor(options: AnalyzerOptions) {
    const { format } = options;
    this.#format = format;
    this.#work = workSize(format.width, format.height);
    this.#background = new BackgroundModel(format, options.kernels);
    this.#tracker = new Tracker(this.#work, options.firstTrack ?? 1);
    this.#motion = new MotionEvents(this.#work);
    this.header = headerOf(options, this.#work);
  }

  /** The smallest id that the next new track may get. */
  get nextTrack(): number {
    return this.#tracker.nextId;
  }

  /** One frame. `mark` hears "regions" and "tracking" after the model's own stages. */
  step(frame: AnalyzerFrame, mark?: Mark): Observation {
    const learn = !frame.doubtful;
    const picture = this.#background.step(frame.pixels, { learn }, mark);
    const tracker = this.#tracker;
    tracker.findRegions(picture);
    mark?.("regions");
    this.#passTime(frame.ptsUs);
    const events: LifeEvent[] = [];
    if (this.#time.leap) {
      tracker.forgetAll();
      this.#tellEnds(events);
    }
    const moment = { tMs: frame.tMs, frame: frame.number };
    tracker.follow(picture, { dtS: this.#time.dtS, moment, mayBear: learn });
    tracker.confirm();
    this.#shown = tracker.tracks.filter(isShown);
    for (const track of this.#shown) this.#motion.live(track, this.#time.dtS, events);
    for (const track of tracker.lost) this.#motion.lose(track, events);
    this.#tellEnds(events);
    const observation = this.#observe(frame, picture, events);
    mark?.("tracking");
    return observation;
  }

  /** Confirmed tracks of the last step, with at most 3 frames of coasting. */
  trackRows(): readonly TrackRow[] {
    return this.#shown.map((track) => this.#rowOf(track));
  }

  /** The mask at the frame's own size, 0 or 255, width * height bytes. */
  writeMask(into: Uint8Array): void {
    this.#background.writeMask(into);
  }

  #causes(): CauseLine[] {
    const light = this.#light.step(this.#background.lightExplains, this.#time.dtS);
    return light ? [light] : [];
  }

  #passTime(ptsUs: number): void {
    if (this.#lastPtsUs !== undefined) {
      this.#time = timeStep(this.#lastPtsUs, ptsUs, this.#time);
    }
    this.#lastPtsUs = ptsUs;
  }

  #tellEnds(events: LifeEvent[]): void {
    for (const track of this.#tracker.ended) this.#motion.end(track, events);
  }

  #observe(frame: AnalyzerFrame, picture: Foreground, events: LifeEvent[]): Observation {
    const { regions } = this.#tracker;
    const seen = this.#shown.filter((track) => track.coast === 0);
    return {
      frame: frame.number,
      tMs: fixed(frame.tMs, 0),
      ptsUs: fixed(frame.ptsUs, 0),
      skipped: frame.skipped,
      motionPct: fixed(100 * regions.foreground / (picture.width * picture.height), 1),
      regions: regions.count,
      blobs: this.#shown.map((track) => this.#blobOf(track)),
      edges: seen.map((track) => this.#edgeOf(track, picture)),
      tracks: this.#shown.map((track) => this.#lineOf(track)),
      events: events.map((event) => toMotionEvent(event, frame.number)),
      causes: this.#causes(),
      states: [],
    };
  }

  #rowOf(track: Track): TrackRow {
    const { width, height } = this.#format;
    const { divisor } = this.#work;
    const x = fixed(clamp(track.left * divisor, 0, width), 1);
    const y = fixed(clamp(track.top * divisor, 0, height), 1);
    const right = fixed(clamp(track.right * divisor, 0, width), 1);
    const bottom = fixed(clamp(track.foot * divisor, 0, height), 1);
    return { id: track.id, x, y, w: fixed(right - x, 1), h: fixed(bottom - y, 1) };
  }

  #blobOf(track: Track): Blob {
    const { width, height } = this.#format;
    const { divisor } = this.#work;
    const row = this.#rowOf(track);
    const stands = this.#motion.lifeOf(track.id)?.moving === false;
    const vx = stands ? 0 : track.vx * divisor / width;
    const vy = stands ? 0 : track.vy * divisor / height;
    return {
      id: track.id,
      x: fixed((row.x + row.w / 2) / width, 3),
      y: fixed((row.y + row.h / 2) / height, 3),
      w: fixed(row.w / width, 3),
      h: fixed(row.h / height, 3),
      vx: fixed(vx * this.#time.dtS, 4),
      vy: fixed(vy * this.#time.dtS, 4),
      vxPerS: fixed(vx, 4),
      vyPerS: fixed(vy, 4),
      coast: track.coast,
    };
  }

  #edgeOf(track: Track, picture: Foreground): Edge {
    const outline = this.#outlines.trace(picture, {
      left: clamp(Math.floor(track.left), 0, picture.width),
      top: clamp(Math.floor(track.top), 0, picture.height),
      right: clamp(Math.ceil(track.right), 0, picture.width),
      bottom: clamp(Math.ceil(track.foot), 0, picture.height),
    });
    return {
      blob: track.id,
      points: outline.points,
      areaPx: outline.area * this.#work.divisor * this.#work.divisor,
      complexity: fixed(outline.complexity, 2),
    };
  }

  #lineOf(track: Track): TrackLine {
    const life = this.#motion.lifeOf(track.id);
    const dist = life?.path ?? 0;
    return {
      blob: track.id,
      frames: track.hits,
      dist: fixed(dist, 4),
      speed: fixed(dist / Math.max(1, track.hits), 4),
      speedPerS: fixed(dist / Math.max(track.ageS, this.#time.dtS), 4),
      moving: life?.moving ?? true,
    };
  }
}

function toMotionEvent(event: LifeEvent, frame: number): MotionEvent {
  const named = { type: event.type, blob: event.track, dir: event.dir };
  const since: Moment | undefined = event.since;
  if (since === undefined || since.frame >= frame) return named;
  return { ...named, sinceMs: fixed(since.tMs, 0), sinceFrame: since.frame };
}

function headerOf(options: AnalyzerOptions, work: WorkSize): Header {
  const { camera, format, fps, clock } = options;
  return {
    version: 1,
    camera,
    width: format.width,
    height: format.height,
    workWidth: work.width,
    workHeight: work.height,
    fps,
    clock,
    analyser: ANALYSER_VERSION,
    settings: digestOf(`${ANALYSER_VERSION} ${format.width}x${format.height} fps=${fps}`),
  };
}

/** FNV-1a, 32 bits: tells settings apart, hides nothing. */
function digestOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
