/**
 * Where on a strip the times of day stand, at round ones of the reader's zone. Pure but
 * for that zone.
 * @module
 */
import type { Span } from "./spans.ts";

export interface TimeMark {
  readonly tMs: number;
  readonly text: string;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12, 24, 48, 168, 720, 8_760].map((hours) => hours * HOUR_MS),
];

/** CSS pixels that a mark takes. */
const MARK_WIDTH = 84;

/** @param width of the timeline, CSS pixels */
export function timeMarks(span: Span, width: number): readonly TimeMark[] {
  const lengthMs = span.endMs - span.startMs;
  const marksMax = Math.max(1, Math.floor(width / MARK_WIDTH));
  const stepMs = STEPS_MS.find((step) => lengthMs / step <= marksMax) ??
    lengthMs / marksMax;
  // Round in the reader's own zone: some are off by half an hour.
  const offsetMs = new Date(span.startMs).getTimezoneOffset() * MINUTE_MS;
  const firstMs = Math.ceil((span.startMs - offsetMs) / stepMs) * stepMs + offsetMs;
  const marks: TimeMark[] = [];
  for (let tMs = firstMs; tMs <= span.endMs && marks.length <= marksMax; tMs += stepMs) {
    marks.push({ tMs, text: markText(tMs, stepMs) });
  }
  return marks;
}

function markText(tMs: number, stepMs: number): string {
  const date = new Date(tMs);
  if (stepMs >= 24 * HOUR_MS) {
    return date.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  }
  const text = date.toLocaleTimeString("en-GB");
  return stepMs >= MINUTE_MS ? text.slice(0, 5) : text;
}
