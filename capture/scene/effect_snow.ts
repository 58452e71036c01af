/**
 * Snow: soft flakes that sink and waver, near ones large, fast and out of focus.
 * Each flake keeps its way from frame to frame. What lies on the ground is not drawn.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import { applyTable, type Effect, type Span, spanUntil, tableOf } from "./effect.ts";
import { strengthIn, toByte } from "./field.ts";
import { drawParameters, type Ranges } from "./parameters.ts";
import { RandomStream } from "./random.ts";

export const SNOW_RANGES = {
  /** Flakes in a picture 640 wide and 360 high; others by their area. */
  flakes: [90, 450],
  /** Half a near flake's width, picture widths. */
  size: [0.004, 0.012],
  /** Fall of a near flake, picture heights a second. */
  fall: [0.35, 1.1],
  /** Drift by wind, picture widths a second. */
  wind: [-0.25, 0.25],
  /** Luma that flakes tend to, and how much they cover. */
  luma: [190, 240],
  cover: [0.35, 0.9],
  /** Contrast that the air takes. */
  veil: [0.04, 0.25],
} as const satisfies Ranges;

const REFERENCE_PX = 640 * 360;
const GATHERS_MS = 2_500;

export function snowEffect(seed: number, span: Span): Effect {
  const drawn = drawParameters(SNOW_RANGES, { seed, effect: "snow" });
  return {
    name: "snow",
    apply(pixels, format, { timeMs }) {
      const strength = strengthIn(timeMs, span, GATHERS_MS);
      if (strength === 0) return;
      const part = drawn.veil * strength;
      const luma = tableOf((value) => value + (150 - value) * part);
      const lumaEnd = format.width * format.height;
      applyTable(pixels, luma, { from: 0, to: lumaEnd });
      const pale = tableOf((value) => value + (128 - value) * part);
      applyTable(pixels, pale, { from: lumaEnd, to: pixels.length });
      const area = lumaEnd / REFERENCE_PX;
      const count = Math.round(drawn.flakes * strength * area);
      for (let i = 0; i < count; i++) {
        drawFlake(pixels, format, flakeAt(new RandomStream(seed, 0x510, i), timeMs));
      }
    },
    causes: (untilMs) =>
      spanUntil(span, untilMs).map((one) => ({ cause: "snow", ...one })),
  };

  function flakeAt(random: RandomStream, timeMs: number): Flake {
    const nearness = 0.15 + 0.85 * random.next() ** 2.5;
    const [x0, y0] = [random.next(), random.next()];
    const pace = nearness * random.between(0.75, 1.25);
    const waverMs = random.between(900, 2_600);
    const phase = random.between(0, 2 * Math.PI);
    const timeS = timeMs / 1_000;
    const waver = 0.02 * nearness * Math.sin(2 * Math.PI * timeMs / waverMs + phase);
    return {
      // A flake that has fallen out comes in again, a little beyond the edges.
      x: wrapped(x0 + drawn.wind * pace * timeS + waver),
      y: wrapped(y0 + drawn.fall * pace * timeS),
      radius: drawn.size * nearness * random.between(0.7, 1.2),
      luma: drawn.luma,
      // What is out of focus is spread thin.
      cover: drawn.cover * (1 - 0.55 * nearness),
    };
  }
}

interface Flake {
  /** 0..1 of the picture. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly luma: number;
  readonly cover: number;
}

function wrapped(place: number): number {
  return (((place % 1.1) + 1.1) % 1.1) - 0.05;
}

function drawFlake(pixels: Uint8Array, format: FrameFormat, flake: Flake): void {
  const { width, height } = format;
  const [x, y] = [flake.x * width, flake.y * height];
  const radius = Math.max(0.6, flake.radius * width);
  const left = Math.max(0, Math.floor(x - radius - 0.5));
  const right = Math.min(width - 1, Math.ceil(x + radius));
  const bottom = Math.min(height - 1, Math.ceil(y + radius));
  for (let row = Math.max(0, Math.floor(y - radius - 0.5)); row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const far = Math.hypot(column + 0.5 - x, row + 0.5 - y);
      const part = flake.cover *
        Math.max(0, Math.min(1, (radius + 0.5 - far) / (0.4 * radius + 0.5)));
      const at = row * width + column;
      if (part > 0) pixels[at] = toByte(pixels[at]! + (flake.luma - pixels[at]!) * part);
    }
  }
}
