/**
 * The street without anything that moves, painted once.
 * @module
 */
import { Canvas } from "../canvas.ts";
import { lit, type Rgb, rgb, toYuv } from "../colour.ts";
import { RandomStream } from "../random.ts";
import { Texture } from "../texture.ts";
import type { Point, View } from "../view.ts";
import { groundColour } from "./ground.ts";
import {
  buildHouses,
  frontColour,
  gardenColour,
  houseAt,
  isGarden,
  roofColour,
  skyColour,
} from "./houses.ts";
import { HOUSES_Z } from "./plan.ts";

/** Looks per pixel along each axis: edges and joints are finer than a pixel. */
const LOOKS = 3;
/** Larger pictures are looked at less often per pixel, so that a start stays quick. */
const LOOKS_LARGE = 2;
const LARGE_PX = 400_000;
const ROOF_SLOPE = 0.8;
const RIDGE_M = 3;

export function paintBackdrop(view: View, seed: number): Canvas {
  const format = { width: view.width, height: view.height };
  const canvas = new Canvas(format, { withOwners: false });
  const texture = new Texture(seed);
  const colourOf = colourThrough(view, seed, texture);
  const looks = view.width * view.height > LARGE_PX ? LOOKS_LARGE : LOOKS;
  for (let row = 0; row < view.height; row++) {
    for (let column = 0; column < view.width; column++) {
      let [r, g, b] = [0, 0, 0];
      for (let look = 0; look < looks * looks; look++) {
        const x = column + (look % looks + 0.5) / looks;
        const y = row + (Math.floor(look / looks) + 0.5) / looks;
        const colour = colourOf(x, y);
        r += colour[0];
        g += colour[1];
        b += colour[2];
      }
      const all = looks * looks;
      const at = row * view.width + column;
      [canvas.y[at], canvas.u[at], canvas.v[at]] = toYuv([r / all, g / all, b / all]);
    }
  }
  paintTree(canvas, view, { foot: { x: 15.1, y: 0, z: 18.85 }, heightM: 6, seed });
  return canvas;
}

/** What a ray through a pixel meets first. */
function colourThrough(
  view: View,
  seed: number,
  texture: Texture,
): (x: number, y: number) => Rgb {
  const houses = buildHouses(seed);
  const { y: eyeM } = view.eye;
  return (px, py) => {
    const ray = view.rayThrough(px, py);
    const toHouses = HOUSES_Z / ray.z;
    const y = eyeM + toHouses * ray.y;
    const x = toHouses * ray.x;
    if (y <= 0) {
      const toGround = -eyeM / ray.y;
      return groundColour(toGround * ray.x, toGround * ray.z, texture);
    }
    const sky = () => skyColour(ray.x / ray.z, ray.y / ray.z, texture);
    if (isGarden(x)) return gardenColour({ x, y }, texture) ?? sky();
    const house = houseAt(houses, x);
    if (!house) return sky();
    if (y <= house.eaveM) return frontColour(house, { x, y }, texture);
    const toRoof = (house.eaveM - eyeM - HOUSES_Z * ROOF_SLOPE) /
      (ray.y - ROOF_SLOPE * ray.z);
    const roofY = eyeM + toRoof * ray.y - house.eaveM;
    if (roofY > RIDGE_M || toRoof < 0) return sky();
    return roofColour(house, { x: toRoof * ray.x, y: roofY }, texture);
  };
}

interface Tree {
  readonly foot: Point;
  readonly heightM: number;
  readonly seed: number;
}

/** A trunk and a crown of many leaves, dark ones behind and below first. */
function paintTree(canvas: Canvas, view: View, { foot, heightM, seed }: Tree): void {
  const random = new RandomStream(seed, 0x7ee);
  const base = view.spotOf(foot);
  const top = view.spotOf({ ...foot, y: heightM * 0.7 });
  canvas.paintLimb({
    ...{ x0: base.x, y0: base.y, r0: 0.17 * base.scale },
    ...{ x1: top.x, y1: top.y, r1: 0.06 * top.scale },
  }, { colour: toYuv(rgb("#5f4c3c")), roundness: 14 });
  const leaves = 900;
  for (let i = 0; i < leaves; i++) {
    const angle = random.between(0, 2 * Math.PI);
    const out = Math.sqrt(random.next());
    const across = Math.cos(angle) * out * 1.75;
    const up = Math.sin(angle) * out * 1.9;
    const front = i / leaves;
    const spot = view.spotOf({
      x: foot.x + across,
      y: heightM * 0.68 + up,
      z: foot.z - front,
    });
    const facing = 0.5 + 0.3 * (up / 1.9) - 0.2 * (across / 1.75);
    const light = 0.45 + 0.45 * front * random.next() + 0.4 * facing;
    const r = random.between(0.06, 0.17) * spot.scale;
    const leaf = { x0: spot.x, y0: spot.y, r0: r, x1: spot.x + r, y1: spot.y, r1: r };
    const green = random.chance(0.3) ? rgb("#8a9a4a") : rgb("#5d7f41");
    canvas.paintLimb(leaf, { colour: toYuv(lit(green, light)), alpha: 0.85 });
  }
}
