/**
 * Zones, masks, lines and sizes that cannot be meant as they stand: those that are
 * refused, and those that work and are worth a warning. Pure geometry, 0..1 of the picture.
 * What a zone does is the analysis; bounds of single numbers are `schema_places.ts`.
 * @module
 */
import { broken, type BrokenRule, entriesOf, valueAt } from "./rule_parts.ts";

type Corner = readonly [x: number, y: number];
type Corners = readonly Corner[];

/** Of the whole picture; below it a zone is a line, whatever the camera. */
const ZONE_AREA_MIN = 1e-6;
/** Of the whole picture: 30 of the pixels of 640x480. */
const AREA_MEANT_MIN = 1e-4;
/** Of the picture's side: six pixels of 640. */
const LENGTH_MEANT_MIN = 0.01;
/** Points looked at along each side of the picture, or of a zone. */
const LOOKS = 48;
/** Of the picture: what masks leave free below it is their rounded rim. */
const COVERED_MIN = 0.99;
/** Of the picture's height or width: what is larger fills it. */
const SIZE_MEANT_MAX = 0.8;

/** What is refused of a camera's places. @param path of the camera */
export function brokenPlaces(camera: unknown, path: readonly string[]): BrokenRule[] {
  return [
    ...flatRules(camera, { path, section: "zones", thing: "zone" }),
    ...flatRules(camera, { path, section: "masks", thing: "mask" }),
    ...linesOf(camera).filter(({ points }) =>
      points.every((point) => isSamePoint(point, points[0]!))
    ).map(({ name }) =>
      broken([...path, "lines", name, "points"], "are one point: a line has two")
    ),
  ];
}

/** What works and is hardly meant. @param path of the camera */
export function doubtfulPlaces(camera: unknown, path: readonly string[]): BrokenRule[] {
  return [
    ...polygonsOf(camera, "zones").flatMap((zone) =>
      polygonDoubt(zone, [...path, "zones", zone.name, "points"])
    ),
    ...polygonsOf(camera, "masks").flatMap((mask) =>
      polygonDoubt(mask, [...path, "masks", mask.name, "points"])
    ),
    ...coverDoubts(camera, path),
    ...linesOf(camera).flatMap((line) =>
      lineDoubt(line, [...path, "lines", line.name, "points"])
    ),
    ...sizeDoubts(camera, path),
  ];
}

/** Polygons without an area. */
function flatRules(
  camera: unknown,
  { path, section, thing }: {
    readonly path: readonly string[];
    readonly section: "zones" | "masks";
    readonly thing: string;
  },
): BrokenRule[] {
  return polygonsOf(camera, section).filter(({ isFlat }) => isFlat).map(({ name }) =>
    broken([...path, section, name, "points"], `lie on one line: a ${thing} has an area`)
  );
}

function polygonDoubt(
  { points, isFlat }: Polygon,
  path: readonly string[],
): BrokenRule[] {
  if (isFlat) return [];
  const crossed = crossingSides(points);
  if (crossed !== undefined) {
    const [one, other] = crossed.map((at) => `${at + 1}-${(at + 1) % points.length + 1}`);
    const words = `have sides that cross, ${one} and ${other}: give the corners in the ` +
      "order in which one would walk around it";
    return [broken(path, words)];
  }
  const area = areaOf(points);
  if (area >= AREA_MEANT_MIN) return [];
  const percent = Number((100 * area).toPrecision(1));
  return [broken(path, `cover ${percent} % of the picture: too little for anything`)];
}

/** Masks that leave nothing, and zones of which they leave nothing. */
function coverDoubts(camera: unknown, path: readonly string[]): BrokenRule[] {
  const masks = polygonsOf(camera, "masks").filter(({ isFlat }) => !isFlat);
  if (masks.length === 0) return [];
  const isMasked = (at: Corner) => masks.some(({ points }) => isInside(points, at));
  const picture: Corners = [[0, 0], [1, 0], [1, 1], [0, 1]];
  if (shareOf(picture, isMasked) >= COVERED_MIN) {
    const alone = masks.find(({ points }) =>
      shareOf(picture, (at) => isInside(points, at)) >= COVERED_MIN
    );
    const words = "cover the whole picture: nothing is ever seen";
    const [only] = masks.length === 1 ? masks : [alone];
    return only === undefined
      ? [broken([...path, "masks"], `together ${words}`)]
      : [broken([...path, "masks", only.name, "points"], words)];
  }
  return polygonsOf(camera, "zones")
    .filter(({ points, isFlat }) => !isFlat && shareOf(points, isMasked) === 1)
    .map(({ name }) => {
      const words = "lie under masks as a whole: nothing is ever seen there";
      return broken([...path, "zones", name, "points"], words);
    });
}

function lineDoubt({ points }: Line, path: readonly string[]): BrokenRule[] {
  const lengths = points.slice(1).map((end, at) => distance(points[at]!, end));
  const length = lengths.reduce((sum, one) => sum + one, 0);
  if (length === 0) return [];
  const isOnOneEdge = [0, 1].some((axis) =>
    [0, 1].some((edge) => points.every((point) => point[axis] === edge))
  );
  if (isOnOneEdge) {
    return [
      broken(path, "lie on the picture's edge: nothing is seen beyond it to cross"),
    ];
  }
  if (length >= LENGTH_MEANT_MIN) return [];
  const percent = Number((100 * length).toPrecision(1));
  return [
    broken(path, `are ${percent} % of the picture apart: too little to be crossed`),
  ];
}

