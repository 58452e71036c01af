/**
 * A clip in which a red figure crosses before a blue wall: who is shown the figure sees
 * red, who is shown the whole picture, or another piece of it, sees blue or grey.
 * @module
 */
import { chromaHeight, chromaWidth, frameBytes } from "../../capture/frame/frame.ts";
import { ffmpeg } from "./clips.ts";

export const SHAPE_CLIP = { width: 640, height: 480, fps: 10, frames: 90 } as const;

/** Frames before the figure comes and after it has gone. */
const EMPTY_FRAMES = 20;
/** Limited-range BT.601. */
const GREY = { y: 120, u: 128, v: 128 };
const BLUE = { y: 60, u: 220, v: 110 };
const RED = { y: 90, u: 90, v: 230 };

interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const WALL: Area = { left: 120, top: 40, width: 400, height: 400 };

/** Writes the clip as H.264 without B-frames, a keyframe a second. */
export async function makeShapeClip(path: string): Promise<void> {
  const { width, height, fps, frames } = SHAPE_CLIP;
  const raw = `${path}.yuv`;
  using file = Deno.openSync(raw, { write: true, create: true, truncate: true });
  const pixels = new Uint8Array(frameBytes(SHAPE_CLIP));
  for (let frame = 0; frame < frames; frame++) {
    paint(pixels, { left: 0, top: 0, width, height }, GREY);
    paint(pixels, WALL, BLUE);
    const figure = figureAt(frame);
    if (figure) paint(pixels, figure, RED);
    for (let at = 0; at < pixels.length;) at += file.writeSync(pixels.subarray(at));
  }
  await ffmpeg([
    ...["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${width}x${height}`],
    ...["-r", `${fps}`, "-i", raw, "-vf", "noise=alls=4:allf=t"],
    ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p"],
    ...["-g", `${fps}`, "-bf", "0", path],
  ]);
  Deno.removeSync(raw);
}

function figureAt(frame: number): Area | undefined {
  const { width, height, frames } = SHAPE_CLIP;
  const part = (frame - EMPTY_FRAMES) / (frames - 2 * EMPTY_FRAMES);
  if (part < 0 || part > 1) return undefined;
  const size = { width: 80, height: 160 };
  const left = Math.round(part * (width + size.width) - size.width);
  return { left, top: Math.round(height * 0.4), ...size };
}

/** A checked area of one colour: texture, so that a picture of it can be sharp. */
function paint(pixels: Uint8Array, area: Area, colour: typeof GREY): void {
  const { width, height } = SHAPE_CLIP;
  const right = Math.min(width, area.left + area.width);
  const bottom = Math.min(height, area.top + area.height);
  for (let y = area.top; y < bottom; y++) {
    for (let x = Math.max(0, area.left); x < right; x++) {
      pixels[y * width + x] = colour.y + 14 * (((x >> 3) + (y >> 3)) & 1);
    }
  }
  const uStart = width * height;
  const vStart = uStart + chromaWidth(SHAPE_CLIP) * chromaHeight(SHAPE_CLIP);
  for (let y = area.top >> 1; y < bottom >> 1; y++) {
    const from = y * chromaWidth(SHAPE_CLIP) + (Math.max(0, area.left) >> 1);
    const to = y * chromaWidth(SHAPE_CLIP) + (Math.max(0, right) >> 1);
    pixels.fill(colour.u, uStart + from, uStart + to);
    pixels.fill(colour.v, vStart + from, vStart + to);
  }
}
