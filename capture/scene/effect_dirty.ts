/**
 * Dirt on the lens: a smear of grease, drops of rain that stay. Under it the picture is
 * blurred and pale; beside it all is as it was.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import { Blurrer } from "./blur.ts";
import { type Effect, type Span, spanUntil } from "./effect.ts";
import { eachChroma, eased, type Field, toByte, wholeArea } from "./field.ts";
import { drawParameters, type Ranges } from "./parameters.ts";
import { RandomStream } from "./random.ts";
import { Texture } from "./texture.ts";

export const DIRTY_RANGES = {
  /** Under 1: one smear; else drops. */
  kind: [0, 2],
  /** Half width of a smear, picture widths; drops are a third of it. */
  reach: [0.18, 0.32],
  x: [0.25, 0.75],
  y: [0.3, 0.7],
  /** Length against width, and tilt of a smear, radians. */
  long: [0.5, 1],
  tilt: [-1.5, 1.5],
  /** Its own luma, and how much of that is seen. */
  luma: [70, 190],
  cover: [0.25, 0.6],
  drops: [3, 8],
  /** How long it takes to come, ms. */
  comesMs: [100, 1_500],
} as const satisfies Ranges;

type Parameters = { readonly [name in keyof typeof DIRTY_RANGES]: number };

export function dirtyEffect(seed: number, span: Span): Effect {
  const drawn = drawParameters(DIRTY_RANGES, { seed, effect: "dirty" });
  const smearer = new Smearer();
  const texture = new Texture(seed);
  const spans = (untilMs: number) => spanUntil(span, untilMs);
  return {
    name: "dirty",
    apply(pixels, format, { timeMs }) {
      if (timeMs < span.startMs || timeMs >= span.endMs) return;
      const come = Math.min(1, (timeMs - span.startMs + 1) / drawn.comesMs);
      const spot = drawn.kind < 1
        ? smearOf(format, drawn, texture)
        : dropsOf(format, drawn, seed);
      smearer.smear(pixels, format, { drawn, partOf: (x, y) => come * spot(x, y) });
    },
    causes: () => [],
    states: (untilMs) => spans(untilMs).map((one) => ({ state: "dirty", ...one })),
  };
}

/** Keeps room for the clear picture; nothing of it is used again. */
class Smearer {
  readonly #blurrer = new Blurrer();
  #clear = new Uint8Array(0);

  smear(
    pixels: Uint8Array,
    format: FrameFormat,
    { drawn, partOf }: { readonly drawn: Parameters; readonly partOf: Field },
  ): void {
    if (this.#clear.length !== pixels.length) this.#clear = new Uint8Array(pixels.length);
    const clear = this.#clear;
    clear.set(pixels);
    const { width, height } = format;
    this.#blurrer.blur(pixels, format, { radiusPx: 0.018 * width });
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const at = row * width + column;
        const part = partOf(column + 0.5, row + 0.5);
        const pale = pixels[at]! + (drawn.luma - pixels[at]!) * drawn.cover;
        pixels[at] = toByte(clear[at]! + (pale - clear[at]!) * part);
      }
    }
    eachChroma(format, wholeArea(format), (u, v, x, y) => {
      const part = partOf(x, y);
      for (const at of [u, v]) {
        const pale = pixels[at]! + (128 - pixels[at]!) * drawn.cover;
        pixels[at] = toByte(clear[at]! + (pale - clear[at]!) * part);
      }
    });
  }
}

/** An oval with a ragged, soft rim. */
function smearOf(
  { width, height }: FrameFormat,
  drawn: Parameters,
  texture: Texture,
): Field {
  const [cos, sin] = [Math.cos(drawn.tilt), Math.sin(drawn.tilt)];
  const reach = drawn.reach * width;
  return (x, y) => {
    const [dx, dy] = [(x - drawn.x * width) / reach, (y - drawn.y * height) / reach];
    const far = Math.hypot(dx * cos + dy * sin, (dy * cos - dx * sin) / drawn.long);
    const rag = texture.cloudy(2.5 * dx + 30, 2.5 * dy + 30) - 0.5;
    return eased((1 - far + 0.7 * rag) / 0.35);
  };
}

/** Round spots all over the picture, each with a soft rim. */
function dropsOf({ width, height }: FrameFormat, drawn: Parameters, seed: number): Field {
  const random = new RandomStream(seed, 0xd40b);
  const drops = Array.from({ length: Math.floor(drawn.drops) }, () => ({
    x: width * random.between(0.08, 0.92),
    y: height * random.between(0.1, 0.9),
    radius: width * drawn.reach * random.between(0.2, 0.45),
  }));
  return (x, y) => {
    let most = 0;
    for (const drop of drops) {
      const far = Math.hypot(x - drop.x, y - drop.y) / drop.radius;
      if (far < 1) most = Math.max(most, eased((1 - far) / 0.3));
    }
    return most;
  };
}
