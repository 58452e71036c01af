/**
 * How long one has to wait before another password may be tried: longer with each wrong
 * one, by address and over all. Knows no password; says only when. Bounded: it remembers
 * so many addresses, those that tried last.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { isLoopback } from "./box.ts";

/** Wrong ones that cost nothing: people mistype. */
const FREE_TRIES = 3;
const WAIT_MS_FIRST = 1_000;
const WAIT_MS_MAX = 300_000;
/** After so long without a try an address begins anew. */
const FORGOTTEN_MS = 3_600_000;
const ADDRESSES_MAX = 1_024;
/** Over all addresses but loopback: so many at once, then one every so often. */
const ALL_BURST = 20;
const ALL_PERIOD_MS = 2_000;

interface Tries {
  readonly wrong: number;
  readonly lastMs: number;
}

export class LoginThrottle {
  readonly #clock: Clock;
  /** By address, the one that tried last at the end. */
  readonly #tries = new Map<string, Tries>();
  /** When the tries of all will be paid off: a bucket that empties with time. */
  #allPaidAtMs = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * ms that `address` has to wait; 0 when it may try now.
   * @param known true for one that had the right password: what strangers do does not
   * keep it waiting, only what it does itself
   */
  waitMs(address: string, known = false): number {
    const nowMs = this.#clock.monotonicMs();
    const allMs = known ? 0 : this.#allWaitMs(address, nowMs);
    return Math.max(0, this.#ownWaitMs(address, nowMs), allMs);
  }

  /** The wait counts from now. Whoever asks tries one at a time, and asks before each. */
  wrong(address: string): void {
    const nowMs = this.#clock.monotonicMs();
    const key = groupOf(address);
    const wrong = (this.#fresh(key, nowMs)?.wrong ?? 0) + 1;
    this.#tries.delete(key);
    this.#tries.set(key, { wrong, lastMs: nowMs });
    const oldest = this.#tries.keys().next().value;
    if (this.#tries.size > ADDRESSES_MAX) this.#tries.delete(oldest!);
    if (isLoopback(key)) return;
    this.#allPaidAtMs = Math.max(this.#allPaidAtMs, nowMs) + ALL_PERIOD_MS;
  }

  right(address: string): void {
    this.#tries.delete(groupOf(address));
  }

  #ownWaitMs(address: string, nowMs: number): number {
    const tries = this.#fresh(groupOf(address), nowMs);
    if (tries === undefined || tries.wrong < FREE_TRIES) return 0;
    const delayMs = WAIT_MS_FIRST * 2 ** (tries.wrong - FREE_TRIES);
    return tries.lastMs + Math.min(WAIT_MS_MAX, delayMs) - nowMs;
  }

  /** Who is on the box itself (SSH) cannot be locked out by the network. */
  #allWaitMs(address: string, nowMs: number): number {
    if (isLoopback(groupOf(address))) return 0;
    return this.#allPaidAtMs - nowMs - (ALL_BURST - 1) * ALL_PERIOD_MS;
  }

  #fresh(key: string, nowMs: number): Tries | undefined {
    const tries = this.#tries.get(key);
    return tries && nowMs - tries.lastMs < FORGOTTEN_MS ? tries : undefined;
  }
}

/**
 * Whom an address stands for: one IPv6 network of 64 bits is one visitor, who could take
 * another address of it for each try; an IPv4 address may come dressed as IPv6.
 */
function groupOf(address: string): string {
  const bare = address.toLowerCase().replace(/%.*$/, "");
  const dressed = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(bare);
  if (dressed?.[1] !== undefined) return dressed[1];
  if (!bare.includes(":") || isLoopback(bare)) return bare;
  const [head = "", tail] = bare.split("::");
  const groups = head.split(":").filter((group) => group !== "");
  const last = tail?.split(":").filter((group) => group !== "") ?? [];
  const gap = Array<string>(Math.max(0, 8 - groups.length - last.length)).fill("0");
  return [...groups, ...gap, ...last].slice(0, 4).join(":");
}
