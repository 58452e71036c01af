/**
 * Things that move and stay where they are: leaves in the wind, a flag, water, or
 * whatever texture the picture has there. What they are lit by is not changed.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import { type Effect, type Span, spanUntil } from "./effect.ts";
import { areaAt, coverField, eachChroma, eased, type Field, toByte } from "./field.ts";
import { drawParameters, type Ranges } from "./parameters.ts";
import { Texture } from "./texture.ts";
import { Warper } from "./warp.ts";

export const SWAY_RANGES = {
  /** Which of the four: a tree that is drawn, the picture's own texture, a flag, water. */
  kind: [0, 4],
  /** Under 0.5: from the first frame on; else still until the span begins. */
  early: [0, 1],
  /** Middle and half width, picture widths and heights. */
  x: [0.12, 0.88],
  y: [0.15, 0.4],
  reach: [0.09, 0.2],
  /** How far it swings, picture widths, and one swing, ms. */
  swing: [0.004, 0.014],
  swingMs: [700, 2_800],
  /** Size of a leaf or ripple, picture widths. */
  grain: [0.008, 0.02],
  /** Luma of leaves, and how much they differ. */
  luma: [60, 110],
  differ: [60, 120],
} as const satisfies Ranges;

type Parameters = { readonly [name in keyof typeof SWAY_RANGES]: number };

export function swayEffect(seed: number, span: Span): Effect {
  const drawn = drawParameters(SWAY_RANGES, { seed, effect: "sway" });
  const warper = new Warper();
  const texture = new Texture(seed);
  const lasting = drawn.early < 0.5 ? { startMs: 0, endMs: span.endMs } : span;
  const kind = KINDS[Math.floor(drawn.kind)]!;
  return {
    name: "sway",
    apply(pixels, format, { timeMs }) {
      const sinceMs = drawn.early < 0.5 ? timeMs + 2_000 : timeMs - span.startMs;
      kind(pixels, format, { drawn, texture, warper, sinceMs });
    },
    causes: (untilMs) =>
      spanUntil(lasting, untilMs).map((one) => ({ cause: "sway", ...one })),
    hides({ x, y, w, h }, { width, height }) {
      if (kind !== tree && kind !== flag) return false;
      const reach = drawn.reach * width;
      const dx = (x + w / 2 - drawn.x * width) / (reach + w / 4);
      const dy = (y + h / 2 - drawn.y * height) / (reach + h / 4);
      return dx * dx + dy * dy < 1;
    },
  };
}

interface Swaying {
  readonly drawn: Parameters;
  readonly texture: Texture;
  readonly warper: Warper;
  /** Under 0: it is still. */
  readonly sinceMs: number;
}

type Kind = (pixels: Uint8Array, format: FrameFormat, swaying: Swaying) => void;

const KINDS: readonly Kind[] = [tree, ownTexture, flag, water];

/** How far it is out of its place, picture widths: gusts, and two beats. */
function swingOf({ drawn, sinceMs }: Swaying, later: number): number {
  const beat = 2 * Math.PI * Math.max(0, sinceMs) / drawn.swingMs - later;
  const gust = eased(sinceMs / 800) *
    (0.7 + 0.3 * Math.sin(Math.max(0, sinceMs) / 1_900));
  return drawn.swing * gust * (Math.sin(beat) + 0.35 * Math.sin(2.3 * beat + 1));
}

