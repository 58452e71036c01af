/**
 * Headlights of a car that is not in the picture: a cone of light that sweeps over
 * ground and walls in the dark. It brightens; what it falls on keeps its texture.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import { applyTable, type Effect, type Span, tableOf } from "./effect.ts";
import { areaAt, eased, type Field, lightField } from "./field.ts";
import { drawParameters, type Ranges } from "./parameters.ts";
import { visitAt, visitsUntil } from "./visits.ts";

export const HEADLIGHT_RANGES = {
  /** Light of the night, from the first frame on, against the scene's own. */
  night: [0.35, 0.75],
  /** Light in the middle of the cone against the night's. */
  gain: [1.6, 3],
  /** Half length and half width of the cone's patch, picture widths. */
  length: [0.15, 0.4],
  thick: [0.06, 0.16],
  /** Tilt of the patch, radians, and its turn while it sweeps. */
  tilt: [-0.5, 0.5],
  turn: [-0.6, 0.6],
  /** Height of its way at the beginning and at the end, picture heights. */
  y0: [0.4, 0.9],
  y1: [0.3, 0.85],
  /** Under 0: from right to left. */
  direction: [-1, 1],
  /** One sweep, ms. */
  sweepMs: [1_200, 4_500],
} as const satisfies Ranges;

type Parameters = { readonly [name in keyof typeof HEADLIGHT_RANGES]: number };

const SLOT_MS = 6_000;

export function headlightEffect(seed: number, span: Span): Effect {
  const drawn = drawParameters(HEADLIGHT_RANGES, { seed, effect: "headlight" });
  const lengthMs = [drawn.sweepMs, drawn.sweepMs] as const;
  const plan = { seed, span, slotMs: SLOT_MS, lengthMs };
  const night = tableOf((value) => 16 + (value - 16) * drawn.night);
  const pale = tableOf((value) => 128 + (value - 128) * drawn.night);
  return {
    name: "headlight",
    apply(pixels, format, { timeMs }) {
      const lumaEnd = format.width * format.height;
      applyTable(pixels, night, { from: 0, to: lumaEnd });
      applyTable(pixels, pale, { from: lumaEnd, to: pixels.length });
      const sweep = visitAt(plan, timeMs);
      if (!sweep) return;
      const part = (timeMs - sweep.startMs) / drawn.sweepMs;
      shine(pixels, format, drawn, part);
    },
    causes: (untilMs) =>
      visitsUntil(plan, untilMs).map(({ startMs, endMs }) => ({
        ...{ cause: "headlight", startMs, endMs },
      })),
  };
}

/** @param part of the sweep, 0..1: in at one side, out at the other */
function shine(
  pixels: Uint8Array,
  format: FrameFormat,
  drawn: Parameters,
  part: number,
): void {
  const { width, height } = format;
  const reach = drawn.length * width;
  const along = drawn.direction < 0 ? 1 - part : part;
  const x = -reach + (width + 2 * reach) * along;
  const y = height * (drawn.y0 + (drawn.y1 - drawn.y0) * part);
  const angle = drawn.tilt + drawn.turn * (part - 0.5);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const thick = drawn.thick * width;
  const gainOf: Field = (px, py) => {
    const [dx, dy] = [px - x, py - y];
    const lengthwise = (dx * cos + dy * sin) / reach;
    // Two lamps side by side, and a cone that widens away from them.
    const wide = thick * (1 + 0.4 * lengthwise);
    const across = (dy * cos - dx * sin) / wide;
    const near = lengthwise * lengthwise;
    const lamps = Math.max(lampAt(across - 0.35), lampAt(across + 0.35));
    return 1 + (drawn.gain - 1) * eased((1 - near) / 0.85) * lamps;
  };
  const area = areaAt({ x, y }, { x: reach + thick, y: reach + thick }, format);
  lightField(pixels, format, { area, gainOf });
}

function lampAt(across: number): number {
  return eased((0.9 - across * across) / 0.85);
}
