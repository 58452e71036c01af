/**
 * One set of cases for every implementation of the kernels: each pass against its
 * slow definition (`kernels_naive.ts`), over random planes of sizes with odd edges.
 * What takes chance or a judgement is held to its promise in `kernels_promises.ts`.
 * @module
 */
import assert from "node:assert/strict";
import { frameBytes } from "../../capture/frame/frame.ts";
import { workSize } from "../work_size.ts";
import { CELL_SUMS } from "./cells.ts";
import type { Kernels } from "./kernels.ts";
import {
  naiveAdapt,
  naiveCells,
  naiveChanges,
  naiveDropShadows,
  naiveFillHoles,
  naiveGhosts,
  naiveLoad,
  naiveMatch,
  naiveShadow,
  naiveVote,
  type Picture,
  pictureOf,
} from "./kernels_naive.ts";
import { kernelsPromises } from "./kernels_promises.ts";
import { at, changedScene, fillMask, ghostScene, Lottery } from "./kernels_scenes.ts";
import type { Planes } from "./planes.ts";

const SIZES = [
  [1, 1],
  [2, 3],
  [7, 1],
  [1, 9],
  [15, 16],
  [17, 5],
  [33, 40],
  [90, 70],
] as const;

/** Frames whose cells are 1, 2, 4 and 8 wide, with odd remainders and thin shapes. */
const FRAMES = [
  [1, 1],
  [3, 2],
  [321, 241],
  [401, 307],
  [1281, 723],
  [2049, 1937],
  [130_001, 1],
  [1, 130_001],
  [500_003, 3],
] as const;

export function kernelsSuite(kernels: Kernels): void {
  loadCases(kernels);
  comparisonCases(kernels);
  cleaningCases(kernels);
  ghostCases(kernels);
  feedbackCases(kernels);
  changeCases(kernels);
  cellCases(kernels);
  kernelsPromises(kernels);
}

function loadCases(kernels: Kernels): void {
  Deno.test(`${kernels.name} load() takes the mean of every cell`, () => {
    for (const [width, height] of FRAMES) {
      const lottery = new Lottery(width);
      const format = { width, height };
      const work = workSize(width, height);
      const planes = kernels.allocate(work);
      const pixels = new Uint8Array(frameBytes(format)).map(() => lottery.below(256));
      kernels.load(planes, pixels, format, work.divisor);
      const [y, u, v] = naiveLoad(planes, pixels, format, work.divisor);
      same(planes, planes.y, y);
      same(planes, planes.u, u);
      same(planes, planes.v, v);
      for (const plane of [planes.y, planes.u, planes.v]) checkEdges(planes, plane);
    }
  });
}

function comparisonCases(kernels: Kernels): void {
  Deno.test(`${kernels.name} match() asks for two near samples`, () => {
    for (const [width, height] of SIZES) {
      const planes = changedScene(kernels, width, height);
      const expected = naiveMatch(planes);
      kernels.match(planes);
      same(planes, planes.raw, expected.raw);
      same(planes, planes.nearest, expected.nearest);
      checkGuards(planes, planes.raw);
    }
  });

  Deno.test(`${kernels.name} findShadows() asks for one factor, colour and texture`, () => {
    let found = 0;
    for (const [width, height] of SIZES) {
      const planes = changedScene(kernels, width, height);
      fillMask(planes, planes.raw, new Lottery(5), 0.7);
      const expected = naiveShadow(planes);
      kernels.findShadows(planes);
      same(planes, planes.shadow, expected);
      checkGuards(planes, planes.shadow);
      found += expected.filter((value) => value !== 0).length;
    }
    assert.ok(found > 200, `the scenes hold shadows: ${found}`);
  });
}

