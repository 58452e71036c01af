/**
 * Makes episodes of observations: who was in the picture and in which zone, from when
 * to when. Pure: reads no clock and no pixels, so it runs live, on files and on replay.
 * Bounded: keeps state for live tracks only, `TRACKS_MAX` at most.
 * @module
 */
import type { Episode, EpisodeChange, PassageWords, Suppression } from "./dsl/episode.ts";
import { classifiedBy, type ClassLine } from "./dsl/class_line.ts";
import type { Blob, CauseLine, MotionEvent, Observation } from "./dsl/observation.ts";
import { ANY_SIZE, isLargeEnough, type SizeMin, takesAnySize } from "./sizes.ts";
import { ToldStays } from "./told_stays.ts";
import { type Moment, stepZoneStay, type ZoneStay } from "./zone_stay.ts";
import { insideSince } from "./inside_since.ts";
import { isInZone, type Zone, type ZoneJudge } from "./zones.ts";

/**
 * How long after its last evidence a track that disappeared may come back as the same
 * stay, ms: as long as the tracker remembers whom it lost. Who leaves over an edge (EXIT) is not waited for.
 */
export const REJOIN_MS = 10_000;

/**
 * A track without evidence and without an end for so long is taken as ended, ms. Only
 * a lost line or a camera that was away can cause it.
 */
export const LOST_MS = 60_000;

/** Live tracks; one more closes the one that was seen longest ago. */
export const TRACKS_MAX = 512;

export interface EpisodeOptions {
  readonly zones: readonly Zone[];
  readonly judge: ZoneJudge;
  /** What is smaller is kept quiet as `small`; anything is large enough when absent. */
  readonly sizeMin?: SizeMin;
  /** Somebody finds out what moved: `CLASS` lines will come. */
  readonly classifies?: boolean;
}

/** A stay that is not over. */
interface Open {
  readonly id: number;
  readonly zone: string | null;
  readonly start: Moment;
  readonly enter: PassageWords | null;
  /** It was as large as is asked for at least once, and is told of as opened. */
  isLarge: boolean;
}

interface OpenZone extends Open {
  stay: ZoneStay;
}

interface Track {
  readonly track: number;
  readonly picture: Open;
  lastSeen: Moment;
  /** By the zone's place in the options. */
  readonly zones: (OpenZone | undefined)[];
  /** How and since when it has come into view: what the next sighting may go back to. */
  arrival: { readonly since: Moment; readonly words: PassageWords } | undefined;
  /** It disappeared, and may still come back. */
  gone: boolean;
  cause: CauseLine | undefined;
  class: ClassLine | undefined;
}

/**
 * Takes observations in their order. What is too small is told as opened when it has
 * grown, and when it never does, at its end. A track's stay begins with ENTER or APPEAR and
 * ends with EXIT at once, with DISAPPEAR `REJOIN_MS` after the last evidence. Where
 * such lines are lost, sightings alone open a stay and `LOST_MS` ends it.
 */
export class EpisodeAssembler {
  readonly #options: EpisodeOptions;
  readonly #sizeMin: SizeMin;
  readonly #tracks = new Map<number, Track>();
  readonly #told = new ToldStays();
  #changes: EpisodeChange[] = [];
  #lastId = 0;

  constructor(options: EpisodeOptions) {
    this.#options = options;
    this.#sizeMin = options.sizeMin ?? ANY_SIZE;
  }

  /** What began and what ended with this observation, in order. */
  step(observation: Observation): readonly EpisodeChange[] {
    const now = { ms: observation.tMs, frame: observation.frame };
    this.#closeOverdue(now);
    const events = observation.events.filter(({ zone }) => zone === undefined);
    for (const event of events) {
      if (event.type === "ENTER" || event.type === "APPEAR") this.#begin(event, now);
    }
    for (const blob of observation.blobs) {
      if (blob.coast === 0) this.#see(blob, now);
    }
    this.#explain(observation.causes);
    this.#told.forget(now.ms);
    for (const line of observation.classes ?? []) this.#classify(line);
    for (const event of events) {
      if (event.type === "EXIT" || event.type === "DISAPPEAR") this.#leave(event, now);
    }
    return this.#takeChanges();
  }

  /**
   * The clock of the observations was set by `stepMs`: what began before has begun at
   * another time, and has lasted as long as before.
   */
  shift(stepMs: number): void {
    this.#told.shift(stepMs);
    for (const [id, track] of this.#tracks) {
      this.#tracks.set(id, shiftedTrack(track, stepMs));
    }
  }

  /** Closes what is open, at the end of a clip: nobody was seen to leave. */
  finish(): readonly EpisodeChange[] {
    for (const track of this.#tracks.values()) {
      this.#close(track, track.gone ? "DISAPPEAR" : null);
    }
    return this.#takeChanges();
  }

