/**
 * The files that `analyze` writes, each only when asked for. What stands in them is
 * docs/ref/analyze-outputs.md; the formats themselves live with their vocabularies.
 * @module
 */
import type { Analyzer } from "../analysis/analyzer.ts";
import { classifiedBy, type ClassLine } from "../analysis/dsl/class_line.ts";
import {
  type Episode,
  type EpisodeChange,
  formatEpisodes,
} from "../analysis/dsl/episode.ts";
import { formatJsonLine } from "../analysis/dsl/json.ts";
import type { Header, Observation } from "../analysis/dsl/observation.ts";
import { formatHeader, formatObservation } from "../analysis/dsl/text_format.ts";
import { type PlaceSettings, PlaceStage } from "../analysis/place_stage.ts";
import type { FrameFormat } from "../capture/frame/frame.ts";
import { OutputFile, refuseSharedFiles } from "./output_file.ts";
import type { StageTimes } from "./stage_times.ts";
import { TIMING_HEADER, timingRow } from "./timing_csv.ts";

/** Paths, or "-" for standard output. */
export interface AnalyzeOutputs {
  readonly dsl: string | undefined;
  readonly jsonl: string | undefined;
  readonly tracks: string | undefined;
  readonly masks: string | undefined;
  readonly episodes: string | undefined;
  readonly timing: string | undefined;
  readonly truth: string | undefined;
}

export interface OutputRequest {
  /** What is analysed: never written to. */
  readonly clip: string;
  readonly outputs: AnalyzeOutputs;
  readonly places: PlaceSettings;
}

export class OutputSet implements Disposable {
  readonly #files: Partial<Record<keyof AnalyzeOutputs, OutputFile>> = {};
  readonly #opened = new DisposableStack();
  readonly #places: PlaceStage;
  readonly #episodes: Episode[] = [];
  readonly #mask: Uint8Array;
  #header: Header | undefined;

  /** @throws Fault when a file cannot be made or is used twice; then none is left */
  constructor(request: OutputRequest, format: FrameFormat, header: Header) {
    this.#places = new PlaceStage({
      ...request.places,
      classifies: header.classModel !== undefined,
    });
    this.#mask = new Uint8Array(format.width * format.height);
    this.#header = header;
    using opened = new DisposableStack();
    refuseSharedFiles(request.clip, request.outputs);
    for (const [name, path] of Object.entries(request.outputs)) {
      if (path === undefined) continue;
      this.#files[name as keyof AnalyzeOutputs] = opened.use(new OutputFile(path));
    }
    this.#opened = opened.move();
    this.#files.dsl?.text(formatHeader(header));
    this.#files.timing?.text(TIMING_HEADER);
  }

  /** Every episode so far, in the order in which they closed. */
  get episodes(): readonly Episode[] {
    return this.#episodes;
  }

  /** @returns what began and what ended with it */
  frame(
    seen: Observation,
    analyzer: Analyzer,
    times: StageTimes,
  ): readonly EpisodeChange[] {
    const { observation, changes } = this.#places.step(seen);
    const { dsl, jsonl, tracks, masks, timing } = this.#files;
    dsl?.text(formatObservation(observation));
    jsonl?.text(formatJsonLine(observation, this.#header) + "\n");
    this.#header = undefined;
    for (const { id, x, y, w, h } of tracks ? analyzer.trackRows() : []) {
      tracks!.text(`${observation.frame},${id},${x},${y},${w},${h}\n`);
    }
    if (masks) {
      analyzer.writeMask(this.#mask);
      masks.bytes(this.#mask);
    }
    timing?.text(timingRow(observation, times));
    this.#keep(changes);
    return changes;
  }

  /** The clip is over: what ends with it. */
  end(): readonly EpisodeChange[] {
    const changes = this.#places.finish();
    this.#keep(changes);
    return changes;
  }

  /** What was found out of tracks after the last frame. */
  classified(lines: readonly ClassLine[]): void {
    for (const line of lines) {
      for (const [at, episode] of this.#episodes.entries()) {
        if (episode.track !== line.blob) continue;
        this.#episodes[at] = { ...episode, classified: classifiedBy(line) };
      }
    }
  }

  /** Writes what is known only at the end, and gives the files their names. */
  finish(truth: string | undefined): void {
    this.#files.episodes?.text(formatEpisodes(this.#episodes));
    if (truth !== undefined) this.#files.truth?.text(truth);
    for (const file of Object.values(this.#files)) file.keep();
  }

  [Symbol.dispose](): void {
    this.#opened[Symbol.dispose]();
  }

  #keep(changes: readonly EpisodeChange[]): void {
    for (const { kind, episode } of changes) {
      if (kind === "closed") this.#episodes.push(episode);
      if (kind !== "classified") continue;
      const at = this.#episodes.findLastIndex(({ id }) => id === episode.id);
      if (at >= 0) this.#episodes[at] = episode;
    }
  }
}
