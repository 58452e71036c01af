/**
 * Draws the motion of the last minutes as a strip. No state: all of it is given.
 * Seconds without a frame stay empty: that is not zero motion.
 * @module
 */
import { viewerWords as words } from "../../messages/viewer_en.ts";
import { CURVE, FAINT, FONT_FAMILY, GRID, PAPER } from "./colours.ts";
import {
  type MotionHistory,
  type MotionSecond,
  scaleTop,
  shownSeconds,
} from "./motion_history.ts";

export interface ChartScene {
  readonly width: number;
  readonly height: number;
  readonly history: MotionHistory;
  /** Whole seconds of the page's time, at the right edge. */
  readonly nowSecond: number;
  /** Second that is pointed at, if any. */
  readonly pointedSecond?: number;
}

const MARGIN_RIGHT = 38;
const MARGIN_BOTTOM = 18;
const MARGIN_TOP = 6;
/** Lines across the time axis: every minute of five, every 15 s of one. */
const MARKS_MAX = 5;
const MARK_S = 15;
/** Below this width only the ends of the time axis are named. */
const NARROW = 480;

interface Plot extends ChartScene {
  readonly spanSeconds: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
  x(second: number): number;
  y(pct: number): number;
}

export function drawChart(to: CanvasRenderingContext2D, scene: ChartScene): void {
  to.clearRect(0, 0, scene.width, scene.height);
  const plot = plotOf(scene);
  drawGrid(to, plot);
  drawCurve(to, plot);
  drawPointer(to, plot);
}

/** Where one points at a chart, in CSS pixels. */
export interface ChartPointer {
  readonly x: number;
  /** Of the whole chart. */
  readonly width: number;
}

/** The second that is pointed at, when `nowSecond` is at the right edge. */
export function secondAt(
  pointer: ChartPointer,
  { nowSecond, history }: Pick<ChartScene, "nowSecond" | "history">,
): number {
  const share = Math.min(1, Math.max(0, pointer.x / (pointer.width - MARGIN_RIGHT)));
  return Math.round(nowSecond - shownSeconds(history, nowSecond) * (1 - share));
}

function plotOf(scene: ChartScene): Plot {
  const right = scene.width - MARGIN_RIGHT;
  const bottom = scene.height - MARGIN_BOTTOM;
  const top = scaleTop(scene.history);
  const spanSeconds = shownSeconds(scene.history, scene.nowSecond);
  return {
    ...scene,
    right,
    bottom,
    top,
    spanSeconds,
    x: (second) => right * (1 - (scene.nowSecond - second) / spanSeconds),
    y: (pct) => bottom - (bottom - MARGIN_TOP) * Math.min(1, pct / top),
  };
}

function drawGrid(to: CanvasRenderingContext2D, plot: Plot): void {
  to.font = `11px ${FONT_FAMILY}`;
  to.lineWidth = 1;
  to.strokeStyle = GRID;
  to.fillStyle = FAINT;
  to.textBaseline = "middle";
  to.textAlign = "left";
  for (const pct of [0, plot.top / 2, plot.top]) {
    const y = Math.round(plot.y(pct)) + 0.5;
    line(to, [0, y], [plot.right, y]);
    to.fillText(`${pct} %`, plot.right + 7, y);
  }
  to.textBaseline = "alphabetic";
  const span = plot.spanSeconds;
  const step = MARK_S * Math.ceil(span / MARK_S / MARKS_MAX);
  for (let ago = 0; ago <= span; ago += step) {
    const x = Math.round(plot.x(plot.nowSecond - ago)) + 0.5;
    if (ago > 0 && ago < span) line(to, [x, MARGIN_TOP], [x, plot.bottom]);
    if (plot.right < NARROW && ago % span !== 0) continue;
    to.textAlign = ago === 0 ? "right" : ago === span ? "left" : "center";
    to.fillText(words.timeAgo(ago), x, plot.height - 3);
  }
}

/** One area per run of seconds without a hole. */
function drawCurve(to: CanvasRenderingContext2D, plot: Plot): void {
  const fill = to.createLinearGradient(0, MARGIN_TOP, 0, plot.bottom);
  fill.addColorStop(0, "rgba(100, 211, 228, 0.42)");
  fill.addColorStop(1, "rgba(100, 211, 228, 0.03)");
  for (const run of runsOf(plot.history)) {
    const path = new Path2D();
    if (run.length === 1) {
      path.moveTo(plot.x(run[0]!.second) - 1, plot.y(run[0]!.peakPct));
    }
    for (const { second, peakPct } of run) {
      path.lineTo(plot.x(second), plot.y(peakPct));
    }
    to.strokeStyle = CURVE;
    to.lineWidth = 1.5;
    to.lineJoin = "round";
    to.stroke(path);
    path.lineTo(plot.x(run.at(-1)!.second), plot.bottom);
    path.lineTo(plot.x(run[0]!.second), plot.bottom);
    to.fillStyle = fill;
    to.fill(path);
  }
}

/** A slow camera gives a frame every few seconds: a hole is longer than that. */
const HOLE_S = 6;

function runsOf(history: MotionHistory): MotionHistory[] {
  const runs: MotionSecond[][] = [];
  for (const entry of history) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && entry.second - last.second < HOLE_S) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

function drawPointer(to: CanvasRenderingContext2D, plot: Plot): void {
  if (plot.pointedSecond === undefined) return;
  const entry = plot.history.find(({ second }) => second === plot.pointedSecond);
  const x = Math.round(plot.x(plot.pointedSecond)) + 0.5;
  to.strokeStyle = FAINT;
  line(to, [x, MARGIN_TOP], [x, plot.bottom]);
  const text = entry ? words.percent(entry.peakPct) : words.noFrames;
  const onLeft = x > plot.right / 2;
  to.font = `600 11px ${FONT_FAMILY}`;
  to.fillStyle = PAPER;
  to.textAlign = onLeft ? "right" : "left";
  to.textBaseline = "top";
  to.fillText(text, x + (onLeft ? -7 : 7), MARGIN_TOP);
  if (!entry) return;
  to.beginPath();
  to.arc(x, plot.y(entry.peakPct), 3, 0, 2 * Math.PI);
  to.fill();
}

function line(
  to: CanvasRenderingContext2D,
  from: readonly [number, number],
  end: readonly [number, number],
): void {
  to.beginPath();
  to.moveTo(...from);
  to.lineTo(...end);
  to.stroke();
}
