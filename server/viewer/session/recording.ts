/**
 * A session as the page plays it: read once from the JSON in the page, checked at the
 * door, in order of time. Pure.
 * @module
 */
import type { Narration } from "../../../llm/narration.ts";
import {
  type LeftOut,
  type PackedFrame,
  type SessionCamera,
  type SessionRecord,
  unpackBlob,
} from "../../../store/session_format.ts";
import { type ChipNames, learnNames, NO_NAMES } from "../chip_names.ts";
import type { ShownBlob } from "../past.ts";
import { type ToldLog, withClasses } from "../told.ts";
import type { UnreportedLog } from "../unreported.ts";
import { type Span, spansOf } from "./spans.ts";

export interface RecordedFrame {
  readonly tMs: number;
  readonly motionPct: number;
  readonly blobs: readonly ShownBlob[];
}

export interface RecordedStill {
  readonly tMs: number;
  /** JPEG as base64. */
  readonly jpeg: string;
}

/** One camera; every list in order of time. */
export interface RecordedCamera extends Omit<SessionCamera, "frames" | "stills"> {
  readonly frames: readonly RecordedFrame[];
  readonly stills: readonly RecordedStill[];
  /** What its tracks are, by the last that was said of each. */
  readonly names: ChipNames;
  /** When something was there. */
  readonly busy: readonly Span[];
}

export interface Recording {
  readonly program: string;
  readonly complete: boolean;
  readonly leftOut: LeftOut;
  /** From the first thing to the last; what the timeline shows. */
  readonly span: Span;
  readonly cameras: readonly RecordedCamera[];
  /** Newest first, as the live page has them. */
  readonly told: ToldLog;
  /** Newest first; undefined in a page of a version that kept none. */
  readonly unreported: UnreportedLog | undefined;
  /** By narration id: a JPEG as base64. */
  readonly pictures: ReadonlyMap<number, string>;
}

/** Undefined when the text is no session, or one of a later version. */
export function readRecording(text: string): Recording | undefined {
  const record = readRecord(text);
  if (record === undefined) return undefined;
  const { program, complete, leftOut, startedUtcMs } = record;
  const cameras = record.cameras.map(recordedCamera);
  const narrated: ToldLog = record.narrations
    .map((narration) => ({ startedUtcMs, narration }))
    .sort((a, b) => b.narration.id - a.narration.id);
  const told = record.cameras.reduce(
    (log, { camera, classes = [] }) =>
      withClasses(log, { camera, classes, startedUtcMs }),
    narrated,
  );
  return {
    program,
    complete,
    leftOut,
    span: wholeSpan(record, cameras),
    cameras,
    told,
    unreported: record.unreported && inOrder(record.unreported),
    pictures: new Map(record.pictures),
  };
}

function inOrder(entries: UnreportedLog): UnreportedLog {
  return entries.toSorted((a, b) => b.ordinal - a.ordinal);
}

function readRecord(text: string): SessionRecord | undefined {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== "object" || read === null) return undefined;
    if (!("version" in read) || read.version !== 1) return undefined;
    return read as SessionRecord;
  } catch {
    return undefined;
  }
}

function recordedCamera(camera: SessionCamera): RecordedCamera {
  const frames = camera.frames.map(recordedFrame).sort(byTime);
  return {
    ...camera,
    frames,
    stills: camera.stills.map(([tMs, jpeg]) => ({ tMs, jpeg })).sort(byTime),
    events: camera.events.toSorted(byTime),
    names: learnNames(NO_NAMES, camera.classes),
    busy: spansOf(frames),
  };
}

function recordedFrame([tMs, motionPct, blobs]: PackedFrame): RecordedFrame {
  return { tMs, motionPct, blobs: blobs.map(unpackBlob) };
}

function byTime(a: { readonly tMs: number }, b: { readonly tMs: number }): number {
  return a.tMs - b.tMs;
}

/** What was seen, and what is told of it; the time of writing when nothing was. */
function wholeSpan(
  { startedUtcMs, endedUtcMs, narrations }: SessionRecord,
  cameras: readonly RecordedCamera[],
): Span {
  const starts = [
    ...cameras.flatMap(({ frames }) => frames[0]?.tMs ?? []),
    ...narrations.map(({ startMs }: Narration) => startMs),
  ];
  const ends = [
    ...cameras.flatMap(({ frames }) => frames.at(-1)?.tMs ?? []),
    ...narrations.map(({ endMs }: Narration) => endMs),
  ];
  const startMs = starts.reduce((a, b) => Math.min(a, b), Infinity);
  const endMs = ends.reduce((a, b) => Math.max(a, b), -Infinity);
  return Number.isFinite(startMs) && Number.isFinite(endMs)
    ? { startMs, endMs }
    : { startMs: startedUtcMs, endMs: endedUtcMs };
}
