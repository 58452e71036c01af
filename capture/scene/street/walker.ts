/**
 * A person: how a body stands and walks, and how it is painted.
 * Knows nothing of where people go: that is `schedule.ts`.
 * @module
 */
import type { Area, Canvas, Limb } from "../canvas.ts";
import { around, type Extent, extentOf } from "../canvas.ts";
import { lit, type Rgb, rgb, toYuv } from "../colour.ts";
import type { RandomStream } from "../random.ts";
import type { Point, View } from "../view.ts";
import { SHADOW_SLANT } from "./plan.ts";

/** What stays the same about a person. */
export interface WalkerLook {
  readonly heightM: number;
  /** Body width against the mean. */
  readonly build: number;
  readonly skin: Rgb;
  readonly hair: Rgb;
  readonly top: Rgb;
  readonly legs: Rgb;
  readonly shoes: Rgb;
  readonly garment: "jacket" | "coat" | "skirt";
  readonly carries: "nothing" | "backpack" | "bag";
  readonly bag: Rgb;
  readonly hasLongHair: boolean;
}

/** Where a person is and what the body does. */
export interface WalkerPose {
  readonly x: number;
  readonly z: number;
  /** The way it faces along the ground, radians; 0 is to the right. */
  readonly heading: number;
  /** Metres walked so far: drives the legs. */
  readonly walkedM: number;
  /** 0 stands, 1 walks. */
  readonly stride: number;
}

const TOPS = [
  ...["#b3413a", "#2f4d7a", "#d9b44a", "#3f6b4f", "#e2ded3", "#7a4a73", "#2d3238"],
  ...["#c86f3c", "#5d8fb0", "#8c2f39"],
] as [string, ...string[]];
const LEGS = ["#2b3448", "#3a3a3c", "#5a4a3a", "#8b8069", "#1f2226", "#4a5a78"] as const;
const SKINS = ["#e3b594", "#c98f6b", "#8d5b3f", "#f0c8a8", "#5f3d2b"] as const;
const HAIRS = ["#2a2019", "#5a3d25", "#8c6a3f", "#1a1a1c", "#9a9590", "#6e2f1e"] as const;
const BAGS = ["#3b2d25", "#7a2f2a", "#2f4a44", "#c9a25a"] as const;

export function drawnLook(random: RandomStream): WalkerLook {
  const garment = random.pick(["jacket", "jacket", "jacket", "coat", "skirt"] as const);
  return {
    heightM: random.between(1.58, 1.88),
    build: random.between(0.9, 1.18),
    skin: rgb(random.pick(SKINS)),
    hair: rgb(random.pick(HAIRS)),
    top: lit(rgb(random.pick(TOPS)), random.between(0.85, 1.1)),
    legs: rgb(random.pick(LEGS)),
    shoes: rgb(random.pick(["#1d1b1a", "#5b3a26", "#d8d5cf"] as const)),
    garment,
    carries: random.pick(["nothing", "nothing", "backpack", "bag"] as const),
    bag: rgb(random.pick(BAGS)),
    hasLongHair: garment === "skirt" || random.chance(0.3),
  };
}

/** One piece of a body: a limb in the world, in parts of the body's height. */
interface Piece {
  readonly from: Point;
  readonly to: Point;
  readonly r0: number;
  readonly r1: number;
  readonly colour: Rgb;
}

/** Paints a person; returns where. */
export function paintWalker(canvas: Canvas, view: View, walker: Walker): Area {
  const areas = piecesOf(walker, view).map((piece) =>
    canvas.paintLimb(limbOf(piece, view), { colour: toYuv(piece.colour), roundness: 16 })
  );
  return around(areas);
}

/** Casts a person's shadow on the ground; returns where. */
export function shadeWalker(canvas: Canvas, view: View, walker: Walker): Area {
  const areas = piecesOf(walker, view).map((piece) => {
    const limb = flatLimb(piece, view);
    const heightM = (piece.from.y + piece.to.y) / 2;
    const { scale } = view.spotOf(onGround(piece.from));
    return canvas.shadeLimb(limb, {
      softPx: 1.2 + (0.02 + 0.06 * heightM) * scale,
      alpha: 0.5 - 0.06 * heightM,
    });
  });
  const area = around(areas);
  canvas.castShade(area);
  return area;
}

export interface Walker {
  readonly look: WalkerLook;
  readonly pose: WalkerPose;
}

/** The body's pieces, those to be painted first first. */
function piecesOf({ look, pose }: Walker, view: View): Piece[] {
  const body = new Body(look, pose);
  const near = body.nearerSide(view);
  const far = near === 1 ? -1 : 1;
  const isPackInFront = look.carries === "backpack" && body.facesAway(view);
  const isBagInFront = look.carries === "bag" && near === BAG_SIDE;
  const isInFront = isPackInFront || isBagInFront;
  return [
    ...body.arm(far),
    ...(isInFront ? [] : body.luggage()),
    ...body.leg(far),
    ...body.leg(near),
    ...body.torso(),
    ...body.head(view),
    ...(isInFront ? body.luggage() : []),
    ...body.arm(near),
  ];
}

