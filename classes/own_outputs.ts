/**
 * What a model of the user's own answers, as scores of what moved: of each name the best
 * score among the boxes that agree with the motion box, as `decode.ts` does it for the
 * built-in detector. No suppression of neighbours: only the best one counts.
 * @module
 */
import { Fault } from "../base/fault.ts";
import type { Box } from "./crop_area.ts";
import { agrees, onFrame, SCORE_LEAST } from "./decode.ts";
import type { NameScores } from "./detector_facts.ts";
import type { Shown } from "./looks.ts";
import type { ModelOutput } from "./model_session.ts";
import { type OwnModel, type OwnOutput, YOLOX_STRIDES } from "./own_model.ts";

/** What is needed to read the answers: names, and how they are laid out. */
export type Reading = Pick<OwnModel, "model" | "nameCount" | "places" | "output">;

/** Names of the outputs that are read, in the order of `ownScores`. */
export function outputNames(output: OwnOutput): readonly string[] {
  switch (output.kind) {
    case "ssd":
      return [output.boxes, output.scores];
    case "detections":
      return [output.boxes, output.scores, output.labels];
    case "yolox":
      return [output.rows];
  }
}

/**
 * @param outputs those of `outputNames`, in its order
 * @returns a score 0 … 1 for each of the names that are of a class
 * @throws Fault config when they are not laid out as the description says
 */
export function ownScores(
  outputs: readonly ModelOutput[],
  reading: Reading,
  shown: Shown,
): NameScores {
  const found = foundIn(outputs, reading, shown.side);
  const best = reading.places.map(() => SCORE_LEAST);
  for (let row = 0; row < found.count; row++) {
    let agreed: boolean | undefined;
    for (const [at, place] of reading.places.entries()) {
      const score = found.score(row, place);
      // Not a number is none: the comparison is written so that it fails.
      if (!(score > best[at]!)) continue;
      agreed ??= agrees(onFrame(found.box(row), shown), shown.motion);
      if (agreed) best[at] = Math.min(score, 1);
    }
  }
  return best.map((score) => score > SCORE_LEAST ? score : 0);
}

/** Boxes in pixels of the square, and how likely each is of each name. */
interface Found {
  readonly count: number;
  /** @param place among all names of the outputs */
  score(row: number, place: number): number;
  box(row: number): Box;
}

function foundIn(
  outputs: readonly ModelOutput[],
  reading: Reading,
  side: number,
): Found {
  const { output } = reading;
  switch (output.kind) {
    case "ssd":
      return ssdOf(outputs, { ...reading, output }, side);
    case "detections":
      return detectionsOf(outputs, { ...reading, output }, side);
    case "yolox":
      return yoloxOf(outputs, { ...reading, output }, side);
  }
}

type OfKind<Kind extends OwnOutput["kind"]> = Reading & {
  readonly output: Extract<OwnOutput, { kind: Kind }>;
};

/** A box and a score for each name in every row. */
function ssdOf(
  [boxes, scores]: readonly ModelOutput[],
  { output, nameCount, model }: OfKind<"ssd">,
  side: number,
): Found {
  const count = rowsOf(boxes!, 4, model);
  checkRows(scores!, { each: nameCount, count, model });
  const { numbers } = scores!;
  const score = (row: number, place: number) => numbers[row * nameCount + place]!;
  return {
    count,
    box: boxReader(boxes!.numbers, output, side),
    score: output.logits ? (row, place) => 1 / (1 + Math.exp(-score(row, place))) : score,
  };
}

/** What is left after neighbours were suppressed: a box, a name and a score in every row. */
function detectionsOf(
  [boxes, scores, labels]: readonly ModelOutput[],
  { output, model }: OfKind<"detections">,
  side: number,
): Found {
  const count = rowsOf(boxes!, 4, model);
  for (const one of [scores!, labels!]) checkRows(one, { each: 1, count, model });
  return {
    count,
    box: boxReader(boxes!.numbers, output, side),
    score: (row, place) => labels!.numbers[row] === place ? scores!.numbers[row]! : 0,
  };
}

/** Middle, size, how likely it is anything, and which name, in every row. */
function yoloxOf(
  [rows]: readonly ModelOutput[],
  { output, nameCount, model }: OfKind<"yolox">,
  side: number,
): Found {
  const each = BEFORE_NAMES + nameCount;
  const count = rowsOf(rows!, each, model);
  const cells = yoloxCells(side);
  if (!output.decoded && count !== cells.length) {
    throw unlike(rows!, model, `${cells.length} rows of a picture of ${side} pixels`);
  }
  const { numbers } = rows!;
  return {
    count,
    score: (row, place) =>
      numbers[row * each + 4]! * numbers[row * each + BEFORE_NAMES + place]!,
    box: (row) => {
      const [x, y, w, h] = numbers.subarray(row * each, row * each + 4);
      if (output.decoded) return around(x!, y!, { w: w!, h: h! });
      const cell = cells[row]!;
      const size = { w: Math.exp(w!) * cell.stride, h: Math.exp(h!) * cell.stride };
      return around((x! + cell.x) * cell.stride, (y! + cell.y) * cell.stride, size);
    },
  };
}

const BEFORE_NAMES = 5;

interface Cell {
  readonly x: number;
  readonly y: number;
  /** Pixels of the square from a cell to the next. */
  readonly stride: number;
}

/** In the order of rows: each map by lines, the finest map first. */
function yoloxCells(side: number): Cell[] {
  return YOLOX_STRIDES.flatMap((stride) => {
    const across = side / stride;
    return Array.from({ length: across ** 2 }, (_, at) => ({
      ...{ x: at % across, y: Math.floor(at / across), stride },
    }));
  });
}

/** Reads a row's box in pixels of the square. */
function boxReader(
  numbers: Float32Array,
  { order, unit }: Extract<OwnOutput, { kind: "ssd" | "detections" }>,
  side: number,
): (row: number) => Box {
  const scale = unit === "parts" ? side : 1;
  return (row) => {
    const [a, b, c, d] = [0, 1, 2, 3].map((at) => numbers[4 * row + at]! * scale);
    switch (order) {
      case "xyxy":
        return { x: a!, y: b!, w: c! - a!, h: d! - b! };
      case "yxyx":
        return { x: b!, y: a!, w: d! - b!, h: c! - a! };
      case "xywh":
        return { x: a!, y: b!, w: c!, h: d! };
      case "cxcywh":
        return around(a!, b!, { w: c!, h: d! });
    }
  };
}

function around(x: number, y: number, { w, h }: Pick<Box, "w" | "h">): Box {
  return { x: x - w / 2, y: y - h / 2, w, h };
}

/** How many rows of `each` numbers an output has. */
function rowsOf(output: ModelOutput, each: number, model: string): number {
  if (output.shape.at(-1) !== each) {
    throw unlike(output, model, `rows of ${each} numbers`);
  }
  return output.numbers.length / each;
}

function checkRows(
  output: ModelOutput,
  { each, count, model }: {
    readonly each: number;
    readonly count: number;
    readonly model: string;
  },
): void {
  const isInRows = each === 1 || output.shape.at(-1) === each;
  if (isInRows && output.numbers.length === count * each) return;
  const wanted = each === 1 ? `${count} numbers` : `${count} rows of ${each} numbers`;
  throw unlike(output, model, `${wanted}, as there are boxes and names`);
}

function unlike({ name, shape }: ModelOutput, model: string, wanted: string): Fault {
  const state = `its output ${name} is ${shape.join(" x ")}, not ${wanted}`;
  return new Fault("config", `Cannot use the model ${model}: ${state}`);
}
