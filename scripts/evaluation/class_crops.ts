/**
 * Cuts the crops of samples out of a clip in one pass, and degrades them: what the
 * classifier would be given by a camera at night or by a smaller one.
 * @module
 */
import { areaToKeep, type Box } from "../../classes/crop_area.ts";
import type { TrackCrop } from "../../classes/classifier.ts";
import {
  chromaHeight,
  chromaWidth,
  frameBytes,
  type FrameFormat,
} from "../../capture/frame/frame.ts";
import type { FrameBox } from "./class_samples.ts";
import { decodeClip, framesOf, videoSize } from "./raw_video.ts";

/** A box of one frame that is wanted as a crop, and whose it is. */
export interface Wanted<Owner> {
  readonly owner: Owner;
  readonly box: FrameBox;
}

/** Calls `take` for each wanted box, in the order of frames. */
export async function cutCrops<Owner>(
  clip: string,
  { wanted, take }: {
    readonly wanted: readonly Wanted<Owner>[];
    readonly take: (owner: Owner, crop: TrackCrop) => void;
  },
): Promise<void> {
  const size = await videoSize(clip);
  const byFrame = Map.groupBy(wanted, ({ box }) => box.frame);
  const last = Math.max(...byFrame.keys());
  await using decoded = await decodeClip(clip, "yuv420p");
  let number = 0;
  for await (const pixels of framesOf(decoded.stream, frameBytes(size))) {
    for (const { owner, box } of byFrame.get(++number) ?? []) {
      take(owner, cropOf({ pixels, format: size }, box));
    }
    if (number >= last) break;
  }
}

/** The piece of a frame that is kept for the classifier. */
export function cropOf(
  frame: { readonly pixels: Uint8Array; readonly format: FrameFormat },
  motion: Box,
): TrackCrop {
  const area = areaToKeep(motion, frame.format);
  const format = { width: area.w, height: area.h };
  const { width, height } = frame.format;
  const [half, halfDown] = [chromaWidth(frame.format), chromaHeight(frame.format)];
  const pixels = new Uint8Array(frameBytes(format));
  const planes = [
    { at: 0, stride: width, area },
    { at: width * height, stride: half, area: halved(area) },
    { at: width * height + half * halfDown, stride: half, area: halved(area) },
  ];
  let to = 0;
  for (const { at, stride, area: { x, y, w, h } } of planes) {
    for (let row = y; row < y + h; row++, to += w) {
      pixels.set(
        frame.pixels.subarray(at + row * stride + x, at + row * stride + x + w),
        to,
      );
    }
  }
  const { x, y, w, h } = motion;
  return { format, pixels, area, motion: { x, y, w, h } };
}

function halved({ x, y, w, h }: Box): Box {
  return { x: x / 2, y: y / 2, w: Math.ceil(w / 2), h: Math.ceil(h / 2) };
}

/** What a crop may be put through. */
export type Degradation = "none" | "infrared" | "grey";

/** Contrast and noise of a poor infrared camera, in grey levels. */
const INFRARED = { contrast: 0.35, noise: 7 };

/** @param chance 0 … 1, a fresh one at each call */
export function degraded(
  crop: TrackCrop,
  how: Degradation,
  chance: () => number,
): TrackCrop {
  if (how === "none") return crop;
  const { format } = crop;
  const lumaLength = format.width * format.height;
  const pixels = new Uint8Array(crop.pixels).fill(128, lumaLength);
  if (how === "infrared") {
    const noisy = new Uint8ClampedArray(pixels.buffer, 0, lumaLength);
    for (let at = 0; at < lumaLength; at++) {
      // Three throws are near enough to a bell curve, of deviation one half.
      const throws = chance() + chance() + chance() - 1.5;
      noisy[at] = 110 + (noisy[at]! - 110) * INFRARED.contrast +
        2 * INFRARED.noise * throws;
    }
  }
  return { ...crop, pixels };
}
