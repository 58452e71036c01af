/**
 * A car: its body as a side profile with a width, and how it is painted.
 * Knows nothing of where cars drive: that is `schedule.ts`.
 * @module
 */
import {
  type Area,
  around,
  type Canvas,
  type Corner,
  type Extent,
  extentOf,
} from "../canvas.ts";
import { blend, lit, type Rgb, rgb, toYuv } from "../colour.ts";
import type { RandomStream } from "../random.ts";
import type { View } from "../view.ts";
import {
  CAR_KINDS,
  CAR_SHAPES,
  type CarKind,
  type CarShape,
  type ProfilePoint,
} from "./car_shapes.ts";
import { SHADOW_SLANT } from "./plan.ts";

export interface CarLook {
  readonly kind: CarKind;
  readonly paint: Rgb;
}

/** `x`, `z` of the middle; `facing` 1 drives to the right, -1 to the left. */
export interface CarPose {
  readonly x: number;
  readonly z: number;
  readonly facing: 1 | -1;
  /** Metres driven so far: turns the wheels. */
  readonly drivenM: number;
  readonly isBraking: boolean;
}

export interface Car {
  readonly look: CarLook;
  readonly pose: CarPose;
}

const PAINTS = [
  ...["#b8322c", "#e4e3df", "#2a4d86", "#8d9297", "#23262a", "#3f7a5c", "#d9a93a"],
  ...["#6c7f93", "#7a3345"],
] as [string, ...string[]];
const GLASS = rgb("#2b3640");
const GLASS_SKY = rgb("#9fb4c2");
const TYRE = rgb("#1c1c1d");
const RIM = rgb("#b4b6b8");
const WHEEL_M = 0.33;
/** The cabin is narrower than the body by this, at each side. */
const CABIN_INSET_M = 0.14;
const CABIN_FROM_M = 0.95;

export function drawnCar(random: RandomStream): CarLook {
  const kind = random.pick(CAR_KINDS);
  const paint = kind === "van" && random.chance(0.6) ? "#e4e3df" : random.pick(PAINTS);
  return { kind, paint: rgb(paint) };
}

/** Paints a car; returns where. */
export function paintCar(canvas: Canvas, view: View, car: Car): Area {
  const shape = CAR_SHAPES[car.look.kind];
  const place = placing(view, car, shape);
  return around([
    ...paintWheels(canvas, place, { shape, side: 1, car }),
    ...paintHull(canvas, place, { shape, paint: car.look.paint }),
    ...paintSide(canvas, place, { shape, paint: car.look.paint }),
    ...paintWheels(canvas, place, { shape, side: 0, car }),
    ...paintLights(canvas, place, { shape, isBraking: car.pose.isBraking }),
  ]);
}

/** The box around the whole car, also where it lies outside the picture. */
export function extentOfCar(view: View, car: Car): Extent {
  const shape = CAR_SHAPES[car.look.kind];
  const place = placing(view, car, shape);
  const tyres = shape.axles.map((axle) => place(axle, 0, 0));
  const body = shape.outline.flatMap((point) => [place(...point, 0), place(...point, 1)]);
  return extentOf([...tyres, ...body]);
}

/** Casts a car's shadow on the street; returns where. */
export function shadeCar(canvas: Canvas, view: View, car: Car): Area {
  const shape = CAR_SHAPES[car.look.kind];
  const heights = shape.outline.map(([, up]) => up);
  const ends = shape.outline.map(([ahead]) => ahead);
  const half = shape.widthM / 2;
  const roofM = Math.max(...heights);
  const areas: Area[] = [];
  for (const [grow, alpha] of SHADOW_RINGS) {
    const footprint = (raiseM: number, lengthPart: number) => {
      const rear = Math.min(...ends) * lengthPart - grow;
      const front = Math.max(...ends) * lengthPart + grow;
      return [[rear, -half - grow], [front, -half - grow], [front, half + grow], [
        rear,
        half + grow,
      ]].map(([ahead, across]) =>
        view.spotOf({
          x: car.pose.x + ahead! * car.pose.facing + SHADOW_SLANT.x * raiseM,
          y: 0,
          z: car.pose.z + across! + SHADOW_SLANT.z * raiseM,
        })
      );
    };
    const corners = [
      ...footprint(0, 1),
      ...footprint(0.9, 0.97),
      ...footprint(roofM, 0.6),
    ];
    areas.push(canvas.shadePolygon(hullOf(corners), alpha));
  }
  const area = around(areas);
  canvas.castShade(area);
  return area;
}

