/**
 * Pass H: the model learns the frame where nothing moves, on every fourth row per
 * frame at four times the rate: a quarter of the work for the same memory.
 *
 * For each row chance picks one slot for a pixel's own colour and one for a
 * neighbour's, and one neighbour (dx, dy) of the 3x3. For each pixel two random
 * bytes decide with probability rate/256 (`Pace`, from the time that passed):
 *   - own: still and no shadow here: slot = this colour;
 *   - neighbour: still here, still and no shadow there: slot = that colour (ViBe's
 *     diffusion, but not into the foreground: ghosts have a pass of their own).
 * Raw noise that the majority removed is learned: that is what calms trees.
 *
 * The majority also rounds off the rim of a thing, and what is learned there takes
 * votes from the pixels further in: so a thing that stood still was eaten from its
 * rim within 200 to 800 frames. A pixel within two of the foreground is therefore
 * learned sixteen times more rarely, raw or not: parts of a thing that look like the
 * ground are its, too, and would lead the rest into the model. People who stop keep
 * their shape for minutes; a patch of sunlight is still absorbed in the end.
 *
 * Where `hold` is set nothing is learned at all.
 *
 * The means follow where no foreground is near:
 * mean += (frame - mean) / 2^shift, and two more where raw.
 * @module
 */
import { repeatEdges } from "./edges.ts";
import type { Pace } from "./kernels.ts";
import { BLOCK, BLOCK_BYTES, type Planes, SAMPLE_BYTES, SAMPLES } from "./planes.ts";
import { isNearMask } from "./rim.ts";
import { nextRandom, nextRandomBytes } from "./random.ts";

const ROW_STEP = 4;
/** The rate is halved as often as this at the rim of the foreground. */
const RIM_SLOWER = 4;
const MEAN_SHIFT_MORE_WHERE_RAW = 2;

export function learn(planes: Planes, pace: Pace): void {
  const { turn, rate } = pace;
  // The means are updated at half their scale to fit 16 bits.
  const shift = pace.shift - 1;
  const { height, stride } = planes;
  for (let row = turn % ROW_STEP; row < height; row += ROW_STEP) {
    const random = nextRandom(planes);
    const own = (random & (SAMPLES - 1)) * SAMPLE_BYTES;
    const other = ((random >>> 3) & (SAMPLES - 1)) * SAMPLE_BYTES;
    const right = (((random >>> 8) & 255) % 3) - 1;
    const down = (((random >>> 16) & 255) % 3) - 1;
    const neighbour = right + down * stride;
    const start = row * stride;
    for (let block = start; block < start + stride; block += BLOCK) {
      nextRandomBytes(planes);
      learnOwn(planes, block, own, rate);
      learnNeighbour(planes, block, other, neighbour, rate);
    }
    learnMeans(planes, row, shift);
  }
  repeatEdges(planes, planes.backY);
}

/** Sixteen pixels whose own colour enters the model. */
function learnOwn(planes: Planes, block: number, slot: number, rate: number): void {
  const { y, u, v, mask, shadow, hold, samples, randomBytes, origin, stride } = planes;
  const sample = (block / BLOCK) * BLOCK_BYTES + slot;
  const rateAtRim = rate >> RIM_SLOWER;
  for (let lane = 0; lane < BLOCK; lane++) {
    const random = randomBytes[lane]!;
    if (random >= rate) continue;
    const i = origin + block + lane;
    if (mask[i] !== 0 || shadow[i] !== 0 || hold[i] !== 0) continue;
    if (random >= rateAtRim && isNearMask(mask, i, stride)) continue;
    samples[sample + lane] = y[i]!;
    samples[sample + lane + BLOCK] = u[i]!;
    samples[sample + lane + 2 * BLOCK] = v[i]!;
  }
}

/** Sixteen pixels that take a neighbour's colour; the same bytes, read apart. */
function learnNeighbour(
  planes: Planes,
  block: number,
  slot: number,
  neighbour: number,
  rate: number,
): void {
  const { y, u, v, mask, shadow, hold, samples, randomBytes, origin, stride } = planes;
  const sample = (block / BLOCK) * BLOCK_BYTES + slot;
  const rateAtRim = rate >> RIM_SLOWER;
  for (let lane = 0; lane < BLOCK; lane++) {
    const random = randomBytes[(lane + 5) & 15]! ^ 0x5a;
    if (random >= rate) continue;
    const here = origin + block + lane;
    const i = here + neighbour;
    if (mask[here] !== 0 || mask[i] !== 0 || shadow[i] !== 0) continue;
    if (hold[here] !== 0 || hold[i] !== 0) continue;
    const often = random >= rateAtRim;
    if (often && isNearMask(mask, here, stride)) continue;
    if (often && isNearMask(mask, i, stride)) continue;
    samples[sample + lane] = y[i]!;
    samples[sample + lane + BLOCK] = u[i]!;
    samples[sample + lane + 2 * BLOCK] = v[i]!;
  }
}

function learnMeans(planes: Planes, row: number, shift: number): void {
  const { y, u, v, raw, mask, hold, meanY, meanU, meanV, backY } = planes;
  const { width, stride, origin } = planes;
  for (let pixel = row * stride; pixel < row * stride + width; pixel++) {
    const i = origin + pixel;
    if (hold[i] !== 0 || isNearMask(mask, i, stride)) continue;
    const by = raw[i] === 0 ? shift : shift + MEAN_SHIFT_MORE_WHERE_RAW;
    const meanHere = meanY[pixel]! + (((y[i]! << 7) - (meanY[pixel]! >> 1)) >> by);
    meanY[pixel] = meanHere;
    backY[i] = meanHere >> 8;
    meanU[pixel] = meanU[pixel]! + (((u[i]! << 7) - (meanU[pixel]! >> 1)) >> by);
    meanV[pixel] = meanV[pixel]! + (((v[i]! << 7) - (meanV[pixel]! >> 1)) >> by);
  }
}
