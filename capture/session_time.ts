/**
 * The time of one camera's pictures over all its sessions: goes on where the last one
 * ended, and does not follow when the camera's clock is set. Holds no clock itself.
 * @module
 */
import type { Packet } from "./fmp4.ts";
import { type Arrival, type ClockReading, SourceTime } from "./source_time.ts";

/** Less is jitter or drift, ms. */
const LEAP_MS = 1_000;
/**
 * Packets of a session whose times may be FFmpeg's guesses, as it does not know yet how
 * many pictures are shown later than decoded: H.264 allows 16. From a wrong rate in the
 * headers it guesses several pictures wide of the mark.
 */
const GUESSED_PACKETS = 16;

/** The last picture of the session before, to go on from. */
export interface LastPicture {
  readonly ptsUs: number;
  readonly arrivalMs: number;
}

export interface TimedPacket {
  /** See `FrameStamp.ptsUs`. */
  readonly ptsUs: number;
  /** How far the camera's clock was set forward before it, ms; 0: it was not. */
  readonly leaptMs: number;
}

export class SessionTime {
  readonly #source = new SourceTime();
  /** Microseconds that a packet's own time is moved by. */
  #shiftUs: number | undefined;
  #newest: Arrival | undefined;
  #packets = 0;

  /** The session is old enough that times are the camera's own, and no guesses. */
  get isSettled(): boolean {
    return this.#packets > GUESSED_PACKETS;
  }

  /** A session begins. */
  reset(): void {
    this.#packets = 0;
    this.#source.reset();
    this.#shiftUs = undefined;
    this.#newest = undefined;
  }

  /** Takes each packet; `last` is of use for the first one only. */
  step(packet: Packet, timescale: number, last: LastPicture | undefined): TimedPacket {
    const { arrivalMs } = packet;
    this.#packets++;
    const ownUs = Math.round((packet.pts * 1_000_000) / timescale);
    const gapMs = last ? arrivalMs - last.arrivalMs : 0;
    this.#shiftUs ??= last ? last.ptsUs + Math.round(gapMs * 1_000) - ownUs : 0;
    const ptsMs = (ownUs + this.#shiftUs) / 1_000;
    const leaptMs = this.#leapOf({ ptsMs, arrivalMs });
    this.#shiftUs -= Math.round(leaptMs * 1_000);
    const ptsUs = ownUs + this.#shiftUs;
    this.#newest = { ptsMs: ptsUs / 1_000, arrivalMs };
    this.#source.step(this.#newest);
    return { ptsUs, leaptMs };
  }

  /** UTC of a picture; see `SourceTime.utcMsOf`. */
  utcMsOf(ptsUs: number, now: ClockReading, delayMs: number): number {
    return this.#source.utcMsOf(ptsUs / 1_000, now, delayMs);
  }

  /** How much later than the fastest of the last minute the newest packet came, ms. */
  get lateMs(): number {
    return this.#newest ? this.#source.lateMs(this.#newest) : 0;
  }

  /**
   * A packet that is ahead of the fastest of the last minute, and that by one leap: a
   * session may begin with a burst, and a burst may follow a standstill.
   */
  #leapOf(packet: Arrival): number {
    const before = this.#newest;
    if (!before || !this.isSettled) return 0;
    const aheadMs = packet.ptsMs - before.ptsMs - (packet.arrivalMs - before.arrivalMs);
    const earlyMs = -this.#source.lateMs(packet);
    return aheadMs >= LEAP_MS && earlyMs >= LEAP_MS ? earlyMs : 0;
  }
}
