/**
 * The part of the suite for passes that take chance or judge a whole picture: seed,
 * learn and compensate are held to what they promise.
 * @module
 */
import assert from "node:assert/strict";
import type { Kernels } from "./kernels.ts";
import {
  at,
  changedScene,
  fillMask,
  Lottery,
  paint,
  stillScene,
} from "./kernels_scenes.ts";
import { type Planes, sampleIndex, SAMPLES } from "./planes.ts";

const SIZES = [[1, 1], [2, 3], [17, 5], [40, 33]] as const;

export function kernelsPromises(kernels: Kernels): void {
  seedCases(kernels);
  learnCases(kernels);
  exposureCases(kernels);
}

function seedCases(kernels: Kernels): void {
  Deno.test(`${kernels.name} seed() remembers the colours around every pixel`, () => {
    for (const [width, height] of SIZES) {
      const planes = stillScene(kernels, width, height);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const around = coloursAround(planes, x, y, () => true);
          for (let slot = 0; slot < SAMPLES; slot++) {
            const colour = sampleAt(planes, planes.samples, x, y, slot);
            assert.ok(around.has(colour), `a colour of 3x3 at ${x},${y}`);
          }
          assert.equal(planes.backY[at(planes, x, y)], planes.y[at(planes, x, y)]);
        }
      }
    }
  });

  Deno.test(`${kernels.name} seed() leaves nothing moving in the frame it is given`, () => {
    const planes = stillScene(kernels, 160, 120);
    const lottery = new Lottery(1);
    paint(planes, () => [lottery.below(256), lottery.below(256), lottery.below(256)]);
    kernels.seed(planes);
    kernels.match(planes);
    assert.ok(planes.raw.every((value) => value === 0));
  });
}

function learnCases(kernels: Kernels): void {
  Deno.test(`${kernels.name} learn() takes a quarter of the rows, still pixels only`, () => {
    for (const [width, height] of SIZES) {
      const planes = changedScene(kernels, width, height);
      fillMask(planes, planes.mask, new Lottery(6), 0.02);
      fillMask(planes, planes.shadow, new Lottery(7), 0.3);
      fillMask(planes, planes.raw, new Lottery(8), 0.5);
      fillMask(planes, planes.hold, new Lottery(10), 0.05);
      for (let turn = 60; turn < 68; turn++) checkLearnt(kernels, planes, turn);
    }
  });

  Deno.test(`${kernels.name} learn() keeps the shape of what stands for a thousand frames`, () => {
    const planes = heldScene(kernels);
    let pixels = 0;
    for (let turn = 60; turn < 1_060; turn++) {
      kernels.match(planes);
      kernels.findShadows(planes);
      kernels.dropShadows(planes);
      kernels.vote(planes);
      kernels.adapt(planes);
      kernels.learn(planes, { turn, rate: 64, shift: 3 });
      pixels = planes.mask.filter((value) => value !== 0).length;
    }
    // 16x16, of which the majority rounds the corners off.
    assert.ok(pixels > 200, `${pixels} of 256 are left`);
  });

  Deno.test(`${kernels.name} learn() draws two colours per pixel at a quarter each`, () => {
    const planes = stillScene(kernels, 320, 240);
    planes.samples.fill(0);
    for (let turn = 60; turn < 64; turn++) {
      kernels.learn(planes, { turn, rate: 64, shift: 3 });
    }
    // Two slots of eight at 64/256 each; in one row of eight both are the same slot.
    const replaced = planes.samples.filter((value) => value !== 0).length / 3;
    const perPixel = replaced / planes.count;
    assert.ok(perPixel > 0.46 && perPixel < 0.51, `${perPixel} samples per pixel`);
  });
}

/** A flat scene with a block that came and stays. */
function heldScene(kernels: Kernels): Planes {
  const planes = stillScene(kernels, 64, 64);
  paint(planes, () => [100, 128, 128]);
  kernels.seed(planes);
  const inBlock = (at: number) => at >= 24 && at < 40;
  paint(planes, (x, y) => [inBlock(x) && inBlock(y) ? 180 : 100, 128, 128]);
  return planes;
}

