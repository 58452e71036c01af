/**
 * Films of a thing that comes close and fills much of the picture, drawn in memory: a
 * lorry that drives by before the lens, somebody who steps up to it. Tells for each frame
 * how much of the picture is the thing.
 * @module
 */
import { Analyzer } from "../../analysis/analyzer.ts";
import type { Observation } from "../../analysis/dsl/observation.ts";
import { kernelsHere } from "../../analysis/kernels/kernels_here.ts";
import { frameBytes, type FrameFormat } from "../../capture/frame/frame.ts";
import { RandomStream } from "../../capture/scene/random.ts";

export interface NearFilm {
  readonly seed: number;
  readonly format: FrameFormat;
  readonly fps: number;
  /** `lorry`: drives through from one side; `person`: grows until he is before the lens, and goes again. */
  readonly thing: "lorry" | "person";
  /** Part of the picture that it covers at most, about. */
  readonly covers: number;
  /** How long it takes to come, and to go, s. */
  readonly comesInS: number;
  readonly staysS: number;
  readonly plain: boolean;
  /** The camera shows no colour. */
  readonly grey: boolean;
  /** Deviation of the sensor's noise, grey levels. */
  readonly noise?: number;
}

/** The scene is alone before, and after it. */
export const BEFORE_S = 7;
export const AFTER_S = 9;

export interface NearFrame {
  readonly tMs: number;
  /** Part of the picture that the thing covers. */
  readonly part: number;
  readonly observation: Observation;
}

/** Analyses the film from its first frame to its last. */
export function analyzeNear(film: NearFilm): NearFrame[] {
  const { format, fps } = film;
  const analyzer = new Analyzer({
    ...{ camera: "near", format, fps, clock: "media", kernels: kernelsHere() },
  });
  const told: NearFrame[] = [];
  let number = 0;
  for (const { pixels, tMs, part } of nearFrames(film)) {
    const observation = analyzer.step({
      ...{ pixels, tMs, ptsUs: tMs * 1_000, number: ++number, skipped: 0 },
      doubtful: false,
    });
    told.push({ tMs, part, observation });
  }
  return told;
}

/** The frames, in order; pixels are lent until the next one. */
export function* nearFrames(film: NearFilm): Generator<
  { readonly pixels: Uint8Array; readonly tMs: number; readonly part: number }
> {
  const { format, fps, seed } = film;
  const ground = groundOf(format, seed);
  const random = new RandomStream(seed + 99);
  const pixels = new Uint8Array(frameBytes(format));
  const seconds = BEFORE_S + 2 * film.comesInS + film.staysS + AFTER_S;
  for (let i = 0; i < seconds * fps; i++) {
    pixels.set(ground);
    const part = drawThing(pixels, film, i / fps - BEFORE_S);
    finish(pixels, film, random);
    yield { pixels, tMs: Math.round(1_000 * i / fps), part };
  }
}

/** A scene of forty pieces of wall, path and hedge, each with its colour and grain. */
export function groundOf(format: FrameFormat, seed: number): Uint8Array {
  const { width, height } = format;
  const random = new RandomStream(seed);
  const between = (least: number, most: number) => least + (most - least) * random.next();
  const pixels = new Uint8Array(frameBytes(format)).fill(128);
  paint(pixels, format, { left: 0, top: 0, right: width, bottom: height }, () => ({
    ...{ luma: 120, u: 124, v: 131 },
  }));
  for (let piece = 0; piece < 40; piece++) {
    const [left, top] = [between(-0.1, 0.95) * width, between(-0.1, 0.95) * height];
    const right = left + between(0.06, 0.35) * width;
    const bottom = top + between(0.06, 0.35) * height;
    const [luma, u, v] = [between(50, 200), between(112, 140), between(118, 146)];
    const grain = between(0, 24);
    paint(pixels, format, { left, top, right, bottom }, (x, y) => ({
      ...{ luma: luma + grain * (hashOf(x >> 1, y >> 1, piece) - 0.5), u, v },
    }));
  }
  return pixels;
}

function drawThing(pixels: Uint8Array, film: NearFilm, second: number): number {
  const { comesInS, staysS } = film;
  if (second < 0 || second >= 2 * comesInS + staysS) return 0;
  return film.thing === "lorry"
    ? drawLorry(pixels, film, second)
    : drawPerson(pixels, film, second);
}

/** As wide as the picture and more, so high that it covers its part. */
function drawLorry(pixels: Uint8Array, film: NearFilm, second: number): number {
  const { format, comesInS, staysS, covers, seed } = film;
  const { width, height } = format;
  const w = 1.1 * width;
  const goes = second < comesInS
    ? second / comesInS
    : Math.max(1, 1 + (second - comesInS - staysS) / comesInS);
  const way = -w + goes * (w + (width - w) / 2);
  const left = seed % 2 === 0 ? way : width - w - way;
  const top = (1 - covers) * 0.7 * height;
  const box = { left, top, right: left + w, bottom: top + covers * height };
  const { luma, u, v } = coatOf(seed);
  return paint(pixels, format, box, (x, y) => {
    const [across, down] = [(x - Math.round(left)) / w, (y - top) / (covers * height)];
    const wheel = down > 0.86 && Math.abs(across * 5 % 1 - 0.5) < 0.3;
    if (wheel) return { luma: 30, u: 128, v: 128 };
    if (film.plain) return { luma, u, v };
    const panel = Math.floor(across * 9) + Math.floor(down * 3);
    return { luma: luma + 50 * (hashOf(panel, Math.floor(down * 6), seed) - 0.5), u, v };
  }) / (width * height);
}

