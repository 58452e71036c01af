/**
 * A camera that goes over to its infrared lamp: a moment of wrong exposure, then no
 * colour, another gain and contrast, a bright middle, more noise; and back by day.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import { type Effect, type Moment, type Span, spanUntil } from "./effect.ts";
import { addGrain } from "./grain.ts";
import { eachChroma, eased, toByte, wholeArea } from "./field.ts";
import { drawParameters, type Ranges } from "./parameters.ts";

export const IR_SWITCH_RANGES = {
  /** Under 1: to infrared and back; else from infrared to colour and back. */
  direction: [0, 2],
  /** Until the camera goes back, ms; beyond the span it stays. */
  stayMs: [4_000, 16_000],
  /** How long the switch takes to settle, ms. */
  settleMs: [300, 1_800],
  /** Light at the first moment against the settled one: a flash or a dip. */
  flash: [0.4, 2],
  gain: [0.6, 1.25],
  contrast: [0.65, 1.15],
  /** How much red things brighten in infrared, luma per chroma step. */
  warm: [-0.5, 1],
  /** Light lost in the corners. */
  corner: [0.15, 0.6],
  /** Deviation of the noise, luma steps. */
  noise: [1.5, 5],
} as const satisfies Ranges;

type Parameters = { readonly [name in keyof typeof IR_SWITCH_RANGES]: number };

export function irSwitchEffect(seed: number, span: Span): Effect {
  const drawn = drawParameters(IR_SWITCH_RANGES, { seed, effect: "ir_switch" });
  const backMs = Math.min(span.endMs, span.startMs + drawn.stayMs);
  const switches = [span.startMs, backMs].map((startMs) => ({
    startMs,
    endMs: startMs + drawn.settleMs,
  }));
  const startsGrey = drawn.direction >= 1;
  const happened = (untilMs: number) =>
    switches.flatMap((one) => spanUntil(one, untilMs));
  return {
    name: "ir_switch",
    apply(pixels, format, moment) {
      const { timeMs } = moment;
      const isInside = timeMs >= span.startMs && timeMs < backMs;
      const last = switches.findLast(({ startMs }) => timeMs >= startMs);
      const settled = last ? eased((timeMs - last.startMs) / drawn.settleMs) : 1;
      const light = drawn.flash + (1 - drawn.flash) * settled;
      if (isInside !== startsGrey) toInfrared(pixels, format, { moment, drawn, light });
      else if (light !== 1) expose(pixels, format, light);
    },
    causes: (untilMs) => happened(untilMs).map((one) => ({ cause: "ir_switch", ...one })),
    blind: happened,
  };
}

interface Infrared {
  readonly moment: Moment;
  readonly drawn: Parameters;
  readonly light: number;
}

function toInfrared(
  pixels: Uint8Array,
  format: FrameFormat,
  { moment, drawn, light }: Infrared,
): void {
  const { width, height } = format;
  warmUp(pixels, format, drawn.warm);
  const reach = 1 / (width * width + height * height);
  for (let row = 0; row < height; row++) {
    const dy = row - height / 2;
    for (let column = 0; column < width; column++) {
      const dx = column - width / 2;
      const lamp = 1 - drawn.corner * 4 * (dx * dx + dy * dy) * reach;
      const at = row * width + column;
      const flat = 110 + (pixels[at]! - 110) * drawn.contrast;
      pixels[at] = toByte(16 + (flat - 16) * drawn.gain * lamp * light);
    }
  }
  pixels.fill(128, width * height);
  addGrain(pixels, format, { random: moment.random, lumaSteps: drawn.noise });
}

/** Infrared sees leaves and warm colours brighter than the eye does. */
function warmUp(pixels: Uint8Array, format: FrameFormat, warm: number): void {
  const { width } = format;
  eachChroma(format, wholeArea(format), (u, v, x, y) => {
    const more = warm * (pixels[v]! - 128) - 0.6 * warm * (pixels[u]! - 128);
    const at = (y - 1) * width + x - 1;
    pixels[at] = toByte(pixels[at]! + more);
    if (x < width) pixels[at + 1] = toByte(pixels[at + 1]! + more);
    if (y >= format.height) return;
    pixels[at + width] = toByte(pixels[at + width]! + more);
    if (x < width) pixels[at + width + 1] = toByte(pixels[at + width + 1]! + more);
  });
}

function expose(pixels: Uint8Array, format: FrameFormat, light: number): void {
  const lumaEnd = format.width * format.height;
  for (let i = 0; i < lumaEnd; i++) pixels[i] = toByte(16 + (pixels[i]! - 16) * light);
}
