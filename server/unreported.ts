/**
 * The lane of what was seen and is not reported: why, when and where, so that silence can
 * be explained. In memory only; the last ones, over all cameras. Judges nothing: that was
 * the analysis. Knows no time: who tells says when.
 * @module
 */
import { isSeenState } from "../analysis/dsl/camera_state.ts";
import type { EpisodeChange } from "../analysis/dsl/episode.ts";
import type { Observation } from "../analysis/dsl/observation.ts";
import { formatCause, formatState } from "../analysis/dsl/text_format.ts";
import type { Unreported, UnreportedReason } from "./live_protocol.ts";

/** As many as are remembered: some 300 kB. */
export const UNREPORTED_KEPT_MAX = 1_000;
/** Tracks whose place is known; one more forgets the one that was seen longest ago. */
const PLACES_MAX = 512;

/** A camera's word, and when it came, UTC ms. */
export interface HeardAt {
  readonly camera: string;
  readonly utcMs: number;
}

type Made<T> = T extends unknown ? Omit<T, "ordinal"> : never;
type Box = NonNullable<Unreported["box"]>;

export class UnreportedMemory {
  readonly #entries: Unreported[] = [];
  readonly #takers = new Set<(entry: Unreported) => void>();
  readonly #places = new Map<string, Box>();
  readonly #counts = new Map<
    string,
    { camera: string; why: UnreportedReason; n: number }
  >();
  #ordinal = 0;

  /** Since the start, by camera and reason; episodes by theirs, not what hid them too. */
  get counts(): readonly {
    readonly camera: string;
    readonly why: UnreportedReason;
    readonly n: number;
  }[] {
    return [...this.#counts.values()];
  }

  /** A frame: what its `CAUSE` and `STATE` lines keep quiet. */
  observed({ camera, utcMs }: HeardAt, observation: Observation): void {
    const { tMs, blobs, causes, states } = observation;
    for (const { id, x, y, w, h } of blobs) this.#place(camera, id, { x, y, w, h });
    for (const line of causes) {
      if (!line.suppressed) continue;
      const about = line.blob === undefined ? {} : this.#about(camera, line.blob);
      const dsl = formatCause(line).trim();
      const why = line.cause;
      this.#keep({ camera, utcMs, tMs, kind: "cause", why, dsl, ...about });
      if (line.blob === undefined) this.#count(camera, why);
    }
    for (const line of states) {
      if (!isSeenState(line.state)) continue;
      const dsl = formatState(line).trim();
      this.#keep({ camera, utcMs, tMs, kind: "state", why: line.state, dsl });
      this.#count(camera, line.state);
    }
  }

  /** What became of a stay; only one that ended unreported belongs here. */
  changed({ camera, utcMs }: HeardAt, { kind, episode }: EpisodeChange): void {
    if (kind !== "closed" || episode.suppressed === null) return;
    const { track, suppressed: why, endMs: tMs } = episode;
    const about = this.#about(camera, track);
    this.#keep({ camera, utcMs, tMs, kind: "episode", why, episode, ...about });
    if (episode.zone === null) this.#count(camera, why);
  }

  /** Those that `wanted` says, oldest first; the last `count` of them. */
  last(count: number, wanted: (entry: Unreported) => boolean): readonly Unreported[] {
    return count <= 0 ? [] : this.#entries.filter(wanted).slice(-count);
  }

  /** Tells `take` of each one from now on; it must not block or throw. */
  subscribe(take: (entry: Unreported) => void): Disposable {
    const own = (entry: Unreported) => take(entry);
    this.#takers.add(own);
    return { [Symbol.dispose]: () => void this.#takers.delete(own) };
  }

  #keep(made: Made<Unreported>): void {
    const entry: Unreported = { ordinal: ++this.#ordinal, ...made };
    this.#entries.push(entry);
    if (this.#entries.length > UNREPORTED_KEPT_MAX) this.#entries.shift();
    for (const take of this.#takers) take(entry);
  }

  #count(camera: string, why: UnreportedReason): void {
    const key = `${camera} ${why}`;
    const counted = this.#counts.get(key) ?? { camera, why, n: 0 };
    counted.n++;
    this.#counts.set(key, counted);
  }

  #place(camera: string, track: number, box: Box): void {
    const key = `${camera} ${track}`;
    this.#places.delete(key);
    this.#places.set(key, box);
    if (this.#places.size <= PLACES_MAX) return;
    for (const oldest of this.#places.keys()) {
      this.#places.delete(oldest);
      return;
    }
  }

  #about(camera: string, track: number): Pick<Unreported, "track" | "box"> {
    const box = this.#places.get(`${camera} ${track}`);
    return box ? { track, box } : { track };
  }
}
