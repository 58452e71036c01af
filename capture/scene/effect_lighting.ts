/**
 * Light that changes while nothing moves: a lamp on part of the picture, an exposure
 * that hunts, the edge of a cloud, a patch of sun. A beam that sweeps is headlights.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import { applyTable, type Effect, type Span, spanUntil, tableOf } from "./effect.ts";
import { areaAt, eased, type Field, lightField, wholeArea } from "./field.ts";
import { drawParameters, type Ranges } from "./parameters.ts";

export const LIGHTING_RANGES = {
  /** Which of the four: lamp, hunting exposure, cloud edge, sun patch. */
  kind: [0, 4],
  /** Light against before, in coded luma; a cloud and half of the lamps take its inverse. */
  gain: [1.25, 1.9],
  /** Middle and reach of a lamp or patch, picture widths and heights. */
  x: [0.15, 0.85],
  y: [0.3, 0.8],
  reach: [0.15, 0.6],
  /** How long a lamp or patch takes to come, ms. */
  fadeMs: [0, 900],
  /** How long the light stays before it goes again, ms. */
  stayMs: [3_000, 9_000],
  /** One swing of a hunting exposure, ms, and its part of the brightness. */
  swingMs: [900, 3_500],
  swing: [0.1, 0.3],
  /** Width of a cloud's edge, picture widths, and how long it takes to cross, ms. */
  edge: [0.2, 1.2],
  crossMs: [600, 5_000],
  /** Way of a moving sun patch, picture widths a second. */
  drift: [-0.05, 0.05],
} as const satisfies Ranges;

type Parameters = { readonly [name in keyof typeof LIGHTING_RANGES]: number };

/** @param span when the light begins to change, and when it is as it was at the latest */
export function lightingEffect(seed: number, span: Span): Effect {
  const drawn = drawParameters(LIGHTING_RANGES, { seed, effect: "light" });
  const kind = KINDS[Math.floor(drawn.kind)]!;
  const lasting = { startMs: span.startMs, endMs: lastOf(drawn, span) };
  return {
    name: "light",
    // The edge of a cloud is the edge of its shadow.
    ...(kind === cloudEdge ? { alsoRight: ["shadow"] as const } : {}),
    apply(pixels, format, { timeMs }) {
      if (timeMs >= lasting.startMs && timeMs < lasting.endMs) {
        kind(pixels, format, { drawn, sinceMs: timeMs - lasting.startMs, lasting });
      }
    },
    causes: (untilMs) =>
      spanUntil(lasting, untilMs).map((one) => ({ cause: "light", ...one })),
  };
}

function lastOf({ fadeMs, stayMs }: Parameters, { startMs, endMs }: Span): number {
  return Math.min(endMs, startMs + stayMs + 2 * fadeMs);
}

interface Light {
  readonly drawn: Parameters;
  readonly sinceMs: number;
  readonly lasting: Span;
}

type Kind = (pixels: Uint8Array, format: FrameFormat, light: Light) => void;

const KINDS: readonly Kind[] = [lamp, hunting, cloudEdge, sunPatch];

/** Comes and goes with a switch; lights what is near more, and all a little. */
function lamp(pixels: Uint8Array, format: FrameFormat, light: Light): void {
  const { drawn } = light;
  const part = partAt(light);
  const isDark = drawn.swing > 0.2;
  const most = (isDark ? 1 / drawn.gain : drawn.gain) - 1;
  const pool = poolOf(drawn, format);
  const gainOf: Field = (x, y) => 1 + part * most * (0.35 + 0.65 * pool(x, y));
  lightField(pixels, format, { area: wholeArea(format), gainOf });
}

/** Gain that overshoots and comes back, everywhere alike. */
function hunting(pixels: Uint8Array, format: FrameFormat, light: Light): void {
  const { drawn, sinceMs, lasting } = light;
  const length = lasting.endMs - lasting.startMs;
  const fade = Math.min(1, (length - sinceMs) / 1_000);
  const wave = Math.sin(2 * Math.PI * sinceMs / drawn.swingMs);
  const gain = 1 + drawn.swing * wave * Math.max(0, fade);
  const lumaEnd = format.width * format.height;
  const luma = tableOf((value) => 16 + (value - 16) * gain);
  applyTable(pixels, luma, { from: 0, to: lumaEnd });
}

/** Shade that draws over the whole picture behind a soft edge, and goes the same way. */
function cloudEdge(pixels: Uint8Array, format: FrameFormat, light: Light): void {
  const { drawn, sinceMs, lasting } = light;
  const length = lasting.endMs - lasting.startMs;
  const cross = Math.min(drawn.crossMs, length / 3);
  const { width } = format;
  const edge = drawn.edge * width;
  const front = (ms: number) => -edge + (width * 1.5 + 2 * edge) * ms / cross;
  const comes = front(sinceMs);
  const goes = front(sinceMs - (length - cross));
  const depth = 1 - 1 / drawn.gain;
  const gainOf: Field = (x, y) => {
    const along = x + 0.5 * y;
    const behind = eased((comes - along) / edge + 0.5) -
      eased((goes - along) / edge + 0.5);
    return 1 - depth * behind;
  };
  lightField(pixels, format, { area: wholeArea(format), gainOf });
}

/** Sun through a gap: one place brightens, with a fairly hard edge, and may drift. */
function sunPatch(pixels: Uint8Array, format: FrameFormat, light: Light): void {
  const { drawn, sinceMs } = light;
  const x = drawn.x + drawn.drift * sinceMs / 1_000;
  const radius = { ...drawn, x, reach: 0.5 * drawn.reach };
  const pool = poolOf(radius, format);
  const part = partAt(light);
  const gainOf: Field = (px, py) =>
    1 + part * (drawn.gain - 1) * eased(pool(px, py) / 0.4);
  const reach = 1.6 * radius.reach * format.width;
  const middle = { x: x * format.width, y: drawn.y * format.height };
  const area = areaAt(middle, { x: reach, y: reach }, format);
  lightField(pixels, format, { area, gainOf });
}

/** 1 in the middle, 0 outside; lying flat on the ground, so wider than high. */
function poolOf(
  { x, y, reach }: Pick<Parameters, "x" | "y" | "reach">,
  { width, height }: FrameFormat,
): Field {
  const [middleX, middleY] = [x * width, y * height];
  const radius = reach * width;
  return (px, py) => {
    const dx = (px - middleX) / radius;
    const dy = (py - middleY) / (0.6 * radius);
    return eased((1.2 - Math.sqrt(dx * dx + dy * dy)) / 1.1);
  };
}

function partAt({ drawn, sinceMs, lasting }: Light): number {
  const leftMs = lasting.endMs - lasting.startMs - sinceMs;
  const fade = Math.max(1, drawn.fadeMs);
  return Math.max(0, Math.min(1, (sinceMs + 1) / fade, leftMs / fade));
}
