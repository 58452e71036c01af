/**
 * When a decoder is too slow for what it is fed. Pure; what is done then is
 * `frame_decoder.ts`.
 * @module
 */

/** Bytes that may wait for the decoder, whatever their age. */
const WAITING_BYTES_MAX = 8_000_000;
/** Older wanted packets in a decoder mean that it is too slow, ms. */
const LAG_MS = 2_000;
/** … or so many of the camera's intervals: a slow camera keeps it waiting by itself. */
const LAG_INTERVALS = 6;
/** … but not while it has what was held back to catch up with: then so many, and ms. */
const CATCH_UP_BYTES_MAX = 48_000_000;
const CATCH_UP_MS = 10_000;

/** What is to be seen of a decoder from outside. */
export interface DecoderLag {
  /** Bytes that it has not taken yet. */
  readonly waitingBytes: number;
  /** How long its oldest wanted frame has been awaited while it was fed, ms. */
  readonly lagMs: number;
  /** It has what was held back to catch up with. */
  readonly catchesUp: boolean;
}

/** @param intervalMs the camera's usual time between pictures, 0 while unknown */
export function isTooSlow(lag: DecoderLag, intervalMs: number): boolean {
  const { waitingBytes, lagMs, catchesUp } = lag;
  if (catchesUp) return waitingBytes > CATCH_UP_BYTES_MAX || lagMs > CATCH_UP_MS;
  const patienceMs = Math.max(LAG_MS, LAG_INTERVALS * intervalMs);
  return waitingBytes > WAITING_BYTES_MAX || lagMs > patienceMs;
}
