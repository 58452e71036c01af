/**
 * What each camera showed lately: the last events, and the strongest motion of each of
 * the last seconds. In memory only: the journal keeps what must last. Pure but for what
 * it holds: time is given.
 * @module
 */
import { type Classified, classifiedBy } from "../analysis/dsl/class_line.ts";
import type { Observation } from "../analysis/dsl/observation.ts";
import type { Narration } from "../llm/narration.ts";
import {
  type FrameMessage,
  linesAbout,
  type Recent,
  RECENT_EVENTS_MAX,
  RECENT_NARRATIONS_MAX,
  RECENT_SECONDS,
  RECENT_UNREPORTED_MAX,
  type RecentEvent,
  type Unreported,
} from "./live_protocol.ts";
import { QuietTracks } from "./quiet_tracks.ts";

interface PeakSecond {
  /** Whole seconds of the monotonic clock. */
  readonly second: number;
  peakPct: number;
}

/** Tracks whose class is remembered: more than there are sentences of. */
const CLASSES_MAX = 512;

interface CameraMemory {
  readonly events: RecentEvent[];
  readonly peaks: PeakSecond[];
  readonly narrations: Narration[];
  readonly unreported: Unreported[];
  readonly quiet: QuietTracks;
  /** By track, the last that was said. */
  readonly classes: Map<number, Classified>;
  eventsSeen: number;
  /** The answer as it was in `second`, until the next frame. */
  answer?: { readonly second: number; readonly text: string };
}

/** Holds about 60 kB a camera, for as many cameras as there are frames of. */
export class RecentMemory {
  readonly #startedUtcMs: number;
  readonly #cameras = new Map<string, CameraMemory>();

  constructor(startedUtcMs: number) {
    this.#startedUtcMs = startedUtcMs;
  }

  /**
   * @param nowMs of the monotonic clock
   * @returns the ordinal of the frame's first event, and whose events are no news
   */
  remember(
    camera: string,
    frame: Observation,
    nowMs: number,
  ): Pick<FrameMessage, "firstEvent" | "quiet"> {
    const memory = this.#memoryOf(camera);
    delete memory.answer;
    for (const line of frame.classes ?? []) {
      rememberClass(memory.classes, line.blob, classifiedBy(line));
    }
    rememberPeak(memory.peaks, frame.motionPct, secondOf(nowMs));
    const quiet = memory.quiet.step(frame);
    const events = quiet.length === 0
      ? frame.events
      : frame.events.filter(({ blob }) => !quiet.includes(blob));
    const left = quiet.length === 0 ? {} : { quiet };
    if (events.length === 0) return left;
    const first = memory.eventsSeen + 1;
    for (const event of events) {
      memory.events.push({
        ordinal: ++memory.eventsSeen,
        frame: frame.frame,
        tMs: frame.tMs,
        event,
        dsl: linesAbout(event, frame),
      });
    }
    memory.events.splice(0, memory.events.length - RECENT_EVENTS_MAX);
    return { firstEvent: first, ...left };
  }

  /** Keeps a narration, by its camera. */
  narrated(narration: Narration): void {
    const memory = this.#memoryOf(narration.camera);
    delete memory.answer;
    memory.narrations.push(narration);
    memory.narrations.splice(0, memory.narrations.length - RECENT_NARRATIONS_MAX);
  }

  unreported(entry: Unreported): void {
    const memory = this.#memoryOf(entry.camera);
    delete memory.answer;
    memory.unreported.push(entry);
    if (memory.unreported.length > RECENT_UNREPORTED_MAX) memory.unreported.shift();
  }

  /** `Recent` as JSON, formatted once for all who ask before the next frame. */
  text(camera: string, nowMs: number): string {
    const memory = this.#cameras.get(camera);
    const second = secondOf(nowMs);
    if (memory?.answer?.second === second) return memory.answer.text;
    const text = JSON.stringify(
      {
        camera,
        startedUtcMs: this.#startedUtcMs,
        events: memory?.events ?? [],
        motion: (memory?.peaks ?? [])
          .filter((peak) => second - peak.second < RECENT_SECONDS)
          .map((peak) => ({ secondsAgo: second - peak.second, peakPct: peak.peakPct })),
        narrations: memory?.narrations.map((said) => asKnown(said, memory.classes)) ?? [],
        unreported: memory?.unreported ?? [],
      } satisfies Recent,
    );
    if (memory) memory.answer = { second, text };
    return text;
  }

  #memoryOf(camera: string): CameraMemory {
    const known = this.#cameras.get(camera);
    if (known) return known;
    const fresh = {
      quiet: new QuietTracks(),
      classes: new Map(),
      events: [],
      peaks: [],
      narrations: [],
      unreported: [],
      eventsSeen: 0,
    };
    this.#cameras.set(camera, fresh);
    return fresh;
  }
}

function rememberClass(
  classes: Map<number, Classified>,
  track: number,
  classified: Classified,
): void {
  classes.delete(track);
  classes.set(track, classified);
  if (classes.size <= CLASSES_MAX) return;
  for (const oldest of classes.keys()) {
    classes.delete(oldest);
    return;
  }
}

/** With what its track is known to be by now, as who listened all the time has it. */
function asKnown(
  narration: Narration,
  classes: ReadonlyMap<number, Classified>,
): Narration {
  const classified = classes.get(narration.track);
  return classified ? { ...narration, classified } : narration;
}

function rememberPeak(peaks: PeakSecond[], motionPct: number, second: number): void {
  const last = peaks.at(-1);
  if (last?.second === second) {
    last.peakPct = Math.max(last.peakPct, motionPct);
    return;
  }
  peaks.push({ second, peakPct: motionPct });
  if (peaks.length > RECENT_SECONDS) peaks.shift();
}

function secondOf(nowMs: number): number {
  return Math.floor(nowMs / 1_000);
}
