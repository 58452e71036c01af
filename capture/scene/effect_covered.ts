/**
 * Something over the lens: a hand, a bag, paint. Little of the picture is left, dark or
 * light, without sharp edges. Something on part of it is `effect_dirty.ts`.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import { Blurrer } from "./blur.ts";
import type { Yuv } from "./colour.ts";
import { type Effect, type Span, spanUntil } from "./effect.ts";
import { coverField, eased, type Field, wholeArea } from "./field.ts";
import { addGrain } from "./grain.ts";
import { drawParameters, type Ranges } from "./parameters.ts";
import { RandomStream } from "./random.ts";
import { Texture } from "./texture.ts";

export const COVERED_RANGES = {
  /** Which of the three: hand, bag, paint. */
  kind: [0, 3],
  /** How long it takes, ms. */
  comesMs: [250, 1_500],
  /** Part of the picture that is covered, and how much light still gets through. */
  part: [0.92, 1.05],
  through: [0, 0.06],
  /** Luma of the hand, and of bag or paint. */
  dark: [17, 60],
  luma: [30, 215],
  /** Luma steps over the whole of it: folds, light from one side. */
  uneven: [4, 24],
  /** Side that it comes from, radians. */
  from: [0, 6.28],
} as const satisfies Ranges;

type Parameters = { readonly [name in keyof typeof COVERED_RANGES]: number };

export function coveredEffect(seed: number, span: Span): Effect {
  const drawn = drawParameters(COVERED_RANGES, { seed, effect: "covered" });
  const blurrer = new Blurrer();
  const texture = new Texture(seed);
  const spans = (untilMs: number) => spanUntil(span, untilMs);
  return {
    name: "covered",
    apply(pixels, format, { timeMs, random }) {
      if (timeMs < span.startMs || timeMs >= span.endMs) return;
      const come = Math.min(1, (timeMs - span.startMs + 1) / drawn.comesMs);
      // What still gets through has no sharpness left.
      if (come >= 1) blurrer.blur(pixels, format, { radiusPx: 0.03 * format.width });
      if (drawn.kind >= 2) spray(pixels, format, { drawn, texture, seed, come });
      else slide(pixels, format, { drawn, texture, seed, come });
      addGrain(pixels, format, { random, lumaSteps: 1.2 });
    },
    causes: () => [],
    states: (untilMs) => spans(untilMs).map((one) => ({ state: "covered", ...one })),
    blind: spans,
  };
}

interface Cover {
  readonly drawn: Parameters;
  readonly texture: Texture;
  readonly seed: number;
  /** How far it has come, 0..1. */
  readonly come: number;
}

/** A soft edge that moves in from one side. */
function slide(
  pixels: Uint8Array,
  format: FrameFormat,
  { drawn, texture, come }: Cover,
): void {
  const { width, height } = format;
  const [cos, sin] = [Math.cos(drawn.from), Math.sin(drawn.from)];
  const half = (Math.abs(cos) * width + Math.abs(sin) * height) / 2;
  const edge = 0.15 * half;
  const reached = (2 * drawn.part * eased(come) - 1) * (half + edge);
  const isHand = drawn.kind < 1;
  const luma = isHand ? drawn.dark : drawn.luma;
  const colour: Yuv = isHand ? [luma, 121, 142] : [luma, 126, 130];
  const partOf: Field = (x, y) => {
    const along = (x - width / 2) * cos + (y - height / 2) * sin;
    return (1 - drawn.through) * eased((reached - along) / edge + 0.5);
  };
  coverField(pixels, format, { area: wholeArea(format), colour, partOf });
  fold(pixels, format, { uneven: drawn.uneven, texture, partOf });
}

/** Blots that grow together. */
function spray(
  pixels: Uint8Array,
  format: FrameFormat,
  { drawn, texture, seed, come }: Cover,
): void {
  const random = new RandomStream(seed, 0x5b4a);
  const { width, height } = format;
  const blots = Array.from({ length: 9 }, (_, i) => ({
    x: width * (i % 3 + random.between(0.2, 0.8)) / 3,
    y: height * (Math.floor(i / 3) + random.between(0.2, 0.8)) / 3,
    from: random.between(0, 0.5),
  }));
  const partOf: Field = (x, y) => {
    let clear = 1;
    for (const blot of blots) {
      const radius = 0.5 * width * drawn.part *
        Math.max(0, (come - blot.from) / (1 - blot.from));
      const far = Math.hypot(x - blot.x, y - blot.y);
      clear *= 1 - eased((radius - far) / (0.25 * radius + 1));
    }
    return (1 - clear) * (1 - drawn.through);
  };
  const colour: Yuv = [drawn.luma, 128, 128];
  coverField(pixels, format, { area: wholeArea(format), colour, partOf });
  fold(pixels, format, { uneven: drawn.uneven, texture, partOf });
}

interface Fold {
  readonly uneven: number;
  readonly texture: Texture;
  readonly partOf: Field;
}

/** Slow changes of luma, so that it is not flat as paper. */
function fold(
  pixels: Uint8Array,
  format: FrameFormat,
  { uneven, texture, partOf }: Fold,
): void {
  const { width, height } = format;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const part = partOf(column, row);
      if (part <= 0) continue;
      const at = row * width + column;
      const more = uneven * (texture.smooth(3 * column / width, 3 * row / width) - 0.5);
      pixels[at] = Math.max(1, Math.min(254, pixels[at]! + part * more + 0.5));
    }
  }
}
