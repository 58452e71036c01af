/**
 * A camera's ring in memory: made anew when the size changes, smaller when memory is
 * short. A full /dev/shm costs frames and raises an alert; it never ends us.
 * @module
 */
import type { AlertBoard } from "../base/alerts.ts";
import type { Clock } from "../base/clock.ts";
import { Fault, wordsOf } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import { frameBytes, type FrameFormat, type FrameStamp } from "../capture/frame/frame.ts";
import type { FrameBudget } from "./frame_budget.ts";
import {
  FrameRingReader,
  FrameRingWriter,
  ringBytes,
} from "../capture/frame/frame_ring.ts";

/** A ring has a slot to write and one to read. */
const SLOTS_MIN = 2;
/** How long to wait before memory that was full is tried again. */
const RETRY_MS = 5_000;
/** How long a ring that is smaller than wanted is used before a whole one is tried. */
const GROW_MS = 60_000;

export interface FrameMemoryOptions {
  readonly camera: string;
  /** Slots wanted; fewer are taken when memory is short. */
  readonly slots: number;
  /** The camera's own folder, which exists. */
  readonly folder: string;
  /** What all cameras share; without it there is no limit but the tmpfs. */
  readonly budget?: FrameBudget | undefined;
}

export interface FrameMemoryParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly alerts: AlertBoard;
}

/** The newest frame, copied out of the ring. */
export interface CopiedFrame {
  readonly format: FrameFormat;
  readonly pixels: Uint8Array;
  readonly stamp: FrameStamp;
}

export class FrameMemory implements Disposable {
  readonly #options: FrameMemoryOptions;
  readonly #parts: FrameMemoryParts;
  #writer: FrameRingWriter | undefined;
  #reader: FrameRingReader | undefined;
  #format: FrameFormat | undefined;
  #generation = 0;
  #triedAtMs = 0;
  /** What was told last of memory that is full: told once. */
  #fullWords = "";
  /** Memory was told to be full or short, and its end was not. */
  #isShort = false;

  constructor(options: FrameMemoryOptions, parts: FrameMemoryParts) {
    this.#options = options;
    this.#parts = parts;
  }

  /** Where readers find the ring; undefined while there is no memory for one. */
  get ringPath(): string | undefined {
    return this.#writer?.path;
  }

  /** Gives up the old ring and makes one for frames of this size. */
  open(format: FrameFormat): void {
    this.#close();
    this.#format = format;
    this.#triedAtMs = this.#parts.clock.monotonicMs();
    const path = `${this.#options.folder}/frames-${++this.#generation}.ring`;
    for (let slots = this.#options.slots; !this.#writer; slots >>= 1) {
      try {
        this.#takeRoom(ringBytes(format, Math.max(SLOTS_MIN, slots)));
        this.#makeFolder();
        this.#writer = new FrameRingWriter(path, format, Math.max(SLOTS_MIN, slots));
      } catch (thrown) {
        if (!(thrown instanceof Fault)) throw thrown;
        if (slots <= SLOTS_MIN) {
          this.#options.budget?.giveBack(this.#options.camera);
          return this.#tellFull(thrown);
        }
      }
    }
    this.#reader = new FrameRingReader(path);
    this.#tellRoom(this.#writer.slots);
  }

