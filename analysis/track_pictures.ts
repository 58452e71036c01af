/**
 * Keeps, for each track, the piece of a colour frame that shows it best so far: large,
 * sharp, whole, and not hidden by others. A still from a slow clock misses a car that
 * crosses in a second; every analysed frame is looked at here.
 *
 * Pure but for what it holds. Knows nothing of pictures for people: `llm/image.ts`.
 * @module
 */
import type { Crop } from "../capture/frame/crop.ts";
import { chromaHeight, chromaWidth, type FrameFormat } from "../capture/frame/frame.ts";
import type { Blob, Observation } from "./dsl/observation.ts";

/** Crops of all tracks together, bytes: as many as about 20 whole 640x480 frames. */
const BYTES_MAX = 9_000_000;
/** A track that was not seen for so long is forgotten: its episode is long over. */
const KEPT_MS = 90_000;
/** Around the box, as a share of its own sides: people see what stands beside it. */
const MARGIN = 0.4;
const MARGIN_PX_MIN = 24;
/** A picture must be this much better to be worth a copy: things come nearer slowly. */
const BETTER = 1.1;
/** Nearer to the frame's edge than this share of it, a part may be outside. */
const EDGE = 0.005;
/** What a picture is worth of which a part is missing. */
const CUT_WORTH = 0.35;
/**
 * Mean squared Laplacian at which a picture counts as half sharp. Medians over the boxes
 * of recorded streets at 640 pixels: 82 and 156 (soft, compressed), 1,194 (crisp).
 */
const HALF_SHARP = 150;
/** Nothing can be told of fewer pixels. */
const AREA_PX_MIN = 64;

/** Whole pixels of a frame or of one of its planes. */
interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

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
      this.#keep(cutOut(pixels, this.#format, { blob, score, observation }));
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

/**
 * Side of the visible box in pixels, less for what is cut by the frame's edge and for
 * what others stand before. 0: too small.
 */
function worthOf(blob: Blob, format: FrameFormat, all: readonly Blob[]): number {
  const areaPx = blob.w * format.width * blob.h * format.height;
  if (areaPx < AREA_PX_MIN) return 0;
  const isWhole = blob.x - blob.w / 2 > EDGE && blob.x + blob.w / 2 < 1 - EDGE &&
    blob.y - blob.h / 2 > EDGE && blob.y + blob.h / 2 < 1 - EDGE;
  let shared = 0;
  for (const other of all) {
    if (other.id !== blob.id) shared += overlap(blob, other);
  }
  const alone = Math.max(0.2, 1 - shared / (blob.w * blob.h));
  return Math.sqrt(areaPx) * (isWhole ? 1 : CUT_WORTH) * alone;
}

function overlap(a: Blob, b: Blob): number {
  const w = Math.min(a.x + a.w / 2, b.x + b.w / 2) -
    Math.max(a.x - a.w / 2, b.x - b.w / 2);
  const h = Math.min(a.y + a.h / 2, b.y + b.h / 2) -
    Math.max(a.y - a.h / 2, b.y - b.h / 2);
  return w > 0 && h > 0 ? w * h : 0;
}

/** 0 flat … 1 all edges: mean squared Laplacian of every second pixel, saturating. */
function sharpShare(pixels: Uint8Array, format: FrameFormat, box: PixelBox): number {
  const { width, height } = format;
  const right = Math.min(width - 1, box.left + box.width);
  const bottom = Math.min(height - 1, box.top + box.height);
  let sum = 0;
  let count = 0;
  for (let y = Math.max(1, box.top); y < bottom; y += 2) {
    for (let x = Math.max(1, box.left), at = y * width + x; x < right; x += 2, at += 2) {
      const curve = 4 * pixels[at]! - pixels[at - 1]! - pixels[at + 1]! -
        pixels[at - width]! - pixels[at + width]!;
      sum += curve * curve;
      count++;
    }
  }
  if (count === 0) return 0;
  return sum / (sum + HALF_SHARP * count);
}

interface Cut {
  readonly blob: Blob;
  readonly score: number;
  readonly observation: Observation;
}

function cutOut(pixels: Uint8Array, frame: FrameFormat, cut: Cut): Crop {
  const at = withMargin(pixelBox(cut.blob, frame), frame);
  const format = { width: at.width, height: at.height };
  const target = new Uint8Array(at.width * at.height * 3 / 2);
  copyPlane(pixels, { start: 0, stride: frame.width }, at, target);
  const half = {
    left: at.left / 2,
    top: at.top / 2,
    width: at.width / 2,
    height: at.height / 2,
  };
  const stride = chromaWidth(frame);
  const uStart = frame.width * frame.height;
  const vStart = uStart + stride * chromaHeight(frame);
  const sizeY = at.width * at.height;
  copyPlane(pixels, { start: uStart, stride }, half, target.subarray(sizeY));
  copyPlane(pixels, { start: vStart, stride }, half, target.subarray(sizeY * 5 / 4));
  return {
    track: cut.blob.id,
    format,
    pixels: target,
    ptsUs: cut.observation.ptsUs,
    tMs: cut.observation.tMs,
    score: cut.score,
  };
}

function copyPlane(
  from: Uint8Array,
  plane: { readonly start: number; readonly stride: number },
  box: PixelBox,
  to: Uint8Array,
): void {
  for (let y = 0; y < box.height; y++) {
    const at = plane.start + (box.top + y) * plane.stride + box.left;
    to.set(from.subarray(at, at + box.width), y * box.width);
  }
}

/** The blob's box in whole pixels, inside the frame, at least one pixel. */
function pixelBox(blob: Blob, { width, height }: FrameFormat): PixelBox {
  const left = clamp(Math.floor((blob.x - blob.w / 2) * width), 0, width - 1);
  const top = clamp(Math.floor((blob.y - blob.h / 2) * height), 0, height - 1);
  const right = clamp(Math.ceil((blob.x + blob.w / 2) * width), left + 1, width);
  const bottom = clamp(Math.ceil((blob.y + blob.h / 2) * height), top + 1, height);
  return { left, top, width: right - left, height: bottom - top };
}

/** Grown on all sides, on even pixels (chroma has half the size), inside the frame. */
function withMargin(box: PixelBox, { width, height }: FrameFormat): PixelBox {
  const x = Math.max(MARGIN_PX_MIN, box.width * MARGIN);
  const y = Math.max(MARGIN_PX_MIN, box.height * MARGIN);
  const left = evenDown(Math.max(0, box.left - x));
  const top = evenDown(Math.max(0, box.top - y));
  const right = evenDown(Math.min(width, box.left + box.width + x + 1));
  const bottom = evenDown(Math.min(height, box.top + box.height + y + 1));
  return {
    left,
    top,
    width: Math.max(2, right - left),
    height: Math.max(2, bottom - top),
  };
}

function evenDown(value: number): number {
  return Math.floor(value / 2) * 2;
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
