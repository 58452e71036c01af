/**
 * A model of the user's own as its folder describes it: `model.json`, read and judged.
 * Runs nothing, and does not look whether the other files are there: `own_detector.ts`.
 * Every line of it is in docs/guide/own-model.md.
 * @module
 */
import { z } from "zod";
import { KNOWN_CLASSES, type KnownClass, PROBABLE } from "../analysis/dsl/class_line.ts";
import { Fault, wordsOf } from "../base/fault.ts";
import { issueWords } from "../config/issue_words.ts";
import { nearest } from "../config/suggestions.ts";
import { NAMES_MAX } from "./child_protocol.ts";
import type { NamedClass } from "./detector_facts.ts";

/** The description's name in the folder, and the model's. */
export const DESCRIPTION_FILE = "model.json";
export const MODEL_FILE = "model.onnx";

/** Yolox makes maps of an eighth, a sixteenth and a thirty-second of the picture. */
export const YOLOX_STRIDES = [8, 16, 32] as const;

const word = matching(
  /^[a-z0-9][a-z0-9._+-]{0,59}$/i,
  "must be letters, digits, and . _ + - between them",
);
const text = z.string().min(1);
const input = z.strictObject({
  name: text.optional(),
  size: z.int().min(32).max(2_048),
  layout: z.enum(["NCHW", "NHWC"]),
  channels: z.enum(["RGB", "BGR"]),
  mean: each(-1_000).default(0),
  std: each(1e-6).default(1),
});

const boxes = {
  boxes: text,
  order: z.enum(["xyxy", "yxyx", "xywh", "cxcywh"]),
  unit: z.enum(["parts", "pixels"]),
};

const output = z.discriminatedUnion("kind", [
  z.strictObject({
    ...{ kind: z.literal("ssd"), ...boxes, scores: text },
    logits: z.boolean().default(false),
  }),
  z.strictObject({
    ...{ kind: z.literal("detections"), ...boxes, scores: text, labels: text },
  }),
  z.strictObject({
    ...{ kind: z.literal("yolox"), rows: text, decoded: z.boolean().default(false) },
  }),
], { error: "must be ssd, detections or yolox" });

const known = z.strictObject({
  picture: matching(/^[^/]+$/, "must be a file of this folder"),
  class: z.enum(KNOWN_CLASSES),
  box: z.tuple(
    [z.number().min(0), z.number().min(0), z.number().gt(0), z.number().gt(0)],
    {
      error: "must be left, top, width and height in pixels",
    },
  ).optional(),
});

const description = z.strictObject({
  name: word,
  version: word,
  sha256: matching(/^[0-9a-f]{64}$/i, "must be what sha256sum prints of model.onnx")
    .optional(),
  input,
  output,
  names: z.array(z.string()).min(1).max(2_000),
  classes: z.record(z.string(), z.enum(KNOWN_CLASSES)),
  threshold: z.number().min(0.1).max(0.95).default(PROBABLE),
  known: known.optional(),
});

type Description = z.infer<typeof description>;
export type OwnOutput = Description["output"];

/** Text of a form, and what is said of another. */
function matching(form: RegExp, error: string) {
  return z.string().refine((text) => form.test(text), { error });
}

/** One number for all channels, or one for each. */
function each(least: number) {
  const one = z.number().min(least);
  return z.union([one, z.tuple([one, one, one])], {
    error: "must be a number, or three of them in the order of channels",
  });
}

/** What is to be known of it before it is loaded. */
export interface OwnModel extends Omit<Description, "names" | "classes"> {
  readonly folder: string;
  /** Name and version, for headers. */
  readonly model: string;
  /** How many names its outputs have numbers for. */
  readonly nameCount: number;
  /** The names that are of a class, in the order of its outputs. */
  readonly names: readonly NamedClass[];
  /** Of each of them, its number among the outputs' names. */
  readonly places: readonly number[];
}

/**
 * Reads the description.
 * @param folder path, without a slash at its end
 * @throws Fault unavailable when it is not there; config when something in it is wrong
 */
export function readOwnModel(folder: string): OwnModel {
  const path = `${folder}/${DESCRIPTION_FILE}`;
  const read = description.safeParse(jsonOf(path), { reportInput: true });
  const wrong = read.success
    ? wrongTogether(read.data)
    : read.error.issues.map(problemWords);
  if (!read.success || wrong.length > 0) {
    throw new Fault(
      "config",
      `Cannot use ${path}: ${wrong.slice(0, WRONG_MAX).join("; ")}`,
    );
  }
  const { names, classes, ...rest } = read.data;
  const places = [...names.keys()].filter((at) => Object.hasOwn(classes, names[at]!));
  return {
    ...rest,
    ...{ folder, places, nameCount: names.length },
    model: `${rest.name}/${rest.version}`,
    names: places.map((at) => ({ name: names[at]!, class: classes[names[at]!]! })),
  };
}

/** More help nobody: the first are mended first. */
const WRONG_MAX = 5;

function jsonOf(path: string): unknown {
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch (cause) {
    const isAway = cause instanceof Deno.errors.NotFound;
    const state = isAway ? "it is not there" : wordsOf(cause);
    throw new Fault("unavailable", `Cannot read ${path}: ${state}`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Fault("config", `Cannot use ${path}: it is no JSON: ${wordsOf(cause)}`, {
      cause,
    });
  }
}

/** "input.size must be at least 32, is 3". */
function problemWords(issue: z.core.$ZodIssue): string {
  const place = issue.path.map(String).join(".");
  if (issue.input === undefined && place !== "") return `${place} is missing`;
  const isScalar = ["string", "number", "boolean"].includes(typeof issue.input);
  const is = isScalar ? `, is ${JSON.stringify(issue.input).slice(0, 60)}` : "";
  return `${place} ${issueWords(issue)}${is}`.trim();
}

/** What no line alone has wrong. */
function wrongTogether({ names, classes, known, output, input }: Description): string[] {
  const wrong: string[] = [];
  for (const name of Object.keys(classes)) {
    if (names.includes(name)) continue;
    const meant = nearest(name, names);
    wrong.push(`classes.${name} is none of names${meant ? `: "${meant}"?` : ""}`);
  }
  const used = names.filter((name) => Object.hasOwn(classes, name));
  if (used.length === 0) wrong.push("classes names nothing that can be told apart");
  if (used.length > NAMES_MAX) wrong.push(`classes has more than ${NAMES_MAX} names`);
  for (const name of used) {
    if (!DETAIL.test(name)) wrong.push(`names: "${name}" has to be a word for people`);
  }
  const told = new Set<KnownClass>(Object.values(classes));
  if (known === undefined && !told.has("bike")) {
    wrong.push(
      "known is missing: the picture that is built in shows a bicycle, which " +
        "it does not tell; give a picture of what it does tell",
    );
  }
  if (known !== undefined && !told.has(known.class)) {
    wrong.push(`known.class is ${known.class}, which no name is of`);
  }
  const coarsest = YOLOX_STRIDES.at(-1)!;
  const isOfCells = output.kind === "yolox" && !output.decoded;
  if (isOfCells && input.size % coarsest !== 0) {
    wrong.push(
      `input.size must be a multiple of ${coarsest} for yolox, is ${input.size}`,
    );
  }
  return wrong;
}

/** A narrower word stands in sentences and in the motion DSL. */
const DETAIL = /^[a-z][a-z0-9 _-]{0,39}$/i;
