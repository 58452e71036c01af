/**
 * Pass A: is this colour one that was seen here before?
 *
 * The distance to sample k is q = |Y - Yk| + |U - Uk| + |V - Vk|. A pixel is raw
 * foreground when fewer than two samples are nearer than the radius, that is when
 * the second smallest distance m2 >= R: sample consensus as in ViBe (Barnich, Van
 * Droogenbroeck, 2011), with a radius for each pixel as in PBAS (Hofmann et al.,
 * 2012) and SuBSENSE (St-Charles et al., 2015):
 *
 *   R = min(48, base + noise / 4 + blink / 8)
 *
 * base is 12 unless the pixel's sensitivity was set; what is ignored is never raw.
 *
 * Chroma counts as much as luma; weights of two and three gave halos where chroma
 * is subsampled (precision .80 to .86 on cdnet_pedestrians instead of .94).
 * @module
 */
import { cutRight } from "./edges.ts";
import { BLOCK, BLOCK_BYTES, IGNORED, type Planes, SAMPLE_BYTES } from "./planes.ts";

const RADIUS_MAX = 48;

export function match(planes: Planes): void {
  const { y, u, v, samples, raw, nearest, noise, blink, base, origin, count } = planes;
  for (let pixel = 0; pixel < count; pixel++) {
    const i = origin + pixel;
    const yHere = y[i]!;
    const uHere = u[i]!;
    const vHere = v[i]!;
    let first = 255;
    let second = 255;
    let sample = (pixel >> 4) * BLOCK_BYTES + (pixel & 15);
    for (const end = sample + BLOCK_BYTES; sample < end; sample += SAMPLE_BYTES) {
      const distance = Math.abs(yHere - samples[sample]!) +
        Math.abs(uHere - samples[sample + BLOCK]!) +
        Math.abs(vHere - samples[sample + 2 * BLOCK]!);
      second = Math.min(second, Math.max(first, distance));
      first = Math.min(first, distance);
    }
    const radius = Math.min(RADIUS_MAX, base[i]! + (noise[i]! >> 2) + (blink[i]! >> 3));
    raw[i] = second >= radius && base[i] !== IGNORED ? 255 : 0;
    nearest[i] = first;
  }
  cutRight(planes, raw);
}
