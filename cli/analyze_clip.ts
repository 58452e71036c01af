/**
 * The offline driver: frames of a clip or scene through the analyser, as fast as it
 * goes, with the outputs of docs/ref/analyze-outputs.md. Deterministic but `timing`.
 * @module
 */
import type { AnalysisSettings } from "../analysis/analysis_settings.ts";
import { Analyzer } from "../analysis/analyzer.ts";
import { kernelsHere } from "../analysis/kernels/kernels_here.ts";
import type { Episode } from "../analysis/dsl/episode.ts";
import type { PlaceSettings } from "../analysis/place_stage.ts";
import type { ClassLine } from "../analysis/dsl/class_line.ts";
import { systemClock } from "../base/clock.ts";
import { type AnalyzeOutputs, OutputSet } from "./analyze_outputs.ts";
import { MODEL_NAME } from "../classes/label.ts";
import { readOwnModel } from "../classes/own_model.ts";
import { OfflineClasses } from "./offline_classes.ts";
import { type OfflineRequest, openOfflineFrames } from "./offline_frames.ts";
import { StageTimes } from "./stage_times.ts";

export interface AnalyzeRequest extends OfflineRequest {
  readonly outputs: AnalyzeOutputs;
  readonly places: PlaceSettings;
  readonly analysis: AnalysisSettings;
  /** Whether it is found out what moved. */
  readonly classes?: boolean;
  /** The folder of a model of the user's own for it. */
  readonly classesModel?: string;
}

/** What an analysis came to, for the summary. */
export interface AnalyzeSummary {
  readonly frames: number;
  readonly episodes: readonly Episode[];
  readonly decoderErrors: number;
}

/** @throws Fault when the clip cannot be read or an output cannot be written */
export async function analyzeClip(request: AnalyzeRequest): Promise<AnalyzeSummary> {
  await using source = await openOfflineFrames(request);
  const { format } = source;
  const analyzer = new Analyzer({
    camera: "clip",
    format,
    fps: request.fps ?? 0,
    clock: "media",
    settings: request.analysis,
    kernels: kernelsHere(),
  });
  const { classesModel } = request;
  const classes = request.classes
    ? new OfflineClasses(format, {
      modelFolder: classesModel,
      whole: await source.whole(),
    })
    : undefined;
  const classModel = classesModel === undefined
    ? MODEL_NAME
    : readOwnModel(classesModel).model;
  const header = classes ? { ...analyzer.header, classModel } : analyzer.header;
  using outputs = new OutputSet(request, format, header);
  /** What was found out, until the next frame tells it. */
  let known: readonly ClassLine[] = [];
  const times = new StageTimes(systemClock);
  const mark = times.mark.bind(times);
  let frames = 0;
  let firstPtsUs = 0;
  times.begin();
  for await (const { pixels, ptsUs } of source.frames) {
    if (frames++ === 0) firstPtsUs = ptsUs;
    times.captured();
    const observation = analyzer.step({
      pixels,
      ptsUs,
      tMs: Math.round((ptsUs - firstPtsUs) / 1_000),
      number: frames,
      skipped: 0,
      doubtful: false,
    }, mark);
    classes?.offer(pixels, observation);
    const seen = known.length > 0 ? { ...observation, classes: known } : observation;
    const changes = outputs.frame(seen, analyzer, times);
    known = await classes?.of(changes) ?? [];
    times.begin();
  }
  const last = outputs.end();
  outputs.classified([...known, ...await classes?.of(last) ?? []]);
  outputs.finish(source.truth());
  const { episodes } = outputs;
  return { frames, episodes, decoderErrors: source.decoderErrors() };
}
