/**
 * What of a window of footage is real movement, told from its pixels alone: where a
 * frame differs from what is there most of the time. Stands in for a truth that does
 * not exist; knows nothing of what the analysis says.
 * @module
 */
import type { FrameFormat } from "../../capture/frame/frame.ts";
import type { PlacedBox } from "../../capture/scene/effect.ts";

/** Frames that the still picture is made of. */
const SAMPLES = 25;
/** Luma steps beyond noise and compression, and the part of a box that must show them. */
const STEPS_MIN = 25;
const PART_MIN = 0.15;

export class StillPicture {
  readonly #luma: Uint8Array;
  readonly #frames: readonly Uint8Array[];
  readonly #format: FrameFormat;

  constructor(frames: readonly Uint8Array[], format: FrameFormat) {
    this.#frames = frames;
    this.#format = format;
    this.#luma = medianLuma(frames, format);
  }

  /** Whether something that moves is in the box in a frame of the window (from 0). */
  isMoving(frame: number, { x, y, w, h }: PlacedBox): boolean {
    const pixels = this.#frames[frame];
    if (!pixels) return false;
    const { width, height } = this.#format;
    const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
    const [right, bottom] = [Math.min(width, x + w), Math.min(height, y + h)];
    let [changed, all] = [0, 0];
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) {
        const at = row * width + column;
        all++;
        if (Math.abs(pixels[at]! - this.#luma[at]!) > STEPS_MIN) changed++;
      }
    }
    return all > 0 && changed >= PART_MIN * all;
  }
}

function medianLuma(frames: readonly Uint8Array[], format: FrameFormat): Uint8Array {
  const step = Math.max(1, Math.floor(frames.length / SAMPLES));
  const samples = frames.filter((_, index) => index % step === 0);
  const values = new Uint8Array(samples.length);
  return Uint8Array.from({ length: format.width * format.height }, (_, at) => {
    for (const [index, pixels] of samples.entries()) values[index] = pixels[at]!;
    values.sort();
    return values[values.length >> 1] ?? 0;
  });
}
