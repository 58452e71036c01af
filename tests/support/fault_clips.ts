/**
 * The clips that the cameras of the fault rows play. What is done to those cameras stands
 * in `fault_rows.ts`.
 * @module
 */
import { ffmpeg, type TestFolder } from "./clips.ts";
import { makeNumberedClip } from "./numbered_clip.ts";

export const CLIP_FPS = 15;

/** The clips that the rows play; made once. */
export interface FaultClips {
  readonly small: string;
  readonly big: string;
  readonly hevc: string;
  /** One keyframe in forty seconds. */
  readonly endless: string;
  /** One a second for twelve seconds, then none. */
  readonly ceasing: string;
  /** Sizes that are no multiple of a coded block. */
  readonly odd: string;
  readonly reordered: string;
  /** One picture a second, every other one a keyframe. */
  readonly slow: string;
  /** One a second, shown in another order than sent; its headers speak of one in two. */
  readonly misrated: string;
  /** Its keyframes after the first begin no stream: what is shown before them is built on what was before. */
  readonly open: string;
  /** 60 a second. */
  readonly fast: string;
}

export async function makeFaultClips(folder: TestFolder): Promise<FaultClips> {
  const shape = { width: 320, height: 240, fps: CLIP_FPS, frames: 60, gop: 15 };
  const make = async (
    name: string,
    changes: Partial<Parameters<typeof makeNumberedClip>[1]>,
  ) => {
    const path = folder.file(`${name}.mp4`);
    await makeNumberedClip(path, { ...shape, ...changes });
    return path;
  };
  return {
    small: await make("small", {}),
    big: await make("big", { width: 480, height: 272 }),
    hevc: await make("hevc", { codec: "libx265" }),
    endless: await make("endless", { width: 160, height: 120, frames: 600, gop: 9_999 }),
    ceasing: await make("ceasing", {
      ...{ width: 160, height: 120, frames: 600, gop: 9_999 },
      keyframes: "lt(t,12.5)*not(mod(n,15))",
    }),
    odd: await make("odd", { width: 322, height: 182 }),
    reordered: await make("reordered", { bFrames: 2 }),
    slow: await make("slow", { fps: 1, frames: 30, gop: 2 }),
    misrated: await misrated(folder),
    open: await make("open", { gop: 30, bFrames: 2, openGop: true, frames: 240 }),
    fast: await make("fast", { width: 160, height: 120, fps: 60, frames: 120, gop: 60 }),
  };
}

/** Drawn at 25 pictures a second, then shown 25 times as slowly. */
async function misrated(folder: TestFolder): Promise<string> {
  const [drawn, path] = [folder.file("misrated-drawn.mp4"), folder.file("misrated.mp4")];
  const shape = { width: 320, height: 240, fps: 25, frames: 30, gop: 6, bFrames: 2 };
  await makeNumberedClip(drawn, shape);
  // Two ticks a picture: one tick a second says that a picture comes every other second.
  const words = "setts=pts=PTS*25:dts=DTS*25,h264_metadata=tick_rate=1";
  await ffmpeg(["-i", drawn, "-c", "copy", "-bsf:v", words, path]);
  return path;
}
