/**
 * Feeds one camera's decoder by its rung of the decode ladder, and catches up when it
 * climbs. Chooses no rung; that is `ladder.ts`.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import type { FrameDecoder } from "./frame_decoder.ts";
import { type HoldReason, Ladder, type LadderPlan, type RungNow } from "./ladder.ts";
import type { Held } from "./packet_ring.ts";
import type { LadderControl } from "./source.ts";

/** Keyframes nearer than this to the last one that was looked at are passed over, µs. */
const GLANCE_EVERY_US = 900_000;
/** How many glances may be on their way while one of them is looked at. */
const GLANCES = 8;

export interface LadderFeedParts {
  readonly clock: Clock;
  readonly decoder: Pick<FrameDecoder, "push" | "pushAlone" | "goOn">;
}

export class LadderFeed implements LadderControl {
  readonly #parts: LadderFeedParts;
  readonly #ladder: Ladder;
  /** Times of the last pictures that were glanced at, µs. */
  readonly #glancesUs: number[] = [];
  #lastKeyUs = -Infinity;
  #now: RungNow = { rung: "full", why: undefined };

  constructor(plan: LadderPlan, parts: LadderFeedParts) {
    this.#parts = parts;
    this.#ladder = new Ladder(plan);
  }

  /** The rung by which it feeds. */
  get now(): RungNow {
    return this.#now;
  }

  /** The longest of the last distances between keyframes, ms; 0 before it is known. */
  get keyIntervalMs(): number {
    return this.#ladder.keyIntervalMs;
  }

  /** A session begins. */
  reset(): void {
    this.#ladder.reset();
    this.#lastKeyUs = -Infinity;
    this.#choose();
  }

  push(held: Held): void {
    const { decoder } = this.#parts;
    const { sequence, packet } = held;
    if (packet.key) {
      this.#ladder.keyframe(packet.arrivalMs);
      this.#lastKeyUs = packet.ptsUs;
    } else if (packet.ptsUs < this.#lastKeyUs) this.#ladder.openKeyframe();
    const before = this.#now.rung;
    // Down at a keyframe only: what is built on the one before is whole then.
    if (packet.key) this.#choose();
    else if (this.#now.why === "quiet") this.#climb();
    const { rung, why } = this.#now;
    // What was held back is fed on the way up, and this packet with it.
    if (before === "keys" && rung === "full") return;
    if (rung === "full") decoder.push(sequence, packet);
    else if (packet.key && this.#isDue(packet.ptsUs)) {
      // One that is held down gets no more than this: it is looked at as any other.
      decoder.pushAlone(held, why === "quiet" ? "glance" : undefined);
    }
  }

  #isDue(ptsUs: number): boolean {
    const sinceUs = ptsUs - (this.#glancesUs.at(-1) ?? -Infinity);
    if (sinceUs >= 0 && sinceUs < GLANCE_EVERY_US) return false;
    if (this.#glancesUs.push(ptsUs) > GLANCES) this.#glancesUs.shift();
    return true;
  }

  looked(quiet: boolean, ptsUs: number): void {
    this.#ladder.looked(quiet, { nowMs: this.#parts.clock.monotonicMs(), ptsUs });
    if (!quiet) this.#climb();
  }

  stirred(ptsUs: number): void {
    this.#ladder.stirred();
    this.#climb(this.#glancesUs.findLast((glanceUs) => glanceUs < ptsUs));
  }

  hold(why: HoldReason | undefined): void {
    this.#ladder.hold(why);
    if (why === undefined) this.#climb();
  }

  /** Up at once, if it may: with what was held back since `afterUs`, or the last glance. */
  #climb(afterUs?: number): void {
    const before = this.#now.rung;
    const next = this.#ladder.at(this.#parts.clock.monotonicMs());
    if (before === "full" || next.rung === "keys") return;
    this.#now = next;
    this.#parts.decoder.goOn(afterUs);
    this.#glancesUs.length = 0;
  }

  #choose(): void {
    const before = this.#now.rung;
    this.#now = this.#ladder.at(this.#parts.clock.monotonicMs());
    if (before === "keys" && this.#now.rung === "full") this.#parts.decoder.goOn();
  }
}
