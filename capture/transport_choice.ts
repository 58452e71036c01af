/**
 * Which way a camera's pictures come: over TCP, or as UDP packets where it gives them in
 * no other way. Tries and remembers, for as long as the program runs; asks nobody.
 * @module
 */

/** What may stand in the setting. */
export type TransportSetting = "auto" | "tcp" | "udp";
export type Transport = "tcp" | "udp";

/** How a session ended, as far as it tells of its transport. */
export interface TriedTransport {
  /** Pictures came. */
  readonly hadPackets: boolean;
  /** The camera said that it does not do this transport. */
  readonly isRefused: boolean;
  /** Nothing came, and nobody complained. */
  readonly wasSilent: boolean;
}

export class TransportChoice {
  readonly #isFree: boolean;
  #now: Transport;
  /** What gave pictures once is right: a camera that hangs later has another reason. */
  #hasWorked = false;
  /** In a row; who refuses both is not asked at once for ever. */
  #refusals = 0;

  constructor(setting: TransportSetting = "auto") {
    this.#isFree = setting === "auto";
    // A lost UDP packet is a torn picture, so TCP comes first.
    this.#now = setting === "udp" ? "udp" : "tcp";
  }

  /** What the next session is to ask for. */
  get now(): Transport {
    return this.#now;
  }

  /** Takes how a session ended; true: the other transport is to be tried at once. */
  ended({ hadPackets, isRefused, wasSilent }: TriedTransport): boolean {
    if (hadPackets) {
      this.#hasWorked = true;
      this.#refusals = 0;
      return false;
    }
    if (!this.#isFree || !(isRefused || (wasSilent && !this.#hasWorked))) return false;
    this.#now = this.#now === "tcp" ? "udp" : "tcp";
    this.#hasWorked = false;
    // It may just be away: that is told, and the other one tried after the usual wait.
    if (!isRefused) return false;
    this.#refusals++;
    return this.#refusals % 2 === 1;
  }
}
