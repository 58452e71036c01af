/**
 * Movement that is only mirrored: glitter on wet ground, the streak of a light that
 * passes outside, a pane in which somebody outside the picture goes by.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import { type Effect, type Span, spanUntil } from "./effect.ts";
import { areaAt, coverField, eased, type Field } from "./field.ts";
import { drawParameters, type Ranges } from "./parameters.ts";
import { RandomStream } from "./random.ts";
import { Texture } from "./texture.ts";
import { visitAt, type VisitPlan, visitsUntil } from "./visits.ts";

export const REFLECTION_RANGES = {
  /** Which of the three: glitter, streak, pane. */
  kind: [0, 3],
  /** Middle and half width of the wet ground or pane, picture widths and heights. */
  x: [0.25, 0.75],
  y: [0.55, 0.85],
  reach: [0.1, 0.22],
  /** Luma of the light, and how much of it is mirrored. */
  luma: [200, 240],
  mirrored: [0.2, 0.55],
  /** Glints in the stretch, and the life of one, ms. */
  glints: [15, 60],
  glintMs: [150, 600],
  /** One passage of a streak or of somebody, ms. */
  passMs: [1_800, 4_500],
  /** Under 0: from right to left. */
  direction: [-1, 1],
} as const satisfies Ranges;

type Parameters = { readonly [name in keyof typeof REFLECTION_RANGES]: number };

export function reflectionEffect(seed: number, span: Span): Effect {
  const drawn = drawParameters(REFLECTION_RANGES, { seed, effect: "reflection" });
  const texture = new Texture(seed);
  const kind = Math.floor(drawn.kind);
  const lengthMs = [drawn.passMs, drawn.passMs] as const;
  const plan: VisitPlan = { seed, span, slotMs: 1.25 * drawn.passMs, lengthMs };
  return {
    name: "reflection",
    apply(pixels, format, { timeMs }) {
      if (kind === 0) {
        const sinceMs = timeMs - span.startMs;
        if (sinceMs >= 0 && timeMs < span.endMs) {
          glitter(pixels, format, { drawn, seed, sinceMs });
        }
        return;
      }
      const visit = visitAt(plan, timeMs);
      if (kind === 2) pane(pixels, format, drawn);
      if (!visit) return;
      const part = (timeMs - visit.startMs) / drawn.passMs;
      const pass = kind === 1 ? streak : passInPane;
      pass(pixels, format, { drawn, texture, part, timeMs });
    },
    causes: (untilMs) =>
      (kind === 0 ? spanUntil(span, untilMs) : visitsUntil(plan, untilMs)).map((
        { startMs, endMs },
      ) => ({ cause: "reflection", startMs, endMs })),
  };
}

interface Glitter {
  readonly drawn: Parameters;
  readonly seed: number;
  readonly sinceMs: number;
}

/** Small bright sparks, each for a moment, elsewhere again and again. */
function glitter(
  pixels: Uint8Array,
  format: FrameFormat,
  { drawn, seed, sinceMs }: Glitter,
): void {
  const { width, height } = format;
  for (let i = 0; i < drawn.glints; i++) {
    const life = sinceMs / drawn.glintMs + i * 0.618;
    const random = new RandomStream(seed, 0x911, i, Math.floor(life));
    const bright = Math.sin(Math.PI * (life % 1)) * eased(sinceMs / 1_000);
    const angle = random.between(0, 2 * Math.PI);
    const far = Math.sqrt(random.next());
    const x = width * (drawn.x + drawn.reach * far * Math.cos(angle));
    const y = height * drawn.y + 0.4 * drawn.reach * width * far * Math.sin(angle);
    const [long, high] = [width * random.between(0.004, 0.014), width * 0.0022 + 0.6];
    const partOf: Field = (px, py) => {
      const [dx, dy] = [(px - x) / long, (py - y) / high];
      return 1.6 * drawn.mirrored * bright * eased(1.3 - Math.sqrt(dx * dx + dy * dy));
    };
    const area = areaAt({ x, y }, { x: 1.3 * long, y: 1.3 * high }, format);
    coverField(pixels, format, { area, colour: [drawn.luma, 126, 131], partOf });
  }
}

