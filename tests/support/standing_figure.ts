/**
 * Frames of a textured, slightly noisy place into which somebody walks and stays: who
 * looks later finds him where he was.
 * @module
 */
import { frameBytes } from "../../capture/frame/frame.ts";
import { ffmpeg } from "./clips.ts";

export const STANDING = { width: 160, height: 120 } as const;
/** He comes when the scene is not young any more (5 s, at up to 20 frames a second). */
const EMPTY_FRAMES = 110;
const STANDS_AT_PX = 80;
const STEP_PX = 4;
export const STANDS_FROM_FRAME = EMPTY_FRAMES + STANDS_AT_PX / STEP_PX;

/** The frame of this number, from 0. */
export function standingFrame(number: number): Uint8Array {
  const { width, height } = STANDING;
  const pixels = new Uint8Array(frameBytes(STANDING)).fill(128);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const texture = (column * 7 + row * 13) % 23 + ((column >> 4) + (row >> 4)) * 4;
      const noise = (column * 31 + row * 17 + number * 7) % 3;
      pixels[row * width + column] = 70 + texture + noise;
    }
  }
  if (number >= EMPTY_FRAMES) drawFigure(pixels, number);
  return pixels;
}

/** Writes frames `from` … `until` as H.264 without B-frames, a keyframe a second. */
export async function makeStandingClip(
  path: string,
  { from, until, fps }: {
    readonly from: number;
    readonly until: number;
    readonly fps: number;
  },
): Promise<void> {
  const { width, height } = STANDING;
  const raw = `${path}.yuv`;
  {
    using file = Deno.openSync(raw, { write: true, create: true, truncate: true });
    for (let number = from; number < until; number++) {
      const pixels = standingFrame(number);
      for (let at = 0; at < pixels.length;) at += file.writeSync(pixels.subarray(at));
    }
  }
  await ffmpeg([
    ...["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${width}x${height}`],
    ...["-r", `${fps}`, "-i", raw, "-c:v", "libx264", "-preset", "veryfast"],
    ...["-crf", "18", "-pix_fmt", "yuv420p", "-g", `${fps}`, "-bf", "0", path],
  ]);
  Deno.removeSync(raw);
}

/**
 * Round, as people are: edges along the coder's blocks would be damage. Striped, as a
 * plain spot that stands still would be dirt.
 */
function drawFigure(pixels: Uint8Array, number: number): void {
  const { width } = STANDING;
  const middle = Math.min(STANDS_AT_PX, (number - EMPTY_FRAMES) * STEP_PX);
  for (let row = 60; row < 100; row++) {
    const half = Math.round(9 * Math.sqrt(1 - ((row - 80) / 20) ** 2));
    for (let column = Math.max(0, middle - half); column < middle + half; column++) {
      const stripe = (row - 60) % 12 < 6 ? -150 : 0;
      const cloth = stripe + (row * 3 + (column - middle + 20) * 5) % 31;
      const noise = (column * 29 + row * 19 + number * 11) % 5;
      pixels[row * width + column] = 190 + cloth + noise;
    }
  }
}
