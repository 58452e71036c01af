/**
 * A clip in which one dark figure walks across a textured ground, again and again.
 * @module
 */
import { frameBytes } from "../../capture/frame/frame.ts";
import { ffmpeg } from "./clips.ts";

export interface WalkerClip {
  readonly width: number;
  readonly height: number;
}

/** Rate of the clip; it begins again after `WALKER_FRAMES`. */
export const WALKER_FPS = 10;
export const WALKER_FRAMES = 80;
/** Frames before the walker comes and after it has gone. */
const EMPTY_FRAMES = 10;

/** Writes the clip as H.264 without B-frames, a keyframe a second. */
export async function makeWalkerClip(path: string, clip: WalkerClip): Promise<void> {
  const { width, height } = clip;
  const raw = `${path}.yuv`;
  using file = Deno.openSync(raw, { write: true, create: true, truncate: true });
  const ground = makeGround(clip);
  const pixels = new Uint8Array(frameBytes(clip));
  for (let frame = 0; frame < WALKER_FRAMES; frame++) {
    pixels.set(ground);
    drawWalker(pixels, clip, frame);
    for (let at = 0; at < pixels.length;) at += file.writeSync(pixels.subarray(at));
  }
  await ffmpeg([
    ...["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${width}x${height}`],
    ...["-r", `${WALKER_FPS}`, "-i", raw, "-vf", "noise=alls=4:allf=t"],
    ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "24", "-pix_fmt", "yuv420p"],
    ...["-g", `${WALKER_FPS}`, "-bf", "0", path],
  ]);
  Deno.removeSync(raw);
}

/** Soft checks, so that there is texture to compare shadows with. */
function makeGround({ width, height }: WalkerClip): Uint8Array {
  const ground = new Uint8Array(frameBytes({ width, height })).fill(128);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const check = ((x >> 4) + (y >> 4)) & 1;
      ground[y * width + x] = 130 + 20 * check + ((x * 7 + y * 13) & 7);
    }
  }
  return ground;
}

function drawWalker(pixels: Uint8Array, { width, height }: WalkerClip, frame: number) {
  const steps = WALKER_FRAMES - 2 * EMPTY_FRAMES;
  const part = (frame - EMPTY_FRAMES) / steps;
  if (part < 0 || part > 1) return;
  const [figureWidth, figureHeight] = [width * 0.07, height * 0.3];
  const left = Math.round(part * (width + figureWidth) - figureWidth);
  const top = Math.round(height * 0.45);
  for (let y = top; y < top + figureHeight; y++) {
    for (let x = Math.max(0, left); x < Math.min(width, left + figureWidth); x++) {
      pixels[y * width + x] = 30 + ((x - left + y) & 15);
    }
  }
}
