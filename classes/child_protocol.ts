/**
 * What the classifier and its child say to each other. A request is a head and pixels on
 * the child's standard input; an answer is one line of JSON. The child speaks first.
 * Moves no bytes itself: `child.ts` and `classifier.ts` do.
 *
 * A request: u32 (little endian) length of the head, the head in JSON, the pixels that its
 * format has. Answers come in the order of requests.
 * @module
 */
import { frameBytes, type FrameFormat } from "../capture/frame/frame.ts";
import { KNOWN_CLASSES } from "../analysis/dsl/class_line.ts";
import type { Box } from "./crop_area.ts";
import type { DetectorFacts, NamedClass } from "./detector_facts.ts";

/** Both sides are one program; a child of another one is refused. */
export const PROTOCOL_VERSION = 3;

/** Whose opinion is asked for: the second detector's costs more and is asked seldom. */
export type Opinion = "first" | "second";

/** One crop to look at: `TrackCrop` without its pixels. */
export interface RequestHead {
  readonly opinion: Opinion;
  readonly format: FrameFormat;
  readonly area: Box;
  readonly motion: Box;
}

/** Why a child does not go on; what else can go wrong, its owner sees. */
export type RefusalReason = "missing" | "damaged" | "unfit" | "failed";

export type ChildAnswer =
  | { readonly kind: "ready"; readonly protocol: number; readonly facts: DetectorFacts }
  | {
    readonly kind: "looked";
    /** One for each of the names that it was ready with. */
    readonly scores: readonly number[];
    readonly tookMs: number;
  }
  | { readonly kind: "refused"; readonly reason: RefusalReason; readonly words: string };

/** Longer ones are no heads. */
export const HEAD_BYTES_MAX = 1_024;
/** A crop of a 4K picture has less. */
export const CROP_SIDE_MAX = 4_096;
export const CROP_BYTES_MAX = 12_000_000;
/** An answer is a few hundred bytes; it grows with the names. */
export const LINE_BYTES_MAX = 16_384;
/** Names that a detector may have: those of a long one still fit on a line. */
export const NAMES_MAX = 100;

/** The bytes of a request before its pixels. */
export function requestHead(head: RequestHead): Uint8Array {
  const { opinion, format, area, motion } = head;
  const json = new TextEncoder().encode(
    JSON.stringify({ opinion, format, area, motion }),
  );
  const bytes = new Uint8Array(4 + json.length);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  return bytes;
}

/** @param json what stands between the length and the pixels; undefined for anything else */
export function readRequestHead(json: Uint8Array): RequestHead | undefined {
  const head = parsed(new TextDecoder().decode(json));
  if (!isRecord(head) || !isRecord(head.format)) return undefined;
  const { opinion, format: { width, height }, area, motion } = head;
  if (opinion !== "first" && opinion !== "second") return undefined;
  if (!isSide(width) || !isSide(height)) return undefined;
  const format = { width, height };
  if (frameBytes(format) > CROP_BYTES_MAX || !isBox(area) || !isBox(motion)) {
    return undefined;
  }
  return { opinion, format, area, motion };
}

/** One line of JSON, its end included. */
export function answerLine(answer: ChildAnswer): string {
  return JSON.stringify(answer) + "\n";
}

/** Undefined for what no child of ours says. */
export function readAnswer(line: string): ChildAnswer | undefined {
  const answer = parsed(line);
  if (!isRecord(answer)) return undefined;
  const { kind, protocol, facts, scores, tookMs, reason, words } = answer;
  switch (kind) {
    case "ready":
      if (protocol !== PROTOCOL_VERSION || !areFacts(facts)) return undefined;
      return { kind, protocol, facts };
    case "looked":
      if (!areScores(scores) || !isMeasure(tookMs)) return undefined;
      return { kind, scores, tookMs };
    case "refused":
      if (!isReason(reason) || typeof words !== "string") return undefined;
      return { kind, reason, words };
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSide(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1 &&
    Number(value) <= CROP_SIDE_MAX;
}

/** A box has an extent, and lies where a picture may be. */
function isBox(value: unknown): value is Box {
  if (!isRecord(value)) return false;
  const { x, y, w, h } = value;
  return [x, y, w, h].every((at) => Number.isFinite(at) && Math.abs(Number(at)) < 1e5) &&
    Number(w) > 0 && Number(h) > 0;
}

function areScores(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length <= NAMES_MAX &&
    value.every((score) => Number.isFinite(score) && score >= 0 && score <= 1);
}

function isMeasure(value: unknown): value is number {
  return Number.isFinite(value) && Number(value) >= 0;
}

function isReason(value: unknown): value is RefusalReason {
  return value === "missing" || value === "damaged" || value === "unfit" ||
    value === "failed";
}

function areFacts(value: unknown): value is DetectorFacts {
  if (!isRecord(value)) return false;
  const { model, runtime, names, threshold, hasSecond } = value;
  if (hasSecond !== undefined && hasSecond !== true) return false;
  return typeof model === "string" && typeof runtime === "string" &&
    isMeasure(threshold) && threshold <= 1 &&
    Array.isArray(names) && names.length <= NAMES_MAX && names.every(isNamed);
}

function isNamed(value: unknown): value is NamedClass {
  return isRecord(value) && typeof value.name === "string" &&
    (value.isTold === undefined || value.isTold === false) &&
    KNOWN_CLASSES.some((known) => known === value.class);
}
