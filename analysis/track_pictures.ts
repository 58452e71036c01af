/**
 * Keeps, for each track, the piece of a colour frame that shows it best so far: large,
 * sharp, whole, and not hidden by others. A still from a slow clock misses a car that
 * crosses in a second; every analysed frame is looked at here.
 *
 * Pure but for what it holds. Knows nothing of pictures for people: `llm/image.ts`.
 * @module
 */
import type { Crop } from "../capture/frame/crop.ts";
import {
  cutOut,
  insideFrame,
  type PixelBox,
  pixelBox,
} from "../capture/frame/cut_out.ts";
import type { FrameFormat } from "../capture/frame/frame.ts";
import type { Blob, Observation } from "./dsl/observation.ts";
import { sharpShare, worthOf } from "./picture_worth.ts";

/** Crops of all tracks together, bytes: as many as about 20 whole 640x480 frames. */
const BYTES_MAX = 9_000_000;
/** A track that was not seen for so long is forgotten: its episode is long over. */
const KEPT_MS = 90_000;
/** Around the box, as a share of its own sides: people see what stands beside it. */
const MARGIN = 0.4;
const MARGIN_PX_MIN = 24;
/** A picture must be this much better to be worth a copy: things come nearer slowly. */
const BETTER = 1.1;

interface Kept {
  crop: Crop;
  seenMs: number;
}

export class TrackPictures {
  readonly #format: FrameFormat;
  readonly #kept = new Map<number, Kept>();
  #bytes = 0;

  constructor(format: FrameFormat) {
    this.#format = format;
  }

  /**
   * Looks at a frame, whose pixels (yuv420p) are lent.
   * @param observation of this very frame
   */
  offer(pixels: Uint8Array, observation: Observation): void {
    for (const blob of observation.blobs) {
      if (blob.coast > 0) continue;
      const kept = this.#kept.get(blob.id);
      if (kept) kept.seenMs = observation.ptsUs / 1_000;
      // The most it could be worth, before pixels are read.
      const hope = worthOf(blob, this.#format, observation.blobs);
      if (hope === 0 || (kept && hope < kept.crop.score * BETTER)) continue;
      const score = hope * sharpShare(pixels, this.#format, pixelBox(blob, this.#format));
      if (kept && score < kept.crop.score * BETTER) continue;
      this.#keep(cropOf(pixels, this.#format, { blob, score, observation }));
    }
    // By the source's time: the box's clock may be set meanwhile.
    this.#forget(observation.ptsUs / 1_000);
  }

  /** The best picture so far; undefined for a track that never was seen well enough. */
  best(track: number): Crop | undefined {
    return this.#kept.get(track)?.crop;
  }

  #keep(crop: Crop): void {
    this.#drop(crop.track);
    // Put last: the map's order is who got better last.
    this.#kept.set(crop.track, { crop, seenMs: crop.ptsUs / 1_000 });
    this.#bytes += crop.pixels.length;
    for (const track of this.#kept.keys()) {
      if (this.#bytes <= BYTES_MAX || track === crop.track) break;
      this.#drop(track);
    }
  }

  #forget(nowMs: number): void {
    for (const [track, { seenMs }] of this.#kept) {
      if (nowMs - seenMs > KEPT_MS) this.#drop(track);
    }
  }

  #drop(track: number): void {
    this.#bytes -= this.#kept.get(track)?.crop.pixels.length ?? 0;
    this.#kept.delete(track);
  }
}

interface Cut {
  readonly blob: Blob;
  readonly score: number;
  readonly observation: Observation;
}

function cropOf(pixels: Uint8Array, frame: FrameFormat, cut: Cut): Crop {
  const at = withMargin(pixelBox(cut.blob, frame), frame);
  return {
    track: cut.blob.id,
    ...cutOut(pixels, frame, at),
    ptsUs: cut.observation.ptsUs,
    tMs: cut.observation.tMs,
    score: cut.score,
  };
}

/** Grown on all sides, inside the frame. */
function withMargin(box: PixelBox, frame: FrameFormat): PixelBox {
  const x = Math.max(MARGIN_PX_MIN, box.width * MARGIN);
  const y = Math.max(MARGIN_PX_MIN, box.height * MARGIN);
  return insideFrame({
    left: box.left - x,
    top: box.top - y,
    width: box.width + 2 * x + 1,
    height: box.height + 2 * y + 1,
  }, frame);
}
