/**
 * The last things that happened, over all cameras, for `streamware events`. In memory
 * only: the journal keeps what must last. Knows no time: who tells says when.
 * @module
 */
import type { ObjectClass } from "../analysis/dsl/class_line.ts";
import type { Observation } from "../analysis/dsl/observation.ts";
import { formatClass, formatEvent } from "../analysis/dsl/text_format.ts";
import type { Narration } from "../llm/narration.ts";
import { type ControlEvent, EVENTS_KEPT_MAX } from "./control_protocol.ts";
import { QuietTracks } from "./quiet_tracks.ts";

/** A camera's frame and when it was, UTC ms: `tMs` of a clip is no time of day. */
export interface ObservedFrame {
  readonly camera: string;
  readonly utcMs: number;
  readonly observation: Pick<Observation, "blobs" | "events" | "classes">;
}

type Happened<T> = T extends unknown ? Omit<T, "ordinal" | "class"> : never;

/** Tracks whose class is remembered: as many as can have something in the memory. */
const CLASSES_KEPT_MAX = EVENTS_KEPT_MAX;

/** Holds about half a megabyte, most of it narrations. */
export class EventMemory {
  readonly #events: ControlEvent[] = [];
  readonly #takers = new Set<(event: ControlEvent) => void>();
  readonly #quiet = new Map<string, QuietTracks>();
  /** By camera and track: what it is, by the last that was said. */
  readonly #classes = new Map<string, ObjectClass>();
  #ordinal = 0;
  #lastSpoken: Narration | undefined;

  /** The last sentence that was not kept quiet. */
  get lastSpoken(): Narration | undefined {
    return this.#lastSpoken;
  }

  /** Remembers the events of a frame that are news; cheap for a frame that has none. */
  observed({ camera, utcMs, observation }: ObservedFrame): void {
    const tracks = this.#quiet.get(camera) ?? new QuietTracks();
    this.#quiet.set(camera, tracks);
    const quiet = tracks.step(observation);
    for (const event of observation.events) {
      if (quiet.includes(event.blob)) continue;
      this.#keep({ camera, utcMs, kind: "event", event, dsl: formatEvent(event) });
    }
    for (const label of observation.classes ?? []) {
      if (tracks.has(label.blob)) continue;
      this.#learn(`${camera} ${label.blob}`, label.class);
      this.#keep({ camera, utcMs, kind: "class", label, dsl: formatClass(label) });
    }
  }

  narrated(narration: Narration): void {
    const { camera, utcMs, verdict } = narration;
    if (verdict.kind === "speak") this.#lastSpoken = narration;
    this.#keep({ camera, utcMs, kind: "narration", narration });
  }

  /**
   * Those that `wanted` says, oldest first; the last `count` of them. Each has the class
   * that its track has by now, not as it was known then.
   */
  last(
    count: number,
    wanted: (event: ControlEvent) => boolean,
  ): readonly ControlEvent[] {
    if (count <= 0) return [];
    const events = this.#events.map((event) => this.#withClass(event));
    return events.filter(wanted).slice(-count);
  }

  /** Tells `take` of each one from now on; it must not block or throw. */
  subscribe(take: (event: ControlEvent) => void): Disposable {
    const own = (event: ControlEvent) => take(event);
    this.#takers.add(own);
    return { [Symbol.dispose]: () => void this.#takers.delete(own) };
  }

  #learn(key: string, word: ObjectClass): void {
    this.#classes.delete(key);
    this.#classes.set(key, word);
    if (this.#classes.size <= CLASSES_KEPT_MAX) return;
    for (const oldest of this.#classes.keys()) {
      this.#classes.delete(oldest);
      return;
    }
  }

  #withClass(event: ControlEvent): ControlEvent {
    const word = this.#classes.get(`${event.camera} ${trackOf(event)}`);
    return word === undefined ? event : { ...event, class: word };
  }

  #keep(happened: Happened<ControlEvent>): void {
    const event: ControlEvent = { ordinal: ++this.#ordinal, ...happened };
    this.#events.push(event);
    if (this.#events.length > EVENTS_KEPT_MAX) this.#events.shift();
    if (this.#takers.size === 0) return;
    const told = this.#withClass(event);
    for (const take of this.#takers) take(told);
  }
}

function trackOf(event: ControlEvent): number {
  switch (event.kind) {
    case "event":
      return event.event.blob;
    case "class":
      return event.label.blob;
    case "narration":
      return event.narration.track;
  }
}
