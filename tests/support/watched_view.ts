/**
 * Pictures for the judges of the whole picture, drawn pixel by pixel, without a model
 * that learns: what is seen, and what the scene is taken to be.
 * @module
 */
import type { ModelView } from "../../analysis/foreground.ts";

export const VIEW = { width: 320, height: 240, stride: 336 } as const;

type Luma = (x: number, y: number) => number;

/** A still scene with edges of every direction, 60 to 190. */
export function sceneLuma(x: number, y: number): number {
  const blocks = ((x >> 4) * 7 + (y >> 4) * 13) % 11;
  const lines = (1_000 + y + 20 * Math.sin(x / 17)) % 37 < 6 ? 45 : 0;
  return 60 + 8 * blocks + lines;
}

/** Noise that is the same for the same seed: -`most` to `most`. */
export function noiseOf(seed: number, most: number): Luma {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return ((state >>> 16) % (2 * most + 1)) - most;
  };
}

/**
 * A view that shows `now` where the scene is `scene`; foreground where they differ by
 * more than 14, or where `mask` says.
 */
export function viewOf(
  now: Luma,
  { scene = sceneLuma, colour = 20, mask }: {
    readonly scene?: Luma;
    /** |U - 128| + |V - 128| of the frame; the model's is 20. */
    readonly colour?: number;
    readonly mask?: (x: number, y: number) => boolean;
  } = {},
): ModelView {
  const { width, height, stride } = VIEW;
  const plane = () => new Uint8Array(stride * height);
  const view = {
    ...{ width, height, stride },
    ...{ mask: plane(), y: plane(), raw: plane(), shadow: plane(), backY: plane() },
    ...{ u: plane().fill(128 - colour / 2), v: plane().fill(128 + colour / 2) },
    meanY: new Uint16Array(stride * height),
    meanU: new Uint16Array(stride * height).fill(118 << 8),
    meanV: new Uint16Array(stride * height).fill(138 << 8),
    ...{ noise: plane(), blink: plane(), base: plane().fill(12), hold: plane() },
    // Who judges the whole picture asks for no cells.
    cells: {
      ...{ raw: new Uint8Array(), shadow: new Uint8Array(), mask: new Uint8Array() },
      ...{ active: new Uint16Array(), sums: new Int32Array() },
    },
    measureCells: () => 0,
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * stride + x;
      const model = Math.max(0, Math.min(255, Math.round(scene(x, y))));
      const seen = Math.max(0, Math.min(255, Math.round(now(x, y))));
      view.backY[i] = model;
      view.meanY[i] = model << 8;
      view.y[i] = seen;
      const moves = mask ? mask(x, y) : Math.abs(seen - model) > 14;
      view.raw[i] = moves ? 255 : 0;
      view.mask[i] = moves ? 255 : 0;
    }
  }
  return view;
}