  /**
   * Tries again to make the ring that there was no memory for, or a whole one in place
   * of a smaller one; true when there is a new one. Cheap to call for every frame.
   */
  retry(): boolean {
    if (!this.#format || this.#writer?.slots === this.#options.slots) return false;
    const waitMs = this.#writer ? GROW_MS : RETRY_MS;
    if (this.#parts.clock.monotonicMs() - this.#triedAtMs < waitMs) return false;
    if (this.#writer) return this.#grow(this.#format, this.#writer.slots);
    this.open(this.#format);
    return this.#writer !== undefined;
  }

  /** False when the frame is lost, as there is no memory. */
  write(pixels: Uint8Array, stamp: FrameStamp): boolean {
    if (!this.#writer) return false;
    try {
      this.#writer.write(pixels, stamp);
      return true;
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown;
      this.#close();
      this.#tellFull(thrown);
      return false;
    }
  }

  /** True when the ring's file was removed or cut under us: its frames reach nobody new. */
  get isLost(): boolean {
    if (!this.#writer) return false;
    const { path, format, slots } = this.#writer;
    try {
      return Deno.statSync(path).size < ringBytes(format, slots);
    } catch {
      return true;
    }
  }

  /** A copy of the newest frame; undefined when there is none. */
  newest(): CopiedFrame | undefined {
    if (!this.#reader || !this.#format) return undefined;
    const pixels = new Uint8Array(frameBytes(this.#format));
    const read = this.#reader.readNewest(0, pixels);
    return read && { format: this.#format, pixels, stamp: read.stamp };
  }

  [Symbol.dispose](): void {
    this.#close();
    this.#format = undefined;
  }

  /** The small ring is given up only when the whole one is there. */
  #grow(format: FrameFormat, slotsNow: number): boolean {
    this.#triedAtMs = this.#parts.clock.monotonicMs();
    const { camera, slots, folder, budget } = this.#options;
    const path = `${folder}/frames-${this.#generation + 1}.ring`;
    try {
      this.#takeRoom(ringBytes(format, slots));
      const whole = new FrameRingWriter(path, format, slots);
      this.#generation++;
      this.#reader?.[Symbol.dispose]();
      this.#writer?.[Symbol.dispose]();
      this.#writer = whole;
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown;
      budget?.take(camera, ringBytes(format, slotsNow));
      return false;
    }
    this.#reader = new FrameRingReader(path);
    this.#tellRoom(slots);
    return true;
  }

  /** @throws Fault unavailable when the settings allow no ring of this size. */
  #takeRoom(bytes: number): void {
    const { budget, camera } = this.#options;
    if (!budget || budget.take(camera, bytes)) return;
    const words = "Cannot keep frames: memory.megabytes allows " +
      `${inMegabytes(budget.bytesMax)} for all cameras, ` +
      `${inMegabytes(bytes)} more are needed and ${inMegabytes(budget.leftBytes)} left`;
    throw new Fault("unavailable", words, {
      hint: "raise memory.megabytes, or lower width or memory.slots",
    });
  }

  /** There unless somebody cleaned up what was taken for nobody's. */
  #makeFolder(): void {
    const { folder } = this.#options;
    try {
      Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
    } catch (cause) {
      const words = `Cannot make the folder for frames ${folder}: ${wordsOf(cause)}`;
      throw new Fault("unavailable", words, { cause });
    }
  }

  #close(): void {
    this.#reader?.[Symbol.dispose]();
    this.#writer?.[Symbol.dispose]();
    this.#reader = undefined;
    this.#writer = undefined;
    this.#options.budget?.giveBack(this.#options.camera);
  }

  #tellFull(fault: Fault): void {
    const { camera } = this.#options;
    if (fault.message === this.#fullWords) return;
    this.#fullWords = fault.message;
    this.#isShort = true;
    this.#parts.log.error("memory.full", { camera, words: fault.message });
    this.#parts.alerts.raise({
      code: "memory.full",
      subject: camera,
      severity: "critical",
      words: `No memory for frames, nothing is analysed: ${fault.message}`,
      toDo: fault.hint ?? "df -h /dev/shm",
    });
  }

  #tellRoom(slots: number): void {
    this.#fullWords = "";
    const { camera, slots: wanted } = this.#options;
    const { alerts, log } = this.#parts;
    if (slots === wanted) {
      if (this.#isShort) log.info("memory.room", { camera, slots });
      this.#isShort = false;
      return alerts.clear("memory.full", camera);
    }
    this.#isShort = true;
    log.warn("memory.short", { camera, slots, wanted });
    alerts.raise({
      code: "memory.full",
      subject: camera,
      severity: "warning",
      words: `Memory for frames is short: ${slots} frames are kept instead of ${wanted}`,
      toDo: "df -h /dev/shm; memory.megabytes in the settings",
    });
  }
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
