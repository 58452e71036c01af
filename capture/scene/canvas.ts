/**
 * A picture that shapes with soft edges are painted on, at full chroma resolution,
 * and that becomes a yuv420p frame. Knows shapes, not what they mean.
 * @module
 */
import { chromaHeight, chromaWidth, type FrameFormat } from "../frame/frame.ts";
import type { Yuv } from "./colour.ts";

/** The part of the picture that was painted on; empty when `right <= left`. */
export interface Area {
  readonly left: number;
  readonly top: number;
  /** Exclusive, as `bottom`. */
  readonly right: number;
  readonly bottom: number;
}

export interface Corner {
  readonly x: number;
  readonly y: number;
}

/** A capsule whose ends may differ: a limb, a trunk, a head (both ends equal). */
export interface Limb {
  readonly x0: number;
  readonly y0: number;
  readonly r0: number;
  readonly x1: number;
  readonly y1: number;
  readonly r1: number;
}

export interface Paint {
  readonly colour: Yuv;
  /** Part that covers, 0..1; 1 when absent. */
  readonly alpha?: number;
  /** Luma steps between the lit and the unlit side; 0 when absent. */
  readonly roundness?: number;
}

/** Light falls from the upper left of the picture. */
const LIGHT_X = -0.6;
const LIGHT_Y = -0.55;
/** Rows between two pixel rows at which a polygon's edges are looked at. */
const POLYGON_LINES = 4;

export class Canvas {
  readonly format: FrameFormat;
  readonly y: Uint8ClampedArray;
  readonly u: Uint8ClampedArray;
  readonly v: Uint8ClampedArray;
  /** Who owns each pixel (0: nobody), kept only when asked for. */
  readonly owners: Uint16Array | undefined;
  /** Pixels painted from now on belong to it. */
  owner = 0;
  /** Shade that `castShade()` will darken the picture with, 0..255. */
  readonly #shade: Uint8Array;
  readonly #line: Float32Array;

  constructor(format: FrameFormat, more: { readonly withOwners: boolean }) {
    const pixels = format.width * format.height;
    this.format = format;
    this.y = new Uint8ClampedArray(pixels);
    this.u = new Uint8ClampedArray(pixels);
    this.v = new Uint8ClampedArray(pixels);
    this.owners = more.withOwners ? new Uint16Array(pixels) : undefined;
    this.#shade = new Uint8Array(pixels);
    this.#line = new Float32Array(format.width + 1);
  }

  /** Becomes a copy of `other`; nobody owns anything. */
  copyFrom(other: Canvas): void {
    this.y.set(other.y);
    this.u.set(other.u);
    this.v.set(other.v);
    this.owners?.fill(0);
  }

  /** Paints a limb; returns where. */
  paintLimb(limb: Limb, paint: Paint): Area {
    const area = areaOf(limb, 1, this.format);
    const { x0, y0, r0 } = limb;
    const [dx, dy, dr] = [limb.x1 - x0, limb.y1 - y0, limb.r1 - r0];
    const inverse = 1 / Math.max(1e-6, dx * dx + dy * dy);
    const round = paint.roundness ?? 0;
    const alpha = paint.alpha ?? 1;
    for (let row = area.top; row < area.bottom; row++) {
      for (let column = area.left; column < area.right; column++) {
        const x = column + 0.5 - x0;
        const y = row + 0.5 - y0;
        const along = Math.max(0, Math.min(1, (x * dx + y * dy) * inverse));
        const radius = r0 + dr * along;
        const sideX = x - along * dx;
        const sideY = y - along * dy;
        const outside = Math.sqrt(sideX * sideX + sideY * sideY) - radius;
        if (outside >= 0.5) continue;
        const facing = (sideX * LIGHT_X + sideY * LIGHT_Y) / Math.max(1, radius);
        const part = outside <= -0.5 ? alpha : alpha * (0.5 - outside);
        this.#cover(row * this.format.width + column, part, paint.colour, round * facing);
      }
    }
    return area;
  }

