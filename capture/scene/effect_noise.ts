/**
 * A picture of which little is left: the noise of a sensor at full gain in the dark,
 * or fog whose veil drifts. The steady noise of a healthy camera is `effect_sensor.ts`.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import {
  applyTable,
  type Effect,
  type Moment,
  type Span,
  spanUntil,
  tableOf,
} from "./effect.ts";
import { coverField, type Field, strengthIn, wholeArea } from "./field.ts";
import { addGrain } from "./grain.ts";
import { drawParameters, type Ranges } from "./parameters.ts";
import { Texture } from "./texture.ts";

export const NOISE_RANGES = {
  /** Which of the two: low light, fog. */
  kind: [0, 2],
  /** Light left, and deviation of the noise, luma and chroma steps. */
  dark: [0.35, 0.8],
  luma: [6, 16],
  chroma: [1, 6],
  /** Part of the picture that fog covers in the mean, and how much that varies. */
  fog: [0.25, 0.55],
  patchy: [0.25, 0.6],
  fogLuma: [130, 200],
  /** Size of a swath, picture widths, and its drift, picture widths a second. */
  swath: [0.2, 0.5],
  drift: [0.02, 0.12],
  /** How long it takes to come, ms. */
  fadeMs: [500, 3_000],
} as const satisfies Ranges;

type Parameters = { readonly [name in keyof typeof NOISE_RANGES]: number };

export function noiseEffect(seed: number, span: Span): Effect {
  const drawn = drawParameters(NOISE_RANGES, { seed, effect: "noise" });
  const texture = new Texture(seed);
  return {
    name: "noise",
    apply(pixels, format, moment) {
      const strength = strengthIn(moment.timeMs, span, drawn.fadeMs);
      if (strength === 0) return;
      if (drawn.kind < 1) dim(pixels, format, { drawn, strength, moment });
      else veil(pixels, format, { drawn, strength, texture, timeMs: moment.timeMs });
    },
    causes: (untilMs) =>
      spanUntil(span, untilMs).map((one) => ({ cause: "noise", ...one })),
  };
}

function dim(
  pixels: Uint8Array,
  format: FrameFormat,
  { drawn, strength, moment }: { drawn: Parameters; strength: number; moment: Moment },
): void {
  const light = 1 + (drawn.dark - 1) * strength;
  const lumaEnd = format.width * format.height;
  const luma = tableOf((value) => 16 + (value - 16) * light);
  const pale = tableOf((value) => 128 + (value - 128) * light);
  applyTable(pixels, luma, { from: 0, to: lumaEnd });
  applyTable(pixels, pale, { from: lumaEnd, to: pixels.length });
  addGrain(pixels, format, {
    random: moment.random,
    lumaSteps: drawn.luma * strength,
    chromaSteps: drawn.chroma * strength,
  });
}

interface Fog {
  readonly drawn: Parameters;
  readonly strength: number;
  readonly texture: Texture;
  readonly timeMs: number;
}

/** Thicker far away, which is higher in the picture. */
function veil(
  pixels: Uint8Array,
  format: FrameFormat,
  { drawn, strength, texture, timeMs }: Fog,
): void {
  const { width, height } = format;
  const scale = 1 / (drawn.swath * width);
  const moved = drawn.drift * timeMs / 1_000 / drawn.swath;
  const partOf: Field = (x, y) => {
    const swath = texture.cloudy(x * scale + moved, 1.6 * y * scale + 0.3 * moved) - 0.5;
    const depth = 1.15 - 0.3 * y / height;
    const part = drawn.fog * depth * (1 + 2.4 * drawn.patchy * swath);
    return strength * Math.max(0, Math.min(0.9, part));
  };
  const colour = [drawn.fogLuma, 129, 127] as const;
  coverField(pixels, format, { area: wholeArea(format), colour, partOf });
}
