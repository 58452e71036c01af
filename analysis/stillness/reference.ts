/**
 * What the ground looked like before anybody stood on it: a copy of the model's luma that
 * is brought up to date only where nobody is. Tells what lay there before from what the
 * model took in of the one who stood there. One byte a pixel.
 * @module
 */
import type { ModelView } from "../foreground.ts";
import type { PlaneShape } from "../regions.ts";
import type { Bounds } from "./presence.ts";

/** The whole picture is gone through once in this time, s, some rows a frame. */
const ROUND_S = 10;
/** The ground is as it was while its luma differs by less than this in the mean. */
const SAME_LUMA = 8;

export class Reference {
  readonly #shape: PlaneShape;
  readonly #luma: Uint8Array;
  #known = false;
  #row = 0;
  #rowsDue = 0;

  constructor(shape: PlaneShape) {
    this.#shape = shape;
    this.#luma = new Uint8Array(shape.width * shape.height);
  }

  forget(): void {
    this.#known = false;
  }

  /** To be called once a frame, with the `hold` of the frame before. */
  refresh(view: ModelView, dtS: number): void {
    const { height } = this.#shape;
    this.#rowsDue += this.#known ? height * dtS / ROUND_S : height;
    const rows = Math.min(height, Math.floor(this.#rowsDue));
    this.#rowsDue -= rows;
    for (let n = 0; n < rows; n++) {
      this.#refreshRow(view, this.#row);
      this.#row = (this.#row + 1) % height;
    }
    this.#known = true;
  }

  /** True when the model shows there what it showed before anybody came. */
  wasThere({ backY, stride }: ModelView, { left, top, right, bottom }: Bounds): boolean {
    const { width, height } = this.#shape;
    let apart = 0;
    let pixels = 0;
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, bottom); y++) {
      for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, right); x++) {
        apart += Math.abs(backY[y * stride + x]! - this.#luma[y * width + x]!);
        pixels++;
      }
    }
    return pixels > 0 && apart < SAME_LUMA * pixels;
  }

  #refreshRow({ backY, mask, hold, stride }: ModelView, y: number): void {
    const { width } = this.#shape;
    const from = y * stride;
    const into = y * width;
    for (let x = 0; x < width; x++) {
      const free = mask[from + x] === 0 && hold[from + x] === 0;
      if (free || !this.#known) this.#luma[into + x] = backY[from + x]!;
    }
  }
}
