/**
 * Frames to measure with: drawn here, or the first of a clip. All of them are in memory
 * before a clock runs.
 * @module
 */
import { openClip } from "../capture/clip_reader.ts";
import { frameBytes, type FrameFormat } from "../capture/frame/frame.ts";
import { RandomStream } from "../capture/scene/random.ts";
import { openScene } from "../capture/scene/scene_frames.ts";

export interface BenchFrames {
  readonly name: string;
  readonly format: FrameFormat;
  /** yuv420p. */
  readonly frames: readonly Uint8Array[];
}

/** A still picture with noise of ±4 grey levels and two blocks that cross it. */
export function noiseFrames(format: FrameFormat, count: number): BenchFrames {
  const { width, height } = format;
  const random = new RandomStream(1);
  const still = Uint8Array.from(
    { length: width * height },
    (_, i) => 90 + 40 * Math.sin((i % width) / 40) * Math.cos(i / width / 30),
  );
  const frames = Array.from({ length: count }, (_, frame) => {
    const pixels = new Uint8Array(frameBytes(format)).fill(128);
    for (let i = 0; i < still.length; i++) {
      pixels[i] = still[i]! + 8 * random.next() - 4;
    }
    for (const [speed, top] of [[4, height / 4], [-3, (7 * height) / 12]] as const) {
      const room = width - 48;
      const left = (((speed * frame) % room) + room) % room;
      for (let row = Math.floor(top); row < top + 90 && row < height; row++) {
        pixels.fill(200, row * width + left, row * width + left + 48);
      }
    }
    return pixels;
  });
  return { name: `${width}x${height} noise, 2 objects`, format, frames };
}

/** `scene:street` from its 20th second on, when people and cars are in the picture. */
export function streetFrames(width: number, count: number): BenchFrames {
  const fps = 10;
  const first = 20 * fps;
  const seconds = (first + count) / fps;
  const scene = openScene("street", { seed: 1, fps, width, seconds });
  const frames: Uint8Array[] = [];
  let index = 0;
  for (const { pixels } of scene.frames()) {
    if (index++ >= first) frames.push(pixels.slice());
  }
  const { format } = scene;
  return { name: `${format.width}x${format.height} scene:street`, format, frames };
}

/**
 * The first `count` frames of a clip.
 * @throws Fault when there is no such clip, or it is none
 */
export async function clipFrames(path: string, count: number): Promise<BenchFrames> {
  await using clip = await openClip(path, {});
  const frames: Uint8Array[] = [];
  for await (const { pixels } of clip.frames) {
    frames.push(pixels.slice());
    if (frames.length === count) break;
  }
  const { width, height } = clip.format;
  const name = path.slice(path.lastIndexOf("/") + 1);
  return { name: `${width}x${height} ${name}`, format: clip.format, frames };
}
