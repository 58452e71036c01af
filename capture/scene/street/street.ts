/**
 * Paints the street at a time: backdrop, shadows, then everything from far to near.
 * Knows what can be seen of each thing; effects and sensor noise are not its work.
 * @module
 */
import { type FrameFormat } from "../../frame/frame.ts";
import { type Area, around, Canvas, type Extent } from "../canvas.ts";
import { rgb, toYuv } from "../colour.ts";
import type { SeenObject } from "../truth.ts";
import type { Point, View } from "../view.ts";
import { paintBackdrop } from "./backdrop.ts";
import { extentOfCar, paintCar, shadeCar } from "./car.ts";
import { BOLLARDS, LAMP_POST, SHADOW_SLANT, streetView } from "./plan.ts";
import { type Actor, actorsAt } from "./schedule.ts";
import { extentOfWalker, paintWalker, shadeWalker } from "./walker.ts";

export interface StreetOptions {
  readonly format: FrameFormat;
  readonly seed: number;
  /** Whether `paint()` says what can be seen; costs a little. */
  readonly withTruth: boolean;
  /** Who comes at all, by his key; everybody unless told. */
  readonly comes?: (key: number) => boolean;
}

export class Street {
  readonly #view: View;
  readonly #seed: number;
  readonly #comes: (key: number) => boolean;
  readonly #backdrop: Canvas;
  readonly #backdropFrame: Uint8Array;
  readonly #canvas: Canvas;

