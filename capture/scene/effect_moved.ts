/**
 * A camera that is turned and stays: another part of the scene, nearer and a little
 * tilted. The new view lies wholly inside the old one, so that all of it is real.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import { type Effect, type PlacedBox, type Span, spanUntil } from "./effect.ts";
import { eased, wholeArea } from "./field.ts";
import { drawParameters, type Ranges } from "./parameters.ts";
import { Warper } from "./warp.ts";

export const MOVED_RANGES = {
  /** How much nearer it looks. */
  zoom: [1.2, 1.6],
  /** Where it looks, as a part of what the zoom leaves room for; sign: the side. */
  right: [0.45, 0.95],
  down: [-0.9, 0.9],
  side: [-1, 1],
  /** Radians; as far as the room allows. */
  tilt: [-0.06, 0.06],
  /** How long it takes, ms. */
  turnsMs: [100, 900],
} as const satisfies Ranges;

/** After this long things can be followed again, ms. */
const FINDS_ITSELF_MS = 4_000;

export function movedEffect(seed: number, span: Span): Effect {
  const drawn = drawParameters(MOVED_RANGES, { seed, effect: "moved" });
  const warper = new Warper();
  const spans = (untilMs: number) => spanUntil(span, untilMs);
  const blind = { startMs: span.startMs, endMs: span.startMs + FINDS_ITSELF_MS };
  return {
    name: "moved",
    apply(pixels, format, { timeMs }) {
      const view = viewAt(format, timeMs);
      if (!view) return;
      const { scale, cos, sin, x, y } = view;
      const { width, height } = format;
      warper.warp(pixels, format, {
        area: wholeArea(format),
        rightOf: (px, py) =>
          x + scale * (cos * (px - width / 2) - sin * (py - height / 2)) - px,
        downOf: (px, py) =>
          y + scale * (sin * (px - width / 2) + cos * (py - height / 2)) - py,
      });
    },
    causes: () => [],
    states: (untilMs) => spans(untilMs).map((one) => ({ state: "moved", ...one })),
    blind: (untilMs) => spanUntil(blind, untilMs),
    placeOf(box, format, timeMs) {
      const view = viewAt(format, timeMs);
      return view ? placeIn(view, box, format) : box;
    },
  };

  /** The new view's middle in the old one, pixels; its size; its tilt. */
  function viewAt({ width, height }: FrameFormat, timeMs: number): NewView | undefined {
    if (timeMs < span.startMs || timeMs >= span.endMs) return undefined;
    const part = eased((timeMs - span.startMs + 1) / drawn.turnsMs);
    const scale = 1 + (1 / drawn.zoom - 1) * part;
    const tilt = drawn.tilt * part;
    const room = (side: number, other: number) =>
      Math.max(0, (side - scale * (side + Math.abs(tilt) * other)) / 2);
    return {
      scale,
      cos: Math.cos(tilt),
      sin: Math.sin(tilt),
      x: width / 2 + Math.sign(drawn.side) * drawn.right * room(width, height),
      y: height / 2 + drawn.down * room(height, width),
    };
  }
}

interface NewView {
  readonly scale: number;
  readonly cos: number;
  readonly sin: number;
  readonly x: number;
  readonly y: number;
}

function placeIn(
  { scale, cos, sin, x, y }: NewView,
  box: PlacedBox,
  { width, height }: FrameFormat,
): PlacedBox {
  const [dx, dy] = [box.x + box.w / 2 - x, box.y + box.h / 2 - y];
  const [w, h] = [box.w / scale, box.h / scale];
  return {
    x: width / 2 + (cos * dx + sin * dy) / scale - w / 2,
    y: height / 2 + (cos * dy - sin * dx) / scale - h / 2,
    ...{ w, h },
  };
}
