/**
 * A clip of a large picture through which a small poster is carried that shows the
 * detector's known picture, a bicycle: large enough to be told in the clip's own pixels,
 * too small in an analysed picture of a quarter of them.
 * @module
 */
import { frameBytes } from "../../capture/frame/frame.ts";
import { knownPicture } from "../../classes/known_picture.ts";
import { ffmpeg } from "./clips.ts";

export const SMALL_POSTER = { width: 1_280, height: 720, side: 100, fps: 10 };
/** The width at which it is too small to be told: the poster has 25 pixels then. */
export const TOO_SMALL_WIDTH = 320;
/** Nobody is there before it comes and after it has gone. */
const EMPTY_FRAMES = 15;
const PX_PER_FRAME = 12;

/** Writes the clip as H.264, a keyframe a second; played in a loop it comes again. */
export async function makeSmallPoster(path: string): Promise<void> {
  const { width, height, side, fps } = SMALL_POSTER;
  const [street, poster] = [`${path}.street`, `${path}.poster`];
  Deno.writeFileSync(street, streetOf(width, height));
  const { format, pixels } = knownPicture();
  Deno.writeFileSync(poster, pixels);
  const still = (file: string, of: { width: number; height: number }) => [
    ...["-stream_loop", "-1", "-f", "rawvideo", "-pix_fmt", "yuv420p"],
    ...["-s", `${of.width}x${of.height}`, "-r", `${fps}`, "-i", file],
  ];
  const frames = 2 * EMPTY_FRAMES + Math.ceil((width + side) / PX_PER_FRAME);
  const x = `(n-${EMPTY_FRAMES})*${PX_PER_FRAME}-${side}`;
  await ffmpeg([
    ...still(street, SMALL_POSTER),
    ...still(poster, format),
    "-filter_complex",
    `[1:v]scale=${side}:${side}:flags=area[p];` +
    `[0:v][p]overlay=x='${x}':y=${height / 2},noise=alls=2:allf=t`,
    ...["-frames:v", `${frames}`, "-c:v", "libx264", "-preset", "veryfast"],
    ...["-crf", "20", "-pix_fmt", "yuv420p", "-g", `${fps}`, "-bf", "0", path],
  ]);
  Deno.removeSync(street);
  Deno.removeSync(poster);
}

/** Soft dark checks. */
function streetOf(width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(frameBytes({ width, height })).fill(128);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const check = ((x >> 5) + (y >> 5)) & 1;
      pixels[y * width + x] = 70 + 14 * check + ((x * 7 + y * 13) & 7);
    }
  }
  return pixels;
}
