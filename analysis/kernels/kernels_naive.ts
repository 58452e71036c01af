/**
 * The passes once more, as slow as their definitions: every pixel asks for itself,
 * with the picture's edge as a case. Only the suite uses them.
 * @module
 */
import type { FrameFormat } from "../../capture/frame/frame.ts";
import { at } from "./kernels_scenes.ts";
import { type Planes, sampleIndex, SAMPLES } from "./planes.ts";

/** width * height values, row by row. */
export type Picture = number[];

export function pictureOf(planes: Planes, plane: Uint8Array): Picture {
  const { width, height } = planes;
  return eachPixel(width, height, (x, y) => plane[at(planes, x, y)]!);
}

/** The mean of divisor x divisor luma cells, and the chroma that belongs to a pixel. */
export function naiveLoad(
  planes: Planes,
  pixels: Uint8Array,
  format: FrameFormat,
  divisor: number,
): [Picture, Picture, Picture] {
  const { width, height } = format;
  const [halfWidth, halfHeight] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const u = width * height;
  const v = u + halfWidth * halfHeight;
  const mean = (
    from: number,
    of: [number, number],
    x: number,
    y: number,
    side: number,
  ) => {
    const cell: number[] = [];
    for (let row = y * side; row < Math.min(of[1], (y + 1) * side); row++) {
      for (let column = x * side; column < Math.min(of[0], (x + 1) * side); column++) {
        cell.push(pixels[from + row * of[0] + column]!);
      }
    }
    return Math.floor(sum(cell) / cell.length + 0.5);
  };
  const chroma = (from: number) =>
    eachPixel(planes.width, planes.height, (x, y) => {
      const of: [number, number] = [halfWidth, halfHeight];
      return divisor === 1
        ? mean(from, of, x >> 1, y >> 1, 1)
        : mean(from, of, x, y, divisor / 2);
    });
  const luma = eachPixel(
    planes.width,
    planes.height,
    (x, y) => mean(0, [width, height], x, y, divisor),
  );
  return [luma, chroma(u), chroma(v)];
}

export function naiveDistances(planes: Planes, x: number, y: number): number[] {
  const i = at(planes, x, y);
  const pixel = i - planes.origin;
  const frame = [planes.y[i]!, planes.u[i]!, planes.v[i]!];
  const distances: number[] = [];
  for (let slot = 0; slot < SAMPLES; slot++) {
    const apart = frame.map((value, channel) =>
      Math.abs(value - planes.samples[sampleIndex(pixel, slot, channel)]!)
    );
    distances.push(Math.min(255, sum(apart)));
  }
  return distances.sort((a, b) => a - b);
}

export function naiveMatch(planes: Planes): { raw: Picture; nearest: Picture } {
  const { width, height, noise, blink, base } = planes;
  const raw = eachPixel(width, height, (x, y) => {
    const i = at(planes, x, y);
    if (base[i] === 255) return 0;
    const radius = base[i]! + Math.floor(noise[i]! / 4) + Math.floor(blink[i]! / 8);
    return naiveDistances(planes, x, y)[1]! >= Math.min(48, radius) ? 255 : 0;
  });
  const nearest = eachPixel(width, height, (x, y) => naiveDistances(planes, x, y)[0]!);
  return { raw, nearest };
}

