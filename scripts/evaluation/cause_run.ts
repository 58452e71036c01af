/**
 * Lays an effect over a base, shows it to the analysis, and keeps what it said: no
 * encoding, no files. Judges nothing: that is `cause_scores.ts`.
 * @module
 */
import { Analyzer } from "../../analysis/analyzer.ts";
import type { Episode } from "../../analysis/dsl/episode.ts";
import type { Observation } from "../../analysis/dsl/observation.ts";
import { EpisodeAssembler } from "../../analysis/episode_assembler.ts";
import { kernelsHere } from "../../analysis/kernels/kernels_here.ts";
import { applyEffects, type Effect, type PlacedBox } from "../../capture/scene/effect.ts";
import { sensorEffect } from "../../capture/scene/effect_sensor.ts";
import { frameBytes } from "../../capture/frame/frame.ts";
import type { Base, StayBoxes } from "./cause_bases.ts";

/** A base under an effect; `effect` undefined: as it is. */
export interface CauseScene {
  readonly base: Base;
  readonly seed: number;
  readonly effect: Effect | undefined;
  readonly stage: "optical" | "digital";
  readonly length: SceneLength;
  /** How long a thing stands before it is absorbed. */
  readonly absorbAfterS: number;
}

/** How long a scene lasts. */
export interface SceneLength {
  readonly seconds: number;
  /** After that nothing in the base moves for so long, shown at two frames a second. */
  readonly stillS?: number;
}

const STILL_FPS = 2;

/** When each frame is shown, and from which frame of the base; ms. */
export interface ShownFrame {
  readonly timeMs: number;
  readonly frame: number;
}

/** What a scene shows when; a frozen picture keeps its frame. */
export function scheduleOf({ base, effect, length }: CauseScene): ShownFrame[] {
  const { fps } = base.window;
  const { seconds, stillS = 0 } = length;
  const moving = Math.min(base.frames.length, Math.round(seconds * fps));
  const timesMs = Array.from({ length: moving }, (_, frame) => 1_000 * frame / fps);
  for (let i = 1; i <= stillS * STILL_FPS; i++) {
    timesMs.push(1_000 * ((moving - 1) / fps + i / STILL_FPS));
  }
  return timesMs.map((timeMs) => {
    const shownMs = effect?.shownMs?.(timeMs) ?? timeMs;
    const frame = Math.min(moving - 1, Math.floor(shownMs * fps / 1_000 + 1e-6));
    return { timeMs, frame };
  });
}

/** A `CAUSE` or `STATE` line. */
export interface SaidLine {
  readonly name: string;
  readonly atMs: number;
  readonly score: number;
  readonly blob: number | undefined;
}

export interface SceneSaying {
  readonly frames: readonly ShownFrame[];
  readonly lines: readonly SaidLine[];
  readonly episodes: readonly Episode[];
  /** Boxes of each track in pixels, by frame (from 0), where it was seen. */
  readonly boxes: ReadonlyMap<number, StayBoxes>;
}

/** States that tell of a start or a stream, not of pixels. */
const ORDINARY = new Set(["online", "warmup", "connecting", "doubtful"]);

/** The frames of a scene, in order; pixels are lent until the next one. */
export function* sceneFrames(
  scene: CauseScene,
): Generator<{ pixels: Uint8Array; timeMs: number }> {
  const { base, seed, effect, stage } = scene;
  // The street's own sensor: up to the effect all is as it is without it.
  const { street } = base.window;
  const sensor = street === undefined ? [] : [sensorEffect(street)];
  const own = effect ? [effect] : [];
  // What is frozen is frozen with its noise; what ticks on does so by its own time.
  const order = stage === "optical" ? [own, sensor] : [sensor, own];
  const pixels = new Uint8Array(frameBytes(base.format));
  for (const { timeMs, frame } of scheduleOf(scene)) {
    const shownMs = effect?.shownMs?.(timeMs) ?? timeMs;
    pixels.set(base.frames[frame]!);
    for (const effects of order) {
      const moment = effects === own
        ? { seed, timeMs }
        : { seed: street ?? 0, timeMs: shownMs };
      applyEffects(pixels, base.format, { effects, ...moment });
    }
    yield { pixels, timeMs };
  }
}

export function runScene(scene: CauseScene): SceneSaying {
  const { format, window } = scene.base;
  const { absorbAfterS } = scene;
  const analyzer = new Analyzer({
    ...{ camera: "scene", format, fps: window.fps, clock: "media" },
    ...{ kernels: kernelsHere(), absorbAfterS },
  });
  const assembler = new EpisodeAssembler({ zones: [], judge: "touch" });
  const lines: SaidLine[] = [];
  const episodes: Episode[] = [];
  const boxes = new Map<number, Map<number, PlacedBox>>();
  let count = 0;
  for (const { pixels, timeMs } of sceneFrames(scene)) {
    const observation = analyzer.step({
      ...{ pixels, ptsUs: Math.round(1_000 * timeMs), tMs: timeMs },
      ...{ number: ++count, skipped: 0, doubtful: false },
    });
    for (const change of assembler.step(observation)) {
      if (change.kind === "closed") episodes.push(change.episode);
    }
    keepLines(observation, timeMs, lines);
    for (const blob of observation.blobs) {
      if (blob.coast !== 0) continue;
      const [w, h] = [blob.w * format.width, blob.h * format.height];
      const [x, y] = [blob.x * format.width - w / 2, blob.y * format.height - h / 2];
      const track = boxes.get(blob.id) ?? new Map<number, PlacedBox>();
      boxes.set(blob.id, track.set(count - 1, { x, y, w, h }));
    }
  }
  for (const change of assembler.finish()) {
    if (change.kind === "closed") episodes.push(change.episode);
  }
  const frames = scheduleOf(scene);
  return { frames, lines, episodes, boxes };
}

function keepLines(observation: Observation, atMs: number, lines: SaidLine[]): void {
  for (const { cause, score, blob } of observation.causes) {
    lines.push({ name: cause, atMs, score, blob });
  }
  for (const { state, score } of observation.states) {
    if (ORDINARY.has(state)) continue;
    lines.push({ name: state, atMs, score: score ?? 1, blob: undefined });
  }
}
