/**
 * What the places and sizes that people set make of observations: episodes in the
 * picture and in zones, `EVENT` lines of zones that are entered and left and of lines
 * that are crossed. Looks at no pixels and reads no clock: all of it can be replayed
 * from what is remembered, with other zones, lines and sizes.
 * @module
 */
import type { Episode, EpisodeChange } from "./dsl/episode.ts";
import type { Blob, Direction, MotionEvent, Observation } from "./dsl/observation.ts";
import { EpisodeAssembler } from "./episode_assembler.ts";
import { type Line, LineWatch } from "./lines.ts";
import { ANY_SIZE, type SizeMin } from "./sizes.ts";
import type { Zone, ZoneJudge } from "./zones.ts";

export interface PlaceSettings {
  readonly zones: readonly Zone[];
  /** Of zones that do not say it themselves. */
  readonly judge: ZoneJudge;
  readonly lines: readonly Line[];
  readonly sizeMin: SizeMin;
  /** Somebody finds out what moved. */
  readonly classifies?: boolean;
}

/** No zones, no lines, any size. */
export const NO_PLACES: PlaceSettings = {
  zones: [],
  judge: "foot",
  lines: [],
  sizeMin: ANY_SIZE,
};

export interface Placed {
  /** With the events of zones and lines behind its own. */
  readonly observation: Observation;
  /** What began and what ended with it, in order. */
  readonly changes: readonly EpisodeChange[];
}

/** Takes observations in their order. State: as `EpisodeAssembler` and `LineWatch`. */
export class PlaceStage {
  readonly #assembler: EpisodeAssembler;
  readonly #lines: LineWatch;
  /** Tracks whose stay in the picture is open and large enough: they are reported. */
  readonly #reported = new Set<number>();
  /** Stays in zones that were told as entered. */
  readonly #entered = new Set<number>();
  readonly #ways = new Ways();

  constructor(settings: PlaceSettings) {
    this.#assembler = new EpisodeAssembler(settings);
    this.#lines = new LineWatch(settings.lines);
  }

  /**
   * One frame. An observation that gets no event is handed on as it is; events of zones
   * and lines that are in it already, as on replay, give way to those of these settings.
   */
  step(given: Observation): Placed {
    const observation = withoutPlaces(given);
    const changes = this.#assembler.step(observation);
    this.#ways.see(observation);
    const before = new Set(changes.flatMap(endedTrack));
    this.#note(changes);
    const crossed = this.#lines.step(observation).filter(({ blob }) =>
      this.#reported.has(blob) || before.has(blob)
    );
    const zoned = changes.flatMap((change) => this.#zoneEvent(change, observation));
    for (const { kind, episode } of changes) {
      if (kind === "closed" && episode.zone === null) this.#ways.forget(episode.track);
    }
    if (crossed.length + zoned.length === 0) return { observation, changes };
    const events = [...observation.events, ...zoned, ...crossed];
    return { observation: { ...observation, events }, changes };
  }

  /** The clock of the observations was set by `stepMs`. */
  shift(stepMs: number): void {
    this.#assembler.shift(stepMs);
    this.#lines.shift(stepMs);
    this.#ways.shift(stepMs);
  }

  /** Closes what is open, at the end of a clip. */
  finish(): readonly EpisodeChange[] {
    return this.#assembler.finish();
  }

  /** What was reported when it opened, and is not over. */
  #note(changes: readonly EpisodeChange[]): void {
    for (const { kind, episode } of changes) {
      if (episode.zone !== null) continue;
      if (kind === "opened" && episode.suppressed !== "small") {
        this.#reported.add(episode.track);
      }
      if (kind === "closed") this.#reported.delete(episode.track);
    }
  }

  /**
   * Entered is told of stays that are no secret then and were seen to begin; left of those
   * that are known and were seen to end.
   */
  #zoneEvent({ kind, episode }: EpisodeChange, observation: Observation): MotionEvent[] {
    const { id, zone, suppressed } = episode;
    if (zone === null || kind === "classified") return [];
    if (kind === "opened") {
      if (suppressed !== null) return [];
      this.#entered.add(id);
      if (episode.enter === null) return [];
      return [this.#eventOf("ENTER", episode, observation)];
    }
    if (!this.#entered.delete(id) || episode.exit === null) return [];
    return [this.#eventOf("EXIT", episode, observation)];
  }

  #eventOf(type: "ENTER" | "EXIT", episode: Episode, observation: Observation) {
    const way = { track: episode.track, sinceMs: episode.endMs };
    const dir = type === "ENTER"
      ? directionOf(observation.blobs.find(({ id }) => id === episode.track))
      : this.#ways.of(way);
    return zoneEvent(type, { episode, observation, dir });
  }
}

function withoutPlaces(observation: Observation): Observation {
  const own = observation.events.filter(({ zone, line }) => (zone ?? line) === undefined);
  const isOwn = own.length === observation.events.length;
  return isOwn ? observation : { ...observation, events: own };
}

/** A stay in the picture that ended as a report, and whose it was. */
function endedTrack({ kind, episode }: EpisodeChange): number[] {
  const isReport = kind === "closed" && episode.zone === null &&
    episode.suppressed === null;
  return isReport ? [episode.track] : [];
}

function zoneEvent(
  type: "ENTER" | "EXIT",
  { episode, observation, dir }: {
    readonly episode: Episode;
    readonly observation: Observation;
    readonly dir: Direction;
  },
): MotionEvent {
  const { track, startMs, startFrame, endMs, endFrame } = episode;
  const [ms, frame] = type === "ENTER" ? [startMs, startFrame] : [endMs, endFrame];
  const since = frame < observation.frame ? { sinceMs: ms, sinceFrame: frame } : {};
  return { type, blob: track, dir, ...since, zone: episode.zone! };
}

/** Slower is standing: half a percent of the picture a second. */
const STANDS_PER_S = 0.005;
/** Who went this long before he was in a zone last, ms, went out of it on that way. */
const WAY_KEPT_MS = 1_000;

/** The way a blob goes, as seen in the picture. */
function directionOf(blob: Blob | undefined): Direction {
  if (!blob) return "STATIC";
  const { vxPerS: x, vyPerS: y } = blob;
  if (Math.hypot(x, y) < STANDS_PER_S) return "STATIC";
  if (Math.abs(x) >= Math.abs(y)) return x > 0 ? "RIGHT" : "LEFT";
  return y > 0 ? "DOWN" : "UP";
}

/**
 * Which way each live track went last: that it left a zone is told when it stands
 * outside, or is out of sight.
 */
class Ways {
  readonly #last = new Map<number, { readonly dir: Direction; readonly ms: number }>();

  see({ blobs, tMs }: Observation): void {
    for (const blob of blobs) {
      const dir = blob.coast === 0 ? directionOf(blob) : "STATIC";
      if (dir !== "STATIC") this.#last.set(blob.id, { dir, ms: tMs });
    }
  }

  /** How it went out of where it was seen last at `sinceMs`; STATIC if it stood then. */
  of(
    { track, sinceMs }: { readonly track: number; readonly sinceMs: number },
  ): Direction {
    const way = this.#last.get(track);
    return way && way.ms >= sinceMs - WAY_KEPT_MS ? way.dir : "STATIC";
  }

  forget(track: number): void {
    this.#last.delete(track);
  }

  shift(stepMs: number): void {
    for (const [track, { dir, ms }] of this.#last) {
      this.#last.set(track, { dir, ms: ms + stepMs });
    }
  }
}