  #closeOverdue(now: Moment): void {
    for (const track of this.#tracks.values()) {
      const unseenMs = now.ms - track.lastSeen.ms;
      if (unseenMs > (track.gone ? REJOIN_MS : LOST_MS)) {
        this.#close(track, track.gone ? "DISAPPEAR" : null);
      }
    }
  }

  #begin(event: MotionEvent, now: Moment): void {
    const arrival = { since: sinceOf(event, now), words: wordsOf(event) };
    const was = this.#tracks.get(event.blob);
    if (was && arrival.since.ms - was.lastSeen.ms <= REJOIN_MS) {
      const before = arrival.since.frame < was.lastSeen.frame;
      was.gone = false;
      was.arrival = before ? { ...arrival, since: was.lastSeen } : arrival;
      return;
    }
    if (was) this.#close(was, was.gone ? "DISAPPEAR" : null);
    this.#open(event.blob, arrival.since, arrival.words).arrival = arrival;
  }

  #see(blob: Blob, now: Moment): void {
    const known = this.#tracks.get(blob.id);
    const track = known ?? this.#open(blob.id, now, null);
    track.gone = false;
    track.lastSeen = now;
    const { arrival } = track;
    track.arrival = undefined;
    if (blob.suppressed !== undefined && !track.cause?.suppressed) {
      track.cause = { cause: blob.suppressed, score: 0, suppressed: true };
    }
    this.#measure(track, track.picture, { blob, sizeMin: this.#sizeMin });
    for (const [index, zone] of this.#options.zones.entries()) {
      const judge = zone.judge ?? this.#options.judge;
      const inside = isInZone(zone, blob, judge);
      const was = track.zones[index];
      const arrived = arrival?.since ?? now;
      const since = inside && !was
        ? insideSince(blob, { arrived, now, isIn: (box) => isInZone(zone, box, judge) })
        : arrived;
      const { stay, ended } = stepZoneStay(was?.stay, { inside, now, since });
      if (was && ended) this.#closeZone(track, was, "EXIT");
      if (was && !ended && stay) was.stay = stay;
      else {
        // Who goes on from before a restart was not seen to come into the zone either.
        const came = arrival?.words ?? (known ? "ENTER" : null);
        const enter = since === arrived ? came : "ENTER";
        track.zones[index] = stay && this.#openZone(zone.name, stay, enter);
      }
      const open = track.zones[index];
      if (!open || !inside) continue;
      const { sizeMin: size } = zone;
      const sizeMin = size === undefined ? this.#sizeMin : { upper: size, lower: size };
      this.#measure(track, open, { blob, sizeMin });
    }
  }

  /** Tells of a stay when it is large enough for the first time. */
  #measure(
    track: Track,
    open: Open,
    { blob, sizeMin }: { readonly blob: Blob; readonly sizeMin: SizeMin },
  ): void {
    if (open.isLarge || !isLargeEnough(blob, sizeMin)) return;
    open.isLarge = true;
    this.#say("opened", this.#episodeOf(track, open, { end: track.lastSeen }));
  }

  /** In one frame the highest score counts, over frames the last: verdicts are corrected. */
  #explain(causes: readonly CauseLine[]): void {
    for (const cause of causes.toSorted((a, b) => a.score - b.score)) {
      const track = cause.blob === undefined ? undefined : this.#tracks.get(cause.blob);
      if (!track) continue;
      track.cause = cause;
      // It is a part of the scene from now on: it has not left.
      if (cause.cause === "absorbed" && !cause.suppressed) this.#close(track, null);
    }
  }

  /** Of stays that go on, and of those that are just over. */
  #classify(line: ClassLine): void {
    const told = this.#told.of(line.blob);
    for (const stay of told) {
      this.#say("classified", { ...stay, classified: classifiedBy(line) });
    }
    const track = this.#tracks.get(line.blob);
    if (!track) return;
    track.class = line;
    for (const open of [track.picture, ...track.zones]) {
      if (!open?.isLarge) continue;
      this.#say("classified", this.#episodeOf(track, open, { end: track.lastSeen }));
    }
  }

  #leave(event: MotionEvent, now: Moment): void {
    const track = this.#tracks.get(event.blob);
    if (!track) return;
    const last = sinceOf(event, now);
    if (last.frame >= track.picture.start.frame) track.lastSeen = last;
    if (event.type === "EXIT") this.#close(track, wordsOf(event));
    else track.gone = true;
  }

  #open(id: number, start: Moment, enter: PassageWords | null): Track {
    if (this.#tracks.size >= TRACKS_MAX) this.#closeOldest();
    const isLarge = takesAnySize(this.#sizeMin);
    const picture = { id: ++this.#lastId, zone: null, start, enter, isLarge };
    const track: Track = {
      ...{ track: id, picture, lastSeen: start, zones: [] },
      ...{ arrival: undefined, gone: false, cause: undefined, class: undefined },
    };
    this.#tracks.set(id, track);
    if (isLarge) this.#say("opened", this.#episodeOf(track, picture, { end: start }));
    return track;
  }

  #openZone(
    zone: string,
    stay: ZoneStay,
    enter: PassageWords | null,
  ): OpenZone {
    const of = { zone, start: stay.start, enter, isLarge: false };
    return { id: ++this.#lastId, ...of, stay };
  }

  #close(track: Track, exit: PassageWords | null): void {
    for (const open of track.zones) if (open) this.#closeZone(track, open, exit);
    this.#closeStay(track, track.picture, { end: track.lastSeen, exit });
    this.#tracks.delete(track.track);
  }

  /** @param trackExit how the track ended, if it was not outside before */
  #closeZone(track: Track, open: OpenZone, trackExit: PassageWords | null): void {
    const { end, outSinceMs } = open.stay;
    const inToTheEnd = outSinceMs === undefined;
    const last = inToTheEnd ? track.lastSeen : end;
    this.#closeStay(track, open, { end: last, exit: inToTheEnd ? trackExit : "EXIT" });
  }

  #closeStay(
    track: Track,
    open: Open,
    { end, exit }: { readonly end: Moment; readonly exit: PassageWords | null },
  ): void {
    if (!open.isLarge) {
      this.#say("opened", this.#episodeOf(track, open, { end: open.start }));
    }
    const stay = this.#episodeOf(track, open, { end, exit });
    this.#say("closed", stay);
    this.#told.ended(stay);
  }

  #closeOldest(): void {
    const oldest = [...this.#tracks.values()].reduce((first, track) =>
      track.lastSeen.ms < first.lastSeen.ms ? track : first
    );
    this.#close(oldest, oldest.gone ? "DISAPPEAR" : null);
  }

  #episodeOf(
    { track, cause, class: line }: Track,
    { id, zone, start, enter, isLarge }: Open,
    { end, exit = null }: { readonly end: Moment; readonly exit?: PassageWords | null },
  ): Episode {
    return {
      ...{ id, track, zone },
      ...{ startMs: start.ms, endMs: Math.max(start.ms, end.ms) },
      ...{ startFrame: start.frame, endFrame: Math.max(start.frame, end.frame) },
      ...{ enter, exit },
      cause: cause?.cause ?? null,
      suppressed: suppressionOf(cause, isLarge),
      ...(this.#options.classifies ? { classified: classifiedBy(line) } : {}),
    };
  }

  #say(kind: EpisodeChange["kind"], episode: Episode): void {
    this.#changes.push({ kind, episode });
  }

  #takeChanges(): readonly EpisodeChange[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }
}

