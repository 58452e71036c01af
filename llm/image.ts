/**
 * A crop as a JPEG that a model can look at and a page can show. Which crop is worth it
 * is decided elsewhere.
 * @module
 */
import { assert } from "../base/assert.ts";
import { pictureLibrary } from "../base/picture_library.ts";
import type { Crop } from "../capture/frame/crop.ts";
import type { FrameFormat } from "../capture/frame/frame.ts";
import { yuvToRgb } from "../capture/frame/yuv_to_rgb.ts";

/** Longest side of a picture, pixels: models of these sizes see no more than 336 to 896. */
const SIDE_MAX = 640;
/** Smaller crops are enlarged to this, pixels, as models cut pictures into fixed tiles … */
const SIDE_SMALL = 448;
/** … but no further than so many times: it only gets blurred. */
const ENLARGED_MAX = 3;
/** As the stills of the page: no visible blocks. */
const JPEG_QUALITY = 80;

/**
 * Baseline JPEG, complete. Colours as the page's stills have them.
 * @throws when pixels and format disagree (a bug), or sharp cannot load
 */
export async function jpegOf(crop: Crop): Promise<Uint8Array<ArrayBuffer>> {
  const sharp = await pictureLibrary();
  const { width, height } = crop.format;
  const rgb = new Uint8ClampedArray(width * height * 3);
  yuvToRgb(crop.pixels, crop.format, rgb);
  const size = shownSize(crop.format);
  const made = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize({ ...size, fit: "fill" })
    .jpeg({ quality: JPEG_QUALITY, progressive: false })
    .toBuffer();
  const jpeg = new Uint8Array(made);
  assert(isWholeJpeg(jpeg), "sharp makes whole JPEGs");
  return jpeg;
}

/** Pixels of the JPEG of a crop: the same shape, neither tiny nor huge. */
export function shownSize({ width, height }: FrameFormat): FrameFormat {
  const longest = Math.max(width, height);
  const scale = longest < SIDE_SMALL
    ? Math.min(ENLARGED_MAX, SIDE_SMALL / longest)
    : Math.min(1, SIDE_MAX / longest);
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/**
 * True when it has a JPEG's first and last marker. Servers take one that was cut off
 * and describe it as if it were whole, so who sends must look.
 */
export function isWholeJpeg(bytes: Uint8Array): boolean {
  const { length } = bytes;
  return length > 4 && bytes[0] === 0xff && bytes[1] === 0xd8 &&
    bytes[length - 2] === 0xff && bytes[length - 1] === 0xd9;
}
