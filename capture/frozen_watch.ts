/**
 * Finds a camera that sends the same picture again and again. Pure.
 *
 * A real picture has noise; but an encoder that saves bits repeats the last one
 * between two keyframes, so equal pictures count only across keyframes.
 * @module
 */
const FROZEN_US = 5_000_000;
const KEYFRAMES_MIN = 2;
/** Every so many bytes one is looked at; prime, so that it meets no row twice. */
const SAMPLE_STRIDE = 67;

export interface FrozenFrame {
  readonly pixels: Uint8Array;
  readonly ptsUs: number;
  /** Keyframes that the source has sent so far. */
  readonly keyframes: number;
}

export class FrozenWatch {
  #sample = 0;
  #digest: number | undefined;
  #sinceUs = 0;
  /** Keyframes before the first of the equal pictures. */
  #keyframes = 0;

  /** True when all pictures of the last five seconds were equal to the pixel. */
  step({ pixels, ptsUs, keyframes }: FrozenFrame): boolean {
    const sample = digestOf(pixels, SAMPLE_STRIDE);
    // All pixels are looked at only when the sample is what it was.
    const digest = sample === this.#sample ? digestOf(pixels, 1) : undefined;
    const equal = digest !== undefined &&
      (this.#digest === undefined || digest === this.#digest);
    this.#sample = sample;
    this.#digest = digest;
    if (!equal) {
      this.#sinceUs = ptsUs;
      this.#keyframes = keyframes;
      return false;
    }
    const passed = keyframes - this.#keyframes;
    return ptsUs - this.#sinceUs >= FROZEN_US && passed >= KEYFRAMES_MIN;
  }

  reset(): void {
    this.#digest = undefined;
    this.#sample = 0;
    this.#keyframes = 0;
  }
}

/** FNV-1a over every `stride`-th byte. */
function digestOf(pixels: Uint8Array, stride: number): number {
  let digest = 0x811c9dc5;
  for (let at = 0; at < pixels.length; at += stride) {
    digest = Math.imul(digest ^ pixels[at]!, 0x01000193);
  }
  return digest;
}