export function naiveShadow(planes: Planes): Picture {
  const { width, height, stride } = planes;
  const aboveBlack = (value: number) => Math.max(0, value - 16);
  const clamped = (x: number, y: number) => {
    const column = Math.max(0, Math.min(width - 1, x));
    return [column, Math.max(0, Math.min(height - 1, y))] as const;
  };
  const front = (x: number, y: number) =>
    aboveBlack(planes.y[at(planes, ...clamped(x, y))]!);
  const back = (x: number, y: number) =>
    aboveBlack(planes.backY[at(planes, ...clamped(x, y))]!);
  const isLikely = (x: number, y: number) => {
    const i = at(planes, x, y);
    const [f, b] = [front(x, y), back(x, y)];
    if (planes.raw[i] === 0 || b === 0) return false;
    if (f / b <= 110 / 256 || f / b >= 248 / 256) return false;
    const chroma =
      Math.abs(planes.u[i]! - Math.floor(planes.meanU[y * stride + x]! / 256)) +
      Math.abs(planes.v[i]! - Math.floor(planes.meanV[y * stride + x]! / 256));
    return chroma < 8;
  };
  const isSure = (x: number, y: number) => {
    const [f, b] = [front(x, y), back(x, y)];
    return isLikely(x, y) && [[-2, 0], [2, 0], [0, -2], [0, 2]].every(([right, down]) => {
      const [fj, bj] = [front(x + right!, y + down!), back(x + right!, y + down!)];
      return Math.abs(f * bj - fj * b) < 10 * b;
    });
  };
  return eachPixel(width, height, (x, y) => {
    if (!isLikely(x, y)) return 0;
    let sure = 0;
    for (let row = Math.max(0, y - 2); row <= Math.min(height - 1, y + 2); row++) {
      for (
        let column = Math.max(0, x - 2);
        column <= Math.min(width - 1, x + 2);
        column++
      ) {
        if (isSure(column, row)) sure++;
      }
    }
    return isSure(x, y) || sure >= 10 ? 255 : 0;
  });
}

export function naiveDropShadows(planes: Planes): Picture {
  const { width, height, raw, shadow } = planes;
  return eachPixel(width, height, (x, y) => {
    const i = at(planes, x, y);
    const shadows = countAround(planes, shadow, x, y, 2);
    const agreed = 8 * shadows >= 5 * countAround(planes, raw, x, y, 2);
    return raw[i] !== 0 && !(shadow[i] !== 0 && agreed) ? 255 : 0;
  });
}

export function naiveVote(planes: Planes): Picture {
  const { width, height, candidate } = planes;
  return eachPixel(
    width,
    height,
    (x, y) => countAround(planes, candidate, x, y, 3) > 49 / 2 ? 255 : 0,
  );
}

export function naiveFillHoles(planes: Planes): Picture {
  const { width, height } = planes;
  const filled = pictureOf(planes, planes.mask);
  for (const part of partsOf(filled, width, height, 0)) {
    const open = part.some((i) => isOnEdge(i, width, height));
    if (!open) { for (const i of part) filled[i] = 255; }
  }
  return filled;
}

/** 255 where still foreground has its outline in the model and not in the frame. */
export function naiveGhosts(planes: Planes): Picture {
  const { width, height, y, yBefore } = planes;
  const mask = pictureOf(planes, planes.mask);
  const still = eachPixel(width, height, (column, row) => {
    const i = at(planes, column, row);
    return planes.mask[i] !== 0 && Math.abs(y[i]! - yBefore[i]!) < 12 ? 255 : 0;
  });
  const ghosts: Picture = mask.map(() => 0);
  for (const part of partsOf(still, width, height, 255)) {
    const votes = part.flatMap((i) =>
      votesOf(planes, mask, i % width, Math.floor(i / width))
    );
    const forFrame = votes.filter((vote) => vote === "frame").length;
    const forModel = votes.filter((vote) => vote === "model").length;
    const ghost = votes.length >= 12 && forModel > 2 * forFrame &&
      forModel > votes.length / 4;
    if (ghost) { for (const i of part) ghosts[i] = 255; }
  }
  return ghosts;
}

type Vote = "frame" | "model" | "neither";

function votesOf(planes: Planes, mask: Picture, x: number, y: number): Vote[] {
  const { width, height } = planes;
  const inside = (column: number, row: number) =>
    column >= 0 && row >= 0 && column < width && row < height;
  const votes: Vote[] = [];
  for (const [right, down] of [[-1, 0], [1, 0], [0, -1], [0, 1]] as const) {
    const [outX, outY] = [x + 3 * right, y + 3 * down];
    const [inX, inY] = [x - 2 * right, y - 2 * down];
    if (!inside(outX, outY) || !inside(inX, inY)) continue;
    if (mask[(y + down) * width + x + right] !== 0) continue;
    const frame = frameContrast(planes, at(planes, outX, outY), at(planes, inX, inY));
    const model = meanContrast(planes, at(planes, outX, outY), at(planes, inX, inY));
    if (frame > model + 10) votes.push("frame");
    else votes.push(model > frame + 10 ? "model" : "neither");
  }
  return votes;
}