function shiftedTrack(track: Track, stepMs: number): Track {
  const { arrival } = track;
  return {
    ...track,
    picture: { ...track.picture, start: shifted(track.picture.start, stepMs) },
    lastSeen: shifted(track.lastSeen, stepMs),
    arrival: arrival && { ...arrival, since: shifted(arrival.since, stepMs) },
    zones: track.zones.map((open) => open && shiftedZone(open, stepMs)),
  };
}

function shiftedZone(open: OpenZone, stepMs: number): OpenZone {
  const { start, end, outSinceMs } = open.stay;
  const stay = { start: shifted(start, stepMs), end: shifted(end, stepMs) };
  const out = outSinceMs === undefined ? {} : { outSinceMs: outSinceMs + stepMs };
  return {
    ...open,
    start: shifted(open.start, stepMs),
    stay: { ...open.stay, ...stay, ...out },
  };
}

function shifted({ ms, frame }: Moment, stepMs: number): Moment {
  return { ms: ms + stepMs, frame };
}

/** What was seen says more than what was set. */
function suppressionOf(
  cause: CauseLine | undefined,
  isLarge: boolean,
): Suppression | null {
  if (cause?.suppressed) return cause.cause;
  return isLarge ? null : "small";
}

/** When what the event tells began, never after the event itself. */
function sinceOf({ sinceMs, sinceFrame }: MotionEvent, now: Moment): Moment {
  return {
    ms: Math.min(now.ms, sinceMs ?? now.ms),
    frame: Math.min(now.frame, sinceFrame ?? now.frame),
  };
}

function wordsOf({ type, dir }: MotionEvent): PassageWords {
  switch (type) {
    case "ENTER":
    case "EXIT":
      return dir === "STATIC" ? type : `${type} ${dir}`;
    case "APPEAR":
      return type;
    default:
      return "DISAPPEAR";
  }
}