function cleaningCases(kernels: Kernels): void {
  const check = (
    claim: string,
    pass: (planes: Planes) => void,
    naive: (planes: Planes) => Picture,
    output: (planes: Planes) => Uint8Array,
  ) => {
    Deno.test(`${kernels.name} ${claim}`, () => {
      for (const share of [0, 0.05, 0.4, 0.5, 0.6, 0.9, 1]) {
        for (const [width, height] of SIZES) {
          const planes = kernels.allocate({ width, height, divisor: 1 });
          const lottery = new Lottery(width + 100 * share);
          fillMask(planes, planes.raw, lottery, share);
          fillMask(planes, planes.shadow, lottery, share);
          planes.shadow.forEach((value, i) => planes.shadow[i] = value & planes.raw[i]!);
          fillMask(planes, planes.candidate, lottery, share);
          fillMask(planes, planes.mask, lottery, share);
          const expected = naive(planes);
          pass(planes);
          same(planes, output(planes), expected);
          checkGuards(planes, output(planes));
        }
      }
    });
  };
  check(
    "dropShadows() keeps a shadow that its surroundings do not share",
    kernels.dropShadows,
    naiveDropShadows,
    (planes) => planes.candidate,
  );
  check(
    "vote() takes the majority of 7x7",
    kernels.vote,
    naiveVote,
    (planes) => planes.mask,
  );
  check(
    "fillHoles() fills what does not reach the edge",
    kernels.fillHoles,
    naiveFillHoles,
    (planes) => planes.mask,
  );
}

function ghostCases(kernels: Kernels): void {
  Deno.test(`${kernels.name} releaseGhosts() frees still pixels of left-over outlines`, () => {
    let released = 0;
    for (const [width, height] of SIZES) {
      const planes = ghostScene(kernels, width, height);
      fillMask(planes, planes.hold, new Lottery(9), 0.1);
      for (let round = 0; round < 6; round++) {
        if (round > 3) stir(planes, round);
        released += checkGhosts(kernels, planes);
      }
    }
    assert.ok(released > 100, `the scenes hold ghosts: ${released}`);
  });
}

/** Two columns of the picture, of which one crosses the ghost, were otherwise before. */
function stir(planes: Planes, round: number): void {
  const { width, height, y, yBefore } = planes;
  for (const column of [Math.floor(0.75 * width), round]) {
    if (column >= width) continue;
    for (let row = 0; row < height; row++) {
      const i = at(planes, column, row);
      yBefore[i] = y[i]! ^ 128;
    }
  }
}

/** One round; gives the number of pixels that became still. */
function checkGhosts(kernels: Kernels, planes: Planes): number {
  const { width, height, hold } = planes;
  const ghosts = naiveGhosts(planes);
  const ghostBefore = planes.ghost.slice();
  const maskBefore = planes.mask.slice();
  const steps = ghosts.map((ghost, n) => {
    const i = at(planes, n % width, Math.floor(n / width));
    const counts = ghost !== 0 && hold[i] === 0;
    return counts ? 4 : -2;
  });
  const pixels = kernels.releaseGhosts(planes);
  assert.equal(pixels, maskBefore.filter((value) => value !== 0).length);
  let released = 0;
  for (let n = 0; n < width * height; n++) {
    const i = at(planes, n % width, Math.floor(n / width));
    const count = Math.max(0, ghostBefore[i]! + steps[n]!);
    const free = steps[n] === 4 && count >= 12;
    assert.equal(planes.ghost[i], free ? 0 : count);
    assert.equal(planes.mask[i], free ? 0 : maskBefore[i]);
    if (!free) continue;
    assert.equal(planes.backY[i], planes.y[i]);
    assert.equal(planes.raw[i], 0);
    released++;
  }
  assert.deepEqual(planes.yBefore, planes.y);
  return released;
}

function feedbackCases(kernels: Kernels): void {
  Deno.test(`${kernels.name} adapt() measures noise and flicker of what is still`, () => {
    for (const [width, height] of SIZES) {
      const planes = changedScene(kernels, width, height);
      kernels.match(planes);
      fillMask(planes, planes.mask, new Lottery(3), 0.02);
      fillMask(planes, planes.rawBefore, new Lottery(4), 0.5);
      fillMask(planes, planes.hold, new Lottery(5), 0.1);
      const expected = naiveAdapt(planes);
      kernels.adapt(planes);
      same(planes, planes.noise, expected.noise);
      same(planes, planes.blink, expected.blink);
      assert.deepEqual(planes.rawBefore, planes.raw);
      assert.deepEqual(planes.maskBefore, planes.mask);
    }
  });
}

