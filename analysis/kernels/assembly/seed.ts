/**
 * The first frame: `../seed.ts`. Once in a model's life, so one pixel at a time.
 * @module
 */
import {
  backY,
  blink,
  ghost,
  guardedBytes,
  height,
  maskBefore,
  meanU,
  meanV,
  meanY,
  noise,
  origin,
  rawBefore,
  samples,
  stride,
  u,
  v,
  y,
  yBefore,
} from "./address.ts";
import { BLOCK_BYTES, SAMPLE_BYTES, SAMPLES } from "./blocks.ts";
import { repeatEdges } from "./edges.ts";
import { nextRandom, seedRandom } from "./random.ts";

const OWN_SAMPLES: i32 = 2;
const NOISE_AT_START: i32 = 8;

export function seed(): void {
  const rowBytes = stride();
  const count = rowBytes * height();
  seedRandom();
  for (let slot = 0; slot < SAMPLES; slot++) {
    for (let pixel = 0; pixel < count; pixel++) {
      const chance = nextRandom();
      const right = slot < OWN_SAMPLES ? 0 : ((chance >>> 8) % 3) - 1;
      const down = slot < OWN_SAMPLES ? 0 : ((chance >>> 16) % 3) - 1;
      seedSample(pixel, slot, pixel + right + down * rowBytes);
    }
  }
  for (let pixel = 0; pixel < count; pixel++) {
    store<u16>(meanY() + 2 * pixel, (load<u8>(y() + pixel) as i32) << 8);
    store<u16>(meanU() + 2 * pixel, (load<u8>(u() + pixel) as i32) << 8);
    store<u16>(meanV() + 2 * pixel, (load<u8>(v() + pixel) as i32) << 8);
    store<u8>(backY() + pixel, load<u8>(y() + pixel));
  }
  repeatEdges(backY());
  clear();
}

function seedSample(pixel: i32, slot: i32, from: i32): void {
  const at = samples() + (pixel >> 4) * BLOCK_BYTES + slot * SAMPLE_BYTES + (pixel & 15);
  store<u8>(at, load<u8>(y() + from));
  store<u8>(at, load<u8>(u() + from), 16);
  store<u8>(at, load<u8>(v() + from), 32);
}

function clear(): void {
  const guard = origin();
  const bytes = guardedBytes();
  memory.copy(yBefore() - guard, y() - guard, bytes);
  memory.fill(noise() - guard, NOISE_AT_START as u8, bytes);
  memory.fill(blink() - guard, 0, bytes);
  memory.fill(ghost() - guard, 0, bytes);
  memory.fill(rawBefore() - guard, 0, bytes);
  memory.fill(maskBefore() - guard, 0, bytes);
}
