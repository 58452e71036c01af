/**
 * The row of houses across the street: its fronts, roofs and the sky over them.
 * @module
 */
import { blend, lit, type Rgb, rgb } from "../colour.ts";
import { RandomStream } from "../random.ts";
import type { Texture } from "../texture.ts";

export interface House {
  readonly left: number;
  readonly right: number;
  readonly eaveM: number;
  readonly wall: Rgb;
  readonly roof: Rgb;
  readonly trim: Rgb;
  readonly accent: Rgb;
  readonly isBrick: boolean;
  readonly isShop: boolean;
  readonly axes: readonly number[];
  /** Which axis has the door. */
  readonly door: number;
}

const WALLS = [
  "#d8c9a8",
  "#b8705a",
  "#c9b7a4",
  "#e0d6c4",
  "#9a5b48",
  "#b9c2bd",
  "#d3a878",
];
const ROOFS = ["#7b4636", "#5b5653", "#84503c", "#4e4b4c"];
const ACCENTS = ["#2f5a4a", "#7a2630", "#27466b", "#a06a1f", "#3d3b3c"];
const TRIM = rgb("#efeae0");
const GLASS_DARK = rgb("#28323b");
const GLASS_SKY = rgb("#8fa5b5");
const CURTAIN = rgb("#cfc8bb");
const GARDEN = { left: 13.4, right: 17.2 } as const;
const FLOOR_M = 2.75;

export function buildHouses(seed: number): House[] {
  const random = new RandomStream(seed, 0x4005e);
  const houses: House[] = [];
  let turn = Math.floor(random.between(0, WALLS.length));
  for (let left = -18; left < 60;) {
    if (left < GARDEN.right && left + 3 > GARDEN.left) left = GARDEN.right;
    const columns = random.chance(0.4) ? 3 : 2;
    let right = left + columns * random.between(1.95, 2.3) + 0.7;
    if (left < GARDEN.left && right > GARDEN.left - 3) right = GARDEN.left;
    const step = (right - left) / columns;
    houses.push({
      left,
      right,
      eaveM: random.between(5.35, 6.1),
      wall: rgb(WALLS[turn % WALLS.length]!),
      roof: rgb(ROOFS[Math.floor(random.between(0, ROOFS.length))]!),
      trim: lit(TRIM, random.between(0.86, 1)),
      accent: rgb(ACCENTS[(turn * 2) % ACCENTS.length]!),
      isBrick: turn % WALLS.length === 1 || turn % WALLS.length === 4,
      isShop: columns === 3 || random.chance(0.25),
      axes: Array.from({ length: columns }, (_, i) => left + step * (i + 0.5)),
      door: Math.floor(random.between(0, columns)),
    });
    turn++;
    left = right;
  }
  return houses;
}

export function houseAt(houses: readonly House[], x: number): House | undefined {
  return houses.find((house) => x >= house.left && x < house.right);
}

/** The colour of a front at `x`, `y` metres over the ground. */
export function frontColour(house: House, at: FrontPoint, texture: Texture): Rgb {
  const { x, y } = at;
  const shade = 1 - 0.35 * Math.max(0, 1 - (house.eaveM - y) / 0.4);
  const stain = 0.93 + 0.12 * texture.cloudy(x / 1.7, y / 1.1) -
    0.1 * Math.max(0, 0.5 - y);
  const opening = openingAt(house, at, texture);
  if (opening) return lit(opening, shade);
  const pipe = Math.abs(x - house.left - 0.16);
  if (pipe < 0.05) return lit(house.trim, pipe < 0.02 ? 0.75 : 0.6);
  if (Math.abs(y - FLOOR_M - 0.12) < 0.09) return lit(house.trim, 0.93 * shade);
  if (y > house.eaveM - 0.14) return lit(house.trim, 0.8);
  if (y < 0.45) return lit(blend(house.wall, rgb("#6a655e"), 0.65), stain);
  const wall = house.isBrick ? brick(house.wall, at, texture) : house.wall;
  return lit(wall, shade * stain);
}

export interface FrontPoint {
  readonly x: number;
  readonly y: number;
}

function brick(wall: Rgb, { x, y }: FrontPoint, texture: Texture): Rgb {
  const row = Math.floor(y / 0.09);
  const tone = texture.cell((x + (row & 1) * 0.13) / 0.26, row);
  const inRow = y / 0.09 - row;
  return inRow < 0.16 ? blend(wall, rgb("#b7aa9a"), 0.5) : lit(wall, 0.86 + 0.26 * tone);
}

/** Windows, doors and shop fronts. */
function openingAt(house: House, at: FrontPoint, texture: Texture): Rgb | undefined {
  for (const [index, axis] of house.axes.entries()) {
    const across = at.x - axis;
    const upper = window(house, { x: across, y: at.y - FLOOR_M - 0.75 }, texture, axis);
    if (upper) return upper;
    if (index === house.door) {
      const door = doorColour(house, { x: across, y: at.y });
      if (door) return door;
    } else if (!house.isShop) {
      const lower = window(house, { x: across, y: at.y - 0.9 }, texture, axis + 50);
      if (lower) return lower;
    }
  }
  return house.isShop ? shopFront(house, at, texture) : undefined;
}