/** A soft edge: metres outwards, and how dark; the darkest wins where they overlap. */
const SHADOW_RINGS = [[0.08, 0.14], [0.03, 0.27], [-0.02, 0.4], [-0.08, 0.5]] as const;

/** `ahead`, `up` and side (0 near the camera, 1 far) to pixels. */
type Place = (ahead: number, up: number, side: number) => Corner;

function placing(view: View, { pose }: Car, { widthM }: CarShape): Place {
  return (ahead, up, side) => {
    const inset = up > CABIN_FROM_M
      ? CABIN_INSET_M * Math.min(1, (up - CABIN_FROM_M) / 0.4)
      : 0;
    const across = (side - 0.5) * (widthM - 2 * inset);
    return view.spotOf({ x: pose.x + ahead * pose.facing, y: up, z: pose.z + across });
  };
}

interface Hull {
  readonly shape: CarShape;
  readonly paint: Rgb;
}

/** Everything between the two sides that can be seen: bonnet, screens, roof, ends. */
function paintHull(canvas: Canvas, place: Place, { shape, paint }: Hull): Area[] {
  const areas: Area[] = [];
  for (let i = 0; i + 1 < shape.outline.length; i++) {
    const [a, b] = [shape.outline[i]!, shape.outline[i + 1]!];
    const corners = [place(...a, 0), place(...a, 1), place(...b, 1), place(...b, 0)];
    if (!isSeen(corners, place)) continue;
    const steep = Math.abs(b[1] - a[1]) / Math.hypot(b[0] - a[0], b[1] - a[1]);
    const light = 1.22 - 0.5 * steep;
    const colour = shape.glass.includes(i)
      ? blend(GLASS, GLASS_SKY, 0.45)
      : lit(blend(paint, [225, 232, 238], 0.12), light);
    areas.push(canvas.paintPolygon(corners, { colour: toYuv(colour) }));
  }
  return areas;
}

/** Whether a strip turns its outside to the camera, for cars that face either way. */
function isSeen(corners: readonly Corner[], place: Place): boolean {
  const isFacingRight = place(1, 0.5, 0).x > place(-1, 0.5, 0).x;
  return turning(corners) > 0 === isFacingRight;
}

/** Twice the signed area. */
function turning(corners: readonly Corner[]): number {
  return corners.reduce((sum, a, i) => {
    const b = corners[(i + 1) % corners.length]!;
    return sum + a.x * b.y - b.x * a.y;
  }, 0);
}

