/**
 * What a small camera adds to every picture: noise of its sensor and a slow drift of
 * its exposure. Not a cause of anything: motion must not come of it.
 * @module
 */
import { chromaHeight, chromaWidth } from "../frame/frame.ts";
import { type Effect, tableOf } from "./effect.ts";
import { RandomStream } from "./random.ts";

/** Standard deviation of the noise, luma and chroma steps. */
const LUMA_NOISE = 1.7;
const CHROMA_NOISE = 0.9;
/** Noise kept ready; each row of each frame begins elsewhere in it. */
const NOISE_LENGTH = 1 << 16;
/** The drift of the exposure: parts of the brightness, and how long a wave takes. */
const DRIFTS = [{ part: 0.011, waveMs: 47_000 }, {
  part: 0.006,
  waveMs: 13_300,
}] as const;

export function sensorEffect(seed: number): Effect {
  const noise = new Int8Array(NOISE_LENGTH);
  const fine = new Int8Array(NOISE_LENGTH);
  const random = new RandomStream(seed, 0x5e4504);
  for (let i = 0; i < NOISE_LENGTH; i++) {
    noise[i] = Math.round(LUMA_NOISE * random.normal());
    fine[i] = Math.round(CHROMA_NOISE * random.normal());
  }
  return {
    name: "sensor",
    apply(pixels, format, moment) {
      const gain = driftAt(moment.timeMs);
      const luma = tableOf((value) => 16 + (value - 16) * gain);
      const same = tableOf((value) => value);
      const { width, height } = format;
      addNoise(
        pixels,
        { noise, table: luma, from: 0, width, rows: height },
        moment.random,
      );
      addNoise(pixels, {
        ...{ noise: fine, table: same, from: width * height },
        ...{ width: chromaWidth(format), rows: 2 * chromaHeight(format) },
      }, moment.random);
    },
    causes: () => [],
  };
}

function driftAt(timeMs: number): number {
  return DRIFTS.reduce(
    (gain, { part, waveMs }) => gain + part * Math.sin((2 * Math.PI * timeMs) / waveMs),
    1,
  );
}

interface NoisyPlane {
  readonly noise: Int8Array;
  readonly table: Uint8Array;
  readonly from: number;
  readonly width: number;
  readonly rows: number;
}

/** Values stay inside 1..254, so that nothing wraps around. */
function addNoise(
  pixels: Uint8Array,
  { noise, table, from, width, rows }: NoisyPlane,
  random: RandomStream,
): void {
  const lasts = noise.length - 1;
  for (let row = 0; row < rows; row++) {
    const shift = Math.floor(random.between(0, noise.length));
    const start = from + row * width;
    for (let column = 0; column < width; column++) {
      const value = table[pixels[start + column]!]! + noise[(shift + column) & lasts]!;
      pixels[start + column] = value < 1 ? 1 : value > 254 ? 254 : value;
    }
  }
}
