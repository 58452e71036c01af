/**
 * By what one camera is decoded now, and why: as it is set, as was found best for this
 * box, or in software since hardware failed. Decodes nothing and tries nothing.
 * @module
 */
import type { Log } from "../base/log.ts";
import type { Codec } from "./parameter_sets.ts";
import type { Chosen, DecodeChooser, DecodeSetting } from "./source.ts";

export interface DecodeWayParts {
  readonly camera: string;
  /** Software without it. */
  readonly set?: DecodeSetting | undefined;
  /** Who knows what `auto` is here; without him it is software. */
  readonly chooser?: DecodeChooser | undefined;
  readonly log: Log;
}

export class DecodeWay {
  readonly #parts: DecodeWayParts;
  #now: Chosen;
  #codec: Codec | undefined;
  #hasFailed = false;

  constructor(parts: DecodeWayParts) {
    this.#parts = parts;
    const { set = "software" } = parts;
    this.#now = set === "auto"
      ? { decode: "software", words: "what is best here is being tried" }
      : { decode: set, words: "as it is set" };
  }

  get now(): Chosen {
    return this.#now;
  }

  /** A stream of this coding begins. What is found out is `now` later. */
  begin(codec: Codec): void {
    const { set, chooser } = this.#parts;
    if (set !== "auto" || codec === this.#codec) return;
    this.#codec = codec;
    chooser?.of(codec).then((chosen) => {
      if (codec === this.#codec && !this.#hasFailed) this.#now = chosen;
    });
  }

  /**
   * Hardware that failed once is left for good: software always decodes.
   * @returns true when there is another way now
   */
  failed(): boolean {
    const { decode } = this.#now;
    if (decode === "software") return false;
    const { camera, log } = this.#parts;
    const words = "It is decoded in software until the program is started again";
    log.warn("capture.hardware_failed", { camera, decode, words });
    this.#hasFailed = true;
    this.#now = { decode: "software", words: `${decode} failed: software is used` };
    return true;
  }
}
