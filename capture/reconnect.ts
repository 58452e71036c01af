/**
 * When a source that was lost is tried again: soon after good pictures, then after
 * growing waits, for ever. Reads no clock and waits for nothing.
 * @module
 */
import { backoffMs, type BackoffPlan, RECONNECT } from "../base/backoff.ts";
import type { StateReason } from "../analysis/dsl/camera_state.ts";

/** A session that gave pictures for so long was good: waits begin anew, ms. */
const GOOD_MS = 60_000;
/** The wait before the first try after a session with pictures, ms. */
const RETRY_SOON_MS = 250;
/** After a wrong password: cameras lock users out for a few of them in some minutes. */
const AUTH: BackoffPlan = { firstMs: 30_000, maxMs: 900_000, jitter: 0.2 };
/** Sessions in a row that gave pictures and were lost: more are no chance. */
const LOOP_MIN = 3;

/** How a session ended. */
export interface LostSession {
  /** How long it gave pictures, ms. */
  readonly goodMs: number;
  readonly why: StateReason | undefined;
  /** It only has to be tried with other settings. */
  readonly again: boolean;
}

export interface NextTry {
  readonly waitMs: number;
  /** Too early to call the source gone: FFmpeg may have died by itself. */
  readonly soon: boolean;
}

export class Reconnect {
  /** Tries since the last good session. */
  #tries = 0;
  /** Growing waits since then. */
  #waits = 0;
  /** Refusals of the password in a row. */
  #refusals = 0;
  /** Sessions with pictures that were lost since the last good one. */
  #losses = 0;

  /** How often pictures came and were lost again without a good minute; 0: no loop. */
  get lostInLoop(): number {
    return this.#losses >= LOOP_MIN ? this.#losses : 0;
  }

  /** The session gives good pictures for so long, ms: it may end a loop. */
  good(forMs: number): void {
    if (forMs < GOOD_MS) return;
    this.#tries = 0;
    this.#waits = 0;
    this.#losses = 0;
  }

  /** @param chance a number in 0..1, for the jitter */
  next({ goodMs, why, again }: LostSession, chance: number): NextTry {
    this.good(goodMs);
    if (again) return { soon: true, waitMs: RETRY_SOON_MS };
    const soon = this.#tries++ === 0 && goodMs > 0;
    if (goodMs > 0) this.#losses++;
    this.#refusals = why === "auth" ? this.#refusals + 1 : 0;
    if (soon) return { soon, waitMs: RETRY_SOON_MS };
    const grownMs = backoffMs(RECONNECT, ++this.#waits, chance);
    if (this.#refusals === 0) return { soon, waitMs: grownMs };
    return { soon, waitMs: Math.max(grownMs, backoffMs(AUTH, this.#refusals, chance)) };
  }
}
