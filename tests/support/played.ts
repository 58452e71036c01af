/**
 * Reads back what was made of numbered pictures: which numbers a JPEG or a video file
 * shows, as any player would decode it.
 * @module
 */
import assert from "node:assert/strict";
import { runForBytes, runProgram } from "../../base/subprocess.ts";
import { frameBytes, type FrameFormat } from "../../capture/frame/frame.ts";
import { TestFolder } from "./clips.ts";
import { numberOf } from "./numbered_clip.ts";

const LIMITS = { timeoutMs: 20_000, outputBytesMax: 1e8 };

export interface Played {
  readonly numbers: readonly number[];
  /** As the file itself says it. */
  readonly seconds: number;
  /** Its boxes at the top, in order. */
  readonly boxes: readonly string[];
}

/** The number in a JPEG that has the size `format`. */
export async function numberInJpeg(
  jpeg: Uint8Array,
  format: FrameFormat,
): Promise<number> {
  const args = ["-v", "error", "-f", "mjpeg", "-i", "pipe:0", "-pix_fmt", "yuv420p"];
  const command = ["ffmpeg", ...args, "-f", "rawvideo", "pipe:1"];
  const { stdout } = await runForBytes(command, { ...LIMITS, input: jpeg });
  assert.equal(stdout.length, frameBytes(format), "one picture of this size");
  return numberOf(stdout, format);
}

/** Plays an MP4 of pictures of the size `format`; fails when a decoder complains. */
export async function play(mp4: Uint8Array, format: FrameFormat): Promise<Played> {
  using folder = new TestFolder();
  const path = folder.file("played.mp4");
  Deno.writeFileSync(path, mp4);
  const raw = ["-fps_mode", "passthrough", "-pix_fmt", "yuv420p", "-f", "rawvideo", "-"];
  const command = ["ffmpeg", "-v", "error", "-i", path, ...raw];
  const { stdout, stderr } = await runForBytes(command, LIMITS);
  assert.deepEqual(stderr, []);
  const numbers: number[] = [];
  for (let at = 0; at < stdout.length; at += frameBytes(format)) {
    numbers.push(numberOf(stdout.subarray(at, at + frameBytes(format)), format));
  }
  const ask = ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0"];
  const told = await runProgram(["ffprobe", ...ask, path], LIMITS);
  return { numbers, seconds: Number(told.stdout), boxes: boxesOf(mp4) };
}

function boxesOf(mp4: Uint8Array): string[] {
  const view = new DataView(mp4.buffer, mp4.byteOffset, mp4.byteLength);
  const boxes: string[] = [];
  for (let at = 0; at < mp4.length; at += view.getUint32(at)) {
    boxes.push(String.fromCharCode(...mp4.subarray(at + 4, at + 8)));
  }
  return boxes;
}