/** A window 1.1 m by 1.4 m; `y` counts from its sill, `x` from its middle. */
function window(
  house: House,
  { x, y }: FrontPoint,
  texture: Texture,
  key: number,
): Rgb | undefined {
  if (Math.abs(x) < 0.68 && y > -0.1 && y < 0) return lit(house.trim, 0.95);
  if (Math.abs(x) < 0.66 && y > 1.4 && y < 1.56) return lit(house.trim, 0.85);
  if (Math.abs(x) > 0.55 || y < 0 || y > 1.4) return undefined;
  // The reveal throws a narrow shadow at its top and left.
  if (y > 1.33 || x < -0.49) return lit(house.trim, 0.5);
  const isFrame = Math.abs(x) > 0.46 || y < 0.08 || y > 1.26 || Math.abs(x) < 0.035 ||
    Math.abs(y - 0.92) < 0.03;
  if (isFrame) return house.trim;
  const curtained = texture.cell(key * 3.7, 5.5);
  if (curtained > 0.45 && Math.abs(x) > 0.44 - 0.34 * (curtained - 0.35)) {
    const fold = 0.55 + 0.12 * Math.sin(x * 60);
    return lit(CURTAIN, fold);
  }
  const sky = 0.15 + 0.5 * (y / 1.4) + 0.5 * (texture.smooth(x * 1.5 + key, y * 2) - 0.5);
  return blend(GLASS_DARK, GLASS_SKY, Math.max(0, Math.min(1, sky * 0.8)));
}

function doorColour(house: House, { x, y }: FrontPoint): Rgb | undefined {
  if (y < 0.12 && Math.abs(x) < 0.75) return rgb("#8f8a80");
  if (Math.abs(x) > 0.6 || y > 2.35) return undefined;
  if (Math.abs(x) > 0.5 || y > 2.25) return lit(house.trim, 0.95);
  if (y > 1.85) return blend(GLASS_DARK, GLASS_SKY, 0.35);
  if (x < -0.45) return lit(house.accent, 0.5);
  if (Math.abs(x - 0.36) < 0.04 && Math.abs(y - 1) < 0.05) return rgb("#d6b25e");
  const panel = Math.abs(Math.abs(x) - 0.22) < 0.15 &&
    (Math.abs(y - 0.55) < 0.3 || Math.abs(y - 1.4) < 0.34);
  return lit(house.accent, panel ? 0.82 : 1);
}

function shopFront(
  house: House,
  { x, y }: FrontPoint,
  texture: Texture,
): Rgb | undefined {
  const from = house.left + 0.45;
  const to = house.right - 0.45;
  if (x < from || x > to) return undefined;
  if (y > 2.38 && y < 2.78) {
    return signColour(house, { x: x - from, y: y - 2.38 }, texture);
  }
  if (y > 1.98 && y <= 2.38) {
    const striped = Math.floor(x / 0.28) & 1;
    const slope = 0.8 + 0.5 * (y - 1.98);
    const edge = 1.98 + 0.07 * Math.abs(Math.sin(x * Math.PI / 0.28));
    if (y > edge) return lit(striped ? house.accent : rgb("#e6dfcf"), slope);
  }
  if (y < 0.45 || y > 2.1) return undefined;
  const pane = (x - from) % 1.25;
  if (pane < 0.06 || y < 0.52) return lit(house.accent, 0.8);
  const shaded = y > 1.5 ? 0.6 : 1;
  const goods = texture.cell(x / 0.24, Math.floor(y / 0.3) + house.left);
  if (y < 1.15 && goods > 0.45) {
    return lit(blend(rgb("#b98b4e"), rgb("#7f9a6b"), goods * 1.6 - 0.6), 0.75);
  }
  const sky = 0.2 + 0.35 * texture.smooth(x * 0.8, y * 1.3);
  return lit(blend(GLASS_DARK, GLASS_SKY, sky), shaded);
}

/** A sign band with strokes that look like letters from afar. */
function signColour(house: House, { x, y }: FrontPoint, texture: Texture): Rgb {
  const letters = x > 0.5 && x < house.right - house.left - 1.6 && y > 0.1 && y < 0.3;
  if (letters && texture.cell(x / 0.085, house.left + Math.floor(y / 0.1)) > 0.42) {
    return rgb("#eadfb8");
  }
  return lit(house.accent, 0.9);
}

export function roofColour(house: House, at: FrontPoint, texture: Texture): Rgb {
  const row = Math.floor(at.y / 0.2);
  const tone = texture.cell((at.x + (row & 1) * 0.1) / 0.2, row);
  const moss = texture.cloudy(at.x / 2, at.y);
  const shadow = at.y / 0.2 - row < 0.22 ? 0.78 : 1;
  return lit(house.roof, (0.9 + 0.2 * tone) * shadow * (0.9 + 0.2 * moss));
}

/** `up` is the tangent of the height over the horizon. */
export function skyColour(along: number, up: number, texture: Texture): Rgb {
  const high = Math.max(0, Math.min(1, up / 0.5));
  const clear = blend(rgb("#d5e0e6"), rgb("#7fa9cf"), high);
  const cloud = texture.cloudy(along * 4 + 3, up * 11);
  return blend(clear, rgb("#f3f3f0"), Math.max(0, Math.min(1, (cloud - 0.42) * 3)));
}

/** The garden wall in the gap between two houses, or undefined over it. */
export function gardenColour({ x, y }: FrontPoint, texture: Texture): Rgb | undefined {
  if (y > 1.75) return undefined;
  if (y > 1.62) return lit(rgb("#a39c8f"), 1);
  return lit(brick(rgb("#97604c"), { x, y }, texture), 0.95);
}

export function isGarden(x: number): boolean {
  return x >= GARDEN.left && x < GARDEN.right;
}
