/**
 * The JSON form's keys, their order and what each may hold, as tables.
 * Reading and writing lines is `json.ts`.
 * @module
 */
import { CAMERA_STATES, STATE_REASONS } from "./camera_state.ts";
import { CLASS_REASONS, OBJECT_CLASSES } from "./class_line.ts";
import { fixed } from "./fixed.ts";
import { CAUSES, DIRECTIONS, EVENT_TYPES } from "./observation.ts";

/** What one key may hold. */
export type Field =
  | { readonly is: "whole"; readonly min: number }
  | { readonly is: "decimal"; readonly decimals: number }
  | { readonly is: "word"; readonly of: readonly string[] }
  | { readonly is: "text" | "yesno" }
  | { readonly is: "list" | "object"; readonly of: Shape };

/** Keys in the order in which they are written; `place` counts them from 0. */
export type Shape = ReadonlyMap<string, Field & Optional & { readonly place: number }>;

interface Optional {
  readonly optional?: true;
}

const id: Field = { is: "whole", min: 0 };
const count: Field = { is: "whole", min: 0 };
const frame: Field = { is: "whole", min: 1 };
const ms: Field = { is: "whole", min: Number.MIN_SAFE_INTEGER };
const coordinate: Field = { is: "decimal", decimals: 3 };
const speed: Field = { is: "decimal", decimals: 4 };
const text: Field = { is: "text" };
const yesNo: Field = { is: "yesno" };

const blob: Shape = shape({
  id,
  x: coordinate,
  y: coordinate,
  w: coordinate,
  h: coordinate,
  vx: speed,
  vy: speed,
  vxPerS: speed,
  vyPerS: speed,
  coast: count,
  suppressed: { is: "word", of: CAUSES, optional: true },
});

const edge: Shape = shape({
  blob: id,
  points: count,
  areaPx: count,
  complexity: { is: "decimal", decimals: 2 },
});

const track: Shape = shape({
  blob: id,
  frames: count,
  dist: speed,
  speed,
  speedPerS: speed,
  moving: yesNo,
});

const event: Shape = shape({
  type: { is: "word", of: EVENT_TYPES },
  blob: id,
  dir: { is: "word", of: DIRECTIONS },
  sinceMs: { ...ms, optional: true },
  sinceFrame: { ...frame, optional: true },
  zone: { ...text, optional: true },
  line: { ...text, optional: true },
  with: { ...id, optional: true },
});

const classLine: Shape = shape({
  blob: id,
  class: { is: "word", of: OBJECT_CLASSES },
  score: { is: "decimal", decimals: 2 },
  crops: { ...count, optional: true },
  detail: { ...text, optional: true },
  why: { is: "word", of: CLASS_REASONS, optional: true },
});

const cause: Shape = shape({
  cause: { is: "word", of: CAUSES },
  score: { is: "decimal", decimals: 2 },
  blob: { ...id, optional: true },
  suppressed: yesNo,
});

const state: Shape = shape({
  state: { is: "word", of: CAMERA_STATES },
  sinceMs: ms,
  why: { is: "word", of: STATE_REASONS, optional: true },
  rung: { ...text, optional: true },
  score: { is: "decimal", decimals: 2, optional: true },
});

const header: Shape = shape({
  version: { is: "whole", min: 1 },
  camera: text,
  width: count,
  height: count,
  workWidth: count,
  workHeight: count,
  fps: { is: "decimal", decimals: 3 },
  clock: { is: "word", of: ["media", "utc"] },
  analyser: text,
  settings: text,
  classModel: { ...text, optional: true },
});

/** One line: an observation, and in the first line the header before it. */
export const LINE: Shape = shape({
  header: { is: "object", of: header, optional: true },
  frame,
  tMs: ms,
  ptsUs: ms,
  skipped: count,
  motionPct: { is: "decimal", decimals: 1 },
  regions: count,
  blobs: { is: "list", of: blob },
  edges: { is: "list", of: edge },
  events: { is: "list", of: event },
  tracks: { is: "list", of: track },
  classes: { is: "list", of: classLine, optional: true },
  causes: { is: "list", of: cause },
  states: { is: "list", of: state },
});

function shape(fields: Readonly<Record<string, Field & Optional>>): Shape {
  return new Map(
    Object.entries(fields).map(([key, field], place) => [key, { ...field, place }]),
  );
}

/** Deeper values of a later version are refused: writing them could overflow. */
const DEPTH_MAX = 32;

/**
 * What is wrong with `value`, or undefined. Keys that are not in `shape` are allowed.
 * @param path where the value stands, for the words
 */
export function wrongWith(value: unknown, shape: Shape, path = ""): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return `${path || "the line"} is no object`;
  }
  let known = 0;
  for (const [key, field] of shape) {
    if (!Object.hasOwn(value, key)) {
      if (field.optional) continue;
      return `${under(path, key)} is missing`;
    }
    known++;
    const wrong = wrongField(Reflect.get(value, key), field, path, key);
    if (wrong !== undefined) return wrong;
  }
  const keys = Object.keys(value);
  if (keys.length === known) return undefined;
  const deep = keys.some((key) =>
    !shape.has(key) && !isShallow(Reflect.get(value, key), DEPTH_MAX)
  );
  return deep ? "a key of a later version is nested too deep" : undefined;
}

function wrongField(
  value: unknown,
  field: Field,
  path: string,
  key: string,
): string | undefined {
  const name = () => under(path, key);
  switch (field.is) {
    case "whole":
      if (!Number.isSafeInteger(value)) return `${name()} is no whole number`;
      if (Object.is(value, -0)) return `${name()} is -0`;
      return Number(value) < field.min ? `${name()} is below ${field.min}` : undefined;
    case "decimal":
      if (typeof value !== "number") return `${name()} is no number`;
      if (Object.is(fixed(value, field.decimals), value)) return undefined;
      return `${name()} is no number of ${field.decimals} decimals`;
    case "word":
      if (field.of.some((word) => word === value)) return undefined;
      return `${name()} is no known word`;
    case "text":
      return typeof value === "string" ? undefined : `${name()} is no text`;
    case "yesno":
      return typeof value === "boolean"
        ? undefined
        : `${name()} is neither true nor false`;
    case "object":
      return wrongWith(value, field.of, name());
    case "list":
      return wrongList(value, field.of, name());
  }
}

function wrongList(value: unknown, of: Shape, name: string): string | undefined {
  if (!Array.isArray(value)) return `${name} is no list`;
  for (const [index, member] of value.entries()) {
    const wrong = wrongWith(member, of, `${name}[${index}]`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function under(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function isShallow(value: unknown, depthLeft: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (depthLeft === 0) return false;
  return Object.values(value).every((inner) => isShallow(inner, depthLeft - 1));
}
