/**
 * The colour of the street's ground at a point: asphalt, paint, kerbs, paving.
 * @module
 */
import { blend, lit, type Rgb, rgb } from "../colour.ts";
import type { Texture } from "../texture.ts";
import {
  CENTRE_LINE_Z,
  FAR_KERB_Z,
  FAR_LANE_Z,
  HOUSES_Z,
  KERB_M,
  NEAR_KERB_Z,
  NEAR_LANE_Z,
  ZEBRA,
} from "./plan.ts";

const ASPHALT = rgb("#6d6e70");
const TAR = rgb("#4b4c4f");
const PAINT = rgb("#d9d8d0");
const KERB = rgb("#a9a59c");
const SLAB = rgb("#a79f92");
const SLAB_COOL = rgb("#999890");
const PAVER = rgb("#a3836f");
const PAVER_COOL = rgb("#8d8478");
const JOINT = rgb("#716c63");
const IRON = rgb("#4a4746");

export function groundColour(x: number, z: number, texture: Texture): Rgb {
  const light = 0.94 + 0.12 * texture.cloudy(x / 3.1, z / 3.1) - houseShade(z);
  return lit(materialAt(x, z, texture), light);
}

function materialAt(x: number, z: number, texture: Texture): Rgb {
  if (z < NEAR_KERB_Z) return slabs(x, z, texture);
  if (z < NEAR_KERB_Z + KERB_M) return kerb(x, z - NEAR_KERB_Z, texture);
  if (z < FAR_KERB_Z) return road(x, z, texture);
  if (z < FAR_KERB_Z + KERB_M) return kerb(x, FAR_KERB_Z + KERB_M - z, texture);
  return pavers(x, z, texture);
}

/** Little light reaches the foot of the houses. */
function houseShade(z: number): number {
  return 0.25 * Math.max(0, 1 - (HOUSES_Z - z) / 0.7);
}

function slabs(x: number, z: number, texture: Texture): Rgb {
  const row = Math.floor(z / 0.6);
  const along = x + (row & 1) * 0.45;
  const tint = texture.cell(along / 0.9, row);
  const stone = lit(
    blend(SLAB, SLAB_COOL, tint),
    0.93 + 0.1 * texture.cell(row, along / 0.9),
  );
  const speckled = lit(stone, 0.95 + 0.1 * texture.smooth(x * 23, z * 23));
  const edge = Math.min(inCell(along, 0.9), inCell(z, 0.6));
  if (edge < 0.018) return blend(JOINT, speckled, 0.25);
  const stain = texture.cloudy(x / 0.8 + 40, z / 0.8 + 9);
  return lit(speckled, stain > 0.66 ? 1 - (stain - 0.66) * 0.9 : 1);
}

function pavers(x: number, z: number, texture: Texture): Rgb {
  const row = Math.floor(z / 0.22);
  const along = x + (row & 1) * 0.16;
  const tint = texture.cell(along / 0.32, row);
  const stone = lit(
    blend(PAVER, PAVER_COOL, tint),
    0.94 + 0.1 * texture.smooth(9 * x, 9 * z),
  );
  const edge = Math.min(inCell(along, 0.32), inCell(z, 0.22));
  return edge < 0.012 ? blend(JOINT, stone, 0.5) : stone;
}

/** `across` runs from the pavement's side to the gutter's, metres. */
function kerb(x: number, across: number, texture: Texture): Rgb {
  if (inCell(x, 1) < 0.012) return JOINT;
  const worn = lit(KERB, 0.92 + 0.16 * texture.cloudy(x * 3, across * 6));
  return across > KERB_M - 0.06 ? lit(worn, 0.62) : worn;
}

function road(x: number, z: number, texture: Texture): Rgb {
  const grain = 0.9 + 0.12 * texture.smooth(x * 31, z * 31) + 0.08 * texture.cloudy(x, z);
  let base = lit(ASPHALT, grain);
  if (isPatch(x, z)) base = lit(blend(base, TAR, 0.45), 0.98);
  base = lit(base, 1 - wheelWear(z) * 0.1);
  if (isTarSeam(x, z, texture)) base = blend(base, TAR, 0.8);
  base = manhole(x, z, base);
  const paint = isPainted(x, z) ? 0.92 - 0.4 * texture.cloudy(x * 5, z * 5) : 0;
  const marked = blend(base, PAINT, paint);
  const gutter = Math.min(z - NEAR_KERB_Z - KERB_M, FAR_KERB_Z - z);
  return gutter < 0.35 ? lit(marked, 0.8 + 0.57 * Math.max(0, gutter)) : marked;
}

/** A trench that was dug and filled. */
function isPatch(x: number, z: number): boolean {
  return x > 9.4 && x < 14.6 && z > 9.9 && z < 11.2;
}

function isTarSeam(x: number, z: number, texture: Texture): boolean {
  const wander = 0.5 * (texture.smooth(x / 1.3, 3) - 0.5);
  return Math.abs(z - CENTRE_LINE_Z - 0.5 - wander) < 0.02 &&
    texture.smooth(x / 3, 8) > 0.4;
}

/** Tyres polish two tracks in each lane: 0..1. */
function wheelWear(z: number): number {
  let wear = 0;
  for (const lane of [NEAR_LANE_Z, FAR_LANE_Z]) {
    const off = Math.abs(Math.abs(z - lane) - 0.75);
    wear = Math.max(wear, 1 - off / 0.35);
  }
  return Math.max(0, wear);
}

function manhole(x: number, z: number, base: Rgb): Rgb {
  const distance = Math.hypot(x - 0.4, z - 13.6);
  if (distance > 0.4) return base;
  if (distance > 0.34) return lit(IRON, 0.75);
  return inCell(x + z, 0.12) < 0.02 || inCell(x - z, 0.12) < 0.02 ? lit(IRON, 1.3) : IRON;
}

function isPainted(x: number, z: number): boolean {
  const onZebra = x > ZEBRA.from && x < ZEBRA.to;
  if (onZebra) return z > 9.75 && z < 15.75 && inPeriod(z - 9.75, 1) < 0.5;
  const nearZebra = x > ZEBRA.from - 3.1 && x < ZEBRA.to + 3.1;
  if (nearZebra) {
    const stopNear = x > ZEBRA.from - 1.3 && x < ZEBRA.from - 0.95;
    const stopFar = x > ZEBRA.to + 0.95 && x < ZEBRA.to + 1.3;
    return (stopNear && z < CENTRE_LINE_Z) || (stopFar && z > CENTRE_LINE_Z);
  }
  return Math.abs(z - CENTRE_LINE_Z) < 0.07 && inPeriod(x, 4) < 2.2;
}

function inPeriod(value: number, period: number): number {
  return value - Math.floor(value / period) * period;
}

/** Distance to the nearest edge of a row of cells. */
function inCell(value: number, size: number): number {
  const inside = inPeriod(value, size);
  return Math.min(inside, size - inside);
}
