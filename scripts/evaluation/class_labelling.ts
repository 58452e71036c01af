/**
 * Crops of samples, and what our own child says of them. Chooses no samples.
 * @module
 */
import { systemClock } from "../../base/clock.ts";
import type { FrameFormat } from "../../capture/frame/frame.ts";
import { Classifier } from "../../classes/classifier.ts";
import type { TrackCrop } from "../../classes/track_crop.ts";
import type { ClassLabel } from "../../classes/label.ts";
import { cutCrops, type Degradation, degraded } from "./class_crops.ts";
import { bestMoments, type Sample } from "./class_samples.ts";
import { chanceFrom } from "./class_sampling.ts";
import type { Labelled } from "./class_scores.ts";

const CROPS = 3;
const LIMIT_MS = 3_600_000;

/**
 * The crops of each sample, best first.
 * @param frame the analysed one, in whose pixels the samples are
 */
export async function cropsOf(
  path: string,
  samples: readonly Sample[],
  { frame, isFullSize = false }: {
    readonly frame: FrameFormat;
    /** Cut out of the clip's own picture instead of the analysed one. */
    readonly isFullSize?: boolean;
  },
): Promise<TrackCrop[][]> {
  const crops = samples.map((): TrackCrop[] => []);
  const wanted = samples.flatMap(({ boxes }, sample) =>
    bestMoments(boxes, frame, CROPS).map((box, rank) => ({
      owner: { sample, rank },
      box,
    }))
  );
  await cutCrops(path, {
    ...{ wanted, frame, isFullSize },
    take: ({ sample, rank }, crop) => void (crops[sample]![rank] = crop),
  });
  return crops;
}

/**
 * Every sample with its label by one crop and by all.
 * @param crops of each sample, best first
 * @throws Error when the classifier fails: no figure is made of half the samples
 */
export async function labelled(
  samples: readonly Sample[],
  crops: readonly (readonly TrackCrop[])[],
  by: { readonly command: readonly string[]; readonly how: Degradation },
): Promise<Labelled[]> {
  const { command, how } = by;
  const chance = chanceFrom(1);
  const jobs = samples.map((sample, at) => ({
    track: sample,
    crops: crops[at]!.map((crop) => degraded(crop, how, chance)),
  }));
  const first = new Map<Sample, ClassLabel>();
  const all = new Map<Sample, ClassLabel>();
  const options = { command, limitMs: LIMIT_MS, clock: systemClock, isNice: false };
  const outcome = await new Classifier(options).classify(jobs, ({ track, label }) => {
    if (!first.has(track)) first.set(track, label);
    all.set(track, label);
  });
  if (outcome.kind === "failed") throw new Error(outcome.words);
  return jobs.map(({ track: sample, crops }) => ({
    ...{ sample: placesOf(sample), sizePx: Math.max(...crops.map(longerSide)) },
    ...{ first: first.get(sample)!, all: all.get(sample)! },
  }));
}

/** Of nothing the places, for who wants to see what it was; tracks have too many boxes. */
function placesOf(sample: Sample): Sample {
  return sample.truth === "nothing" ? sample : { ...sample, boxes: [] };
}

function longerSide({ motion: { w, h } }: TrackCrop): number {
  return Math.max(w, h);
}