function frameContrast(planes: Planes, a: number, b: number): number {
  return sum(
    [planes.y, planes.u, planes.v].map((plane) => Math.abs(plane[a]! - plane[b]!)),
  );
}

function meanContrast(planes: Planes, a: number, b: number): number {
  const { backY, meanU, meanV, origin } = planes;
  const high = (mean: Uint16Array, i: number) => Math.floor(mean[i - origin]! / 256);
  return Math.abs(backY[a]! - backY[b]!) + Math.abs(high(meanU, a) - high(meanU, b)) +
    Math.abs(high(meanV, a) - high(meanV, b));
}

export function naiveAdapt(planes: Planes): { noise: Picture; blink: Picture } {
  const { width, height, raw, rawBefore, mask, nearest, hold } = planes;
  const still = (x: number, y: number) =>
    hold[at(planes, x, y)] === 0 && countAround(planes, mask, x, y, 2) === 0;
  const noise = eachPixel(width, height, (x, y) => {
    const i = at(planes, x, y);
    if (!still(x, y)) return planes.noise[i]!;
    const target = 8 * Math.min(31, nearest[i]!);
    return Math.floor((planes.noise[i]! * 31 + target + 16) / 32);
  });
  const blink = eachPixel(width, height, (x, y) => {
    const i = at(planes, x, y);
    const flickers = raw[i] !== rawBefore[i] && still(x, y);
    return flickers
      ? Math.min(255, planes.blink[i]! + 8)
      : Math.max(0, planes.blink[i]! - 1);
  });
  return { noise, blink };
}

/** Change and brighter change per cell, from what was seen before. */
export function naiveChanges(
  planes: Planes,
  before: Picture,
  least: number,
): { change: number[]; brighter: number[] } {
  const { width, height } = planes;
  const cells = [Math.ceil(width / 8), Math.ceil(height / 8)] as const;
  const change = Array<number>(cells[0] * cells[1]).fill(0);
  const brighter = [...change];
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const [now, was] = [planes.y[at(planes, x, y)]!, before[y * width + x]!];
      const by = Math.abs(now - was);
      if (by <= least) continue;
      const cell = Math.floor(y / 8) * cells[0] + Math.floor(x / 8);
      change[cell]! += by;
      if ((now + was) / 2 > planes.backY[at(planes, x, y)]!) brighter[cell]! += by;
    }
  }
  return { change, brighter };
}

/** Counts per cell, and of the cells with `least` raw pixels their sums, by cell. */
export function naiveCells(planes: Planes, least: number): NaiveCells {
  const { width, height } = planes;
  const across = Math.ceil(width / 8);
  const cells = across * Math.ceil(height / 8);
  const none = () => Array<number>(cells).fill(0);
  const found = { raw: none(), shadow: none(), mask: none(), first: none().fill(8) };
  const isRaw = (x: number, y: number) => x < width && planes.raw[at(planes, x, y)] !== 0;
  for (let y = 1; y < height; y += 2) {
    for (let x = 0; x < width; x++) {
      const cell = Math.floor(y / 8) * across + Math.floor(x / 8);
      const four = x - x % 4;
      if (![0, 1, 2, 3].some((beside) => isRaw(four + beside, y))) continue;
      if (isRaw(x, y)) found.raw[cell]!++;
      if (planes.shadow[at(planes, x, y)] !== 0) found.shadow[cell]!++;
      if (planes.mask[at(planes, x, y)] !== 0) found.mask[cell]!++;
      found.first[cell] = Math.min(found.first[cell]!, y % 8);
    }
  }
  const order = (cell: number) =>
    (Math.floor(cell / across) * 8 + found.first[cell]!) * across + cell % across;
  const active = [...found.raw.keys()].filter((cell) => found.raw[cell]! >= least)
    .sort((a, b) => order(a) - order(b));
  return { ...found, active, sums: active.map((cell) => naiveSums(planes, cell)) };
}

