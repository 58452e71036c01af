/**
 * `streamware analyze CLIP|scene:NAME`: the pipeline offline. Reads the command
 * line only; the work is `analyze_clip.ts`, the files are docs/ref/analyze-outputs.md.
 * @module
 */
import { inOrderOfStart } from "../analysis/dsl/episode.ts";
import { parseZone, type Zone, type ZoneJudge } from "../analysis/zones.ts";
import { Fault } from "../base/fault.ts";
import { analyzeClip, type AnalyzeRequest, type AnalyzeSummary } from "./analyze_clip.ts";
import type { Flag, Subcommand, Typed } from "./command_line.ts";

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
  {
    flag: "--zone",
    value: "NAME=x1,y1,x2,y2,…",
    doc: "Report stays in this polygon, 0..1 of the picture; repeatable.",
    repeatable: true,
  },
  {
    flag: "--zone-judge",
    value: "foot|touch",
    doc: "In a zone is: the bottom centre of the box, or any part of it.",
    defaultWords: "foot",
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
    "streamware analyze scene:street --seconds 60 --seed 7 --tracks t.csv --truth truth.json",
  ],
  run: async (clip, typed) => {
    const request = requestOf(clip, typed);
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
  const fps = numberOf(typed, "--fps", { min: 0.01, max: 1_000 });
  const width = numberOf(typed, "--width", { min: 16, max: 7_680, whole: true });
  return {
    clip,
    outputs: {
      dsl: textOf(typed, "--dsl"),
      jsonl: textOf(typed, "--jsonl"),
      tracks: textOf(typed, "--tracks"),
      masks: textOf(typed, "--masks"),
      episodes: textOf(typed, "--episodes"),
      timing: textOf(typed, "--timing"),
      truth: textOf(typed, "--truth"),
    },
    zones: zonesOf(typed),
    judge: judgeOf(textOf(typed, "--zone-judge")),
    ...(fps === undefined ? {} : { fps }),
    ...(width === undefined ? {} : { width }),
    seconds: numberOf(typed, "--seconds", { min: 0.04, max: 86_400 }) ?? 30,
    seed: numberOf(typed, "--seed", { min: 0, max: 4_294_967_295, whole: true }) ?? 1,
  };
}

function textOf(typed: Typed, flag: string): string | undefined {
  const value = typed[flag];
  return typeof value === "string" ? value : undefined;
}

function zonesOf(typed: Typed): readonly Zone[] {
  const given = typed["--zone"];
  const zones = Array.isArray(given) ? given.map((text) => parseZone(String(text))) : [];
  const names = zones.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return zones;
  throw new Fault("usage", `Cannot use the zones: two have the name "${twice}"`);
}

function judgeOf(text: string | undefined): ZoneJudge {
  if (text === undefined || text === "foot") return "foot";
  if (text === "touch") return "touch";
  throw new Fault("usage", `Cannot judge zones by "${text}": use foot or touch`);
}

interface NumberBounds {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
}

function numberOf(typed: Typed, flag: string, bounds: NumberBounds): number | undefined {
  const text = textOf(typed, flag);
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? NaN : Number(text);
  const fits = value >= bounds.min && value <= bounds.max;
  if (fits && (!bounds.whole || Number.isInteger(value))) return value;
  const kind = bounds.whole ? "a whole number" : "a number";
  throw new Fault(
    "usage",
    `Cannot use ${flag} ${
      JSON.stringify(text)
    }: give ${kind} from ${bounds.min} to ${bounds.max}`,
  );
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
    lines.push(`  ${start} to ${end}  track ${episode.track}${place}${kept}`);
  }
  return lines.join("\n");
}

function secondsWords(ms: number): string {
  return `${(ms / 1_000).toFixed(1).padStart(7)} s`;
}
