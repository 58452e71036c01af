/**
 * The latest analysed frame as JPEG, made only when somebody asks, and at most four
 * times a second per camera however many ask.
 * @module
 */
import type { Alert } from "../base/alerts.ts";
import type { Clock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import {
  pictureAlert,
  type PictureLibrary,
  pictureLibrary,
  PICTURES_FAILING,
} from "../base/picture_library.ts";
import type { FrameFormat, FrameStamp } from "../capture/frame/frame.ts";
import { yuvToRgb } from "../capture/frame/yuv_to_rgb.ts";

/** A whole frame: a copy, which its owner will not write again. */
export interface WholeFrame {
  readonly format: FrameFormat;
  readonly pixels: Uint8Array;
  readonly stamp: FrameStamp;
}

export interface Still {
  readonly jpeg: Uint8Array<ArrayBuffer>;
  /** Pixels. */
  readonly size: FrameFormat;
  readonly stamp: FrameStamp;
}

export interface StillEncoderParts {
  readonly clock: Clock;
  /** Undefined before the first frame. */
  newestFrame(camera: string): WholeFrame | undefined;
  /** Is told `pictures.failing` while the library for pictures fails; nobody when absent. */
  readonly board?: PictureBoard;
  /** npm:sharp when absent. */
  library?(): Promise<PictureLibrary>;
}

/** Who keeps the alert about pictures. */
export interface PictureBoard {
  raise(alert: Omit<Alert, "sinceUtcMs">): void;
  clear(code: string, subject: string): void;
}

/**
 * Four pictures a second: a walker stays himself from one to the next. Each costs about
 * 5 ms of a core at 640x360, and only while somebody looks.
 */
const PERIOD_MS = 250;
/** No visible blocks behind the overlay at 640 pixels; about 40 kB. */
const JPEG_QUALITY = 80;

interface Latest {
  readonly startedMs: number;
  readonly still: Promise<Still | undefined>;
  /** Of the frame that it shows: a camera that died is not encoded again and again. */
  readonly arrivalMs: number | undefined;
}

export class StillEncoder {
  readonly #parts: StillEncoderParts;
  readonly #latest = new Map<string, Latest>();
  #encoded = 0;
  /** Of the last picture that was made, while no other is. */
  #spareRgb: Uint8ClampedArray<ArrayBuffer> | undefined;

  constructor(parts: StillEncoderParts) {
    this.#parts = parts;
  }

  /** Pictures encoded since the start. */
  get encoded(): number {
    return this.#encoded;
  }

  /**
   * @param camera a camera that exists: each that is asked for keeps one picture
   * @returns undefined when it has no frame yet
   * @throws Fault `unavailable` when the library for pictures cannot be loaded
   */
  latest(camera: string): Promise<Still | undefined> {
    const nowMs = this.#parts.clock.monotonicMs();
    const latest = this.#latest.get(camera);
    if (latest && nowMs - latest.startedMs < PERIOD_MS) return latest.still;
    const frame = this.#parts.newestFrame(camera);
    const arrivalMs = frame?.stamp.arrivalMs;
    const still = latest && latest.arrivalMs === arrivalMs
      ? latest.still
      : this.#encode(frame);
    this.#latest.set(camera, { startedMs: nowMs, still, arrivalMs });
    const forget = () => this.#latest.delete(camera);
    still.then((made) => made ?? forget(), forget); // no picture: ask again at once
    return still;
  }

  /** ms until another picture of `camera` may be made; 0 when at once. */
  waitMs(camera: string): number {
    const startedMs = this.#latest.get(camera)?.startedMs ?? -Infinity;
    return Math.max(0, startedMs + PERIOD_MS - this.#parts.clock.monotonicMs());
  }

  async #encode(frame: WholeFrame | undefined): Promise<Still | undefined> {
    if (frame === undefined) return undefined;
    const sharp = await this.#openLibrary();
    this.#encoded++;
    const { format: size, stamp } = frame;
    const rgb = this.#rgbFor(size);
    const jpeg = await encodeJpeg(frame, { sharp, rgb });
    this.#spareRgb = rgb; // only now has libvips done with it
    return { jpeg, size, stamp };
  }

  /** A megabyte for each picture would wait for the collector, and look like a leak. */
  #rgbFor({ width, height }: FrameFormat): Uint8ClampedArray<ArrayBuffer> {
    const spare = this.#spareRgb;
    this.#spareRgb = undefined;
    const bytes = width * height * 3;
    return spare?.length === bytes ? spare : new Uint8ClampedArray(bytes);
  }

  async #openLibrary(): Promise<PictureLibrary> {
    const { board, library = pictureLibrary } = this.#parts;
    try {
      const opened = await library();
      board?.clear(PICTURES_FAILING, "");
      return opened;
    } catch (thrown) {
      if (thrown instanceof Fault) board?.raise(pictureAlert(thrown));
      throw thrown;
    }
  }
}

/** @throws when the frame's size and bytes disagree (a bug) */
async function encodeJpeg(
  frame: WholeFrame,
  { sharp, rgb }: {
    readonly sharp: PictureLibrary;
    /** What is drawn into: three bytes a pixel. */
    readonly rgb: Uint8ClampedArray<ArrayBuffer>;
  },
): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height } = frame.format;
  yuvToRgb(frame.pixels, frame.format, rgb);
  const jpeg = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: JPEG_QUALITY }).toBuffer();
  return new Uint8Array(jpeg);
}
