/**
 * Gives the views of a track at full size where it is small, from the seconds that are
 * kept as the camera sent them. Those seconds are few: while a stay goes on its views are
 * asked for again and again, so that each is taken before its picture is gone, and only
 * once.
 *
 * Never fails and never waits long: what cannot be had stays as it was cut from the
 * analysed frame. Decodes nothing itself, and looks at nothing.
 * @module
 */
import { backoffMs, type BackoffPlan } from "../base/backoff.ts";
import type { Clock } from "../base/clock.ts";
import { Fault, wordsOf } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import type { TrackView } from "../capture/frame/crop.ts";
import {
  type AskedParts,
  enlarged,
  type GivenParts,
  isWorthEnlarging,
  type ViewFate,
} from "./enlarged_views.ts";
import { isLarger, type Pictures } from "./larger_picture.ts";

export interface FullSizeViewsParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Views of a track as they were cut from analysed frames, the best first. */
  viewsOf(camera: string, track: number): Promise<readonly TrackView[]>;
  /** What is analysed of a camera and what is kept; undefined where nothing is kept. */
  picturesOf(camera: string): Pictures | undefined;
  /**
   * Parts of what is kept.
   * @throws when they cannot be decoded, or others are before it
   */
  take(camera: string, asked: AskedParts, signal: AbortSignal): Promise<GivenParts>;
  /** So often the views of who stays are asked for, ms: well within what is kept. */
  readonly againMs: number;
}

/** Views of a track that are looked at: no others are worth a decoder. */
const VIEWS = 3;
/** A pass that takes longer is ended: a first label is wanted after 5 s. */
const LIMIT_MS = 4_000;
/** Tracks that may wait for the pass before theirs. */
const WAITING_MAX = 4;
/** Rounds of one stay; afterwards nothing better is to come. */
const ROUNDS_MAX = 24;
/** Larger views of all tracks together, bytes: some 35 of the largest. */
const BYTES_MAX = 12_000_000;
/** A camera whose pictures could not be decoded is left alone for so long. */
const REST: BackoffPlan = { firstMs: 10_000, maxMs: 600_000, jitter: 0 };

export class FullSizeViews implements AsyncDisposable {
  readonly #parts: FullSizeViewsParts;
  /** By camera and track, who was asked for longest ago first; by the view's time. */
  readonly #held = new Map<string, Map<number, TrackView>>();
  readonly #staying = new Map<string, Disposable>();
  readonly #resting = new Map<string, { untilMs: number; failures: number }>();
  readonly #stop = new AbortController();
  #bytes = 0;
  #waiting = 0;
  #isSpared = false;
  #last: Promise<void> = Promise.resolve();
  /** Small views by what became of them; `failed`: the decoder did, or rests after it. */
  readonly counts: Record<ViewFate | "failed", number> = {
    ...{ full: 0, gone: 0, costly: 0, busy: 0, other: 0, failed: 0 },
  };

  constructor(parts: FullSizeViewsParts) {
    this.#parts = parts;
  }

  /**
   * The views of a track, the best first, at full size where that is worth it.
   * @throws what `viewsOf` throws
   */
  async of(camera: string, track: number): Promise<readonly TrackView[]> {
    const views = await this.#parts.viewsOf(camera, track);
    const pictures = this.#parts.picturesOf(camera);
    if (!pictures || !isLarger(pictures)) return views;
    const key = `${camera} ${track}`;
    this.#forgetOthers(key, views);
    const missing = views.slice(0, VIEWS).filter((view) =>
      isWorthEnlarging(view) && !this.#held.get(key)?.has(view.ptsUs)
    );
    if (missing.length > 0) await this.#inTurn({ camera, key, pictures }, missing);
    const held = this.#held.get(key);
    return views.map((view) => held?.get(view.ptsUs) ?? view);
  }

