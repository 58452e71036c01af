/**
 * The samples of a clip: annotated tracks, those of our own analysis, places where nothing
 * moves and false motion; all in pixels of the analysed frame. Looks at no crop.
 * @module
 */
import { frameBytes, type FrameFormat } from "../../capture/frame/frame.ts";
import { changedPatches, isApart } from "./class_flicker.ts";
import { backgroundSamples } from "./class_nothing.ts";
import {
  annotatedSamples,
  type ClassClip,
  type FrameBox,
  linked,
  type Sample,
  smallerClip,
  trackedSamples,
} from "./class_samples.ts";
import { parseTracks, type TrackRow } from "./mot.ts";
import { decodeClip, framesOf, run, videoSize } from "./raw_video.ts";

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

export interface Sampling {
  readonly footage: string;
  /** The program that analyses, and its first arguments. */
  readonly program: readonly string[];
  /** The analysed frame is so many times smaller than the clip's own; 1 without it. */
  readonly smaller?: number;
  /** What is analysed in the clip's place: the camera's smaller stream of it. */
  readonly analysedPath?: string;
}

/** The analysed frame of a clip, as FFmpeg makes it of even height. */
export async function analysedSize(path: string, smaller = 1): Promise<FrameFormat> {
  const { width, height } = await videoSize(path);
  if (smaller === 1) return { width, height };
  const columns = 2 * Math.round(width / smaller / 2);
  return { width: columns, height: 2 * Math.round(height * columns / width / 2) };
}

/** What is to be labelled of a clip: annotated boxes, tracks of our own, and nothing. */
export async function samplesOf(
  whole: ClassClip,
  { footage, program, smaller = 1, analysedPath }: Sampling,
): Promise<Sample[]> {
  const path = `${footage}/${whole.clip}`;
  const frame = await analysedSize(path, smaller);
  const share = frame.width / (await videoSize(path)).width;
  const clip = smallerClip(whole, share);
  const annotation = annotationOf(whole, footage)?.map((row) => times(row, share));
  const ours = await ownTracks(analysedPath ?? path, { program, width: frame.width });
  const objects = [
    ...(annotation ? annotatedSamples(clip, annotation) : []),
    ...trackedSamples(clip, ours, annotation),
  ];
  // Also what is too short for a sample, or agrees with nothing annotated: it moves.
  const moving = Map.groupBy([...annotation ?? [], ...ours], (row) => row.frame);
  const chance = chanceFrom(clip.clip.length);
  const wanted = { count: BACKGROUNDS, frame, moving, chance };
  const nothing = backgroundSamples(clip, objects, wanted);
  const flicker = annotation
    ? await flickerSamples(clip, analysedPath ?? path, { moving, frame })
    : [];
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
async function ownTracks(
  path: string,
  { program, width }: { readonly program: readonly string[]; readonly width: number },
): Promise<TrackRow[]> {
  const file = await Deno.makeTempFile({ prefix: "streamware-evaluate-" });
  try {
    const [first = "", ...more] = program;
    const flags = ["--tracks", file, "--width", `${width}`];
    await run(first, [...more, "analyze", path, ...flags]);
    return parseTracks(Deno.readTextFileSync(file));
  } finally {
    await Deno.remove(file);
  }
}

async function flickerSamples(
  clip: ClassClip,
  path: string,
  { moving, frame: size }: {
    readonly moving: ReadonlyMap<number, readonly FrameBox[]>;
    readonly frame: FrameFormat;
  },
): Promise<Sample[]> {
  const [first, last] = clip.annotated ?? [1, Infinity];
  await using decoded = await decodeClip(path, "yuv420p", size);
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

function times(row: TrackRow, share: number): TrackRow {
  const { x, y, w, h } = row;
  return { ...row, x: x * share, y: y * share, w: w * share, h: h * share };
}

/** Numbers from 0 to 1, the same each time: Numerical Recipes' generator. */
export function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
