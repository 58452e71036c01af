/**
 * `scripts/evaluate classes`: labels of tracks whose class is known, by our own child, over
 * all footage. Annotated tracks, those of our own analysis, background, and false motion.
 * Exit code 0; 3 when a clip is missing. Counting is `class_scores.ts`.
 * @module
 */
import { systemClock } from "../../base/clock.ts";
import { frameBytes, type FrameFormat } from "../../capture/frame/frame.ts";
import { Classifier, type TrackCrop } from "../../classes/classifier.ts";
import type { ClassLabel } from "../../classes/label.ts";
import { classifierCommand } from "../../classes/own_command.ts";
import { cutCrops, type Degradation, degraded } from "./class_crops.ts";
import { changedPatches, isApart } from "./class_flicker.ts";
import { backgroundSamples } from "./class_nothing.ts";
import { formatClasses } from "./class_report.ts";
import {
  annotatedSamples,
  bestMoments,
  CLASS_CLIPS,
  type ClassClip,
  type FrameBox,
  linked,
  type Sample,
  trackedSamples,
} from "./class_samples.ts";
import type { Labelled } from "./class_scores.ts";
import { defaultFootage, readFlags, repository } from "./command_line.ts";
import { parseTracks, type TrackRow } from "./mot.ts";
import { decodeClip, framesOf, run, videoSize } from "./raw_video.ts";

const CROPS = 3;
const BACKGROUNDS = 60;
const FLICKERS = 60;
/** Of false motion: every so many frames, against so many before, so many a time. */
const FLICKER_EVERY = 9;
const FLICKER_BACK = 5;
const FLICKERS_AT_ONCE = 3;
/** Patches larger than this are the whole picture's light. */
const FLICKER_PX_MAX = 160;
/** A component that is smaller is a crumb of an object. */
const COMPONENT_PX_MIN = 12;
const LIMIT_MS = 3_600_000;

/** Runs over the footage and prints the tables. @returns the exit code */
export async function runClasses(args: readonly string[]): Promise<number> {
  const flags = readFlags(args, ["--footage", "--only", "--command", "--json"]);
  const footage = flags.get("--footage") ?? defaultFootage();
  const command = flags.get("--command")?.split(" ") ?? classifierCommand();
  const day: Labelled[] = [];
  const night: Labelled[] = [];
  for (const clip of CLASS_CLIPS) {
    if (!clip.clip.includes(flags.get("--only") ?? "")) continue;
    const path = `${footage}/${clip.clip}`;
    const samples = await samplesOf(clip, footage);
    const frame = await videoSize(path);
    const crops = await cropsOf(path, samples, frame);
    day.push(...await labelled(samples, crops, { command, how: "none" }));
    const objects = samples.filter(({ truth }) => truth !== "nothing");
    night.push(...await labelled(objects, crops, { command, how: "infrared" }));
    console.error(`labelled ${samples.length} of ${clip.clip}`);
  }
  console.log(formatClasses(day, night));
  const json = flags.get("--json");
  if (json) Deno.writeTextFileSync(json, JSON.stringify({ day, night }) + "\n");
  return 0;
}

async function samplesOf(clip: ClassClip, footage: string): Promise<Sample[]> {
  const path = `${footage}/${clip.clip}`;
  const frame = await videoSize(path);
  const annotation = annotationOf(clip, footage);
  const ours = await ownTracks(path);
  const objects = [
    ...(annotation ? annotatedSamples(clip, annotation) : []),
    ...trackedSamples(clip, ours, annotation),
  ];
  // Also what is too short for a sample, or agrees with nothing annotated: it moves.
  const moving = Map.groupBy([...annotation ?? [], ...ours], (row) => row.frame);
  const chance = chanceFrom(clip.clip.length);
  const wanted = { count: BACKGROUNDS, frame, moving, chance };
  const nothing = backgroundSamples(clip, objects, wanted);
  const flicker = annotation ? await flickerSamples(clip, path, { moving }) : [];
  return [...objects, ...nothing, ...flicker];
}

function annotationOf(clip: ClassClip, footage: string): TrackRow[] | undefined {
  const textOf = (path: string) => Deno.readTextFileSync(`${footage}/${path}`);
  if (clip.tracks !== undefined) return parseTracks(textOf(clip.tracks));
  if (clip.components === undefined) return undefined;
  const rows = textOf(clip.components).trim().split("\n").slice(1).map((line) => {
    const [frame, x, y, w, h] = line.split(",").map(Number);
    return { frame: frame!, id: 0, x: x!, y: y!, w: w!, h: h! };
  });
  return linked(rows.filter(({ w, h }) => Math.max(w, h) >= COMPONENT_PX_MIN));
}

/** The tracks that our analysis finds in a clip. */
async function ownTracks(path: string): Promise<TrackRow[]> {
  const file = await Deno.makeTempFile({ prefix: "streamware-evaluate-" });
  try {
    const program = `${repository()}/scripts/streamware`;
    await run(program, ["analyze", path, "--tracks", file]);
    return parseTracks(Deno.readTextFileSync(file));
  } finally {
    await Deno.remove(file);
  }
}

async function flickerSamples(
  clip: ClassClip,
  path: string,
  { moving }: { readonly moving: ReadonlyMap<number, readonly FrameBox[]> },
): Promise<Sample[]> {
  const [first, last] = clip.annotated ?? [1, Infinity];
  await using decoded = await decodeClip(path, "yuv420p");
  const luma = decoded.size.width * decoded.size.height;
  const before: Uint8Array[] = [];
  const samples: Sample[] = [];
  let frame = 0;
  for await (const pixels of framesOf(decoded.stream, frameBytes(decoded.size))) {
    before.push(pixels.slice(0, luma));
    if (before.length > FLICKER_BACK + 1) before.shift();
    if (++frame % FLICKER_EVERY > 0 || frame < first + FLICKER_BACK) continue;
    if (frame > last || samples.length >= FLICKERS) break;
    const near = [frame, frame - FLICKER_BACK].flatMap((at) => moving.get(at) ?? []);
    const patches = changedPatches(before.at(-1)!, before[0]!, decoded.size)
      .filter((box) => Math.max(box.w, box.h) <= FLICKER_PX_MAX && isApart(box, near));
    for (const box of patches.slice(0, FLICKERS_AT_ONCE)) {
      const id = `f${samples.length}`;
      samples.push({
        ...{ clip: clip.clip, source: "flicker", id, truth: "nothing" },
        boxes: [{ ...box, frame }],
      });
    }
  }
  return samples;
}

/** The crops of each sample, best first. */
async function cropsOf(
  path: string,
  samples: readonly Sample[],
  frame: FrameFormat,
): Promise<TrackCrop[][]> {
  const crops = samples.map((): TrackCrop[] => []);
  const wanted = samples.flatMap(({ boxes }, sample) =>
    bestMoments(boxes, frame, CROPS).map((box, rank) => ({
      owner: { sample, rank },
      box,
    }))
  );
  await cutCrops(path, {
    wanted,
    take: ({ sample, rank }, crop) => void (crops[sample]![rank] = crop),
  });
  return crops;
}

async function labelled(
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

/** Numbers from 0 to 1, the same each time: Numerical Recipes' generator. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