function paintSide(canvas: Canvas, place: Place, { shape, paint }: Hull): Area[] {
  const near = (points: readonly ProfilePoint[]) =>
    points.map(([a, up]) => place(a, up, 0));
  const fill = (points: readonly ProfilePoint[], colour: Rgb, alpha = 1) =>
    canvas.paintPolygon(near(points), { colour: toYuv(colour), alpha });
  const areas = [fill(shape.outline, lit(paint, 0.94))];
  const [rear, front] = [shape.outline[0]![0], shape.outline.at(-1)![0]];
  fill([[rear, .32], [rear, .5], [front, .5], [front, .32]], lit(paint, 0.62), 0.75);
  fill(
    [[rear + .04, .84], [rear + .04, .88], [front - .3, .8], [front - .3, .77]],
    lit(paint, 1.3),
    0.6,
  );
  for (const pane of shape.panes) {
    fill(pane, GLASS);
    const [a, b, c, d] = pane;
    const upper = (p: ProfilePoint, q: ProfilePoint): ProfilePoint => [
      q[0] + (p[0] - q[0]) * 0.5,
      q[1] + (p[1] - q[1]) * 0.5,
    ];
    fill([upper(a, b), b, c, upper(d, c)], GLASS_SKY, 0.35);
  }
  const door = shape.panes.at(-1)![0][0] - 0.05;
  const seams = [door, door + 1.15, door - 0.98].filter((at) => at > rear + 0.9);
  for (const at of seams) {
    fill(
      [[at - .012, .4], [at - .012, .94], [at + .012, .94], [at + .012, .4]],
      lit(paint, .55),
    );
    fill(
      [[at - .28, .79], [at - .28, .82], [at - .12, .82], [at - .12, .79]],
      lit(paint, .6),
    );
  }
  return areas;
}

interface WheelOptions {
  readonly shape: CarShape;
  readonly side: 0 | 1;
  readonly car: Car;
}

function paintWheels(
  canvas: Canvas,
  place: Place,
  { shape, side, car }: WheelOptions,
): Area[] {
  return shape.axles.flatMap((axle) => {
    const disc = (radiusM: number, colour: Rgb) =>
      canvas.paintPolygon(
        Array.from({ length: 20 }, (_, i) => {
          const angle = (i / 20) * 2 * Math.PI;
          const up = WHEEL_M + radiusM * Math.sin(angle);
          return place(axle + radiusM * Math.cos(angle), up, side === 0 ? -0.005 : 0.97);
        }),
        { colour: toYuv(colour) },
      );
    if (side === 1) return [disc(WHEEL_M, TYRE)];
    const areas = [disc(WHEEL_M + 0.06, lit(car.look.paint, 0.4)), disc(WHEEL_M, TYRE)];
    disc(0.21, RIM);
    for (let spoke = 0; spoke < 5; spoke++) {
      const angle = spoke * 2 * Math.PI / 5 - car.pose.drivenM / WHEEL_M;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const corner = (out: number, aside: number) =>
        place(
          axle + 0.2 * out * cos - aside * sin,
          WHEEL_M + 0.2 * out * sin + aside * cos,
          -0.01,
        );
      const gap = [
        corner(.4, -.02),
        corner(.92, -.055),
        corner(.92, .055),
        corner(.4, .02),
      ];
      canvas.paintPolygon(gap, { colour: toYuv(lit(RIM, 0.42)) });
    }
    return areas;
  });
}

function paintLights(
  canvas: Canvas,
  place: Place,
  { shape, isBraking }: { shape: CarShape; isBraking: boolean },
): Area[] {
  const [rear, front] = [shape.outline[1]![0], shape.outline.at(-2)![0]];
  const lamp = (ahead: number, up: number, half: number, colour: Rgb) =>
    canvas.paintPolygon([
      place(ahead - half, up - .06, 0),
      place(ahead - half, up + .06, 0),
      place(ahead + half, up + .06, 0),
      place(ahead + half, up - .06, 0),
    ], { colour: toYuv(colour) });
  return [
    lamp(front - 0.2, 0.69, 0.15, rgb("#f4f1de")),
    lamp(rear + 0.12, 0.76, 0.1, isBraking ? rgb("#ff4a36") : rgb("#8f1f1a")),
  ];
}

/** The smallest convex polygon around points (monotone chain). */
function hullOf(points: readonly Corner[]): Corner[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (along: readonly Corner[]) => {
    const chain: Corner[] = [];
    for (const point of along) {
      while (chain.length >= 2 && !isLeftTurn(chain.at(-2)!, chain.at(-1)!, point)) {
        chain.pop();
      }
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function isLeftTurn(a: Corner, b: Corner, c: Corner): boolean {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0;
}
