/**
 * What a camera writes over its picture and changes: a clock that ticks each second, a
 * mark that blinks. It is sharp, has no noise and never leaves its corner.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import { type Effect, type Span, spanUntil } from "./effect.ts";
import { eachChroma, toByte } from "./field.ts";
import { isDot, TEXT_ROWS, textColumns } from "./glyphs.ts";
import { drawParameters, type Ranges } from "./parameters.ts";

export const OVERLAY_RANGES = {
  /** Which of the four: time, date and time, a mark that blinks, time and mark. */
  kind: [0, 4],
  /** Which corner: from the upper left, as a clock goes. */
  corner: [0, 4],
  /** Height of the letters, picture heights. */
  size: [0.028, 0.06],
  luma: [200, 245],
  /** Under 0.5 on the bare picture with a dark rim, else on a dark ground. */
  ground: [0, 1],
  /** Second of the day at the first frame, and where in the second. */
  second: [0, 86_399],
  /** One blinking, ms. */
  blinkMs: [500, 2_500],
} as const satisfies Ranges;

export type OverlayParameters = {
  readonly [name in keyof typeof OVERLAY_RANGES]: number;
};

/** The text is there from the first frame on, and so is the cause. */
export function overlayEffect(seed: number, span: Span): Effect {
  const drawn = drawParameters(OVERLAY_RANGES, { seed, effect: "overlay" });
  const lasting = { startMs: 0, endMs: span.endMs };
  return {
    name: "overlay",
    apply(pixels, format, { timeMs }) {
      const kind = Math.floor(drawn.kind);
      if (kind !== 2) writeClock(pixels, format, { drawn, timeMs, withDate: kind === 1 });
      if (kind >= 2 && timeMs % drawn.blinkMs < drawn.blinkMs / 2) {
        writeText(pixels, format, { ...markOf(drawn, kind), text: "REC" });
      }
    },
    causes: (untilMs) =>
      spanUntil(lasting, untilMs).map((one) => ({ cause: "overlay", ...one })),
  };
}

function markOf(drawn: OverlayParameters, kind: number): TextPlace {
  const opposite = (Math.floor(drawn.corner) + 2) % 4;
  return { ...drawn, corner: kind === 3 ? opposite : drawn.corner };
}

/** Writes the time of day that `drawn.second` and `timeMs` give. */
export function writeClock(
  pixels: Uint8Array,
  format: FrameFormat,
  more: {
    readonly drawn: OverlayParameters;
    readonly timeMs: number;
    readonly withDate: boolean;
  },
): void {
  const { drawn, timeMs, withDate } = more;
  const second = Math.floor(drawn.second + timeMs / 1_000) % 86_400;
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const time = [second / 3_600, second / 60 % 60, second % 60].map(two).join(":");
  writeText(pixels, format, { ...drawn, text: withDate ? `2025-10-26 ${time}` : time });
}

type TextPlace = Pick<OverlayParameters, "corner" | "size" | "luma" | "ground">;

function writeText(
  pixels: Uint8Array,
  format: FrameFormat,
  { text, corner, size, luma, ground }: TextPlace & { readonly text: string },
): void {
  const { width, height } = format;
  const dot = Math.max(1, Math.round(size * height / TEXT_ROWS));
  const [columns, rows] = [textColumns(text) + 2, TEXT_ROWS + 2];
  const atRight = corner >= 1 && corner < 3;
  const atBottom = corner >= 2;
  const margin = 2 * dot;
  const even = (value: number) => 2 * Math.round(value / 2);
  const left = even(atRight ? width - margin - columns * dot : margin);
  const top = even(atBottom ? height - margin - rows * dot : margin);
  const area = {
    ...{ left: Math.max(0, left), top: Math.max(0, top) },
    right: Math.min(width, left + columns * dot),
    bottom: Math.min(height, top + rows * dot),
  };
  const isSet = (column: number, row: number) => isDot(text, { column, row });
  for (let row = area.top; row < area.bottom; row++) {
    const line = Math.floor((row - top) / dot) - 1;
    for (let column = area.left; column < area.right; column++) {
      const letter = Math.floor((column - left) / dot) - 1;
      const at = row * width + column;
      if (isSet(letter, line)) pixels[at] = toByte(luma);
      else if (ground >= 0.5) pixels[at] = 24;
      else if (
        isSet(letter - 1, line) || isSet(letter, line - 1) || isSet(letter + 1, line)
      ) {
        pixels[at] = 30;
      }
    }
  }
  const isColourless = ground >= 0.5;
  eachChroma(format, area, (u, v, x, y) => {
    const letter = Math.floor((x - left) / dot) - 1;
    const line = Math.floor((y - top) / dot) - 1;
    if (!isColourless && !isSet(letter, line)) return;
    pixels[u] = 128;
    pixels[v] = 128;
  });
}