interface Passage {
  readonly drawn: Parameters;
  readonly texture: Texture;
  /** 0 at one side … 1 at the other. */
  readonly part: number;
  readonly timeMs: number;
}

/** A light mirrored by wet ground: long, upright, broken by ripples. */
function streak(
  pixels: Uint8Array,
  format: FrameFormat,
  { drawn, texture, part, timeMs }: Passage,
): void {
  const { width, height } = format;
  const along = drawn.direction < 0 ? 1 - part : part;
  const middle = width * (drawn.x + 1.8 * drawn.reach * (2 * along - 1));
  const [top, bottom] = [(drawn.y - 0.14) * height, (drawn.y + 0.15) * height];
  const half = 0.02 * width;
  const strength = drawn.mirrored * 1.3 * eased(5 * part) * eased(5 * (1 - part));
  const partOf: Field = (x, y) => {
    const ripple = texture.smooth(x / half / 3, y / 3 + timeMs / 160) - 0.5;
    const across = Math.abs(x - middle + 1.2 * half * ripple) / half;
    const within = eased((y - top) / 14) * eased((bottom - y) / 14);
    return strength * within * eased(1.4 - across) * (0.6 + 0.8 * (ripple + 0.5));
  };
  const reach = { x: 2.4 * half, y: (bottom - top) / 2 };
  const area = areaAt({ x: middle, y: (top + bottom) / 2 }, reach, format);
  coverField(pixels, format, { area, colour: [drawn.luma, 118, 134], partOf });
}

/** Glass that is always there: a little of the sky, a frame. */
function pane(pixels: Uint8Array, format: FrameFormat, drawn: Parameters): void {
  const { x, y, long, high } = paneOf(format, drawn);
  const area = areaAt({ x, y }, { x: long + 3, y: high + 3 }, format);
  const edgeOf: Field = (px, py) =>
    Math.max(Math.abs(px - x) - long, Math.abs(py - y) - high);
  const glass: Field = (px, py) => edgeOf(px, py) < 0 ? 0.35 : 0;
  const frame: Field = (px, py) => Math.abs(edgeOf(px, py)) < 2 ? 0.9 : 0;
  coverField(pixels, format, { area, colour: [125, 134, 124], partOf: glass });
  coverField(pixels, format, { area, colour: [60, 128, 128], partOf: frame });
}

/** Somebody, pale and without sharpness, goes by inside the pane only. */
function passInPane(
  pixels: Uint8Array,
  format: FrameFormat,
  { drawn, part }: Passage,
): void {
  const { x, y, long, high } = paneOf(format, drawn);
  const along = drawn.direction < 0 ? 1 - part : part;
  const middle = x + 1.5 * long * (2 * along - 1);
  const tall = 0.85 * high;
  const step = 0.1 * Math.sin(part * drawn.passMs / 170);
  const partOf: Field = (px, py) => {
    if (Math.abs(px - x) > long - 2 || Math.abs(py - y) > high - 2) return 0;
    const up = (y + 0.15 * high - py) / tall;
    const across = Math.abs(px - middle) / tall;
    const body = eased((0.27 + step * Math.min(0, up) - across) / 0.08) *
      eased((0.6 - up) / 0.1);
    const head = eased((0.17 - Math.hypot(across, up - 0.75)) / 0.08);
    return drawn.mirrored * Math.max(body, head);
  };
  const area = areaAt({ x, y }, { x: long, y: high }, format);
  const isDark = drawn.luma < 215;
  coverField(pixels, format, { area, colour: [isDark ? 45 : 195, 126, 130], partOf });
}

function paneOf({ width, height }: FrameFormat, { x, y, reach }: Parameters) {
  const long = 0.8 * reach * width;
  return {
    x: x * width,
    y: (y - 0.25) * height,
    long,
    high: Math.min(long, 0.22 * height),
  };
}
