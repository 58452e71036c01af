/**
 * Does the picture library load, and resize right?
 * @module
 */
import { pictureLibrary } from "../../base/picture_library.ts";
import type { Check, Finding } from "./check.ts";
import { faultFinding } from "./check.ts";

export const check: Check = { name: "pictures", timeoutMs: 20_000, run };

const WIDTH = 64;
const HEIGHT = 48;

async function run(): Promise<readonly Finding[]> {
  try {
    const sharp = await pictureLibrary();
    const raw = { width: WIDTH, height: HEIGHT, channels: 3 } as const;
    const jpeg = await sharp(redAndBlue(), { raw })
      .resize(WIDTH / 2, HEIGHT / 2).jpeg({ quality: 90 }).toBuffer();
    const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
    const facts = {
      sharp: sharp.versions.sharp ?? "unknown",
      libvips: sharp.versions.vips,
    };
    const isRight = info.width === WIDTH / 2 && info.height === HEIGHT / 2 &&
      isRedThenBlue(data, info.width);
    if (isRight) {
      const words = `sharp ${facts.sharp} with libvips ${facts.libvips} makes them right`;
      return [{ level: "good", words, facts }];
    }
    const words = "the picture library makes wrong pictures on this processor";
    return [{
      level: "broken",
      words,
      toDo: "report it with streamware version --json",
      facts,
    }];
  } catch (thrown) {
    return [faultFinding(thrown)];
  }
}

/** The left half red, the right half blue. */
function redAndBlue(): Uint8Array {
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
    pixels[pixel * 3 + (pixel % WIDTH < WIDTH / 2 ? 0 : 2)] = 255;
  }
  return pixels;
}

/** A JPEG's colours are near, not equal. */
function isRedThenBlue(pixels: Uint8Array, width: number): boolean {
  const [left, right] = [
    pixels.subarray(0, 3),
    pixels.subarray(3 * (width - 1), 3 * width),
  ];
  const isClear = (most: number | undefined, least: number | undefined) =>
    (most ?? 0) > 200 && (least ?? 255) < 60;
  return isClear(left[0], left[2]) && isClear(right[2], right[0]);
}
