/**
 * A shadow whose object is not in the picture: of a cloud, of somebody who walks past
 * behind the camera, of a tree that stands outside. It darkens and keeps the texture.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import { type Effect, type Span, spanUntil } from "./effect.ts";
import { areaAt, eased, type Field, lightField } from "./field.ts";
import { drawParameters, type Ranges } from "./parameters.ts";
import { Texture } from "./texture.ts";
import { visitAt, visitsUntil } from "./visits.ts";

export const SHADOW_RANGES = {
  /** Which of the three: cloud, somebody, tree. */
  kind: [0, 3],
  /** Part of the light that it takes. */
  depth: [0.25, 0.6],
  /** Width of its edge against its own size. */
  softness: [0.08, 0.5],
  /** Where on the ground, picture heights. */
  y: [0.45, 0.85],
  /** Half its height, picture heights. */
  size: [0.1, 0.28],
  /** One crossing, ms (a cloud takes twice as long). */
  crossMs: [3_000, 6_500],
  /** Under 0: from right to left. */
  direction: [-1, 1],
  /** Lean of somebody's shadow: columns a row. */
  lean: [-1.2, 1.2],
  /** A tree's place, picture widths, and how far and how fast it swings. */
  x: [0.2, 0.8],
  swing: [0.006, 0.02],
  swingMs: [1_400, 3_500],
} as const satisfies Ranges;

type Parameters = { readonly [name in keyof typeof SHADOW_RANGES]: number };

export function shadowEffect(seed: number, span: Span): Effect {
  const drawn = drawParameters(SHADOW_RANGES, { seed, effect: "shadow" });
  const texture = new Texture(seed);
  const kind = Math.floor(drawn.kind);
  const crossMs = drawn.crossMs * (kind === 0 ? 2 : 1);
  const lengthMs = [crossMs, crossMs] as const;
  const plan = { seed, span, slotMs: 1.3 * crossMs, lengthMs };
  return {
    name: "shadow",
    ...(kind === 0 ? { alsoRight: ["light"] as const } : {}),
    apply(pixels, format, { timeMs }) {
      if (kind === 2) {
        shadeOfTree(pixels, format, { drawn, texture, sinceMs: timeMs - span.startMs });
        return;
      }
      const visit = visitAt(plan, timeMs);
      if (!visit) return;
      const part = (timeMs - visit.startMs) / crossMs;
      const shade = kind === 0 ? shadeOfCloud : shadeOfSomebody;
      shade(pixels, format, { drawn, texture, part });
    },
    causes: (untilMs) =>
      (kind === 2 ? spanUntil(span, untilMs) : visitsUntil(plan, untilMs)).map((
        { startMs, endMs },
      ) => ({ cause: "shadow", startMs, endMs })),
  };
}

interface Crossing {
  readonly drawn: Parameters;
  readonly texture: Texture;
  /** 0 outside at one side … 1 outside at the other. */
  readonly part: number;
}

/** A ragged patch, larger than people, that drifts over the ground. */
function shadeOfCloud(
  pixels: Uint8Array,
  format: FrameFormat,
  { drawn, texture, part }: Crossing,
): void {
  const { width, height } = format;
  const reach = 1.1 * drawn.size * width;
  const x = wayOf(drawn, { width, reach, part });
  const y = drawn.y * height;
  const gainOf: Field = (px, py) => {
    const [dx, dy] = [(px - x) / reach, (py - y) / (0.6 * reach)];
    const rag = texture.cloudy(3 * dx + 40, 3 * dy + 40) - 0.5;
    const far = Math.sqrt(dx * dx + dy * dy) + 0.6 * rag;
    return 1 - drawn.depth * eased((1 - far) / drawn.softness + 0.5);
  };
  const area = areaAt({ x, y }, { x: 1.7 * reach, y: 1.2 * reach }, format);
  lightField(pixels, format, { area, gainOf });
}

/** Long, leaning, with two legs that swing: a person's, low sun behind the camera. */
function shadeOfSomebody(
  pixels: Uint8Array,
  format: FrameFormat,
  { drawn, part }: Crossing,
): void {
  const { width, height } = format;
  const tall = drawn.size * height;
  const x = wayOf(drawn, { width, reach: 2 * tall, part });
  const y = drawn.y * height;
  const step = Math.sin(2 * Math.PI * part * drawn.crossMs / 1_100);
  const blur = 0.25 * drawn.softness;
  const gainOf: Field = (px, py) => {
    const up = (y - py) / tall;
    const across = (px - x - drawn.lean * (y - py)) / tall;
    return 1 - drawn.depth * eased(-figureAt(across, up, step) / blur + 0.5);
  };
  const area = areaAt({ x, y }, { x: 2.2 * tall, y: 1.3 * tall }, format);
  lightField(pixels, format, { area, gainOf });
}

/** How far outside a walking figure a place is, in half heights; under 0: inside. */
function figureAt(across: number, up: number, step: number): number {
  if (up < -0.1) {
    const stride = 0.3 * step * (up + 0.1);
    const legs = Math.min(Math.abs(across - stride), Math.abs(across + stride)) - 0.08;
    return Math.max(legs, -1 - up);
  }
  const body = Math.max(Math.abs(across) - 0.19, up - 0.6, -0.2 - up);
  const head = Math.hypot(across, up - 0.75) - 0.15;
  return Math.min(body, head);
}

interface TreeShade {
  readonly drawn: Parameters;
  readonly texture: Texture;
  readonly sinceMs: number;
}

/** Leaves' shade that is always there, and swings from the span's beginning on. */
function shadeOfTree(
  pixels: Uint8Array,
  format: FrameFormat,
  { drawn, texture, sinceMs }: TreeShade,
): void {
  const { width, height } = format;
  const reach = 0.9 * drawn.size * width;
  const [x, y] = [drawn.x * width, drawn.y * height];
  const angle = 2 * Math.PI * Math.max(0, sinceMs) / drawn.swingMs;
  const gust = eased(sinceMs / 1_000);
  const shift = gust * drawn.swing * width *
    (Math.sin(angle) + 0.4 * Math.sin(2.3 * angle));
  const gainOf: Field = (px, py) => {
    const [dx, dy] = [(px - x) / reach, (py - y) / (0.7 * reach)];
    const far = Math.sqrt(dx * dx + dy * dy);
    const leaves = texture.cloudy(5 * dx + 60 + 5 * shift / reach, 5 * dy + 60);
    const part = eased((leaves - 0.38) / (0.1 + 0.3 * drawn.softness));
    return 1 - drawn.depth * part * eased((1.2 - far) / 0.5);
  };
  const area = areaAt({ x, y }, { x: 1.3 * reach, y: reach }, format);
  lightField(pixels, format, { area, gainOf });
}

/** Where the middle is on its way over the picture. */
function wayOf(
  { direction }: Parameters,
  { width, reach, part }: { width: number; reach: number; part: number },
): number {
  const along = direction < 0 ? 1 - part : part;
  return -1.2 * reach + (width + 2.4 * reach) * along;
}
