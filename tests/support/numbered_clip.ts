/**
 * Clips whose pictures carry their number, so that a test can tell which picture
 * it was given.
 * @module
 */
import { frameBytes, type FrameFormat } from "../../capture/frame/frame.ts";
import { ffmpeg } from "./clips.ts";

export interface NumberedClip {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly frames: number;
  /** Pictures from keyframe to keyframe. */
  readonly gop: number;
  readonly codec?: "libx264" | "libx265";
  /** Pictures that are shown later than decoded, in a row. */
  readonly bFrames?: number;
  /** Pictures shown before a keyframe may be built on what was before it (H.264). */
  readonly openGop?: boolean;
  /** Pictures that are keyframes beside those, in FFmpeg's words. */
  readonly keyframes?: string;
}

/** Bits of a number, drawn as black and white blocks in the top row. */
const BITS = 16;

/** Writes a clip: noise, with each picture's number in its top row. */
export async function makeNumberedClip(path: string, clip: NumberedClip): Promise<void> {
  const { width, height, fps, frames, gop, codec = "libx264", bFrames = 0 } = clip;
  const raw = `${path}.yuv`;
  using file = Deno.openSync(raw, { write: true, create: true, truncate: true });
  const pixels = new Uint8Array(frameBytes(clip));
  for (let number = 0; number < frames; number++) {
    drawPicture(pixels, clip, number);
    for (let at = 0; at < pixels.length;) at += file.writeSync(pixels.subarray(at));
  }
  const input = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${width}x${height}`];
  const coding = codec === "libx265"
    ? [
      "-x265-params",
      `keyint=${gop}:min-keyint=${gop}:scenecut=0:bframes=${bFrames}:log-level=none`,
    ]
    : [
      "-g",
      `${gop}`,
      "-keyint_min",
      `${gop}`,
      "-sc_threshold",
      "0",
      "-bf",
      `${bFrames}`,
      ...(clip.openGop ? ["-x264-params", "open-gop=1"] : []),
      ...(clip.keyframes ? ["-force_key_frames", `expr:${clip.keyframes}`] : []),
    ];
  await ffmpeg([
    ...[...input, "-r", `${fps}`, "-i", raw, "-c:v", codec, "-preset", "ultrafast"],
    ...["-crf", "28", ...coding, path],
  ]);
  Deno.removeSync(raw);
}

/** The number in a picture, at whatever size it was shrunk to. */
export function numberOf(pixels: Uint8Array, format: FrameFormat): number {
  const block = format.width / BITS;
  let number = 0;
  for (let bit = 0; bit < BITS; bit++) {
    const x = Math.floor((bit + 0.5) * block);
    const y = Math.floor(block / 2);
    if (pixels[y * format.width + x]! > 128) number |= 1 << bit;
  }
  return number;
}

function drawPicture(pixels: Uint8Array, { width, height }: FrameFormat, number: number) {
  const block = width / BITS;
  // A small generator of its own, as noise from a library would need a seed, too.
  let state = (number * 2_654_435_761 + 12_345) >>> 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const bit = (number >> Math.floor(x / block)) & 1;
      pixels[y * width + x] = y < block ? (bit ? 235 : 16) : 100 + (state >>> 28);
    }
  }
  pixels.fill(128, width * height);
}
