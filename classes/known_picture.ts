/**
 * A picture whose label is known: a bicycle before a wall, drawn by ourselves of lines and
 * rings. A detector that does not see it is not to be believed about anything else.
 * @module
 */
import { frameBytes } from "../capture/frame/frame.ts";
import type { TrackCrop } from "./track_crop.ts";
import type { ObjectClass } from "../analysis/dsl/class_line.ts";

/** What has to be said of it: measured .97 and .80 by the second, on both processors. */
export const KNOWN_LABEL: { readonly class: ObjectClass; readonly scoreMin: number } = {
  class: "bike",
  scoreMin: 0.7,
};

/** Pixels of a side. */
const SIDE = 200;
/** Lines fade out over so much beside them, pixels: what is sharp as a knife is no photo. */
const SOFT_PX = 1.6;

/** Luma and the two differences of colour. */
type Colour = readonly [y: number, u: number, v: number];
type Point = readonly [x: number, y: number];

const WALL: Colour = [180, 130, 125];
const GROUND: Colour = [133, 127, 128];
const TYRE: Colour = [36, 129, 127];
const FRAME: Colour = [76, 105, 196];
const GROUND_FROM = 127;

interface Stroke {
  readonly colour: Colour;
  readonly widthPx: number;
  /** Distance from a point to the stroke's middle line, pixels. */
  distance(at: Point): number;
}

const WHEELS: readonly Point[] = [[57, 130], [143, 130]];
const STROKES: readonly Stroke[] = [
  ...WHEELS.map((middle) => ring(TYRE, middle, 32)),
  ...lines(FRAME, [
    [57, 130],
    [83, 83],
    [127, 83],
    [100, 130],
    [57, 130],
  ]),
  ...lines(FRAME, [[79, 72], [100, 130]]),
  ...lines(FRAME, [[120, 67], [143, 130]]),
  ...lines(TYRE, [[137, 64], [120, 67], [130, 85]]),
  ...lines(TYRE, [[67, 69], [91, 69]]),
  ring(TYRE, [100, 130], 5),
];

/** The picture as a crop of a track, the bicycle being what moved. */
export function knownPicture(): TrackCrop {
  const format = { width: SIDE, height: SIDE };
  const pixels = new Uint8Array(frameBytes(format));
  const half = SIDE / 2;
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const [luma, u, v] = colourAt([x + 0.5, y + 0.5]);
      pixels[y * SIDE + x] = luma;
      if (x % 2 === 1 || y % 2 === 1) continue;
      const at = SIDE * SIDE + (y / 2) * half + x / 2;
      pixels[at] = u;
      pixels[at + half * half] = v;
    }
  }
  return {
    ...{ format, pixels, area: { x: 0, y: 0, w: SIDE, h: SIDE } },
    motion: { x: 22, y: 60, w: 156, h: 104 },
  };
}

function colourAt(point: Point): Colour {
  let colour = point[1] < GROUND_FROM ? WALL : GROUND;
  for (const stroke of STROKES) {
    const beside = stroke.distance(point) - stroke.widthPx / 2;
    const part = Math.min(1, Math.max(0, 0.5 - beside / SOFT_PX));
    if (part > 0) colour = mixed(colour, stroke.colour, { part });
  }
  return colour;
}

function mixed(
  under: Colour,
  over: Colour,
  { part }: { readonly part: number },
): Colour {
  const of = (at: 0 | 1 | 2) => under[at] + part * (over[at] - under[at]);
  return [of(0), of(1), of(2)];
}

function ring(colour: Colour, [middleX, middleY]: Point, radius: number): Stroke {
  const distance = ([x, y]: Point) =>
    Math.abs(Math.hypot(x - middleX, y - middleY) - radius);
  return { colour, widthPx: 4.7, distance };
}

/** A stroke from each point to the next. */
function lines(colour: Colour, points: readonly Point[]): Stroke[] {
  return points.slice(1).map((to, index) => {
    const from = points[index]!;
    const distance = (point: Point) => distanceToLine(point, from, { to });
    return { colour, widthPx: 5.3, distance };
  });
}

function distanceToLine(
  [x, y]: Point,
  [fromX, fromY]: Point,
  { to: [toX, toY] }: { readonly to: Point },
): number {
  const [alongX, alongY] = [toX - fromX, toY - fromY];
  const part = ((x - fromX) * alongX + (y - fromY) * alongY) /
    (alongX ** 2 + alongY ** 2);
  const within = Math.min(1, Math.max(0, part));
  return Math.hypot(x - fromX - within * alongX, y - fromY - within * alongY);
}
