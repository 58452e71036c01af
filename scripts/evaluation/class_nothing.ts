/**
 * Samples of nothing: places of a clip where nothing that we know of moves, at three
 * moments each. Chooses boxes only.
 * @module
 */
import type { FrameFormat } from "../../capture/frame/frame.ts";
import type { ClassClip, FrameBox, Sample } from "./class_samples.ts";
import { isApart } from "./class_flicker.ts";
import { bestMoments } from "./class_samples.ts";

const MOMENTS = 3;
/** Tries to find a free place, and a free moment for it. */
const PLACES_MAX = 5_000;
const MOMENTS_MAX = 40;

export interface NothingWanted {
  readonly count: number;
  readonly frame: FrameFormat;
  /** By frame, all that is annotated or that our analysis follows. */
  readonly moving: ReadonlyMap<number, readonly FrameBox[]>;
  /** 0 … 1, a fresh one at each call. */
  chance(): number;
}

/** @param objects all samples of the clip, annotated and tracked: of their sizes */
export function backgroundSamples(
  clip: ClassClip,
  objects: readonly Sample[],
  { count, frame, moving, chance }: NothingWanted,
): Sample[] {
  const standing = (clip.standing ?? []).map((box) => ({ ...box, frame: 0 }));
  const sizes = objects.flatMap((sample) => bestMoments(sample.boxes, frame, MOMENTS));
  const [firstFrame, lastFrame] = clip.annotated ?? clip.empty ?? [1, 0];
  const samples: Sample[] = [];
  for (let tries = 0; tries < PLACES_MAX && samples.length < count; tries++) {
    const { w, h } = sizes[Math.floor(chance() * sizes.length)]!;
    const place = {
      x: chance() * (frame.width - w),
      y: chance() * (frame.height - h),
      w,
      h,
    };
    const free = new Map<number, FrameBox>();
    for (let at = 0; at < MOMENTS_MAX && free.size < MOMENTS; at++) {
      const number = Math.floor(firstFrame + chance() * (lastFrame + 1 - firstFrame));
      if (!isApart(place, [...moving.get(number) ?? [], ...standing])) continue;
      free.set(number, { ...place, frame: number });
    }
    if (free.size < MOMENTS) continue;
    samples.push({
      ...{ clip: clip.clip, source: "background", id: `b${samples.length}` },
      truth: "nothing",
      boxes: [...free.values()].sort((a, b) => a.frame - b.frame),
    });
  }
  return samples;
}
