/**
 * Generated observations and headers: every value that the DSL can say, extremes
 * included. For property tests.
 * @module
 */
import fc from "fast-check";
import { CAMERA_STATES, STATE_REASONS } from "../../analysis/dsl/camera_state.ts";
import { CLASS_REASONS, OBJECT_CLASSES } from "../../analysis/dsl/class_line.ts";
import {
  CAUSES,
  DIRECTIONS,
  EVENT_TYPES,
  type Header,
  type Observation,
} from "../../analysis/dsl/observation.ts";

const MOST_DIGITS = 999_999_999_999_999;

const id = fc.oneof(fc.nat(99), fc.maxSafeNat());
const count = id;
const frame = id.map((value) => Math.max(1, value));
const time = fc.oneof(fc.integer(), fc.maxSafeInteger());
const picture = decimal(3, 1_000);
const speed = decimal(4, 10_000);
const text = fc.oneof(
  fc.constantFrom("gate", "front gate", "", '"', "a=b", "\\", "\u2028", "ł\u0085é", "\n"),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 40 }),
);

const BLOB_KEYS = [
  ...["id", "x", "y", "w", "h", "vx", "vy", "vxPerS", "vyPerS", "coast"] as const,
];

const blob = fc.record({
  ...{ id, x: picture, y: picture, w: picture, h: picture },
  ...{ vx: speed, vy: speed, vxPerS: speed, vyPerS: speed, coast: count },
  suppressed: fc.constantFrom(...CAUSES),
}, { requiredKeys: [...BLOB_KEYS], noNullPrototype: true });

const edge = fc.record({
  ...{ blob: id, points: count, areaPx: count, complexity: decimal(2, 100) },
}, { noNullPrototype: true });

const track = fc.record({
  ...{ blob: id, frames: count, dist: speed, speed, speedPerS: speed },
  moving: fc.boolean(),
}, { noNullPrototype: true });

const event = fc.record({
  type: fc.constantFrom(...EVENT_TYPES),
  blob: id,
  dir: fc.constantFrom(...DIRECTIONS),
  sinceMs: time,
  sinceFrame: frame,
  zone: text,
  line: text,
  with: id,
}, { requiredKeys: ["type", "blob", "dir"], noNullPrototype: true });

const classLine = fc.record({
  blob: id,
  class: fc.constantFrom(...OBJECT_CLASSES),
  score: decimal(2, 100),
  crops: count,
  detail: text,
  why: fc.constantFrom(...CLASS_REASONS),
}, { requiredKeys: ["blob", "class", "score"], noNullPrototype: true });

const cause = fc.record({
  cause: fc.constantFrom(...CAUSES),
  score: decimal(2, 100),
  blob: id,
  suppressed: fc.boolean(),
}, { requiredKeys: ["cause", "score", "suppressed"], noNullPrototype: true });

const state = fc.record({
  state: fc.constantFrom(...CAMERA_STATES),
  sinceMs: time,
  why: fc.constantFrom(...STATE_REASONS),
  rung: text,
  score: decimal(2, 100),
}, { requiredKeys: ["state", "sinceMs"], noNullPrototype: true });

export const arbitraryObservation: fc.Arbitrary<Observation> = fc.record({
  frame,
  tMs: time,
  ptsUs: time,
  skipped: count,
  motionPct: decimal(1, 1_000),
  regions: count,
  blobs: fc.array(blob, { maxLength: 4 }),
  edges: fc.array(edge, { maxLength: 3 }),
  tracks: fc.array(track, { maxLength: 3 }),
  events: fc.array(event, { maxLength: 3 }),
  classes: fc.array(classLine, { minLength: 1, maxLength: 3 }),
  causes: fc.array(cause, { maxLength: 3 }),
  states: fc.array(state, { maxLength: 3 }),
}, {
  requiredKeys: [
    ...["frame", "tMs", "ptsUs", "skipped", "motionPct", "regions"] as const,
    ...["blobs", "edges", "tracks", "events", "causes", "states"] as const,
  ],
  noNullPrototype: true,
});

export const arbitraryHeader: fc.Arbitrary<Header> = fc.record({
  version: fc.constant(1 as const),
  camera: text,
  width: count,
  height: count,
  workWidth: count,
  workHeight: count,
  fps: decimal(3, 60_000).map(Math.abs),
  clock: fc.constantFrom("media" as const, "utc" as const),
  analyser: text,
  settings: text,
  classModel: text,
}, {
  requiredKeys: [
    ...["version", "camera", "width", "height", "workWidth", "workHeight"] as const,
    ...["fps", "clock", "analyser", "settings"] as const,
  ],
  noNullPrototype: true,
});

/** Fixed-point numbers of `decimals`, mostly below `usual` steps, up to 15 digits. */
function decimal(decimals: number, usual: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: -usual, max: usual }),
    fc.integer({ min: -MOST_DIGITS, max: MOST_DIGITS }),
  ).map((steps) => steps === 0 ? 0 : steps / 10 ** decimals);
}
