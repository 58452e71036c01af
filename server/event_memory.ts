/**
 * The last things that happened, over all cameras, for `streamware events`. In memory
 * only: the journal keeps what must last. Knows no time: who tells says when.
 * @module
 */
import type { Observation } from "../analysis/dsl/observation.ts";
import { formatEvent } from "../analysis/dsl/text_format.ts";
import type { Narration } from "../llm/narration.ts";
import { type ControlEvent, EVENTS_KEPT_MAX } from "./control_protocol.ts";
import { QuietTracks } from "./quiet_tracks.ts";

/** A camera's frame and when it was, UTC ms: `tMs` of a clip is no time of day. */
export interface ObservedFrame {
  readonly camera: string;
  readonly utcMs: number;
  readonly observation: Pick<Observation, "blobs" | "events">;
}

type Happened<T> = T extends unknown ? Omit<T, "ordinal"> : never;

/** Holds about half a megabyte, most of it narrations. */
export class EventMemory {
  readonly #events: ControlEvent[] = [];
  readonly #takers = new Set<(event: ControlEvent) => void>();
  readonly #quiet = new Map<string, QuietTracks>();
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
  }

  narrated(narration: Narration): void {
    const { camera, utcMs, verdict } = narration;
    if (verdict.kind === "speak") this.#lastSpoken = narration;
    this.#keep({ camera, utcMs, kind: "narration", narration });
  }

  /** Those that `wanted` says, oldest first; the last `count` of them. */
  last(
    count: number,
    wanted: (event: ControlEvent) => boolean,
  ): readonly ControlEvent[] {
    return count <= 0 ? [] : this.#events.filter(wanted).slice(-count);
  }

  /** Tells `take` of each one from now on; it must not block or throw. */
  subscribe(take: (event: ControlEvent) => void): Disposable {
    const own = (event: ControlEvent) => take(event);
    this.#takers.add(own);
    return { [Symbol.dispose]: () => void this.#takers.delete(own) };
  }

  #keep(happened: Happened<ControlEvent>): void {
    const event: ControlEvent = { ordinal: ++this.#ordinal, ...happened };
    this.#events.push(event);
    if (this.#events.length > EVENTS_KEPT_MAX) this.#events.shift();
    for (const take of this.#takers) take(event);
  }
}
