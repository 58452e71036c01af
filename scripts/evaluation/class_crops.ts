/**
 * Cuts the crops of samples out of a clip in one pass, and degrades them: what the
 * classifier would be given by a camera at night or by a smaller one.
 * @module
 */
import { areaToKeep, type Box } from "../../classes/crop_area.ts";
import type { TrackCrop } from "../../classes/track_crop.ts";
import { areaOfPart, areaOfUse, partOfLarger } from "../../classes/larger_picture.ts";
import { cutOut } from "../../capture/frame/cut_out.ts";
import { frameBytes, type FrameFormat } from "../../capture/frame/frame.ts";
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
  { wanted, frame, isFullSize, take }: {
    readonly wanted: readonly Wanted<Owner>[];
    /** The analysed one, in whose pixels boxes are. */
    readonly frame: FrameFormat;
    readonly isFullSize: boolean;
    readonly take: (owner: Owner, crop: TrackCrop) => void;
  },
): Promise<void> {
  const own = await videoSize(clip);
  const size = isFullSize ? own : frame;
  const byFrame = Map.groupBy(wanted, ({ box }) => box.frame);
  const last = Math.max(...byFrame.keys());
  const isWhole = size.width === own.width && size.height === own.height;
  await using decoded = await decodeClip(clip, "yuv420p", isWhole ? undefined : size);
  let number = 0;
  for await (const pixels of framesOf(decoded.stream, frameBytes(size))) {
    for (const { owner, box } of byFrame.get(++number) ?? []) {
      take(
        owner,
        isFullSize
          ? fullSizeCropOf({ pixels, format: size }, { motion: box, frame })
          : cropOf({ pixels, format: size }, box),
      );
    }
    if (number >= last) break;
  }
}

/** The piece of a frame that is kept for the classifier. */
export function cropOf(
  { pixels, format }: { readonly pixels: Uint8Array; readonly format: FrameFormat },
  motion: Box,
): TrackCrop {
  const area = areaToKeep(motion, format);
  const { x, y, w, h } = area;
  const cut = cutOut(pixels, format, { left: x, top: y, width: w, height: h });
  return { ...cut, area, motion: plain(motion) };
}

/** The same piece out of a larger picture of that moment. */
export function fullSizeCropOf(
  { pixels, format: larger }: {
    readonly pixels: Uint8Array;
    readonly format: FrameFormat;
  },
  { motion, frame }: { readonly motion: Box; readonly frame: FrameFormat },
): TrackCrop {
  const pictures = { frame, larger };
  const part = partOfLarger(areaOfUse(motion, pictures), pictures);
  const cut = cutOut(pixels, larger, part);
  return { ...cut, area: areaOfPart(part, pictures), motion: plain(motion) };
}

/** Without what else a frame's box holds. */
function plain({ x, y, w, h }: Box): Box {
  return { x, y, w, h };
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
