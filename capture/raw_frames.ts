/**
 * Joins FFmpeg's two outputs, raw pixels and framecrc lines, to frames with PTS.
 * Starts nothing and reads no time: bytes in, frames out.
 * @module
 */
import { Fault } from "../base/fault.ts";
import { frameBytes, type FrameFormat } from "./frame/frame.ts";

export interface RawFrameTaker {
  /** Once, before the first frame. */
  format(format: FrameFormat): void;
  /** `pts` counts ticks of the time base; give `pixels` back by `recycle`. */
  frame(pixels: Uint8Array, pts: Pts): void;
}

/** A presentation time: `ticks` of `microsecondsPerTick`. */
export interface Pts {
  readonly ticks: number;
  /** Rounded to whole microseconds. */
  readonly microseconds: number;
}

/** The largest frame taken: above 8K (7680x4320 has 49.8 MB). */
export const FRAME_BYTES_MAX = 100_000_000;

/** Most buffers kept for reuse. */
const SPARE_MAX = 6;

export class RawFrames {
  readonly #taker: RawFrameTaker;
  readonly #decoder = new TextDecoder();
  /** Pixels that came before the header with their size. */
  readonly #early: Uint8Array[] = [];
  readonly #spare: Uint8Array[] = [];
  readonly #whole: Uint8Array[] = [];
  readonly #times: Pts[] = [];
  #text = "";
  #timeBase = { numerator: 0, denominator: 1 };
  #frameBytes = 0;
  #filling: Uint8Array | undefined;
  #filled = 0;

  constructor(taker: RawFrameTaker) {
    this.#taker = taker;
  }

  /** Bytes of descriptor 1. */
  pixels(bytes: Uint8Array): void {
    if (this.#frameBytes === 0) return void this.#early.push(bytes);
    for (let at = 0; at < bytes.length;) {
      const frame = this.#filling ??= this.#buffer();
      const part = bytes.subarray(at, at + this.#frameBytes - this.#filled);
      frame.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled < this.#frameBytes) break;
      this.#whole.push(frame);
      this.#filling = undefined;
      this.#filled = 0;
    }
    this.#pair();
  }

  /**
   * Bytes of descriptor 3.
   * @throws Fault corrupt when they are not what FFmpeg writes.
   */
  lines(bytes: Uint8Array): void {
    const lines = (this.#text + this.#decoder.decode(bytes, { stream: true })).split(
      "\n",
    );
    this.#text = lines.pop()!;
    for (const line of lines) {
      if (line.startsWith("#")) this.#header(line);
      else if (line !== "") this.#time(line);
    }
    this.#pair();
  }

  /** Takes a frame's buffer back. */
  recycle(pixels: Uint8Array): void {
    if (this.#spare.length < SPARE_MAX) this.#spare.push(pixels);
  }

  #buffer(): Uint8Array {
    return this.#spare.pop() ?? new Uint8Array(this.#frameBytes);
  }

  #header(line: string): void {
    const base = /^#tb 0: (\d+)\/(\d+)/.exec(line);
    if (base) this.#timeBase = { numerator: +base[1]!, denominator: +base[2]! };
    const size = /^#dimensions 0: (\d+)x(\d+)/.exec(line);
    if (!size) return;
    const format = { width: +size[1]!, height: +size[2]! };
    const bytes = frameBytes(format);
    if (bytes === 0 || bytes > FRAME_BYTES_MAX) {
      const words = `Cannot decode pictures of ${size[1]}x${
        size[2]
      }: at most 8K is handled`;
      throw new Fault("corrupt", words);
    }
    this.#frameBytes = bytes;
    this.#taker.format(format);
    for (const early of this.#early.splice(0)) this.pixels(early);
  }

  /** A line is `stream, dts, pts, duration, size, checksum`. */
  #time(line: string): void {
    const fields = line.split(",");
    const ticks = Number(fields[2]);
    if (!Number.isSafeInteger(ticks) || Number(fields[4]) !== this.#frameBytes) {
      throw new Fault(
        "corrupt",
        `Cannot read FFmpeg's frame list: "${line.slice(0, 80)}"`,
      );
    }
    const { numerator, denominator } = this.#timeBase;
    const microseconds = Math.round(ticks * ((numerator * 1_000_000) / denominator));
    this.#times.push({ ticks, microseconds });
  }

  #pair(): void {
    while (this.#whole.length > 0 && this.#times.length > 0) {
      this.#taker.frame(this.#whole.shift()!, this.#times.shift()!);
    }
  }
}
