/**
 * Scores masks against true ones, pixel by pixel, by CDnet's rules: shadow counts as
 * still, pixels outside the region and unknown ones are not scored.
 *
 * `deno run -A scripts/evaluation/pixels.ts GROUNDTRUTH MASKS FIRST LAST` prints one line.
 * Frames count from 1. Knows nothing of objects: that is `mot.ts`.
 * @module
 */
import { decodeClip, framesOf } from "./raw_video.ts";

const SHADOW = 50;
const OUTSIDE = 85;
const UNKNOWN = 170;
const MOVING = 255;

export interface PixelCounts {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  /** False positives that lie in shadow. */
  inShadow: number;
  frames: number;
}

export interface PixelScore {
  readonly f1: number;
  readonly precision: number;
  readonly recall: number;
  /** Part of the false positives that lies in shadow, 0..1. */
  readonly shadowShare: number;
  readonly frames: number;
}

/** Frames that are scored, from 1, both ends inclusive. */
export interface FrameRange {
  readonly first: number;
  readonly last: number;
}

export function noPixels(): PixelCounts {
  return {
    truePositives: 0,
    falsePositives: 0,
    falseNegatives: 0,
    inShadow: 0,
    frames: 0,
  };
}

/** Adds one frame to `counts`. A mask's pixel moves when it is not 0. */
export function countPixels(
  counts: PixelCounts,
  truth: Uint8Array,
  mask: Uint8Array,
): void {
  if (truth.length !== mask.length) {
    throw new RangeError(
      `Cannot score a mask of ${mask.length} pixels: ` +
        `its truth has ${truth.length}`,
    );
  }
  counts.frames++;
  for (let i = 0; i < truth.length; i++) {
    const value = truth[i]!;
    if (value === OUTSIDE || value === UNKNOWN) continue;
    if (mask[i] === 0) {
      if (value === MOVING) counts.falseNegatives++;
    } else if (value === MOVING) counts.truePositives++;
    else {
      counts.falsePositives++;
      if (value === SHADOW) counts.inShadow++;
    }
  }
}

/** Parts of nothing are 0. */
export function scoreOf(counts: PixelCounts): PixelScore {
  const { truePositives: hits, falsePositives, falseNegatives, inShadow, frames } =
    counts;
  return {
    f1: part(2 * hits, 2 * hits + falsePositives + falseNegatives),
    precision: part(hits, hits + falsePositives),
    recall: part(hits, hits + falseNegatives),
    shadowShare: part(inShadow, falsePositives),
    frames,
  };
}

function part(some: number, all: number): number {
  return all === 0 ? 0 : some / all;
}

/**
 * Scores a file of raw 8-bit masks, one per frame of `groundtruth` and of its size.
 * Fails when the file holds fewer frames than the range needs.
 */
export async function scoreMasks(
  groundtruth: string,
  masksPath: string,
  range: FrameRange,
): Promise<PixelScore> {
  await using truth = await decodeClip(groundtruth, "gray");
  const bytes = truth.size.width * truth.size.height;
  using file = await Deno.open(masksPath);
  const mask = new Uint8Array(bytes);
  const counts = noPixels();
  let frame = 0;
  for await (const truthMask of framesOf(truth.stream, bytes)) {
    frame++;
    if (frame > range.last) break;
    if (!fill(file, mask)) break;
    if (frame >= range.first) countPixels(counts, truthMask, mask);
  }
  if (counts.frames < range.last - range.first + 1) {
    throw new RangeError(
      `Cannot score ${masksPath}: it ends in frame ${frame}, ` +
        `${range.last} frames are needed`,
    );
  }
  return scoreOf(counts);
}

/** Fills `buffer`; false when the file ends first. */
function fill(file: Deno.FsFile, buffer: Uint8Array): boolean {
  for (let filled = 0; filled < buffer.length;) {
    const read = file.readSync(buffer.subarray(filled));
    if (read === null) return false;
    filled += read;
  }
  return true;
}

/** One line for people: `F1 .953 precision …`. */
export function formatPixelScore(score: PixelScore): string {
  const { f1, precision, recall, shadowShare, frames } = score;
  return `F1 ${f1.toFixed(3)} precision ${precision.toFixed(3)} ` +
    `recall ${recall.toFixed(3)} frames ${frames} ` +
    `(${(100 * shadowShare).toFixed(0)} % of false pixels in shadow)`;
}

if (import.meta.main) {
  const [groundtruth, masks, first, last] = Deno.args;
  if (
    groundtruth === undefined || masks === undefined || !Number(first) || !Number(last)
  ) {
    console.error("Usage: pixels.ts GROUNDTRUTH MASKS FIRST LAST");
    Deno.exit(2);
  }
  const range = { first: Number(first), last: Number(last) };
  console.log(formatPixelScore(await scoreMasks(groundtruth, masks, range)));
}
