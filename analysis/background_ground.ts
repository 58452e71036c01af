/**
 * Pieces of the still scene: copied out, put back, given to the model at once. For what
 * stopped and is absorbed, and for what was absorbed and leaves. Decides nothing: whose
 * ground it is, and when, is the caller's.
 * @module
 */
import {
  BLOCK,
  BLOCK_BYTES,
  type Planes,
  SAMPLE_BYTES,
  sampleIndex,
} from "./kernels/planes.ts";

/** Whole work pixels; what lies outside the picture is left out. */
export interface WorkBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Colours of a box, row by row, `width` a row. Memory of its own: it may be kept. */
export interface Patch extends WorkBox {
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

/** One byte for each pixel of a box; only those that are not 0 count. */
export type Shape = Uint8Array;

/** The means of the still scene in a box. */
export function groundOf(planes: Planes, box: WorkBox): Patch {
  const { backY, meanU, meanV, origin } = planes;
  return copyBox(planes, box, (i) => [
    backY[i]!,
    meanU[i - origin]! >> 8,
    meanV[i - origin]! >> 8,
  ]);
}

/** The frame in a box. */
export function frameOf(planes: Planes, box: WorkBox): Patch {
  const { y, u, v } = planes;
  return copyBox(planes, box, (i) => [y[i]!, u[i]!, v[i]!]);
}

/**
 * Takes the frame in a box into the model: half of the samples and the means, so that
 * what was there before is still known until it is forgotten in seconds of learning. The
 * mask is cleared there.
 */
export function absorbFrame(planes: Planes, box: WorkBox, shape?: Shape): void {
  const { y, u, v } = planes;
  eachInside(planes, box, (i, n) => {
    if (shape !== undefined && shape[n] === 0) return;
    putPixel(planes, i, y[i]!, u[i]!, v[i]!, 2 * SAMPLE_BYTES);
  });
}

/**
 * Takes colours into the model: every sample and the means, so that what was learned
 * there meanwhile is foreground from now on. The mask is cleared there.
 */
export function putGround(planes: Planes, patch: Patch, shape?: Shape): void {
  eachInside(planes, patch, (i, n) => {
    if (shape !== undefined && shape[n] === 0) return;
    putPixel(planes, i, patch.y[n]!, patch.u[n]!, patch.v[n]!, SAMPLE_BYTES);
  });
}

function putPixel(
  planes: Planes,
  i: number,
  y: number,
  u: number,
  v: number,
  step: number,
): void {
  const { samples, meanY, meanU, meanV, origin } = planes;
  const pixel = i - origin;
  const first = sampleIndex(pixel, 0, 0);
  for (let sample = first; sample < first + BLOCK_BYTES; sample += step) {
    samples[sample] = y;
    samples[sample + BLOCK] = u;
    samples[sample + 2 * BLOCK] = v;
  }
  meanY[pixel] = y << 8;
  meanU[pixel] = u << 8;
  meanV[pixel] = v << 8;
  planes.backY[i] = y;
  planes.ghost[i] = 0;
  planes.mask[i] = 0;
  planes.maskBefore[i] = 0;
  planes.raw[i] = 0;
}

type Colour = readonly [y: number, u: number, v: number];

function copyBox(planes: Planes, box: WorkBox, colour: (i: number) => Colour): Patch {
  const inside = insideOf(planes, box);
  const pixels = inside.width * inside.height;
  const patch: Patch = {
    ...inside,
    y: new Uint8Array(pixels),
    u: new Uint8Array(pixels),
    v: new Uint8Array(pixels),
  };
  eachInside(planes, inside, (i, n) => {
    const [y, u, v] = colour(i);
    patch.y[n] = y;
    patch.u[n] = u;
    patch.v[n] = v;
  });
  return patch;
}

/** The part of a box that lies in the picture; may be empty. */
function insideOf({ width, height }: Planes, box: WorkBox): WorkBox {
  const left = Math.max(0, Math.min(width, Math.floor(box.left)));
  const top = Math.max(0, Math.min(height, Math.floor(box.top)));
  const right = Math.max(left, Math.min(width, Math.ceil(box.left + box.width)));
  const bottom = Math.max(top, Math.min(height, Math.ceil(box.top + box.height)));
  return { left, top, width: right - left, height: bottom - top };
}

/** Calls `visit` with the plane's index and the box's, for each pixel in the picture. */
function eachInside(
  planes: Planes,
  box: WorkBox,
  visit: (i: number, n: number) => void,
): void {
  const { width, height, stride, origin } = planes;
  for (let row = 0; row < box.height; row++) {
    const y = box.top + row;
    if (y < 0 || y >= height) continue;
    for (let column = 0; column < box.width; column++) {
      const x = box.left + column;
      if (x < 0 || x >= width) continue;
      visit(origin + y * stride + x, row * box.width + column);
    }
  }
}