  /** Paints a polygon (any; even-odd), its corners in order; returns where. */
  paintPolygon(corners: readonly Corner[], paint: Paint): Area {
    return this.#scan(corners, (at, part) => {
      this.#cover(at, part * (paint.alpha ?? 1), paint.colour, 0);
    });
  }

  /** Adds a limb's shade, with an edge `softPx` wide, for the next `castShade()`. */
  shadeLimb(limb: Limb, { softPx, alpha }: { softPx: number; alpha: number }): Area {
    const area = areaOf(limb, softPx, this.format);
    const { x0, y0, r0 } = limb;
    const [dx, dy, dr] = [limb.x1 - x0, limb.y1 - y0, limb.r1 - r0];
    const inverse = 1 / Math.max(1e-6, dx * dx + dy * dy);
    for (let row = area.top; row < area.bottom; row++) {
      for (let column = area.left; column < area.right; column++) {
        const x = column + 0.5 - x0;
        const y = row + 0.5 - y0;
        const along = Math.max(0, Math.min(1, (x * dx + y * dy) * inverse));
        const sideX = x - along * dx;
        const sideY = y - along * dy;
        const outside = Math.sqrt(sideX * sideX + sideY * sideY) - r0 - dr * along;
        const shade = 255 * alpha * Math.min(1, 0.5 - outside / softPx);
        const at = row * this.format.width + column;
        if (shade > this.#shade[at]!) this.#shade[at] = shade;
      }
    }
    return area;
  }

  /** Adds a polygon's shade for the next `castShade()`. */
  shadePolygon(corners: readonly Corner[], alpha: number): Area {
    return this.#scan(corners, (at, part) => {
      this.#shade[at] = Math.max(this.#shade[at]!, 255 * alpha * part);
    });
  }

  /** Darkens `area` by the shade gathered there: where shadows meet, once. */
  castShade(area: Area): void {
    for (let row = area.top; row < area.bottom; row++) {
      for (let column = area.left; column < area.right; column++) {
        const at = row * this.format.width + column;
        const shade = this.#shade[at]!;
        if (shade === 0) continue;
        this.#shade[at] = 0;
        this.y[at] = 16 + (this.y[at]! - 16) * (1 - shade / 255);
        // Shade is lit by the sky alone: a little bluer.
        this.u[at]! += shade / 60;
      }
    }
  }

  /** Writes the picture as yuv420p. */
  writeFrame(pixels: Uint8Array): void {
    const { width, height } = this.format;
    pixels.set(this.y);
    this.writeChroma(pixels, { left: 0, top: 0, right: width, bottom: height });
  }

  /** Writes the chroma of `area` only: the mean of two by two. */
  writeChroma(pixels: Uint8Array, area: Area): void {
    const { width, height } = this.format;
    const columns = chromaWidth(this.format);
    const rows = chromaHeight(this.format);
    const uAt = width * height;
    const vAt = uAt + columns * rows;
    const right = Math.min(columns, (area.right + 1) >> 1);
    const bottom = Math.min(rows, (area.bottom + 1) >> 1);
    for (let row = area.top >> 1; row < bottom; row++) {
      const upper = 2 * row * width;
      const lower = Math.min(height - 1, 2 * row + 1) * width;
      for (let column = area.left >> 1; column < right; column++) {
        const a = 2 * column;
        const b = Math.min(width - 1, a + 1);
        const to = row * columns + column;
        pixels[uAt + to] = (this.u[upper + a]! + this.u[upper + b]! +
          this.u[lower + a]! + this.u[lower + b]! + 2) >> 2;
        pixels[vAt + to] = (this.v[upper + a]! + this.v[upper + b]! +
          this.v[lower + a]! + this.v[lower + b]! + 2) >> 2;
      }
    }
  }

  /** The innermost step of every shape, hence without named arguments. */
  #cover(at: number, part: number, colour: Yuv, light: number): void {
    this.y[at]! += (colour[0] + light - this.y[at]!) * part;
    this.u[at]! += (colour[1] - this.u[at]!) * part;
    this.v[at]! += (colour[2] - this.v[at]!) * part;
    if (this.owners && part >= 0.5) this.owners[at] = this.owner;
  }

  /** Calls `cover` for each pixel with the part of it that lies in the polygon. */
  #scan(corners: readonly Corner[], cover: (at: number, part: number) => void): Area {
    const { width } = this.format;
    const area = areaAround(corners, this.format);
    const line = this.#line;
    for (let row = area.top; row < area.bottom; row++) {
      line.fill(0, area.left, area.right);
      for (let sub = 0; sub < POLYGON_LINES; sub++) {
        const crossings = crossingsAt(corners, row + (sub + 0.5) / POLYGON_LINES);
        for (let i = 0; i + 1 < crossings.length; i += 2) {
          addSpan(line, crossings[i]!, crossings[i + 1]!, area);
        }
      }
      for (let column = area.left; column < area.right; column++) {
        if (line[column]! > 0) cover(row * width + column, line[column]! / POLYGON_LINES);
      }
    }
    return area;
  }
}

/** The smallest area that holds all of `areas`. */
export function around(areas: readonly Area[]): Area {
  const filled = areas.filter(({ left, right, top, bottom }) =>
    right > left && bottom > top
  );
  if (filled.length === 0) return { left: 0, top: 0, right: 0, bottom: 0 };
  return {
    left: Math.min(...filled.map((area) => area.left)),
    top: Math.min(...filled.map((area) => area.top)),
    right: Math.max(...filled.map((area) => area.right)),
    bottom: Math.max(...filled.map((area) => area.bottom)),
  };
}

/** A box in the plane of the picture, not cut off at its edges. */
export interface Extent {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function extentOf(corners: readonly Corner[]): Extent {
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  };
}

function areaOf(limb: Limb, marginPx: number, format: FrameFormat): Area {
  const reach = Math.max(limb.r0, limb.r1) + marginPx;
  return areaAround([
    { x: Math.min(limb.x0, limb.x1) - reach, y: Math.min(limb.y0, limb.y1) - reach },
    { x: Math.max(limb.x0, limb.x1) + reach, y: Math.max(limb.y0, limb.y1) + reach },
  ], format);
}

function areaAround(corners: readonly Corner[], { width, height }: FrameFormat): Area {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of corners) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const inside = (value: number, max: number) => Math.max(0, Math.min(max, value));
  return {
    left: inside(Math.floor(left), width),
    top: inside(Math.floor(top), height),
    right: inside(Math.ceil(right), width),
    bottom: inside(Math.ceil(bottom), height),
  };
}

/** Where a horizontal line crosses the polygon's edges, from left to right. */
function crossingsAt(corners: readonly Corner[], y: number): number[] {
  const crossings: number[] = [];
  for (let i = 0; i < corners.length; i++) {
    const a = corners[i]!;
    const b = corners[(i + 1) % corners.length]!;
    if ((a.y <= y) === (b.y <= y)) continue;
    crossings.push(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y));
  }
  return crossings.sort((a, b) => a - b);
}

/** Adds the part of each pixel that lies between two points of a line. */
function addSpan(line: Float32Array, from: number, to: number, area: Area): void {
  const start = Math.max(area.left, from);
  const end = Math.min(area.right, to);
  for (let column = Math.floor(start); column < end; column++) {
    line[column]! += Math.min(end, column + 1) - Math.max(start, column);
  }
}
