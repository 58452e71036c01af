/**
 * The first frame: two samples are the pixel's own colour, so that nothing moves in
 * it however fine its texture is; the others are colours of random pixels of the 3x3
 * around it, as in ViBe (Barnich, Van Droogenbroeck, 2011), so that the model
 * tolerates a small shake at once.
 * @module
 */
import { repeatEdges } from "./edges.ts";
import { type Planes, sampleIndex, SAMPLES } from "./planes.ts";
import { nextRandom, seedRandom } from "./random.ts";

/** As many as must agree for a pixel to be still. */
const OWN_SAMPLES = 2;
/** In eighths of a grey level. */
const NOISE_AT_START = 8;

export function seed(planes: Planes): void {
  const { y, u, v, samples, meanY, meanU, meanV, origin, count, stride } = planes;
  seedRandom(planes);
  for (let slot = 0; slot < SAMPLES; slot++) {
    for (let pixel = 0; pixel < count; pixel++) {
      const random = nextRandom(planes);
      const right = slot < OWN_SAMPLES ? 0 : ((random >>> 8) % 3) - 1;
      const down = slot < OWN_SAMPLES ? 0 : ((random >>> 16) % 3) - 1;
      const from = origin + pixel + right + down * stride;
      samples[sampleIndex(pixel, slot, 0)] = y[from]!;
      samples[sampleIndex(pixel, slot, 1)] = u[from]!;
      samples[sampleIndex(pixel, slot, 2)] = v[from]!;
    }
  }
  for (let pixel = 0; pixel < count; pixel++) {
    const i = origin + pixel;
    meanY[pixel] = y[i]! << 8;
    meanU[pixel] = u[i]! << 8;
    meanV[pixel] = v[i]! << 8;
    planes.backY[i] = y[i]!;
  }
  repeatEdges(planes, planes.backY);
  planes.yBefore.set(y);
  planes.noise.fill(NOISE_AT_START);
  planes.blink.fill(0);
  planes.ghost.fill(0);
  planes.rawBefore.fill(0);
  planes.maskBefore.fill(0);
}