  /** Somebody stays: what is the best of him is taken while it is kept. */
  began(camera: string, track: number): void {
    const key = `${camera} ${track}`;
    if (this.#stop.signal.aborted || this.#staying.has(key)) return;
    let rounds = 0;
    const again = () => {
      this.#staying.delete(key);
      if (rounds++ >= ROUNDS_MAX) return;
      this.#staying.set(key, this.#parts.clock.after(this.#parts.againMs, again));
      if (rounds === 1) return;
      this.of(camera, track).catch((thrown: unknown) => this.#told(camera, thrown));
    };
    again();
  }

  ended(camera: string, track: number): void {
    const key = `${camera} ${track}`;
    this.#staying.get(key)?.[Symbol.dispose]();
    this.#staying.delete(key);
  }

  /** While the box is in trouble nothing is decoded for this. */
  spare(isSpared: boolean): void {
    this.#isSpared = isSpared;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    for (const timer of this.#staying.values()) timer[Symbol.dispose]();
    await this.#last;
  }

  /** One pass at a time. Never fails. */
  async #inTurn(of: Asked, views: readonly TrackView[]): Promise<void> {
    if (this.#isSpared || this.#waiting >= WAITING_MAX) {
      this.counts.busy += views.length;
      return;
    }
    this.#waiting++;
    const before = this.#last;
    const done = Promise.withResolvers<void>();
    this.#last = done.promise;
    await before;
    try {
      if (this.#isResting(of.camera)) this.counts.failed += views.length;
      else if (!this.#stop.signal.aborted) await this.#take(of, views);
    } finally {
      this.#waiting--;
      done.resolve();
    }
  }

  async #take({ camera, key, pictures }: Asked, views: readonly TrackView[]) {
    const { clock } = this.#parts;
    // While it waited another one may have come for the same.
    const missing = views.filter(({ ptsUs }) => !this.#held.get(key)?.has(ptsUs));
    const ended = new AbortController();
    const late = Promise.withResolvers<never>();
    const end = (words: string) => {
      ended.abort();
      late.reject(new Fault("unavailable", `Cannot look back: ${words}`));
    };
    using _limit = clock.after(
      LIMIT_MS,
      () => end(`not done after ${LIMIT_MS / 1_000} s`),
    );
    const onStop = () => end("it was stopped");
    this.#stop.signal.addEventListener("abort", onStop);
    try {
      const taken = enlarged(
        missing,
        pictures,
        (asked) => this.#parts.take(camera, asked, ended.signal),
      );
      // Whoever waits for others' turn hears of no signal: then nobody waits for him.
      const got = await Promise.race([taken, late.promise]);
      this.#resting.delete(camera);
      for (const { fate, view } of got) {
        this.counts[fate]++;
        // Also one that stays small for good. The others may be had a little later.
        if (fate !== "busy" && fate !== "costly") this.#hold(key, view);
      }
    } catch (thrown) {
      if (this.#stop.signal.aborted) return;
      this.counts.failed += missing.length;
      const failures = (this.#resting.get(camera)?.failures ?? 0) + 1;
      const untilMs = clock.monotonicMs() + backoffMs(REST, failures, 0.5);
      this.#resting.set(camera, { untilMs, failures });
      this.#told(camera, thrown);
    } finally {
      this.#stop.signal.removeEventListener("abort", onStop);
    }
  }

  #isResting(camera: string): boolean {
    const { untilMs = -Infinity } = this.#resting.get(camera) ?? {};
    return this.#parts.clock.monotonicMs() < untilMs;
  }

  #told(camera: string, thrown: unknown): void {
    this.#parts.log.debug("classes.no_full_size", { camera, words: wordsOf(thrown) });
  }

  #hold(key: string, view: TrackView): void {
    const views = this.#held.get(key) ?? new Map<number, TrackView>();
    this.#held.delete(key);
    this.#held.set(key, views.set(view.ptsUs, view));
    this.#bytes += view.pixels.length;
    for (const oldest of this.#held.keys()) {
      if (this.#bytes <= BYTES_MAX || oldest === key) break;
      this.#forgetOthers(oldest, []);
    }
  }

  /** Of what is held of a track all that is no view of it any more. */
  #forgetOthers(key: string, views: readonly TrackView[]): void {
    const held = this.#held.get(key);
    if (!held) return;
    const kept = new Set(views.map(({ ptsUs }) => ptsUs));
    for (const [ptsUs, { pixels }] of held) {
      if (kept.has(ptsUs)) continue;
      held.delete(ptsUs);
      this.#bytes -= pixels.length;
    }
    if (held.size === 0) this.#held.delete(key);
  }
}

interface Asked {
  readonly camera: string;
  readonly key: string;
  readonly pictures: Pictures;
}