function sizeDoubts(camera: unknown, path: readonly string[]): BrokenRule[] {
  const near = numberAt(camera, "minSize");
  const far = numberAt(camera, "minSizeFar");
  const sizes: readonly (readonly [readonly string[], number | undefined])[] = [
    [[...path, "minSize"], near],
    [[...path, "minSizeFar"], far],
    ...entriesOf(valueAt(camera, "zones")).map(([name, zone]) =>
      [[...path, "zones", name, "minSize"], numberAt(zone, "minSize")] as const
    ),
  ];
  const large = sizes.flatMap(([place, size]) => {
    if (size === undefined || size < SIZE_MEANT_MAX || size > 1) return [];
    const words =
      `is ${size}: only what is nearly as large as the picture is reported; ` +
      "1 % of it is 0.01";
    return [broken(place, words)];
  });
  if (far === undefined || far <= (near ?? 0)) return large;
  const than = near === undefined ? "min_size, which is 0 when left out" : "min_size";
  const words = `is ${far}, larger than ${than}: what is far away looks smaller than ` +
    "what is near; min_size is for the lower edge of the picture";
  return [...large, broken([...path, "minSizeFar"], words)];
}

interface Polygon {
  readonly name: string;
  readonly points: Corners;
  /** It has no area. */
  readonly isFlat: boolean;
}

interface Line {
  readonly name: string;
  readonly points: Corners;
}

/** Those that are polygons at all. */
function polygonsOf(camera: unknown, section: "zones" | "masks"): readonly Polygon[] {
  return entriesOf(valueAt(camera, section)).flatMap(([name, place]) => {
    const points = valueAt(place, "points");
    if (!isPoints(points) || points.length < 3) return [];
    return [{ name, points, isFlat: areOnOneLine(points) }];
  });
}

function linesOf(camera: unknown): readonly Line[] {
  return entriesOf(valueAt(camera, "lines")).flatMap(([name, line]) => {
    const points = valueAt(line, "points");
    return isPoints(points) ? [{ name, points }] : [];
  });
}

function numberAt(raw: unknown, property: string): number | undefined {
  const value = valueAt(raw, property);
  return typeof value === "number" ? value : undefined;
}

function isPoints(value: unknown): value is Corners {
  return Array.isArray(value) && value.length >= 2 &&
    value.every((corner) =>
      Array.isArray(corner) && corner.length === 2 &&
      corner.every((part) => typeof part === "number" && part >= 0 && part <= 1)
    );
}

function isSamePoint(a: Corner, b: Corner): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** Seen from the first corner, all lie in the direction of the farthest. */
function areOnOneLine(corners: Corners): boolean {
  const [originX, originY] = corners[0]!;
  const seen = corners.map(([x, y]) => [x - originX, y - originY] as const);
  const [farX, farY] = seen.reduce((far, next) =>
    Math.hypot(...next) > Math.hypot(...far) ? next : far
  );
  return seen.every(([x, y]) => Math.abs(x * farY - y * farX) < ZONE_AREA_MIN);
}

/** Two sides that cross, each by its first corner from 0; those that only touch do not. */
function crossingSides(points: Corners): readonly [number, number] | undefined {
  const next = (at: number) => points[(at + 1) % points.length]!;
  for (let one = 0; one < points.length; one++) {
    for (let other = one + 2; other < points.length; other++) {
      const [a, b, c, d] = [points[one]!, next(one), points[other]!, next(other)];
      if (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) {
        return [one, other];
      }
    }
  }
  return undefined;
}

/** Which way one turns from the way a to b towards c: -1, 0 or 1. */
function turn(a: Corner, b: Corner, c: Corner): number {
  return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
}

/** By the shoelace formula; of a polygon whose sides do not cross. */
function areaOf(points: Corners): number {
  let twice = 0;
  let [fromX, fromY] = points.at(-1)!;
  for (const [x, y] of points) {
    twice += fromX * y - x * fromY;
    [fromX, fromY] = [x, y];
  }
  return Math.abs(twice) / 2;
}

/** The part of a polygon, 0..1, where `holds`; 0 when it is too small to be looked at. */
function shareOf(points: Corners, holds: (at: Corner) => boolean): number {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  let [inside, held] = [0, 0];
  for (let look = 0; look < LOOKS * LOOKS; look++) {
    const across = (look % LOOKS + 0.5) / LOOKS;
    const down = (Math.floor(look / LOOKS) + 0.5) / LOOKS;
    const at: Corner = [left + across * width, top + down * height];
    if (!isInside(points, at)) continue;
    inside++;
    if (holds(at)) held++;
  }
  return inside === 0 ? 0 : held / inside;
}

/** Even-odd rule, as the analysis judges zones and masks. */
function isInside(points: Corners, [x, y]: Corner): boolean {
  let inside = false;
  let [fromX, fromY] = points.at(-1)!;
  for (const [toX, toY] of points) {
    const crosses = (fromY > y) !== (toY > y);
    if (crosses && x < fromX + (y - fromY) / (toY - fromY) * (toX - fromX)) {
      inside = !inside;
    }
    [fromX, fromY] = [toX, toY];
  }
  return inside;
}

function distance(a: Corner, b: Corner): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}