/** A trunk and a crown of leaves: each bough has its own beat, the top swings most. */
function tree(pixels: Uint8Array, format: FrameFormat, swaying: Swaying): void {
  const { drawn } = swaying;
  const { width, height } = format;
  const [x, y] = [drawn.x * width, drawn.y * height];
  const reach = drawn.reach * width;
  const trunk: Field = (px, py) =>
    py > y ? eased((0.07 * reach - Math.abs(px - x)) / 2 + 0.5) : 0;
  const below = { x, y: y + 0.85 * reach };
  const trunkArea = areaAt(below, { x: 0.1 * reach + 2, y: 0.85 * reach }, format);
  coverField(pixels, format, { area: trunkArea, colour: [62, 124, 133], partOf: trunk });
  const { partOf, shadeOf } = crownOf(swaying, { x, y, reach, width });
  const area = areaAt({ x, y }, { x: 1.35 * reach, y: 1.35 * reach }, format);
  for (let row = area.top; row < area.bottom; row++) {
    for (let column = area.left; column < area.right; column++) {
      const part = partOf(column + 0.5, row + 0.5);
      if (part <= 0) continue;
      const at = row * width + column;
      const luma = drawn.luma + drawn.differ * shadeOf(column + 0.5, row + 0.5);
      pixels[at] = toByte(pixels[at]! + (luma - pixels[at]!) * part);
    }
  }
  eachChroma(format, area, (u, v, px, py) => {
    const part = partOf(px, py);
    if (part <= 0) return;
    pixels[u] = toByte(pixels[u]! + (112 - pixels[u]!) * part);
    pixels[v] = toByte(pixels[v]! + (118 - pixels[v]!) * part);
  });
}

interface Crown {
  readonly x: number;
  readonly y: number;
  readonly reach: number;
  readonly width: number;
}

/** Where leaves cover, and their shade about 0, as they hang now. */
function crownOf(swaying: Swaying, { x, y, reach, width }: Crown) {
  const { drawn, texture } = swaying;
  const leaf = 1 / (drawn.grain * width);
  const boughs = [0, 0.7, 1.5, 2.4].map((later) => swingOf(swaying, later) * width);
  const shiftOf: Field = (px, py) => {
    const place = 3 * texture.smooth(px / reach + 9, py / reach + 9);
    const one = Math.floor(place);
    const [near, far] = [boughs[one]!, boughs[Math.min(3, one + 1)]!];
    return (near + (far - near) * (place - one)) * (1.2 - 0.5 * (py - y) / reach);
  };
  const partOf: Field = (px, py) => {
    const shift = shiftOf(px, py);
    const [sx, sy] = [px - shift, py - 0.3 * shift];
    const far = Math.hypot((sx - x) / reach, (sy - y) / (0.85 * reach));
    const ragged = texture.cloudy(sx * leaf * 0.5, sy * leaf * 0.5) - 0.5;
    return eased((1 - far + 0.8 * ragged) / 0.1);
  };
  const shadeOf: Field = (px, py) => {
    const shift = shiftOf(px, py);
    const [sx, sy] = [px - shift, py - 0.3 * shift];
    // Lit from above, dark between the leaves.
    const lit = 0.25 * (y - sy) / reach;
    return 1.4 * (texture.cloudy(sx * leaf, sy * leaf) - 0.5) + lit;
  };
  return { partOf, shadeOf };
}

/** The picture as it is there, moved to and fro; less towards the rim. */
function ownTexture(pixels: Uint8Array, format: FrameFormat, swaying: Swaying): void {
  if (swaying.sinceMs <= 0) return;
  const { drawn, warper } = swaying;
  const { width, height } = format;
  const [x, y] = [drawn.x * width, drawn.y * height];
  const reach = 1.2 * drawn.reach * width;
  const [near, far] = [swingOf(swaying, 0) * width, swingOf(swaying, 1.3) * width];
  const rim = (px: number, py: number) => {
    const dx = (px - x) / reach;
    const dy = (py - y) / reach;
    return eased((1 - dx * dx - dy * dy) / 0.6);
  };
  const across = (px: number) => eased((px - x) / reach + 0.5);
  warper.warp(pixels, format, {
    area: areaAt({ x, y }, { x: reach, y: reach }, format),
    rightOf: (px, py) => rim(px, py) * (near + (far - near) * across(px)),
    downOf: (px, py) => 0.35 * rim(px, py) * (far + (near - far) * across(px)),
  });
}

