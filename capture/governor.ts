/**
 * Spares a box that is too hot, too weakly powered, short of memory or too slow: holds
 * more and more cameras on the lower rung of the decode ladder, and lets them go one by
 * one when it is well again. Reads no sensor and holds nobody itself. Pure.
 * @module
 */
import type { BoxHealth } from "../base/box_health.ts";
import type { HoldReason } from "./ladder.ts";

/** What it is told at each look. */
export interface BoxLook {
  readonly health: BoxHealth;
  /** Frames that the decoders could not give in time, of all cameras, since the start. */
  readonly framesDropped: number;
}

export interface Holding {
  /** How many cameras are held down. */
  readonly cameras: number;
  /** Why; undefined when none is. */
  readonly why: HoldReason | undefined;
}

/** Between one camera held and the next, ms: what the last one saved must show first. */
const HOLD_EVERY_MS = 10_000;
/** A box that was well for so long lets one camera go, ms. */
const RELEASE_AFTER_MS = 60_000;
/** Where a board does not say: the Raspberry Pi's limit. */
const THROTTLE_C = 80;
/** How near to its limits a box is in trouble, or not well again. */
interface Limits {
  /** Below the kernel's own limit, °C: it slows the processor down there. */
  readonly marginC: number;
  /** Part of the memory that is left, and bytes that are enough on any box. */
  readonly part: number;
  readonly bytes: number;
}
/** One camera more is held. */
const TROUBLE: Limits = { marginC: 2, part: 0.06, bytes: 100_000_000 };
/** Those who are held for it stay so. */
const UNWELL: Limits = { marginC: 7, part: 0.1, bytes: 200_000_000 };
/** Frames too late in one look count; looks in a row with such frames are a slow box. */
const LATE_FRAMES = 3;
const LATE_LOOKS = 3;

export class Governor {
  #cameras: number;
  #held = 0;
  #why: HoldReason | undefined;
  #trouble: HoldReason | undefined;
  #changedMs = -Infinity;
  #wellSinceMs: number | undefined;
  #dropped: number | undefined;
  #lateLooks = 0;

  /** @param cameras how many there are to hold */
  constructor(cameras: number) {
    this.#cameras = cameras;
  }

  /** A camera joined, or left: what is held stays held. */
  resize(cameras: number): void {
    this.#cameras = cameras;
    this.#held = Math.min(this.#held, cameras);
  }

  /**
   * Why the box is to be spared by whoever can wait, whether or not there are cameras to
   * hold: it is in trouble, or not well again.
   */
  get trouble(): HoldReason | undefined {
    return this.#trouble ?? this.#why;
  }

  /** One look every few seconds. */
  step(look: BoxLook, nowMs: number): Holding {
    const isLate = this.#countLate(look.framesDropped);
    const trouble = troubleOf(look.health, TROUBLE) ?? (isLate ? "cpu" : undefined);
    const unwell = troubleOf(look.health, UNWELL);
    if (trouble !== undefined || unwell !== this.#trouble) this.#trouble = trouble;
    if (trouble !== undefined) this.#hold(trouble, nowMs);
    else if (this.#why !== undefined && unwell === this.#why) {
      this.#wellSinceMs = undefined;
    } else this.#release(nowMs);
    return { cameras: this.#held, why: this.#why };
  }

  #hold(why: HoldReason, nowMs: number): void {
    this.#wellSinceMs = undefined;
    if (this.#cameras === 0) return;
    this.#why = why;
    if (nowMs - this.#changedMs < HOLD_EVERY_MS) return;
    this.#held = Math.min(this.#cameras, this.#held + 1);
    this.#changedMs = nowMs;
  }

  #release(nowMs: number): void {
    if (this.#held === 0) return;
    this.#wellSinceMs ??= nowMs;
    if (nowMs - this.#wellSinceMs < RELEASE_AFTER_MS) return;
    this.#held--;
    this.#changedMs = nowMs;
    this.#wellSinceMs = nowMs;
    if (this.#held === 0) this.#why = undefined;
  }

  #countLate(framesDropped: number): boolean {
    const late = framesDropped - (this.#dropped ?? framesDropped);
    this.#dropped = framesDropped;
    this.#lateLooks = late >= LATE_FRAMES ? this.#lateLooks + 1 : 0;
    return this.#lateLooks >= LATE_LOOKS;
  }
}

function troubleOf(health: BoxHealth, limits: Limits): HoldReason | undefined {
  const { hottestC, throttleC = THROTTLE_C, underVoltage, memory } = health;
  if (underVoltage) return "power";
  if (hottestC !== undefined && hottestC >= throttleC - limits.marginC) return "heat";
  if (memory === undefined) return undefined;
  const least = Math.min(limits.part * memory.totalBytes, limits.bytes);
  return memory.availableBytes < least ? "memory" : undefined;
}
