/**
 * `scripts/evaluate classes --smaller N`: the same samples as a camera shows them whose
 * analysed picture is N times smaller than the one that it sends, labelled from crops of
 * the analysed picture and from crops of the full one. Both crops of the very same moment:
 * whether that moment can be had is not asked here.
 * @module
 */
import type { FrameFormat } from "../../capture/frame/frame.ts";
import type { TrackCrop } from "../../classes/track_crop.ts";
import { isSmall, likeness, SAME_LEAST } from "../../classes/larger_picture.ts";
import { cropsOf, labelled } from "./class_labelling.ts";
import { formatFullSize, type FullSizeLabels } from "./class_full_size_report.ts";
import { CLASS_CLIPS } from "./class_samples.ts";
import { analysedSize, samplesOf, type Sampling } from "./class_sampling.ts";
import { run as runProgram } from "./raw_video.ts";

export interface FullSizeRun extends Sampling {
  readonly smaller: number;
  /** The classifier's child. */
  readonly command: readonly string[];
  /** Only clips whose path contains it. */
  readonly only: string;
  /** Bits a pixel of the analysed stream; without it, it is the sent one made smaller. */
  readonly bits?: number | undefined;
  /** Where all labels are written. */
  readonly json?: string | undefined;
}

/** Prints the table. @returns the exit code */
export async function runFullSize(run: FullSizeRun): Promise<number> {
  const { footage, smaller, command } = run;
  const all: FullSizeLabels[] = [];
  for (const clip of CLASS_CLIPS) {
    if (!clip.clip.includes(run.only)) continue;
    const path = `${footage}/${clip.clip}`;
    const frame = await analysedSize(path, smaller);
    using stream = await subStream(path, frame, run.bits);
    const analysedPath = stream?.path ?? path;
    const samples = await samplesOf(clip, { ...run, analysedPath });
    const small = await cropsOf(analysedPath, samples, { frame });
    const large = await cropsOf(path, samples, { frame, isFullSize: true });
    const mixed = small.map((crops, at) =>
      crops.map((crop, rank) => chosen(crop, large[at]![rank]!))
    );
    const how = { command, how: "none" } as const;
    const analysed = await labelled(samples, small, how);
    const full = await labelled(samples, large, how);
    const rule = await labelled(samples, mixed, how);
    for (const at of samples.keys()) {
      const alike = small[at]!.map((crop, rank) => likeness(crop, large[at]![rank]!));
      all.push({ analysed: analysed[at]!, full: full[at]!, rule: rule[at]!, alike });
    }
    console.error(`labelled ${samples.length} of ${clip.clip}`);
  }
  console.log(formatFullSize(all));
  if (run.json !== undefined) {
    Deno.writeTextFileSync(run.json, JSON.stringify(all) + "\n");
  }
  return 0;
}

function chosen(small: TrackCrop, large: TrackCrop): TrackCrop {
  return isSmall(small.motion) && likeness(small, large) >= SAME_LEAST ? large : small;
}

/** The clip as a camera's smaller stream shows it: made smaller, then coded anew. */
async function subStream(
  path: string,
  { width, height }: FrameFormat,
  bits: number | undefined,
): Promise<(Disposable & { readonly path: string }) | undefined> {
  if (bits === undefined) return undefined;
  const file = await Deno.makeTempFile({ suffix: ".mp4" });
  const rate = Math.round(bits * width * height * await framesPerSecond(path));
  await runProgram("ffmpeg", [
    ...["-nostdin", "-v", "error", "-y", "-i", path, "-an"],
    ...["-vf", `scale=${width}:${height}:flags=area`, "-fps_mode", "passthrough"],
    ...["-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency"],
    ...["-b:v", `${rate}`, "-maxrate", `${rate}`, "-bufsize", `${2 * rate}`, file],
  ]);
  return { path: file, [Symbol.dispose]: () => Deno.removeSync(file) };
}

async function framesPerSecond(path: string): Promise<number> {
  const text = await runProgram("ffprobe", [
    ...["-v", "error", "-select_streams", "v:0"],
    ...["-show_entries", "stream=avg_frame_rate", "-of", "csv=p=0", "--", path],
  ]);
  const [frames, seconds] = text.trim().split("/").map(Number);
  return frames! / seconds!;
}