/** Three stripes on a pole; waves run from the pole outwards. */
function flag(pixels: Uint8Array, format: FrameFormat, swaying: Swaying): void {
  const { drawn, sinceMs } = swaying;
  const { width, height } = format;
  const long = 0.9 * drawn.reach * width;
  const high = 0.62 * long;
  const [x, y] = [drawn.x * width - long / 2, drawn.y * height - high / 2];
  const moved = eased(sinceMs / 800);
  const beat = 2 * Math.PI * Math.max(0, sinceMs) / drawn.swingMs;
  const area = areaAt(
    { x: x + long / 2, y: y + 1.2 * high },
    { x: long, y: 2 * high },
    format,
  );
  const stripe = (px: number, py: number) => {
    if (Math.abs(px - x + 2) < 2 && py > y - 4 && py < y + 3 * high) return -1;
    const along = (px - x) / long;
    if (along < 0 || along > 1) return -2;
    const phase = 7 * along - beat * 1.6;
    const wave = (0.15 + 0.85 * moved * Math.sin(phase)) * 0.13 * high * along;
    const across = (py - y - wave) / high;
    if (across < 0 || across > 1) return -2;
    return Math.floor(3 * across) + 0.5 +
      0.3 * moved * Math.cos(phase) * Math.min(1, 2 * along);
  };
  for (let row = area.top; row < area.bottom; row++) {
    for (let column = area.left; column < area.right; column++) {
      const value = stripe(column + 0.5, row + 0.5);
      if (value === -2) continue;
      const fold = value < 0 ? 0 : value % 1 - 0.5;
      const luma = value < 0 ? 90 : [150, 215, 70][Math.floor(value)]! + 90 * fold;
      pixels[row * width + column] = toByte(luma);
    }
  }
  eachChroma(format, area, (u, v, px, py) => {
    const value = stripe(px, py);
    if (value === -2) return;
    const [blue, red] = value < 0 ? [128, 128] : STRIPES[Math.floor(value)]!;
    pixels[u] = blue!;
    pixels[v] = red!;
  });
}

/** U and V of the stripes. */
const STRIPES = [[112, 175], [128, 128], [170, 112]] as const;

/** A stretch of ground under water: ripples break what is seen and glitter. */
function water(pixels: Uint8Array, format: FrameFormat, swaying: Swaying): void {
  const { drawn, texture, warper, sinceMs } = swaying;
  const { width, height } = format;
  const reach = 1.7 * drawn.reach * width;
  const [x, y] = [drawn.x * width, (0.55 + drawn.y) * height];
  const high = 0.4 * reach;
  const ripple = 1 / (2 * drawn.grain * width);
  const time = Math.max(0, sinceMs) / drawn.swingMs;
  const rim = (px: number, py: number) => {
    const dx = (px - x) / reach;
    const dy = (py - y) / high;
    return eased((1 - dx * dx - dy * dy) / 0.25);
  };
  const wave = (px: number, py: number) =>
    texture.cloudy(px * ripple + 0.9 * time, 2.5 * py * ripple + 2.2 * time) - 0.5;
  const strong = 3 * drawn.swing * width;
  const area = areaAt({ x, y }, { x: reach, y: high }, format);
  warper.warp(pixels, format, {
    area,
    rightOf: (px, py) => rim(px, py) * strong * wave(px, py),
    downOf: (px, py) => rim(px, py) * strong * 0.5 * wave(px + 50, py),
  });
  for (let row = area.top; row < area.bottom; row++) {
    for (let column = area.left; column < area.right; column++) {
      const part = rim(column, row);
      if (part === 0) continue;
      const at = row * width + column;
      const glitter = drawn.differ * 0.8 * wave(column, row) - 12;
      pixels[at] = toByte(pixels[at]! + part * glitter);
    }
  }
}
