/**
 * Something comes into the picture, stops, and stays for good: a small cart, drawn with
 * a body, wheels and a shadow. It is a real thing, and background in the end.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import { type Effect, type PlacedBox, type Span, spanUntil } from "./effect.ts";
import { areaAt, coverField, type Field, lightField } from "./field.ts";
import { drawParameters, type Ranges } from "./parameters.ts";
import type { SeenObject } from "./truth.ts";

export const ABSORBED_RANGES = {
  /** Width, picture widths, and height against width. */
  size: [0.09, 0.17],
  high: [0.6, 0.9],
  /** Where it stops: middle and foot, picture widths and heights. */
  x: [0.3, 0.7],
  foot: [0.6, 0.92],
  /** How long it takes to come, ms. */
  comesMs: [1_800, 3_200],
  /** Under 0: from the right. */
  direction: [-1, 1],
  luma: [40, 215],
  blue: [95, 165],
  red: [95, 165],
} as const satisfies Ranges;

type Parameters = { readonly [name in keyof typeof ABSORBED_RANGES]: number };

export function absorbedEffect(seed: number, span: Span): Effect {
  const drawn = drawParameters(ABSORBED_RANGES, { seed, effect: "absorbed" });
  const stops = { startMs: span.startMs + drawn.comesMs, endMs: span.endMs };
  return {
    name: "absorbed",
    apply(pixels, format, { timeMs }) {
      if (timeMs >= span.startMs) drawCart(pixels, format, drawn, boxAt(format, timeMs));
    },
    causes: (untilMs) =>
      spanUntil(stops, untilMs).map((one) => ({ cause: "absorbed", ...one })),
    seen: (timeMs, format) =>
      timeMs < span.startMs ? [] : seenIn(boxAt(format, timeMs), format),
  };

  /** It slows down as it comes near its place. */
  function boxAt({ width, height }: FrameFormat, timeMs: number): PlacedBox {
    const left = 1 - Math.min(1, (timeMs - span.startMs) / drawn.comesMs);
    const w = drawn.size * width;
    const h = drawn.high * w;
    const outside = drawn.direction < 0 ? width + w : -w;
    const there = drawn.x * width;
    const middle = there + (outside - there) * left ** 1.6;
    return { x: middle - w / 2, y: drawn.foot * height - h, w, h };
  }
}

function drawCart(
  pixels: Uint8Array,
  format: FrameFormat,
  drawn: Parameters,
  { x, y, w, h }: PlacedBox,
): void {
  const middle = { x: x + w / 2, y: y + h / 2 };
  const shade: Field = (px, py) => {
    const [dx, dy] = [(px - middle.x) / (0.55 * w), (py - y - h) / (0.1 * h)];
    return dx * dx + dy * dy < 1 ? 0.55 : 1;
  };
  const foot = { x: middle.x, y: y + h };
  const ground = areaAt(foot, { x: 0.6 * w, y: 0.12 * h }, format);
  lightField(pixels, format, { area: ground, gainOf: shade });
  const area = areaAt(middle, { x: w / 2 + 2, y: h / 2 + 2 }, format);
  const body: Field = (px, py) => {
    const [along, down] = [(px - x) / w, (py - y) / h];
    const isCabin = down < 0.45 && along > 0.22 + 0.2 * (0.45 - down) && along < 0.85;
    return along >= 0 && along <= 1 && (isCabin || down >= 0.42) && down <= 0.86 ? 1 : 0;
  };
  const pane: Field = (px, py) => {
    const [along, down] = [(px - x) / w, (py - y) / h];
    return down > 0.1 && down < 0.38 && along > 0.36 && along < 0.78 ? 0.85 : 0;
  };
  const wheels: Field = (px, py) => {
    const down = (py - y - 0.83 * h) / (0.17 * h);
    const near = Math.min(Math.abs(px - x - 0.22 * w), Math.abs(px - x - 0.78 * w));
    return (near / (0.17 * h)) ** 2 + down * down < 1 ? 1 : 0;
  };
  const colour = [drawn.luma, drawn.blue, drawn.red] as const;
  coverField(pixels, format, { area, colour, partOf: body });
  const stripe: Field = (px, py) => body(px, py) * ((py - y) / h > 0.68 ? 0.35 : 0);
  coverField(pixels, format, { area, colour: [30, 128, 128], partOf: stripe });
  coverField(pixels, format, { area, colour: [70, 132, 124], partOf: pane });
  coverField(pixels, format, { area, colour: [28, 128, 128], partOf: wheels });
}

function seenIn({ x, y, w, h }: PlacedBox, { width, height }: FrameFormat): SeenObject[] {
  const [left, right] = [Math.max(0, x), Math.min(width, x + w)];
  const [top, bottom] = [Math.max(0, y), Math.min(height, y + h)];
  if (right - left < 2 || bottom - top < 2) return [];
  const pixels = Math.round((right - left) * (bottom - top));
  const visible = pixels / (w * h);
  return [{
    ...{ key: 1_000_001, class: "car", x: left, y: top },
    ...{ w: right - left, h: bottom - top, visible, pixels },
  }];
}