/** Head, shoulders and coat; as near as `covers` wants when he stands. */
function drawPerson(pixels: Uint8Array, film: NearFilm, second: number): number {
  const { format, comesInS, staysS, covers, seed } = film;
  const { width, height } = format;
  const stands = second >= comesInS && second < comesInS + staysS;
  const done = second < comesInS
    ? second / comesInS
    : stands
    ? 1
    : 1 - (second - comesInS - staysS) / comesInS;
  // His distance shrinks evenly, so his size grows the faster the nearer he is.
  const size = 1 / (1 / 0.25 + done * (1 / (0.5 + 1.6 * covers) - 1 / 0.25));
  const sways = stands ? 0.02 * Math.sin(2.2 * second) * width : 0;
  const from = seed % 3 === 0 ? -0.1 : seed % 3 === 1 ? 1.1 : 0.5;
  const middle = (0.5 + (from - 0.5) * (1 - done)) * width + sways;
  const shoulder = (0.35 + 0.45 * covers) * size * width;
  const top = height * (0.55 - 0.62 * size * 0.9);
  const head = 0.42 * shoulder;
  const box = {
    left: middle - shoulder,
    right: middle + shoulder,
    top,
    bottom: done < 0.5 ? top + 3 * size * height : height,
  };
  const { luma, u, v } = coatOf(seed);
  return paint(pixels, format, box, (x, y) => {
    const [right, down] = [x - middle, y - top];
    if (down < 2.2 * head) {
      const off = Math.hypot(right / head, (down - 1.1 * head) / (1.1 * head));
      if (off > 1) return undefined;
      return down < 0.6 * head
        ? { luma: 45, u: 126, v: 132 }
        : { luma: 165, u: 114, v: 148 };
    }
    const slope = Math.min(1, 0.55 + (down - 2.2 * head) / head);
    if (Math.abs(right) > slope * shoulder) return undefined;
    if (film.plain) return { luma, u, v };
    const [column, row] = [Math.floor(9 * right / shoulder), Math.floor(9 * down / head)];
    return { luma: luma + 44 * (hashOf(column, row, seed) - 0.5), u, v };
  }) / (width * height);
}

interface Colour {
  readonly luma: number;
  readonly u: number;
  readonly v: number;
}

function coatOf(seed: number): Colour {
  const random = new RandomStream(seed + 5);
  const luma = random.next() < 0.5 ? 40 + 30 * random.next() : 190 + 40 * random.next();
  const colourful = random.next() < 0.5 ? 1 : 0.15;
  const u = 128 + colourful * 60 * (random.next() - 0.5);
  return { luma, u, v: 128 + colourful * 60 * (random.next() - 0.5) };
}

/** @returns how many pixels were painted */
function paint(
  pixels: Uint8Array,
  { width, height }: FrameFormat,
  box: { left: number; top: number; right: number; bottom: number },
  colourAt: (x: number, y: number) => Colour | undefined,
): number {
  const half = (width + 1) >> 1;
  const chroma = width * height;
  const halfPlane = half * ((height + 1) >> 1);
  let painted = 0;
  const [top, bottom] = [Math.max(0, Math.round(box.top)), Math.round(box.bottom)];
  const [left, right] = [Math.max(0, Math.round(box.left)), Math.round(box.right)];
  for (let y = top; y < Math.min(height, bottom); y++) {
    for (let x = left; x < Math.min(width, right); x++) {
      const colour = colourAt(x, y);
      if (colour === undefined) continue;
      painted++;
      pixels[y * width + x] = Math.max(0, Math.min(255, colour.luma));
      const at = chroma + (y >> 1) * half + (x >> 1);
      pixels[at] = colour.u;
      pixels[at + halfPlane] = colour.v;
    }
  }
  return painted;
}

function finish(pixels: Uint8Array, film: NearFilm, random: RandomStream): void {
  const { width, height } = film.format;
  const { noise = 1.5, grey } = film;
  for (let at = 0; at < width * height; at++) {
    const luma = pixels[at]! + Math.round(noise * random.normal());
    pixels[at] = Math.max(0, Math.min(255, luma));
  }
  if (grey) pixels.fill(128, width * height);
}

/** 0..1, the same for the same place. */
function hashOf(column: number, row: number, seed: number): number {
  const mixed = Math.imul(column * 73 + row * 151 + seed * 977 + 7, 0x9e3779b1);
  return ((mixed ^ (mixed >>> 15)) >>> 8 & 0xffff) / 0x10000;
}