/** The hand that carries a bag; its arm hangs. */
const BAG_SIDE = 1;
/** Largest swing of a leg, radians. */
const SWING = 0.5;

/** Joints of a body, from its pose. Sides: 1 is its left, -1 its right. */
class Body {
  readonly #look: WalkerLook;
  readonly #pose: WalkerPose;
  readonly #phase: number;

  constructor(look: WalkerLook, pose: WalkerPose) {
    this.#look = look;
    this.#pose = pose;
    this.#phase = (2 * Math.PI * pose.walkedM) / (0.84 * look.heightM);
  }

  /** A point `ahead` and `aside` (to the left) of the body's axis, `up`, all in heights. */
  #at(ahead: number, aside: number, up: number): Point {
    const { heightM } = this.#look;
    const { x, z, heading } = this.#pose;
    const [cos, sin] = [Math.cos(heading), Math.sin(heading)];
    return {
      x: x + heightM * (ahead * cos - aside * sin),
      y: heightM * (up + this.#bob()),
      z: z + heightM * (ahead * sin + aside * cos),
    };
  }

  /** The body sinks a little when its legs are apart. */
  #bob(): number {
    return -0.012 * this.#pose.stride * Math.abs(Math.sin(this.#phase));
  }

  nearerSide(view: View): 1 | -1 {
    const left = view.spotOf(this.#at(0, 0.1, 0.8)).depth;
    const right = view.spotOf(this.#at(0, -0.1, 0.8)).depth;
    return left < right ? 1 : -1;
  }

  facesAway(view: View): boolean {
    return view.spotOf(this.#at(0.1, 0, 0.8)).depth >
      view.spotOf(this.#at(0, 0, 0.8)).depth;
  }

  leg(side: 1 | -1): Piece[] {
    const { legs, shoes, build, skin, garment } = this.#look;
    const { stride } = this.#pose;
    const phase = this.#phase + (side === 1 ? 0 : Math.PI);
    const thigh = stride * SWING * Math.sin(phase);
    const bend = stride * 0.95 * Math.max(0, Math.cos(phase)) + 0.05;
    const aside = 0.052 * side;
    const hip = this.#at(0, aside, 0.51);
    const kneeAhead = 0.245 * Math.sin(thigh);
    const kneeUp = 0.51 - 0.245 * Math.cos(thigh);
    const knee = this.#at(kneeAhead, aside, kneeUp);
    const ankleAhead = kneeAhead + 0.235 * Math.sin(thigh - bend);
    const ankleUp = Math.max(0.03, kneeUp - 0.235 * Math.cos(thigh - bend));
    const ankle = this.#at(ankleAhead, aside, ankleUp);
    const toe = this.#at(ankleAhead + 0.075, aside, Math.max(0.018, ankleUp - 0.012));
    const shaded = lit(legs, side === 1 ? 0.92 : 1);
    const calf = garment === "skirt" ? lit(skin, 0.9) : shaded;
    return [
      { from: ankle, to: toe, r0: 0.026, r1: 0.019, colour: shoes },
      { from: knee, to: ankle, r0: 0.038 * build, r1: 0.026, colour: calf },
      { from: hip, to: knee, r0: 0.058 * build, r1: 0.041 * build, colour: shaded },
    ];
  }

  torso(): Piece[] {
    const { top, legs, build, garment } = this.#look;
    const side = (aside: number, light: number): Piece => ({
      from: this.#at(0, 0.6 * aside, 0.53),
      to: this.#at(0.005, aside, 0.775),
      r0: 0.063 * build,
      r1: 0.058 * build,
      colour: lit(top, light),
    });
    const pieces = [side(0.062, 0.96), side(-0.062, 0.96), side(0, 1.03)];
    const [waist, hem] = [
      this.#at(0, 0, 0.53),
      this.#at(0, 0, garment === "coat" ? 0.31 : 0.33),
    ];
    const sway = 0.012 * this.#pose.stride;
    if (garment === "coat") {
      pieces.unshift({
        from: waist,
        to: hem,
        r0: 0.08 * build,
        r1: 0.088 + sway,
        colour: top,
      });
    }
    if (garment === "skirt") {
      pieces.unshift({
        from: waist,
        to: hem,
        r0: 0.07 * build,
        r1: 0.1 + sway,
        colour: legs,
      });
    }
    return pieces;
  }

  arm(side: 1 | -1): Piece[] {
    const { top, skin, build } = this.#look;
    const { stride } = this.#pose;
    const phase = this.#phase + (side === 1 ? Math.PI : 0);
    const isLoaded = this.#look.carries === "bag" && side === BAG_SIDE;
    const swing = isLoaded ? 0.02 : stride * 0.42 * Math.sin(phase) + 0.04;
    const aside = 0.118 * build * side;
    const shoulder = this.#at(0, 0.105 * build * side, 0.79);
    const elbowAhead = 0.165 * Math.sin(swing);
    const elbowUp = 0.79 - 0.165 * Math.cos(swing);
    const elbow = this.#at(elbowAhead, aside, elbowUp);
    const fore = isLoaded ? 0.05 : swing + 0.3 + 0.2 * stride;
    const wrist = this.#at(
      elbowAhead + 0.14 * Math.sin(fore),
      aside * 0.98,
      elbowUp - 0.14 * Math.cos(fore),
    );
    const sleeve = lit(top, 0.88);
    return [
      { from: wrist, to: wrist, r0: 0.024, r1: 0.024, colour: skin },
      { from: elbow, to: wrist, r0: 0.03 * build, r1: 0.022, colour: sleeve },
      { from: shoulder, to: elbow, r0: 0.037 * build, r1: 0.03 * build, colour: sleeve },
    ];
  }

  head(view: View): Piece[] {
    const { skin, hair, hasLongHair } = this.#look;
    const neck: Piece = {
      from: this.#at(0.005, 0, 0.81),
      to: this.#at(0.012, 0, 0.87),
      ...{ r0: 0.03, r1: 0.028, colour: lit(skin, 0.85) },
    };
    const face: Piece = {
      from: this.#at(0.02, 0, 0.895),
      to: this.#at(0.016, 0, 0.935),
      ...{ r0: 0.046, r1: 0.053, colour: skin },
    };
    const scalp: Piece = {
      from: this.#at(-0.012, 0, 0.935),
      to: this.#at(0.004, 0, 0.953),
      ...{ r0: 0.052, r1: 0.05, colour: hair },
    };
    const mane: Piece = {
      from: this.#at(-0.025, 0, 0.93),
      to: this.#at(-0.034, 0, 0.82),
      ...{ r0: 0.05, r1: 0.036, colour: lit(hair, 0.94) },
    };
    const fringe: Piece = {
      from: this.#at(0.012, 0, 0.967),
      to: this.#at(0.0, 0, 0.967),
      ...{ r0: 0.037, r1: 0.042, colour: hair },
    };
    const back = hasLongHair ? [mane, scalp] : [scalp];
    return this.facesAway(view) ? [neck, face, ...back] : [neck, ...back, face, fringe];
  }

  luggage(): Piece[] {
    const { carries, bag } = this.#look;
    switch (carries) {
      case "nothing":
        return [];
      case "backpack":
        return [{
          from: this.#at(-0.095, 0, 0.6),
          to: this.#at(-0.085, 0, 0.74),
          ...{ r0: 0.062, r1: 0.055, colour: bag },
        }];
      case "bag":
        return this.#bag();
    }
  }

  #bag(): Piece[] {
    const { bag, build } = this.#look;
    const aside = BAG_SIDE * (0.118 * build + 0.012);
    const roll = (half: number, up: number, radius: number, light: number): Piece => ({
      from: this.#at(0.02 - half, aside, up),
      to: this.#at(0.02 + half, aside, up),
      ...{ r0: radius, r1: radius, colour: lit(bag, light) },
    });
    const strap: Piece = {
      from: this.#at(0.02, aside, 0.48),
      to: this.#at(0.02, aside, 0.42),
      ...{ r0: 0.009, r1: 0.016, colour: lit(bag, 0.7) },
    };
    return [strap, roll(0.05, 0.34, 0.037, 0.95), roll(0.042, 0.385, 0.032, 1.1)];
  }
}

/** The box around the whole person, also where it lies outside the picture. */
export function extentOfWalker(view: View, walker: Walker): Extent {
  const limbs = piecesOf(walker, view).map((piece) => limbOf(piece, view));
  return extentOf(limbs.flatMap(({ x0, y0, r0, x1, y1, r1 }) => [
    { x: x0 - r0, y: y0 - r0 },
    { x: x0 + r0, y: y0 + r0 },
    { x: x1 - r1, y: y1 - r1 },
    { x: x1 + r1, y: y1 + r1 },
  ]));
}

function limbOf({ from, to, r0, r1 }: Piece, view: View): Limb {
  const a = view.spotOf(from);
  const b = view.spotOf(to);
  const heightM = 1.75;
  return {
    ...{ x0: a.x, y0: a.y, r0: r0 * heightM * a.scale },
    ...{ x1: b.x, y1: b.y, r1: r1 * heightM * b.scale },
  };
}

/** The piece's shadow, as a limb that lies on the ground. */
function flatLimb({ from, to, r0, r1, colour }: Piece, view: View): Limb {
  return limbOf({
    from: shadowOf(from),
    to: shadowOf(to),
    r0: 0.8 * r0,
    r1: 0.8 * r1,
    colour,
  }, view);
}

function shadowOf({ x, y, z }: Point): Point {
  return { x: x + SHADOW_SLANT.x * y, y: 0, z: z + SHADOW_SLANT.z * y };
}

function onGround({ x, z }: Point): Point {
  return { x, y: 0, z };
}
