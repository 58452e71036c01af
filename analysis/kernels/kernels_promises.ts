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
      fillMask(planes, planes.mask, new Lottery(6), 0.3);
      fillMask(planes, planes.shadow, new Lottery(7), 0.3);
      fillMask(planes, planes.raw, new Lottery(8), 0.5);
      for (let turn = 60; turn < 68; turn++) checkLearnt(kernels, planes, turn);
    }
  });

  Deno.test(`${kernels.name} learn() draws two colours per pixel at a quarter each`, () => {
    const planes = stillScene(kernels, 320, 240);
    planes.samples.fill(0);
    for (let turn = 60; turn < 64; turn++) kernels.learn(planes, turn);
    // Two slots of eight at 64/256 each; in one row of eight both are the same slot.
    const replaced = planes.samples.filter((value) => value !== 0).length / 3;
    const perPixel = replaced / planes.count;
    assert.ok(perPixel > 0.46 && perPixel < 0.51, `${perPixel} samples per pixel`);
  });
}

/** Samples change only on the turn's rows and to a still colour of the 3x3. */
function checkLearnt(kernels: Kernels, planes: Planes, turn: number): void {
  const { width, height, stride, mask, shadow, raw } = planes;
  const samples = planes.samples.slice();
  const meanY = planes.meanY.slice();
  kernels.learn(planes, turn);
  for (let y = 0; y < height; y++) {
    const visited = y % 4 === turn % 4;
    for (let x = 0; x < width; x++) {
      const still = coloursAround(
        planes,
        x,
        y,
        (i) => mask[i] === 0 && shadow[i] === 0,
      );
      for (let slot = 0; slot < SAMPLES; slot++) {
        const was = sampleAt(planes, samples, x, y, slot);
        const is = sampleAt(planes, planes.samples, x, y, slot);
        assert.ok(is === was || (visited && still.has(is)), `slot ${slot} at ${x},${y}`);
      }
      const i = at(planes, x, y);
      const pixel = y * stride + x;
      const away = planes.y[i]! * 256 - meanY[pixel]!;
      const step = visited && mask[i] === 0 ? away / (raw[i] === 0 ? 8 : 32) : 0;
      assert.ok(Math.abs(planes.meanY[pixel]! - meanY[pixel]! - step) < 1.5);
    }
  }
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