  constructor({ format, seed, withTruth, comes = () => true }: StreetOptions) {
    this.#comes = comes;
    this.#view = streetView(format);
    this.#seed = seed;
    this.#backdrop = paintBackdrop(this.#view, seed);
    shadeFurniture(this.#backdrop, this.#view);
    this.#canvas = new Canvas(format, { withOwners: withTruth });
    const chroma = 2 * Math.ceil(format.width / 2) * Math.ceil(format.height / 2);
    this.#backdropFrame = new Uint8Array(format.width * format.height + chroma);
    this.#backdrop.writeFrame(this.#backdropFrame);
  }

  /** Paints the moment into `pixels` (yuv420p); returns what can be seen, far first. */
  paint(timeMs: number, pixels: Uint8Array): SeenObject[] {
    const canvas = this.#canvas;
    const view = this.#view;
    const actors = actorsAt(this.#seed, timeMs).filter(({ key }) => this.#comes(key))
      .sort((a, b) => b.z - a.z);
    canvas.copyFrom(this.#backdrop);
    const areas = actors.map((actor) =>
      actor.kind === "person"
        ? shadeWalker(canvas, view, actor.walker)
        : shadeCar(canvas, view, actor.car)
    );
    const drawn: Drawn[] = [];
    for (const thing of [...actors, ...FURNITURE].sort((a, b) => b.z - a.z)) {
      if (thing.kind === "furniture") {
        canvas.owner = 0;
        areas.push(thing.paint(canvas, view));
        continue;
      }
      canvas.owner = drawn.length + 1;
      const area = paintActor(canvas, view, thing);
      areas.push(area);
      const pixelsAlone = canvas.owners ? ownedIn(canvas, area, canvas.owner).pixels : 0;
      drawn.push({ actor: thing, area, pixelsAlone });
    }
    pixels.set(this.#backdropFrame);
    pixels.set(canvas.y);
    for (const area of areas) canvas.writeChroma(pixels, area);
    return canvas.owners ? this.#seen(drawn) : [];
  }

  #seen(drawn: readonly Drawn[]): SeenObject[] {
    return drawn.flatMap(({ actor, area, pixelsAlone }, index) => {
      const { pixels, box } = ownedIn(this.#canvas, area, index + 1);
      if (pixels === 0) return [];
      const inside = partInside(extentOfActor(this.#view, actor), this.#canvas.format);
      return [{
        key: actor.key,
        class: actor.kind,
        x: box.left,
        y: box.top,
        w: box.right - box.left,
        h: box.bottom - box.top,
        visible: inside * pixels / Math.max(1, pixelsAlone),
        pixels,
      }];
    });
  }
}

interface Drawn {
  readonly actor: Actor;
  readonly area: Area;
  /** Pixels it covered before nearer things were painted. */
  readonly pixelsAlone: number;
}

/** A still thing that can hide what moves behind it. */
interface Furniture {
  readonly kind: "furniture";
  readonly z: number;
  readonly paint: (canvas: Canvas, view: View) => Area;
}

const FURNITURE: readonly Furniture[] = [
  { kind: "furniture", z: LAMP_POST.z, paint: paintLampPost },
  ...BOLLARDS.map((foot): Furniture => ({
    kind: "furniture",
    z: foot.z,
    paint: (canvas, view) => paintBollard(canvas, view, foot),
  })),
];

const IRON = rgb("#3a4440");

function paintLampPost(canvas: Canvas, view: View): Area {
  const post = (from: number, to: number, radiusM: number) =>
    canvas.paintLimb(upright(view, LAMP_POST, { from, to, radiusM }), {
      colour: toYuv(IRON),
      roundness: 22,
    });
  return around([post(0.02, 7, 0.055), post(0.02, 0.95, 0.085), post(0.95, 1, 0.1)]);
}

function paintBollard(canvas: Canvas, view: View, foot: Point): Area {
  const post = upright(view, foot, { from: 0.03, to: 0.9, radiusM: 0.065 });
  const area = canvas.paintLimb(post, { colour: toYuv(IRON), roundness: 22 });
  const band = upright(view, foot, { from: 0.68, to: 0.78, radiusM: 0.065 });
  canvas.paintPolygon([
    { x: band.x0 - band.r0, y: band.y0 },
    { x: band.x1 - band.r1, y: band.y1 },
    { x: band.x1 + band.r1, y: band.y1 },
    { x: band.x0 + band.r0, y: band.y0 },
  ], { colour: toYuv(rgb("#e6e3da")), alpha: 0.9 });
  return area;
}

interface Upright {
  readonly from: number;
  readonly to: number;
  readonly radiusM: number;
}

function upright(view: View, { x, z }: Point, { from, to, radiusM }: Upright) {
  const a = view.spotOf({ x, y: from, z });
  const b = view.spotOf({ x, y: to, z });
  return {
    ...{ x0: a.x, y0: a.y, r0: radiusM * a.scale },
    ...{ x1: b.x, y1: b.y, r1: radiusM * b.scale },
  };
}

/** Still things have still shadows: part of the backdrop. */
function shadeFurniture(canvas: Canvas, view: View): void {
  const things = [...BOLLARDS.map((foot) => ({ foot, heightM: 0.92, radiusM: 0.06 })), {
    foot: LAMP_POST,
    heightM: 5,
    radiusM: 0.05,
  }];
  for (const { foot, heightM, radiusM } of things) {
    const a = view.spotOf(foot);
    const b = view.spotOf({
      x: foot.x + SHADOW_SLANT.x * heightM,
      y: 0,
      z: foot.z + SHADOW_SLANT.z * heightM,
    });
    const limb = {
      ...{ x0: a.x, y0: a.y, r0: radiusM * a.scale },
      ...{ x1: b.x, y1: b.y, r1: radiusM * b.scale },
    };
    canvas.castShade(canvas.shadeLimb(limb, { softPx: 3, alpha: 0.45 }));
  }
}

function paintActor(canvas: Canvas, view: View, actor: Actor): Area {
  return actor.kind === "person"
    ? paintWalker(canvas, view, actor.walker)
    : paintCar(canvas, view, actor.car);
}

function extentOfActor(view: View, actor: Actor): Extent {
  return actor.kind === "person"
    ? extentOfWalker(view, actor.walker)
    : extentOfCar(view, actor.car);
}

/** How many pixels of `area` somebody owns, and the box around them. */
function ownedIn(
  canvas: Canvas,
  area: Area,
  owner: number,
): { pixels: number; box: Area } {
  const { width } = canvas.format;
  let pixels = 0;
  let [left, top, right, bottom] = [area.right, area.bottom, area.left, area.top];
  for (let row = area.top; row < area.bottom; row++) {
    for (let column = area.left; column < area.right; column++) {
      if (canvas.owners?.[row * width + column] !== owner) continue;
      pixels++;
      left = Math.min(left, column);
      right = Math.max(right, column + 1);
      top = Math.min(top, row);
      bottom = row + 1;
    }
  }
  return { pixels, box: { left, top, right, bottom } };
}

/** The part of a box that lies in the picture, 0..1. */
function partInside({ left, top, right, bottom }: Extent, format: FrameFormat): number {
  const inside = (from: number, to: number, max: number) =>
    Math.max(0, Math.min(max, to) - Math.max(0, from)) / Math.max(1e-9, to - from);
  return inside(left, right, format.width) * inside(top, bottom, format.height);
}
