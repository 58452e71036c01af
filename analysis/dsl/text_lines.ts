/**
 * Reads the fields of each line kind. One function a kind, the mirror of
 * `text_format.ts`. Which line belongs to which frame is `text_parse.ts`.
 * @module
 */
import { CAMERA_STATES, STATE_REASONS, type StateLine } from "./camera_state.ts";
import { CLASS_REASONS, type ClassLine, OBJECT_CLASSES } from "./class_line.ts";
import type { LineFields } from "./line.ts";
import {
  type Blob,
  type CauseLine,
  CAUSES,
  DIRECTIONS,
  type Edge,
  EVENT_TYPES,
  type Header,
  type MotionEvent,
  type Observation,
  type Track,
} from "./observation.ts";
import { clockText, UNITS } from "./text_format.ts";

/** When a frame was taken. */
export type FrameLine = Pick<Observation, "frame" | "tMs" | "ptsUs" | "skipped">;
export type DeltaLine = Pick<Observation, "motionPct" | "regions">;
/** The header's first line. */
export type MakerLine = Pick<Header, "version" | "analyser" | "settings">;
/** The header's second line. */
export type CameraLine = Omit<Header, keyof MakerLine | "classModel">;

const ID = { min: 0 };
const COUNT = { min: 0 };
const ANY_TIME = { min: Number.MIN_SAFE_INTEGER };

export function readFrame(fields: LineFields): FrameLine {
  const frame = fields.asWhole(fields.part(0), { name: "the frame's number", min: 1 });
  if (fields.part(1) !== "@") fields.fail("@ is missing");
  const clock = fields.part(2);
  const tMs = fields.whole("t", ANY_TIME);
  const ptsUs = readMicroseconds(fields);
  const skipped = fields.has("skipped") ? fields.whole("skipped", COUNT) : 0;
  if (fields.reason === undefined && clock !== clockText(tMs)) {
    fields.fail("@ and t disagree");
  }
  return { frame, tMs, ptsUs, skipped };
}

export function readDelta(fields: LineFields): DeltaLine {
  return {
    motionPct: fields.decimal("motion_pct", { decimals: 1, suffix: "%" }),
    regions: fields.whole("regions", COUNT),
  };
}

export function readBlob(fields: LineFields): Blob {
  const id = fields.whole("id", ID);
  const [x, y] = fields.pair("pos", 3);
  const [w, h] = fields.pair("size", 3);
  const [vx, vy] = fields.pair("vel", 4);
  const [vxPerS, vyPerS] = fields.pair("vel_s", 4);
  const coast = fields.has("coast") ? fields.whole("coast", COUNT) : 0;
  return {
    ...{ id, x, y, w, h, vx, vy, vxPerS, vyPerS, coast },
    ...(fields.has("suppressed")
      ? { suppressed: fields.oneOf("suppressed", CAUSES) }
      : {}),
  };
}

export function readEdge(fields: LineFields): Edge {
  return {
    blob: fields.whole("blob", ID),
    points: fields.whole("points", COUNT),
    areaPx: fields.whole("area", { min: 0, suffix: "px" }),
    complexity: fields.decimal("complexity", { decimals: 2 }),
  };
}

export function readEvent(fields: LineFields): MotionEvent {
  return {
    type: fields.oneOf("type", EVENT_TYPES),
    blob: fields.whole("blob", ID),
    dir: fields.oneOf("dir", DIRECTIONS),
    ...(fields.has("since") ? { sinceMs: fields.whole("since", ANY_TIME) } : {}),
    ...(fields.has("since_frame")
      ? { sinceFrame: fields.whole("since_frame", { min: 1 }) }
      : {}),
    ...(fields.has("zone") ? { zone: fields.text("zone") } : {}),
    ...(fields.has("line") ? { line: fields.text("line") } : {}),
    ...(fields.has("with") ? { with: fields.whole("with", ID) } : {}),
  };
}

export function readTrack(fields: LineFields): Track {
  return {
    blob: fields.whole("blob", ID),
    frames: fields.whole("frames", COUNT),
    dist: fields.decimal("dist", { decimals: 4 }),
    speed: fields.decimal("speed", { decimals: 4 }),
    speedPerS: fields.decimal("speed_s", { decimals: 4 }),
    moving: fields.yesOrNo("moving"),
  };
}

/** `blob=3 -> vehicle (conf=0.94) crops=3`: the original's shape, ours after it. */
export function readClass(fields: LineFields): ClassLine {
  const blob = fields.whole("blob", ID);
  if (fields.part(1) !== "->") fields.fail("-> is missing");
  const word = fields.partOf(2, OBJECT_CLASSES);
  const conf = /^\(conf=([^()]*)\)$/.exec(fields.part(3))?.[1] ?? "";
  return {
    ...{
      blob,
      class: word,
      score: fields.asDecimal(conf, { name: "conf", decimals: 2 }),
    },
    ...(fields.has("crops") ? { crops: fields.whole("crops", COUNT) } : {}),
    ...(fields.has("detail") ? { detail: fields.text("detail") } : {}),
    ...(fields.has("why") ? { why: fields.oneOf("why", CLASS_REASONS) } : {}),
  };
}

export function readCause(fields: LineFields): CauseLine {
  return {
    cause: fields.partOf(0, CAUSES),
    score: fields.decimal("score", { decimals: 2 }),
    ...(fields.has("blob") ? { blob: fields.whole("blob", ID) } : {}),
    suppressed: fields.yesOrNo("suppressed"),
  };
}

export function readState(fields: LineFields): StateLine {
  return {
    state: fields.partOf(0, CAMERA_STATES),
    sinceMs: fields.whole("since", ANY_TIME),
    ...(fields.has("why") ? { why: fields.oneOf("why", STATE_REASONS) } : {}),
    ...(fields.has("rung") ? { rung: fields.text("rung") } : {}),
    ...(fields.has("score") ? { score: fields.decimal("score", { decimals: 2 }) } : {}),
  };
}

/** @param fields of `# streamware-dsl …`, after that word */
export function readMaker(fields: LineFields): MakerLine {
  const version = fields.whole("version", { min: 1 });
  if (version > 1) fields.fail(`version ${version} is later than 1, which is read here`);
  return {
    version: 1,
    analyser: fields.text("analyser"),
    settings: fields.text("settings"),
  };
}

export function readCamera(fields: LineFields): CameraLine {
  const camera = fields.text("name");
  const [width, height] = fields.size("size");
  const [workWidth, workHeight] = fields.size("work");
  const fps = fields.decimal("fps", { decimals: 3 });
  const clock = fields.oneOf("clock", ["media", "utc"] as const);
  return { camera, width, height, workWidth, workHeight, fps, clock };
}

/** Who says what moved. */
export function readClasses(fields: LineFields): string {
  return fields.text("model");
}

/** Other units would change what every number means: then the line is refused. */
export function readUnits(fields: LineFields): void {
  for (const word of UNITS.split(" ")) {
    const [name = "", unit = ""] = word.split("=");
    const given = fields.raw(name);
    if (given !== unit) fields.fail(`the unit of ${name} is not ${unit}`);
  }
}

/** `-12.345678` as whole microseconds, exact. */
function readMicroseconds(fields: LineFields): number {
  const match = /^(-?)(\d{1,10})\.(\d{6})$/.exec(fields.raw("pts"));
  if (!match) {
    fields.fail("pts is not in seconds with 6 decimals");
    return 0;
  }
  const us = Number(match[2]) * 1_000_000 + Number(match[3]);
  if (!Number.isSafeInteger(us)) fields.fail("pts is too far away");
  return match[1] === "-" ? 0 - us : us;
}
