/**
 * Shows one film to the analysis as a camera on the decode ladder would: every picture,
 * or keyframes alone while it is quiet, and what was held back when something moves.
 * Time is the film's; what catching up takes is left out. Decides nothing: that is
 * `capture/ladder_feed.ts`, as in the program.
 * @module
 */
import type { Analyzer } from "../../analysis/analyzer.ts";
import type { EpisodeChange } from "../../analysis/dsl/episode.ts";
import type { Observation } from "../../analysis/dsl/observation.ts";
import { NO_PLACES, PlaceStage } from "../../analysis/place_stage.ts";
import type { Clock } from "../../base/clock.ts";
import { LadderFeed } from "../../capture/ladder_feed.ts";
import type { Held } from "../../capture/packet_ring.ts";
import type { Stay, ToldEvent } from "./ladder_scores.ts";

export interface LadderPlan {
  /** Quiet seconds after which only keyframes are decoded; 0: never. */
  readonly idleAfterS: number;
  /** Seconds from one keyframe to the next. */
  readonly gopS: number;
}

export interface LadderRunParts {
  readonly analyzer: Pick<Analyzer, "step" | "stirs">;
  readonly isQuiet: (observation: Observation) => boolean;
}

/** What was said, and what it took. */
export interface LadderSaying {
  readonly frames: number;
  /** Frames that came while it fed keyframes alone. */
  readonly onKeys: number;
  /** Frames that were decoded but for glances. */
  readonly decoded: number;
  /** Times that it climbed. */
  readonly climbs: number;
  readonly stays: readonly Stay[];
  readonly events: readonly ToldEvent[];
}

/** A frame and its place in the coded stream. */
interface HeldFrame {
  readonly ptsUs: number;
  readonly pixels: Uint8Array;
}

const NEVER: Disposable = { [Symbol.dispose]: () => {} };

export class LadderRun {
  readonly #plan: LadderPlan;
  readonly #parts: LadderRunParts;
  readonly #feed: LadderFeed;
  readonly #places = new PlaceStage(NO_PLACES);
  readonly #stays = new Map<number, Stay>();
  readonly #events: ToldEvent[] = [];
  #nowMs = 0;
  /** The picture that comes now. */
  #pixels: Uint8Array = new Uint8Array(0);
  #held: HeldFrame[] = [];
  #glancesUs: number[] = [];
  #lastUs = -Infinity;
  #gop = -1;
  #counts = { frames: 0, onKeys: 0, decoded: 0, climbs: 0 };
  #number = 0;

  constructor(plan: LadderPlan, parts: LadderRunParts) {
    this.#plan = plan;
    this.#parts = parts;
    const clock: Clock = {
      monotonicMs: () => this.#nowMs,
      utcMs: () => this.#nowMs,
      after: () => NEVER,
      every: () => NEVER,
    };
    const decoder = {
      push: (_sequence: number, { ptsUs }: Held["packet"]) => this.#push(ptsUs),
      pushAlone: ({ packet }: Held) => this.#glance(packet.ptsUs),
      goOn: (afterUs?: number) => this.#goOn(afterUs),
    };
    this.#feed = new LadderFeed(plan, { clock, decoder });
  }

  /** The next picture; `pixels` are lent for the time of the call. */
  frame(pixels: Uint8Array, ptsUs: number): void {
    this.#nowMs = ptsUs / 1_000;
    this.#pixels = pixels;
    const gop = Math.floor(ptsUs / (1_000_000 * this.#plan.gopS) + 1e-6);
    const key = gop !== this.#gop;
    this.#gop = gop;
    this.#counts.frames++;
    // On the upper rung it is given on at once, unless a keyframe leads down now.
    const isKept = key || this.#feed.now.rung === "keys";
    if (isKept) this.#held.push({ ptsUs, pixels: pixels.slice() });
    const ticks = Math.round(ptsUs / 1_000);
    const packet = {
      ...{ bytes: new Uint8Array(0), key, dts: ticks, pts: ticks },
      ...{ arrivalMs: this.#nowMs, places: { tfdt: 0, wide: false, composition: -1 } },
      ...{ ptsUs, wanted: true, torn: false, intervalMs: 0 },
    };
    this.#feed.push({ sequence: this.#counts.frames, packet });
    if (this.#feed.now.rung === "keys") this.#counts.onKeys++;
  }

  finish(): LadderSaying {
    this.#keep(this.#places.finish());
    const stays = [...this.#stays.values()].filter(({ isReport }) => isReport);
    return { ...this.#counts, stays, events: this.#events };
  }

  #push(ptsUs: number): void {
    this.#held = [];
    this.#glancesUs = [];
    this.#look(this.#pixels, ptsUs);
  }

  #glance(ptsUs: number): void {
    const before = this.#glancesUs.at(-1);
    this.#glancesUs.push(ptsUs);
    if (before !== undefined) this.#held = this.#held.filter((one) => one.ptsUs > before);
    if (this.#parts.analyzer.stirs({ pixels: this.#pixels, doubtful: false })) {
      this.#feed.stirred(ptsUs);
      return;
    }
    this.#step(this.#pixels, ptsUs);
  }

  /** What was held back and is shown later than that. */
  #goOn(afterUs = this.#lastUs): void {
    this.#counts.climbs++;
    const owed = this.#held.filter(({ ptsUs }) => ptsUs > afterUs);
    this.#held = [];
    this.#glancesUs = [];
    for (const { ptsUs, pixels } of owed) this.#look(pixels, ptsUs);
  }

  #look(pixels: Uint8Array, ptsUs: number): void {
    this.#counts.decoded++;
    this.#step(pixels, ptsUs);
  }

  #step(pixels: Uint8Array, ptsUs: number): void {
    this.#lastUs = ptsUs;
    const seen = this.#parts.analyzer.step({
      ...{ pixels, ptsUs, tMs: Math.round(ptsUs / 1_000), number: ++this.#number },
      ...{ skipped: 0, doubtful: false },
    });
    const { observation, changes } = this.#places.step(seen);
    this.#keep(changes);
    for (const { type, sinceMs } of observation.events) {
      this.#events.push({ type, atMs: sinceMs ?? observation.tMs, toldMs: this.#nowMs });
    }
    this.#feed.looked(this.#parts.isQuiet(seen), ptsUs);
  }

  #keep(changes: readonly EpisodeChange[]): void {
    for (const { kind, episode } of changes) {
      const { id, startMs, endMs, suppressed } = episode;
      const was = this.#stays.get(id);
      const isReport = suppressed === null;
      const toldMs = was?.isReport ? was.toldMs : this.#nowMs;
      if (kind === "closed" || !was) {
        this.#stays.set(id, { startMs, endMs, toldMs, isReport });
      }
    }
  }
}
