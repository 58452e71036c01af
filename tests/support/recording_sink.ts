/**
 * Remembers what a source gives and lets a test wait for it.
 * @module
 */
import type { StateLine } from "../../analysis/dsl/camera_state.ts";
import type { Fault } from "../../base/fault.ts";
import type { FrameFormat, FrameStamp } from "../../capture/frame/frame.ts";
import type { FrameSink, MainStream } from "../../capture/source.ts";
import { numberOf } from "./numbered_clip.ts";

export interface SeenFrame extends FrameStamp {
  /** The number drawn in it (`numbered_clip.ts`). */
  readonly number: number;
}

export class RecordingSink implements FrameSink {
  readonly formats: FrameFormat[] = [];
  readonly frames: SeenFrame[] = [];
  readonly states: StateLine[] = [];
  readonly words: string[] = [];
  readonly mains: MainStream[] = [];
  over = false;
  fault: Fault | undefined;
  #waiting: (() => void)[] = [];

  format(format: FrameFormat): void {
    this.formats.push(format);
    this.#wake();
  }

  frame(pixels: Uint8Array, stamp: FrameStamp): void {
    this.frames.push({ ...stamp, number: numberOf(pixels, this.formats.at(-1)!) });
    this.#wake();
  }

  state(state: StateLine, words: string): void {
    this.states.push(state);
    this.words.push(words);
    this.#wake();
  }

  mainStream(main: MainStream): void {
    this.mains.push(main);
    this.#wake();
  }

  ended(fault?: Fault): void {
    this.over = true;
    this.fault = fault;
    this.#wake();
  }

  /** Waits until `isTrue`; fails with what was seen when that takes too long. */
  async until(what: string, isTrue: () => boolean, timeoutMs = 20_000): Promise<void> {
    const begin = performance.now();
    while (!isTrue()) {
      const leftMs = timeoutMs - (performance.now() - begin);
      if (leftMs <= 0) {
        const seen = this.states.map(({ state, why }) => `${state} ${why ?? ""}`).join(
          ", ",
        );
        throw new Error(
          `No ${what} in ${timeoutMs} ms; ${this.frames.length} frames, ${seen}`,
        );
      }
      await this.#change(Math.min(leftMs, 200));
    }
  }

  /** Waits for a state that comes after the first `after` ones; returns its place. */
  async untilState(state: string, after = 0, timeoutMs?: number): Promise<number> {
    const find = () =>
      this.states.findIndex((line, at) => at >= after && line.state === state);
    await this.until(`state ${state}`, () => find() >= 0, timeoutMs);
    return find();
  }

  /** Waits for `count` more frames than there are now. */
  async moreFrames(count: number, timeoutMs?: number): Promise<void> {
    const wanted = this.frames.length + count;
    await this.until(
      `${count} more frames`,
      () => this.frames.length >= wanted,
      timeoutMs,
    );
  }

  #change(leftMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, leftMs);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
