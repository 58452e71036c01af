/**
 * `streamware analyze CLIP|scene:NAME`: the pipeline offline. Reads the command
 * line only; the work is `analyze_clip.ts`, the files are docs/ref/analyze-outputs.md.
 * @module
 */
import { type Episode, inOrderOfStart } from "../analysis/dsl/episode.ts";
import { Fault } from "../base/fault.ts";
import { classWords } from "../messages/classes_en.ts";
import { analyzeClip, type AnalyzeRequest, type AnalyzeSummary } from "./analyze_clip.ts";
import {
  analysisTyped,
  PLACE_FLAGS,
  placeDoubts,
  placesTyped,
} from "./analyze_places.ts";
import type { Flag, Subcommand, Typed } from "./command_line.ts";
import { typedNumber, typedText } from "./typed_flags.ts";

const FLAGS: readonly Flag[] = [
  {
    flag: "--dsl",
    value: "FILE",
    doc: "Write motion DSL as text; - is standard output.",
  },
  {
    flag: "--jsonl",
    value: "FILE",
    doc: "Write motion DSL as JSON, one line per frame.",
  },
  { flag: "--tracks", value: "FILE", doc: "Write frame,id,x,y,w,h, one row per track." },
  { flag: "--masks", value: "FILE", doc: "Write raw 8-bit masks of the clip's size." },
  { flag: "--episodes", value: "FILE", doc: "Write the episodes as JSON." },
  { flag: "--timing", value: "FILE", doc: "Write what each stage took, as CSV." },
  { flag: "--truth", value: "FILE", doc: "Scenes: write what was drawn, as JSON." },
  ...PLACE_FLAGS,
  {
    flag: "--classes",
    doc: "Find out what moved: person, vehicle, bike, animal, or unknown.",
  },
  {
    flag: "--classes-model",
    value: "FOLDER",
    doc: "The same, with an ONNX model of your own: docs/guide/own-model.md.",
  },
  { flag: "--fps", value: "NUMBER", doc: "Look at this many frames a second only." },
  { flag: "--width", value: "PIXELS", doc: "Make the picture this wide first." },
  {
    flag: "--seconds",
    value: "NUMBER",
    doc: "Scenes: how long to draw.",
    defaultWords: "30",
  },
  { flag: "--seed", value: "NUMBER", doc: "Scenes: what to draw.", defaultWords: "1" },
];

export const analyzeCommand: Subcommand = {
  name: "analyze",
  summary: "Turn a clip or a drawn scene into motion DSL, tracks, masks and episodes.",
  argument: {
    name: "clip|scene:NAME",
    doc: "A video file, or a scene such as scene:street.",
  },
  flags: FLAGS,
  examples: [
    "streamware analyze gate.mp4 --dsl -",
    "streamware analyze gate.mp4 --episodes gate.json --zone porch=.1,.5,.4,.5,.4,1,.1,1",
    "streamware analyze gate.mp4 --dsl - --line door=.4,.6,.6,.6 --mask 0,0,.3,0,.3,.1,0,.1",
    "streamware analyze scene:street --seconds 60 --seed 7 --tracks t.csv --truth truth.json",
  ],
  run: async (clip, typed) => {
    const request = requestOf(clip, typed);
    for (const words of placeDoubts(request.places, request.analysis)) {
      console.error(`warning: ${words}`);
    }
    const summary = await analyzeClip(request);
    // Standard output may be one of the outputs; the summary is for people then.
    const toOutput = Object.values(request.outputs).includes("-");
    (toOutput ? console.error : console.log)(summaryWords(clip, summary));
    return 0;
  },
};

function requestOf(clip: string, typed: Typed): AnalyzeRequest {
  const scene = clip.startsWith("scene:");
  for (const flag of ["--seconds", "--seed", "--truth"]) {
    if (!scene && typed[flag] !== undefined) {
      throw new Fault("usage", `Cannot analyze ${clip}: ${flag} is for scenes only`);
    }
  }
  const fps = typedNumber(typed, "--fps", { min: 0.01, max: 1_000 });
  const width = typedNumber(typed, "--width", { min: 16, max: 7_680, whole: true });
  const classesModel = typedText(typed, "--classes-model");
  return {
    clip,
    outputs: {
      dsl: typedText(typed, "--dsl"),
      jsonl: typedText(typed, "--jsonl"),
      tracks: typedText(typed, "--tracks"),
      masks: typedText(typed, "--masks"),
      episodes: typedText(typed, "--episodes"),
      timing: typedText(typed, "--timing"),
      truth: typedText(typed, "--truth"),
    },
    places: placesTyped(typed),
    analysis: analysisTyped(typed),
    classes: typed["--classes"] === true || classesModel !== undefined,
    ...(classesModel === undefined ? {} : { classesModel }),
    ...(fps === undefined ? {} : { fps }),
    ...(width === undefined ? {} : { width }),
    seconds: typedNumber(typed, "--seconds", { min: 0.04, max: 86_400 }) ?? 30,
    seed: typedNumber(typed, "--seed", { min: 0, max: 4_294_967_295, whole: true }) ?? 1,
  };
}

/** `, probably a dog`; nothing where nobody looked. */
function nameWords({ classified }: Episode): string {
  if (classified === undefined || classified.state === "waiting") return "";
  return `, ${classWords.mark(classified)}`;
}

/** What a person wants to know after it: how much there was, and what was found. */
function summaryWords(clip: string, summary: AnalyzeSummary): string {
  const { frames, episodes, decoderErrors } = summary;
  const lines = [`${clip}: ${frames} frames, ${episodes.length} episodes`];
  if (decoderErrors > 0) {
    lines.push(`  damaged or cut off: the decoder complained ${decoderErrors} times`);
  }
  for (const episode of inOrderOfStart(episodes)) {
    const place = episode.zone === null ? "" : ` in ${episode.zone}`;
    const kept = episode.suppressed === null
      ? ""
      : ` (suppressed: ${episode.suppressed})`;
    const start = secondsWords(episode.startMs);
    const end = secondsWords(episode.endMs);
    const name = nameWords(episode);
    lines.push(`  ${start} to ${end}  track ${episode.track}${name}${place}${kept}`);
  }
  return lines.join("\n");
}

function secondsWords(ms: number): string {
  return `${(ms / 1_000).toFixed(1).padStart(7)} s`;
}
