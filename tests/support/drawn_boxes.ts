/**
 * Pictures of plain boxes with their exact masks, for tests of the tracker: no camera,
 * no background model, nothing to be unsure about.
 * @module
 */
import type { Foreground } from "../../analysis/foreground.ts";

/** A box in work pixels; parts outside the picture are not drawn. */
export interface DrawnBox {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** Grey level or [Y, U, V]. */
  readonly colour?: number | readonly [number, number, number];
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Later boxes hide earlier ones. The stride is wider than the picture, as in real life. */
export function drawBoxes(size: PictureSize, boxes: readonly DrawnBox[]): Foreground {
  const stride = size.width + 16;
  const picture = {
    ...size,
    stride,
    mask: new Uint8Array(stride * size.height),
    y: new Uint8Array(stride * size.height).fill(120),
    u: new Uint8Array(stride * size.height).fill(128),
    v: new Uint8Array(stride * size.height).fill(128),
  };
  for (const box of boxes) drawBox(picture, box);
  return picture;
}

function drawBox(picture: Foreground, box: DrawnBox): void {
  const colour = box.colour ?? 60;
  const [y, u, v] = typeof colour === "number" ? [colour, 128, 128] : colour;
  const left = Math.max(0, Math.round(box.x));
  const right = Math.min(picture.width, Math.round(box.x + box.w));
  const bottom = Math.min(picture.height, Math.round(box.y + box.h));
  for (let row = Math.max(0, Math.round(box.y)); row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const at = row * picture.stride + column;
      picture.mask[at] = 255;
      picture.y[at] = y;
      picture.u[at] = u;
      picture.v[at] = v;
    }
  }
}
