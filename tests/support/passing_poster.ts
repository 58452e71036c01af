/**
 * A clip in which a poster is carried by that shows the detector's known picture, a
 * bicycle; with its back to the camera at first: until it is turned round nobody can tell
 * what is there.
 * @module
 */
import { frameBytes } from "../../capture/frame/frame.ts";
import { knownPicture } from "../../classes/known_picture.ts";
import { ffmpeg } from "./clips.ts";

const FPS = 10;
const WIDTH = 640;
const HEIGHT = 360;
const TOP = 100;
/** Nobody is there before it comes and after it has gone. */
const EMPTY_FRAMES = 15;
const PX_PER_FRAME = 6;

export interface PassingPoster {
  /** Seconds from its first pixel in the picture until it is turned round. */
  readonly turnedAfterS: number;
}

/** Writes the clip as H.264, a keyframe a second; played in a loop it comes again. */
export async function makePassingPoster(path: string, of: PassingPoster): Promise<void> {
  const raw = `${path}.yuv`;
  {
    using file = Deno.openSync(raw, { write: true, create: true, truncate: true });
    const front = knownPicture();
    const side = front.format.width;
    const back = backOf(side);
    const frames = 2 * EMPTY_FRAMES + Math.ceil((WIDTH + side) / PX_PER_FRAME);
    const pixels = new Uint8Array(frameBytes({ width: WIDTH, height: HEIGHT }));
    for (let frame = 0; frame < frames; frame++) {
      const carried = frame - EMPTY_FRAMES;
      const shown = carried < of.turnedAfterS * FPS ? back : front.pixels;
      paintStreet(pixels);
      paint(pixels, { shown, side, left: carried * PX_PER_FRAME - side });
      for (let at = 0; at < pixels.length;) at += file.writeSync(pixels.subarray(at));
    }
  }
  await ffmpeg([
    ...["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${WIDTH}x${HEIGHT}`],
    ...["-r", `${FPS}`, "-i", raw, "-vf", "noise=alls=3:allf=t"],
    ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p"],
    ...["-g", `${FPS}`, "-bf", "0", path],
  ]);
  Deno.removeSync(raw);
}

/** Soft dark checks. */
function paintStreet(pixels: Uint8Array): void {
  pixels.fill(128);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const check = ((x >> 4) + (y >> 4)) & 1;
      pixels[y * WIDTH + x] = 70 + 14 * check + ((x * 7 + y * 13) & 7);
    }
  }
}

/** Planks. */
function backOf(side: number): Uint8Array {
  const pixels = new Uint8Array(frameBytes({ width: side, height: side })).fill(128);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) pixels[y * side + x] = 175 + 5 * ((x / 25) & 3);
  }
  return pixels;
}

interface Painted {
  /** Planar 4:2:0, as high as wide. */
  readonly shown: Uint8Array;
  readonly side: number;
  /** In pixels of the clip; even, and maybe outside. */
  readonly left: number;
}

function paint(pixels: Uint8Array, { shown, side, left }: Painted): void {
  let [from, to] = [0, 0];
  for (const shrink of [1, 2, 2]) {
    const [wide, narrow] = [WIDTH / shrink, side / shrink];
    const start = left / shrink;
    const [first, end] = [Math.max(0, -start), Math.min(narrow, wide - start)];
    for (let y = 0; y < narrow && first < end; y++) {
      const row = shown.subarray(from + y * narrow + first, from + y * narrow + end);
      pixels.set(row, to + (y + TOP / shrink) * wide + start + first);
    }
    from += narrow ** 2;
    to += wide * HEIGHT / shrink;
  }
}
