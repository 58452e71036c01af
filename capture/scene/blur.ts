/**
 * Blurs a yuv420p picture as a lens out of focus does, about: two box means after each
 * other along rows and columns.
 * @module
 */
import { chromaHeight, chromaWidth, type FrameFormat } from "../frame/frame.ts";

/** Keeps room for one line; nothing of it is used again. */
export class Blurrer {
  #line = new Float32Array(0);

  /** In place. A radius under half a pixel changes nothing. */
  blur(
    pixels: Uint8Array,
    format: FrameFormat,
    { radiusPx }: { radiusPx: number },
  ): void {
    const { width, height } = format;
    const columns = chromaWidth(format);
    const rows = chromaHeight(format);
    const uAt = width * height;
    const vAt = uAt + columns * rows;
    const half = Math.round(radiusPx / 2);
    const radius = Math.round(radiusPx);
    this.#blurPlane(pixels, { from: 0, width, height, radius });
    this.#blurPlane(pixels, { from: uAt, width: columns, height: rows, radius: half });
    this.#blurPlane(pixels, { from: vAt, width: columns, height: rows, radius: half });
  }

  #blurPlane(pixels: Uint8Array, { from, width, height, radius }: Plane): void {
    if (radius < 1) return;
    const longest = Math.max(width, height);
    if (this.#line.length < longest) this.#line = new Float32Array(longest);
    for (let pass = 0; pass < 2; pass++) {
      for (let row = 0; row < height; row++) {
        this.#blurLine(pixels, {
          from: from + row * width,
          step: 1,
          count: width,
          radius,
        });
      }
      for (let column = 0; column < width; column++) {
        this.#blurLine(pixels, {
          from: from + column,
          step: width,
          count: height,
          radius,
        });
      }
    }
  }

  /** The mean of `2 * radius + 1` pixels; beyond the ends the outermost goes on. */
  #blurLine(pixels: Uint8Array, { from, step, count, radius }: Line): void {
    const line = this.#line;
    const last = count - 1;
    for (let i = 0; i < count; i++) line[i] = pixels[from + i * step]!;
    let sum = line[0]! * (radius + 1);
    for (let i = 1; i <= radius; i++) sum += line[Math.min(last, i)]!;
    const inverse = 1 / (2 * radius + 1);
    for (let i = 0; i < count; i++) {
      pixels[from + i * step] = sum * inverse + 0.5;
      sum += line[Math.min(last, i + radius + 1)]! - line[Math.max(0, i - radius)]!;
    }
  }
}

interface Plane {
  readonly from: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
}

interface Line {
  readonly from: number;
  readonly step: number;
  readonly count: number;
  readonly radius: number;
}