function changeCases(kernels: Kernels): void {
  Deno.test(`${kernels.name} sumChanges() sums up what changed in each cell`, () => {
    for (const [width, height] of SIZES) {
      const planes = changedScene(kernels, width, height);
      kernels.sumChanges(planes, 254);
      const before = pictureOf(planes, planes.y);
      const lottery = new Lottery(width);
      for (let i = 0; i < planes.y.length; i++) {
        if (lottery.below(3) > 0) planes.y[i] = lottery.below(256);
      }
      const expected = naiveChanges(planes, before, 20);
      kernels.sumChanges(planes, 20);
      const cells = expected.change.length;
      assert.deepEqual([...planes.cellChange.subarray(0, cells)], expected.change);
      assert.deepEqual([...planes.cellBrighter.subarray(0, cells)], expected.brighter);
    }
  });
}

function cellCases(kernels: Kernels): void {
  Deno.test(`${kernels.name} measureCells() counts and sums up what is raw`, () => {
    let listed = 0;
    for (const [width, height] of SIZES) {
      // Twice over the same planes: nothing is left of the last look.
      const planes = changedScene(kernels, width, height);
      for (
        const [share, least] of [[0.9, 1], [0.12, 5], [0.004, 1], [0.3, 20]] as const
      ) {
        const lottery = new Lottery(width + 100 * share);
        fillMask(planes, planes.raw, lottery, share);
        fillMask(planes, planes.shadow, lottery, 0.3);
        fillMask(planes, planes.mask, lottery, 0.6);
        const expected = naiveCells(planes, least);
        const active = kernels.measureCells(planes, least);
        const cells = expected.raw.length;
        assert.deepEqual([...planes.cellRaw.subarray(0, cells)], expected.raw);
        assert.deepEqual([...planes.cellShadow.subarray(0, cells)], expected.shadow);
        assert.deepEqual([...planes.cellMask.subarray(0, cells)], expected.mask);
        assert.deepEqual([...planes.cellActive.subarray(0, active)], expected.active);
        const sums = [...planes.cellSums.subarray(0, CELL_SUMS * active)];
        assert.deepEqual(sums, expected.sums.flat());
        listed += active;
      }
    }
    assert.ok(listed > 100, `the scenes hold active cells: ${listed}`);
  });
}

/** Outside the picture a mask is 0. */
function checkGuards(planes: Planes, mask: Uint8Array): void {
  const { width, height, stride, origin } = planes;
  for (let i = 0; i < mask.length; i++) {
    const row = Math.floor((i - origin) / stride);
    const inside = row >= 0 && row < height && i - origin - row * stride < width;
    if (!inside && mask[i] !== 0) assert.fail(`a mask is 0 outside, at ${i - origin}`);
  }
}

/** Outside the picture a plane repeats the nearest pixel, as deep as passes look. */
function checkEdges(planes: Planes, plane: Uint8Array): void {
  const { width, height } = planes;
  for (let y = -2; y < height + 2; y++) {
    for (let x = -2; x < width + 2; x++) {
      const nearX = Math.max(0, Math.min(width - 1, x));
      const nearY = Math.max(0, Math.min(height - 1, y));
      if (plane[at(planes, x, y)] !== plane[at(planes, nearX, nearY)]) {
        assert.fail(`the edge is repeated at ${x},${y} of ${width}x${height}`);
      }
    }
  }
}

function same(planes: Planes, plane: Uint8Array, expected: Picture): void {
  const { width, height } = planes;
  for (let n = 0; n < width * height; n++) {
    const [x, y] = [n % width, Math.floor(n / width)];
    const value = plane[at(planes, x, y)];
    if (value !== expected[n]) {
      assert.fail(`${value}, not ${expected[n]}, at ${x},${y} of ${width}x${height}`);
    }
  }
}
