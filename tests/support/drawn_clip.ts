/**
 * Clips of plain things on a textured ground, drawn in memory: who stands where is a
 * function of time. For tests of the whole analysis.
 * @module
 */
import assert from "node:assert/strict";
import { Analyzer } from "../../analysis/analyzer.ts";
import type { AnalyzerOptions } from "../../analysis/analyzer_options.ts";
import type { Observation } from "../../analysis/dsl/observation.ts";
import { wholeSnapshot } from "../../analysis/snapshot.ts";
import { kernelsHere } from "../../analysis/kernels/kernels_here.ts";
import { frameBytes, type FrameFormat } from "../../capture/frame/frame.ts";
import { RandomStream } from "../../capture/scene/random.ts";

/** A box in pixels with its own luma and chroma; what comes later lies in front. */
export interface DrawnThing {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly luma: number;
  readonly u?: number;
  readonly v?: number;
}

export interface DrawnClip {
  readonly format: FrameFormat;
  readonly fps: number;
  readonly seconds: number;
  thingsAt(second: number): readonly DrawnThing[];
  /** Where the camera looks: pixels to the right, and which ground; at the first one's middle unless told. */
  viewAt?(second: number): { readonly right: number; readonly ground: number };
  /** From here on a successor goes on from a snapshot. */
  readonly restartsAtS?: number;
}

/** Analyses a drawn clip from its first frame to its last. @returns one observation a frame */
export function analyzeDrawn(
  clip: DrawnClip,
  options: Partial<AnalyzerOptions> = {},
): Observation[] {
  const { format, fps, seconds } = clip;
  const begin = () =>
    new Analyzer({
      ...{ camera: "drawn", format, fps, clock: "media", kernels: kernelsHere() },
      ...options,
    });
  let analyzer = begin();
  const grounds = [groundOf(format, 0), groundOf(format, 1)];
  const random = new RandomStream(7);
  const pixels = new Uint8Array(frameBytes(format));
  const told: Observation[] = [];
  for (let i = 0; i < seconds * fps; i++) {
    const view = clip.viewAt?.(i / fps) ?? { right: 0, ground: 0 };
    look(pixels, format, grounds[view.ground]!, view.right);
    for (const thing of clip.thingsAt(i / fps)) {
      draw(pixels, format, { ...thing, x: thing.x - view.right });
    }
    for (let at = 0; at < format.width * format.height; at++) {
      pixels[at] = Math.max(0, Math.min(255, pixels[at]! + Math.round(random.normal())));
    }
    const tMs = Math.round(1_000 * i / fps);
    if (clip.restartsAtS === i / fps) {
      const kept = wholeSnapshot(analyzer.snapshot());
      analyzer = begin();
      assert.ok(analyzer.restore(kept), "a successor takes the snapshot");
    }
    told.push(analyzer.step({
      ...{ pixels, tMs, ptsUs: tMs * 1_000, number: i + 1, skipped: 0, doubtful: false },
    }));
  }
  return told;
}

/** Luma of a ground wider than the picture on both sides. */
function groundOf({ width, height }: FrameFormat, seed: number): Uint8Array {
  const random = new RandomStream(3 + seed);
  const wide = width + 2 * MARGIN;
  const luma = new Uint8Array(wide * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < wide; x++) {
      const wave = 20 * Math.sin((x - MARGIN) / (9 + 7 * seed)) *
        Math.cos(y / (7 + 5 * seed));
      luma[y * wide + x] = 110 - 40 * seed + wave + 8 * random.next();
    }
  }
  return luma;
}

/** Pixels of ground beyond the picture to either side. */
const MARGIN = 32;

function look(
  pixels: Uint8Array,
  { width, height }: FrameFormat,
  ground: Uint8Array,
  right: number,
): void {
  const wide = width + 2 * MARGIN;
  for (let y = 0; y < height; y++) {
    const from = y * wide + MARGIN + right;
    pixels.set(ground.subarray(from, from + width), y * width);
  }
  pixels.fill(128, width * height);
}

/** Its own texture of patches without a period, so that it is no shadow and no light. */
function draw(
  pixels: Uint8Array,
  { width, height }: FrameFormat,
  thing: DrawnThing,
): void {
  const left = Math.round(thing.x);
  const top = Math.round(thing.y);
  const chroma = width * height;
  const half = (width + 1) >> 1;
  const halfPlane = half * ((height + 1) >> 1);
  for (let y = Math.max(0, top); y < Math.min(height, top + thing.h); y++) {
    for (let x = Math.max(0, left); x < Math.min(width, left + thing.w); x++) {
      pixels[y * width + x] = thing.luma + patchOf((x - left) >> 2, (y - top) >> 2);
      const at = chroma + (y >> 1) * half + (x >> 1);
      pixels[at] = thing.u ?? 128;
      pixels[at + halfPlane] = thing.v ?? 128;
    }
  }
}

/** -8 … 7, the same for the same patch: a hash of its place. */
function patchOf(column: number, row: number): number {
  const mixed = Math.imul(column * 73 + row * 151 + 7, 0x9e3779b1);
  return (mixed >>> 28) - 8;
}
