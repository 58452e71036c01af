/**
 * Looks now and then whether hardware still decodes rightly: one frame of it, soon after
 * the start and once an hour, is compared with the same picture decoded in software. What
 * goes wrong between two looks, or in other pictures, is not seen. Changes no decoder.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import { runForBytes } from "../base/subprocess.ts";
import { oneFrameArgs } from "./ffmpeg_args.ts";
import { decodableAt, labelled } from "./full_still.ts";
import type { PacketRing, RingPacket } from "./packet_ring.ts";
import type { Decode } from "./source.ts";

/** The first look, ms after hardware gave its first frame. */
const FIRST_MS = 60_000;
const EVERY_MS = 3_600_000;
/** Cameras that began together are not looked at together: so much later at most, of it. */
const SPREAD = 0.2;
const LIMIT_MS = 10_000;
/** A part of the picture that differs by more in the mean was decoded wrongly, grey levels. */
const WRONG_MIN = 6;
/** Parts, side by side and one above the other. */
const PARTS = 8;

export interface HardwareWatchParts {
  readonly camera: string;
  /** Of the frames, as it was asked for. */
  readonly width: number;
  readonly ring: PacketRing;
  readonly clock: Clock;
  readonly log: Log;
  readonly chance: () => number;
  /** Nobody waits for the look any more. */
  readonly signal: AbortSignal;
  /** What decodes now. */
  decode(): Decode;
  /** Its pictures are not those of software. */
  wrong(): void;
}

export class HardwareWatch {
  readonly #parts: HardwareWatchParts;
  /** `Clock.monotonicMs` of the next look; undefined while software decodes. */
  #dueMs: number | undefined;
  #looking: Promise<void> | undefined;
  /** Looks that were finished. */
  looks = 0;

  constructor(parts: HardwareWatchParts) {
    this.#parts = parts;
  }

  /** Done when nothing is being looked at; never fails. */
  get over(): Promise<void> {
    return this.#looking ?? Promise.resolve();
  }

  /** Takes every whole frame; copies one when a look is due. */
  frame(pixels: Uint8Array, packet: RingPacket, columns: number): void {
    if (this.#parts.decode() === "software") {
      this.#dueMs = undefined;
      return;
    }
    const nowMs = this.#parts.clock.monotonicMs();
    this.#dueMs ??= nowMs + this.#spread(FIRST_MS);
    if (nowMs < this.#dueMs || this.#looking) return;
    this.#dueMs = nowMs + this.#spread(EVERY_MS);
    const seen = { pixels: pixels.slice(), columns };
    this.#looking = this.#look(seen, packet.ptsUs)
      .finally(() => this.#looking = undefined);
  }

  #spread(ms: number): number {
    return ms * (1 + SPREAD * this.#parts.chance());
  }

  async #look(seen: Seen, ptsUs: number): Promise<void> {
    const { camera, log, signal } = this.#parts;
    const decode = this.#parts.decode();
    try {
      const right = await this.#inSoftware(ptsUs);
      if (signal.aborted || right.length !== seen.pixels.length) return;
      const apart = furthestApart(seen, right);
      this.looks++;
      if (apart <= WRONG_MIN) return;
      log.warn("capture.hardware_wrong", { camera, decode, greyLevels: apart, ptsUs });
      this.#parts.wrong();
    } catch (thrown) {
      if (signal.aborted) return;
      log.info("capture.hardware_not_looked_at", { camera, words: wordsOf(thrown) });
    }
  }

  async #inSoftware(ptsUs: number): Promise<Uint8Array> {
    const { ring, width, signal } = this.#parts;
    const { init, packets } = decodableAt(ring, ptsUs);
    const { stdout } = await runForBytes(["ffmpeg", ...oneFrameArgs(width)], {
      ...{ timeoutMs: LIMIT_MS, signal, nice: true, outputBytesMax: 64_000_000 },
      input: [init.bytes, ...labelled(packets)],
    });
    return stdout;
  }
}

interface Seen {
  readonly pixels: Uint8Array;
  readonly columns: number;
}

/**
 * The mean difference of brightness in the part of the picture in which it is largest,
 * grey levels. Both yuv420p of the same size.
 */
export function furthestApart({ pixels, columns }: Seen, other: Uint8Array): number {
  const rows = Math.round(pixels.length / 1.5 / columns);
  const sums = new Float64Array(PARTS * PARTS);
  const counts = new Float64Array(PARTS * PARTS);
  for (let y = 0; y < rows; y++) {
    const partsAbove = PARTS * Math.floor(y * PARTS / rows);
    for (let x = 0; x < columns; x++) {
      const part = partsAbove + Math.floor(x * PARTS / columns);
      const at = y * columns + x;
      sums[part]! += Math.abs(pixels[at]! - other[at]!);
      counts[part]!++;
    }
  }
  const means = sums.map((sum, part) => sum / Math.max(1, counts[part]!));
  return Math.round(10 * Math.max(...means)) / 10;
}
