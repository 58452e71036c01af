/**
 * Places as people type them on a command line: `NAME=x1,y1,x2,y2,…`. Knows their words
 * only; what a place does is `zones.ts`, `lines.ts`, `analysis_settings.ts`.
 * @module
 */
import { Fault } from "../base/fault.ts";
import type { NamedArea } from "./analysis_settings.ts";
import type { Line, LineDirection } from "./lines.ts";
import { isOnEdge, type Point, type Zone } from "./zones.ts";

const NAME_CHARS_MAX = 64;
/** Every blob of every frame is held against every edge. */
const POINTS_MAX = 128;

/** Reads `NAME=x1,y1,x2,y2,…`. @throws Fault (usage) that lists all that is wrong */
export function parseZone(text: string): Zone {
  return readPlace(text, {
    thing: "zone",
    pointsMin: 3,
    hint:
      "--zone porch=.1,.5,.4,.5,.4,.9,.1,.9 (x,y of each corner, 0..1 of the picture)",
  });
}

/**
 * Reads `NAME=x1,y1,…` or `x1,y1,…`.
 * @param otherwise the name of one that has none
 * @throws Fault (usage) that lists all that is wrong
 */
export function parseMask(text: string, otherwise: string): NamedArea {
  return readPlace(text.includes("=") ? text : `${otherwise}=${text}`, {
    thing: "mask",
    pointsMin: 3,
    hint:
      "--mask clock=0,0,.25,0,.25,.06,0,.06 (x,y of each corner, 0..1 of the picture)",
  });
}

/** Reads `NAME=x1,y1,x2,y2,…`. @throws Fault (usage) that lists all that is wrong */
export function parseLine(text: string, direction: LineDirection): Line {
  const place = readPlace(text, {
    thing: "line",
    pointsMin: 2,
    hint: "--line gate=.2,.7,.8,.7 (x,y of each point, 0..1 of the picture)",
  });
  return { ...place, direction };
}

interface Wanted {
  readonly thing: "zone" | "mask" | "line";
  readonly pointsMin: number;
  readonly hint: string;
}

function readPlace(
  text: string,
  { thing, pointsMin, hint }: Wanted,
): { readonly name: string; readonly points: readonly Point[] } {
  const equals = text.indexOf("=");
  const name = (equals < 0 ? "" : text.slice(0, equals)).trim();
  const numbers = text.slice(equals + 1).split(",").map((part) => part.trim());
  const wrong = [
    ...wrongInName(name, equals >= 0),
    ...wrongInNumbers(numbers, pointsMin),
  ];
  const points: Point[] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    points.push({ x: Number(numbers[i]), y: Number(numbers[i + 1]) });
  }
  if (wrong.length === 0) wrong.push(...wrongInShape(points, thing));
  if (wrong.length === 0) return { name, points };
  const shown = JSON.stringify(text.length > 80 ? text.slice(0, 80) + "…" : text);
  const words = `Cannot read the ${thing} ${shown}: ${wrong.join("; ")}`;
  throw new Fault("usage", words, { hint });
}

function wrongInShape(points: readonly Point[], thing: Wanted["thing"]): string[] {
  if (thing !== "line") return isFlat(points) ? ["its points lie on one line"] : [];
  const [first] = points;
  const isPoint = points.every((point) => distance(point, first!) === 0);
  return isPoint ? ["its points are one point"] : [];
}

function wrongInName(name: string, hasEquals: boolean): string[] {
  if (!hasEquals) return ["there is no NAME= before the numbers"];
  if (name === "") return ["the name before = is empty"];
  if (name.length > NAME_CHARS_MAX) return [`the name is over ${NAME_CHARS_MAX} letters`];
  // deno-lint-ignore no-control-regex -- finding control characters is the point
  return /[\u0000-\u001f\u007f]/.test(name) ? ["the name holds control characters"] : [];
}

function wrongInNumbers(numbers: readonly string[], pointsMin: number): string[] {
  const wrong: string[] = [];
  if (numbers.length < 2 * pointsMin) wrong.push(`it needs at least ${pointsMin} points`);
  if (numbers.length > 2 * POINTS_MAX) wrong.push(`it has over ${POINTS_MAX} points`);
  if (numbers.length % 2 === 1) wrong.push("the last x has no y");
  const bad = numbers.filter((text) => !isCoordinate(text)).slice(0, 3);
  for (const text of bad) {
    wrong.push(`${JSON.stringify(text.slice(0, 20))} is no number from 0 to 1`);
  }
  return wrong;
}

function isCoordinate(text: string): boolean {
  return /^\+?(\d+\.?\d*|\.\d+)$/.test(text) && Number(text) <= 1;
}

function isFlat(points: readonly Point[]): boolean {
  const [a] = points;
  const far = points.reduce((most, point) =>
    distance(a!, point) > distance(a!, most) ? point : most
  );
  return points.every((point) => isOnEdge(a!, far, point) || isBehind(a!, far, point));
}

/** On the line through a and b, on the other side of a. */
function isBehind(a: Point, b: Point, at: Point): boolean {
  return isOnEdge(at, b, a);
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}
