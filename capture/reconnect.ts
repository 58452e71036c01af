/**
 * When a source that was lost is tried again: soon after good pictures, then after
 * growing waits, for ever. Reads no clock and waits for nothing.
 * @module
 */
import { backoffMs, RECONNECT } from "../base/backoff.ts";
import type { StateReason } from "../analysis/dsl/camera_state.ts";

/** A session that gave pictures for so long was good: waits begin anew, ms. */
const GOOD_MS = 60_000;
/** The wait before the first try after a session with pictures, ms. */
const RETRY_SOON_MS = 250;
/** The least wait after a wrong password, ms: cameras lock users out for a few of them. */
const AUTH_MS = 30_000;

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

  /** @param chance a number in 0..1, for the jitter */
  next({ goodMs, why, again }: LostSession, chance: number): NextTry {
    if (goodMs >= GOOD_MS) this.#tries = 0;
    const soon = again || (this.#tries === 0 && goodMs > 0);
    const grownMs = backoffMs(RECONNECT, Math.max(1, this.#tries), chance);
    const leastMs = why === "auth" ? AUTH_MS : 0;
    if (!again) this.#tries++;
    return { soon, waitMs: soon ? RETRY_SOON_MS : Math.max(leastMs, grownMs) };
  }
}
