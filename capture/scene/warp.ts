/**
 * Moves the content of a yuv420p picture by a displacement at each place, between
 * pixels too. Beyond the edges the outermost pixels go on.
 * @module
 */
import { chromaHeight, chromaWidth, type FrameFormat } from "../frame/frame.ts";
import type { Area } from "./canvas.ts";
import type { Field } from "./field.ts";

/** Where the content of each place comes from: so many pixels to the right and down. */
export interface Displacement {
  readonly area: Area;
  readonly rightOf: Field;
  readonly downOf: Field;
}

/** Keeps room for the picture as it was, to read from; nothing of it is used again. */
export class Warper {
  #copy = new Uint8Array(0);

  warp(
    pixels: Uint8Array,
    format: FrameFormat,
    displacement: Displacement,
  ): void {
    if (this.#copy.length !== pixels.length) this.#copy = new Uint8Array(pixels.length);
    this.#copy.set(pixels);
    warpFrom(this.#copy, pixels, { format, ...displacement });
  }
}

function warpFrom(
  copy: Uint8Array,
  pixels: Uint8Array,
  { format, area, rightOf, downOf }: Displacement & { readonly format: FrameFormat },
): void {
  const { width, height } = format;
  const columns = chromaWidth(format);
  const rows = chromaHeight(format);
  const uAt = width * height;
  warpPlane(copy, pixels, { from: 0, width, height, zoom: 1, area, rightOf, downOf });
  const half = {
    left: area.left >> 1,
    top: area.top >> 1,
    right: Math.min(columns, (area.right + 1) >> 1),
    bottom: Math.min(rows, (area.bottom + 1) >> 1),
  };
  const chroma = { width: columns, height: rows, zoom: 2, area: half, rightOf, downOf };
  warpPlane(copy, pixels, { from: uAt, ...chroma });
  warpPlane(copy, pixels, { from: uAt + columns * rows, ...chroma });
}

interface Plane extends Displacement {
  readonly from: number;
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture per pixel of the plane. */
  readonly zoom: number;
}

function warpPlane(copy: Uint8Array, pixels: Uint8Array, plane: Plane): void {
  const { from, width, height, zoom, area, rightOf, downOf } = plane;
  for (let row = area.top; row < area.bottom; row++) {
    for (let column = area.left; column < area.right; column++) {
      const x = (column + 0.5) * zoom;
      const y = (row + 0.5) * zoom;
      const right = rightOf(x, y) / zoom;
      const down = downOf(x, y) / zoom;
      if (right === 0 && down === 0) continue;
      const fromX = Math.max(0, Math.min(width - 1, column + right));
      const fromY = Math.max(0, Math.min(height - 1, row + down));
      const left = Math.min(width - 2, Math.floor(fromX));
      const top = Math.min(height - 2, Math.floor(fromY));
      if (left < 0 || top < 0) continue;
      const partX = fromX - left;
      const partY = fromY - top;
      const at = from + top * width + left;
      const upper = copy[at]! * (1 - partX) + copy[at + 1]! * partX;
      const lower = copy[at + width]! * (1 - partX) + copy[at + width + 1]! * partX;
      pixels[from + row * width + column] = upper + (lower - upper) * partY + 0.5;
    }
  }
}
