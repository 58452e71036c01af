/**
 * Draws a session as a strip: motion, events, episodes, times without a camera, and
 * where the player is. No state: all of it is given. Lengths are CSS pixels.
 * @module
 */
import type { CameraState } from "../../../analysis/dsl/camera_state.ts";
import { blobColour, CURVE, FAINT, FONT_FAMILY, GRID, PAPER } from "../colours.ts";
import type { ToldEpisode } from "../told.ts";
import type { RecordedCamera } from "./recording.ts";
import type { Span } from "./spans.ts";
import { timeMarks } from "./time_marks.ts";

export interface TimelineScene {
  readonly width: number;
  readonly height: number;
  readonly span: Span;
  readonly camera: RecordedCamera;
  /** Of this camera. */
  readonly episodes: readonly ToldEpisode[];
  readonly atMs: number;
}

const AXIS = 18;
const EPISODES = 10;
const EVENTS = 7;
const TOP = 8;
const BLIND = "rgba(255, 138, 128, 0.16)";

interface Strip extends TimelineScene {
  readonly bottom: number;
  x(tMs: number): number;
}

/** Draws motion, events and the present moment over the whole width. */
export function drawTimeline(to: CanvasRenderingContext2D, scene: TimelineScene): void {
  const { span: { startMs, endMs }, width, height } = scene;
  const lengthMs = Math.max(1, endMs - startMs);
  const strip: Strip = {
    ...scene,
    bottom: height - AXIS - EPISODES - EVENTS,
    x: (tMs) => (tMs - startMs) / lengthMs * width,
  };
  to.clearRect(0, 0, width, height);
  drawAxis(to, strip);
  drawBlind(to, strip);
  drawMotion(to, strip);
  drawEvents(to, strip);
  drawEpisodes(to, strip);
  drawPlace(to, strip);
}

/** The moment at `x` of a strip that is `width` wide. */
export function momentAt(x: number, width: number, { startMs, endMs }: Span): number {
  return startMs + Math.min(1, Math.max(0, x / width)) * (endMs - startMs);
}

function drawAxis(to: CanvasRenderingContext2D, strip: Strip): void {
  to.font = `11px ${FONT_FAMILY}`;
  to.textBaseline = "alphabetic";
  to.lineWidth = 1;
  for (const { tMs, text } of timeMarks(strip.span, strip.width)) {
    const x = Math.round(strip.x(tMs)) + 0.5;
    to.strokeStyle = GRID;
    to.beginPath();
    to.moveTo(x, TOP);
    to.lineTo(x, strip.bottom);
    to.stroke();
    const half = to.measureText(text).width / 2;
    if (x < half || x > strip.width - half) continue;
    to.textAlign = "center";
    to.fillStyle = FAINT;
    to.fillText(text, x, strip.height - 4);
  }
}

/** Ways of not being online in which there are no pictures at all. */
const BLIND_STATES: readonly CameraState[] = ["offline", "stalled", "connecting"];

function drawBlind(to: CanvasRenderingContext2D, strip: Strip): void {
  const { states } = strip.camera;
  to.fillStyle = BLIND;
  for (const [i, { state, sinceMs }] of states.entries()) {
    if (!BLIND_STATES.includes(state)) continue;
    const untilMs = states[i + 1]?.sinceMs ?? strip.span.endMs;
    const left = strip.x(Math.max(sinceMs, strip.span.startMs));
    to.fillRect(left, TOP, Math.max(0, strip.x(untilMs) - left), strip.bottom - TOP);
  }
}

function drawMotion(to: CanvasRenderingContext2D, strip: Strip): void {
  const { peaks, spanMs } = strip.camera.motion;
  const top = peaks.reduce((most, [, pct]) => Math.max(most, pct), 2);
  to.fillStyle = CURVE;
  for (const [span, pct] of peaks) {
    if (pct <= 0) continue;
    const left = strip.x(span * spanMs);
    const height = Math.max(1, (strip.bottom - TOP) * pct / top);
    const width = Math.max(1, strip.x((span + 1) * spanMs) - left);
    to.globalAlpha = 0.55;
    to.fillRect(left, strip.bottom - height, width, height);
  }
  to.globalAlpha = 1;
}

function drawEvents(to: CanvasRenderingContext2D, strip: Strip): void {
  for (const { tMs, event } of strip.camera.events) {
    to.fillStyle = blobColour(event.blob);
    to.beginPath();
    to.arc(strip.x(tMs), strip.bottom + EVENTS / 2 + 1, 1.75, 0, 2 * Math.PI);
    to.fill();
  }
}

const EPISODE_WIDTH_MIN = 3;

function drawEpisodes(to: CanvasRenderingContext2D, strip: Strip): void {
  const top = strip.bottom + EVENTS + 2;
  for (const { startMs, endMs } of strip.episodes) {
    const left = strip.x(startMs);
    const width = Math.max(EPISODE_WIDTH_MIN, strip.x(endMs) - left);
    const isNow = startMs <= strip.atMs && strip.atMs <= endMs;
    to.fillStyle = isNow ? PAPER : FAINT;
    to.globalAlpha = isNow ? 1 : 0.55;
    to.beginPath();
    to.roundRect(left, top, width, EPISODES - 5, 2);
    to.fill();
  }
  to.globalAlpha = 1;
}

const KNOB = 4;

function drawPlace(to: CanvasRenderingContext2D, strip: Strip): void {
  const x = Math.min(strip.width - KNOB, Math.max(KNOB, strip.x(strip.atMs)));
  to.strokeStyle = to.fillStyle = PAPER;
  to.lineWidth = 1.5;
  to.beginPath();
  to.moveTo(x, TOP);
  to.lineTo(x, strip.height - AXIS);
  to.stroke();
  to.beginPath();
  to.arc(x, TOP, KNOB, 0, 2 * Math.PI);
  to.fill();
}