/** Samples change only on the turn's rows and to a still colour of the 3x3. */
function checkLearnt(kernels: Kernels, planes: Planes, turn: number): void {
  const { width, height, stride, mask, shadow, raw, hold } = planes;
  const samples = planes.samples.slice();
  const meanY = planes.meanY.slice();
  kernels.learn(planes, { turn, rate: 64, shift: 3 });
  for (let y = 0; y < height; y++) {
    const visited = y % 4 === turn % 4;
    for (let x = 0; x < width; x++) {
      const i = at(planes, x, y);
      const still = coloursAround(
        planes,
        x,
        y,
        (there) => mask[there] === 0 && shadow[there] === 0 && hold[there] === 0,
      );
      for (let slot = 0; slot < SAMPLES; slot++) {
        const was = sampleAt(planes, samples, x, y, slot);
        const is = sampleAt(planes, planes.samples, x, y, slot);
        const may = visited && mask[i] === 0 && hold[i] === 0;
        const learnt = may && still.has(is);
        assert.ok(is === was || learnt, `slot ${slot} at ${x},${y}`);
      }
      const pixel = y * stride + x;
      const away = planes.y[i]! * 256 - meanY[pixel]!;
      const follows = visited && hold[i] === 0 && !nearMask(planes, x, y);
      const step = follows ? away / (raw[i] === 0 ? 8 : 32) : 0;
      assert.ok(Math.abs(planes.meanY[pixel]! - meanY[pixel]! - step) < 1.5);
    }
  }
}

/** True when foreground lies within two rows and columns of a pixel. */
function nearMask(planes: Planes, x: number, y: number): boolean {
  for (const down of [-2, -1, 0, 1, 2]) {
    for (const right of [-2, -1, 0, 1, 2]) {
      if (planes.mask[at(planes, x + right, y + down)] !== 0) return true;
    }
  }
  return false;
}

function exposureCases(kernels: Kernels): void {
  const check = (claim: string, covered: number, light: (luma: number) => number) => {
    Deno.test(`${kernels.name} compensate() follows ${claim}`, () => {
      const planes = stillScene(kernels, 160, 120);
      const edge = Math.ceil(planes.width * covered);
      const { y, u, v } = planes;
      paint(planes, (column, row) => {
        const i = at(planes, column, row);
        const luma = column < edge ? (column * 37 + row * 91) & 255 : light(y[i]!);
        return [luma, u[i]!, v[i]!];
      });
      kernels.compensate(planes, 1);
      assert.ok(followed(planes, edge) > 0.9, `${followed(planes, edge)} of the model`);
    });
  };
  check("gain", 0, (luma) => luma * 1.18);
  check("dimming", 0, (luma) => luma * 0.75);
  check("offset", 0, (luma) => luma + 20);
  check("gamma", 0, (luma) => 255 * (luma / 255) ** 0.8);
  check("gain behind foreground", 0.3, (luma) => luma * 1.15);

  Deno.test(`${kernels.name} compensate() leaves the model alone when something moves`, () => {
    const planes = stillScene(kernels, 160, 120);
    const samples = planes.samples.slice();
    const { y, u, v } = planes;
    paint(planes, (column, row) => {
      const i = at(planes, column, row);
      const covered = column >= 20 && column < 60 && row >= 20 && row < 80;
      return [covered ? 250 : y[i]!, u[i]!, v[i]!];
    });
    kernels.compensate(planes, 1);
    assert.deepEqual(planes.samples, samples);
  });
}

/** The part of the model's luma, right of `edge`, that is within 6 of the frame. */
function followed(planes: Planes, edge: number): number {
  const { width, height, y, backY } = planes;
  let near = 0;
  for (let row = 0; row < height; row++) {
    for (let i = at(planes, edge, row); i < at(planes, width, row); i++) {
      if (Math.abs(backY[i]! - y[i]!) <= 6) near++;
    }
  }
  return near / ((width - edge) * height);
}

/** The colours of the 3x3 around a pixel that `accepts` lets in, edges repeated. */
function coloursAround(
  planes: Planes,
  x: number,
  y: number,
  accepts: (i: number) => boolean,
): Set<string> {
  const colours = new Set<string>();
  for (const down of [-1, 0, 1]) {
    for (const right of [-1, 0, 1]) {
      const i = at(planes, x + right, y + down);
      if (accepts(i)) colours.add([planes.y[i], planes.u[i], planes.v[i]].join());
    }
  }
  return colours;
}

function sampleAt(
  planes: Planes,
  samples: Uint8Array,
  x: number,
  y: number,
  slot: number,
): string {
  const pixel = y * planes.stride + x;
  return [0, 1, 2].map((channel) => samples[sampleIndex(pixel, slot, channel)]).join();
}