export interface NaiveCells {
  readonly raw: number[];
  readonly shadow: number[];
  readonly mask: number[];
  readonly active: number[];
  readonly sums: number[][];
}

function naiveSums(planes: Planes, cell: number): number[] {
  const { width, height, stride, origin, y, u, v, backY, meanU, meanV, raw } = planes;
  const across = Math.ceil(width / 8);
  const [left, top] = [8 * (cell % across), 8 * Math.floor(cell / across)];
  const [right, bottom] = [Math.min(width, left + 8), Math.min(height, top + 8)];
  const own = [0, 0, 0, 0];
  const add = (into: number[], more: number[]) => more.forEach((n, i) => into[i]! += n);
  const pairs = [Array<number>(6).fill(0), Array<number>(6).fill(0)] as const;
  for (let row = top + 1; row < bottom; row += 2) {
    for (let x = left; x < right; x++) {
      const i = at(planes, x, row);
      if (raw[i] === 0) continue;
      const mean = (plane: Uint16Array) => plane[i - origin]! >> 8;
      const colour = Math.abs(u[i]! - mean(meanU)) + Math.abs(v[i]! - mean(meanV));
      add(own, [y[i]!, backY[i]!, colour, 1]);
      const ends = [x + 2 < right ? i + 2 : 0, row + 2 < bottom ? i + 2 * stride : 0];
      ends.forEach((end, which) => {
        if (end === 0 || raw[end] === 0) return;
        const [f, b] = [y[end]! - y[i]!, backY[end]! - backY[i]!];
        add(pairs[which]!, [1, f, b, f * f, b * b, f * b]);
      });
    }
  }
  return [...own, ...pairs[0], ...pairs[1]];
}

/** Set pixels of the picture within `radius` rows and columns. */
function countAround(
  planes: Planes,
  mask: Uint8Array,
  x: number,
  y: number,
  radius: number,
): number {
  let set = 0;
  for (let row = y - radius; row <= y + radius; row++) {
    for (let column = x - radius; column <= x + radius; column++) {
      const inside = row >= 0 && column >= 0 && row < planes.height &&
        column < planes.width;
      if (inside && mask[at(planes, column, row)] !== 0) set++;
    }
  }
  return set;
}

/** Four-connected parts of equal `value`, as indices y * width + x. */
function partsOf(
  picture: Picture,
  width: number,
  height: number,
  value: number,
): number[][] {
  const seen = new Set<number>();
  const parts: number[][] = [];
  for (let start = 0; start < picture.length; start++) {
    if (picture[start] !== value || seen.has(start)) continue;
    const part = [start];
    seen.add(start);
    for (let next = 0; next < part.length; next++) {
      const [x, y] = [part[next]! % width, Math.floor(part[next]! / width)];
      for (const [column, row] of [[x - 1, y], [x + 1, y], [x, y - 1], [x, y + 1]]) {
        const i = row! * width + column!;
        if (column! < 0 || row! < 0 || column! >= width || row! >= height) continue;
        if (picture[i] !== value || seen.has(i)) continue;
        seen.add(i);
        part.push(i);
      }
    }
    parts.push(part);
  }
  return parts;
}

function isOnEdge(i: number, width: number, height: number): boolean {
  const [x, y] = [i % width, Math.floor(i / width)];
  return x === 0 || y === 0 || x === width - 1 || y === height - 1;
}

function eachPixel(
  width: number,
  height: number,
  value: (x: number, y: number) => number,
): Picture {
  return Array.from(
    { length: width * height },
    (_, i) => value(i % width, Math.floor(i / width)),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
