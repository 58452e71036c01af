import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import type { Box } from "./crop_area.ts";
import type { Shown } from "./looks.ts";
import type { ModelOutput } from "./model_session.ts";
import type { OwnOutput } from "./own_model.ts";
import { outputNames, ownScores } from "./own_outputs.ts";

const SIDE = 64;
/** The square shows 32 x 32 pixels of the frame from (100, 50) on, twice as large. */
const PLACEMENT = { scale: 2, offsetX: -200, offsetY: -100 };
const SHOWN: Shown = {
  ...{ rgb: new Uint8ClampedArray(), side: SIDE, placement: PLACEMENT },
  ...{ shown: { x: 100, y: 50, w: 32, h: 32 }, motion: { x: 110, y: 60, w: 10, h: 10 } },
};
/** Where it moved, in pixels of the square; and where nothing did. */
const THERE: Box = { x: 20, y: 20, w: 20, h: 20 };
const ELSEWHERE: Box = { x: 50, y: 2, w: 10, h: 10 };

const BOXES = { boxes: "b", order: "xyxy", unit: "pixels" } as const;
type Ssd = Extract<OwnOutput, { kind: "ssd" }>;
const SSD: Ssd = { kind: "ssd", ...BOXES, scores: "s", logits: false };

function output(name: string, shape: readonly number[], numbers: readonly number[]) {
  return { name, shape, numbers: new Float32Array(numbers) };
}

/** Of three names the first and the last are of a class. */
function scores(kind: OwnOutput, outputs: readonly ModelOutput[], shown = SHOWN) {
  const reading = { model: "a/1", nameCount: 3, places: [0, 2], output: kind };
  return ownScores(outputs, reading, shown).map((score) => Number(score.toFixed(3)));
}

function corners({ x, y, w, h }: Box): number[] {
  return [x, y, x + w, y + h];
}

/** What an SSD answers with two boxes and these scores. */
function twoBoxes(
  rows: readonly number[],
  boxes = [...corners(THERE), ...corners(ELSEWHERE)],
): ModelOutput[] {
  return [output("b", [1, 2, 4], boxes), output("s", [1, 2, 3], rows)];
}

Deno.test("ownScores() takes of each name the best box that agrees with the motion", () => {
  assert.deepEqual(scores(SSD, twoBoxes([0.5, 0.9, 0.2, 0.8, 0.9, 0.9])), [0.5, 0.2]);
  assert.deepEqual(scores(SSD, twoBoxes([0, 0.9, 0, 0.8, 0.9, 0.9])), [0, 0]);
  assert.deepEqual(scores(SSD, twoBoxes([0.09, 0, 0.11, 0, 0, 0])), [0, 0.11], "as none");
});

Deno.test("ownScores() reads boxes in every order and unit", () => {
  const { x, y, w, h } = THERE;
  const rows = [0.5, 0, 0.2, 0.8, 0, 0.9];
  const orders = {
    xyxy: corners,
    yxyx: (box: Box) => [box.y, box.x, box.y + box.h, box.x + box.w],
    xywh: (box: Box) => [box.x, box.y, box.w, box.h],
    cxcywh: (box: Box) => [box.x + box.w / 2, box.y + box.h / 2, box.w, box.h],
  };
  const place = { x, y: y + 2, w, h: h - 6 }; // no square, so that an order shows
  for (const [order, written] of Object.entries(orders)) {
    const numbers = [...written(place), ...written(ELSEWHERE)];
    const kind: Ssd = { ...SSD, order: order as Ssd["order"] };
    assert.deepEqual(scores(kind, twoBoxes(rows, numbers)), [0.5, 0.2], order);
    const parts = numbers.map((number) => number / SIDE);
    assert.deepEqual(scores({ ...kind, unit: "parts" }, twoBoxes(rows, parts)), [
      0.5,
      0.2,
    ]);
  }
});

Deno.test("ownScores() makes scores of logits, and takes no numbers that are none", () => {
  const logits = { ...SSD, logits: true };
  assert.deepEqual(scores(logits, twoBoxes([0, 0, 2, 0, 0, 0])), [0.5, 0.881]);
  assert.deepEqual(scores(SSD, twoBoxes([NaN, 0, 7, 0, 0, 0])), [0, 1]);
  const nowhere = [NaN, NaN, NaN, NaN, ...corners(ELSEWHERE)];
  assert.deepEqual(scores(SSD, twoBoxes([0.9, 0, 0.9, 0, 0, 0], nowhere)), [0, 0]);
});

Deno.test("ownScores() reads detections by their labels", () => {
  const kind: OwnOutput = { kind: "detections", ...BOXES, scores: "s", labels: "l" };
  assert.deepEqual(outputNames(kind), ["b", "s", "l"]);
  const boxes = [...corners(THERE), ...corners(THERE), ...corners(ELSEWHERE)];
  const answered = (labels: readonly number[]) => [
    output("b", [3, 4], boxes),
    output("s", [3], [0.7, 0.6, 0.9]),
    output("l", [3], labels),
  ];
  assert.deepEqual(scores(kind, answered([2, 0, 0])), [0.6, 0.7]);
  assert.deepEqual(scores(kind, answered([1, 9, 2])), [0, 0], "names of no class");
  const none = [output("b", [0, 4], []), output("s", [0], []), output("l", [0], [])];
  assert.deepEqual(scores(kind, none), [0, 0], "nothing was found");
});

/** A row of yolox in each cell: 8 x 8, 4 x 4 and 2 x 2 of them. */
function yoloxRows(at: number, row: readonly number[]): ModelOutput {
  const rows = Array.from(
    { length: 84 },
    (_, index) => index === at ? row : row.map(() => 0),
  );
  return output("o", [1, 84, 8], rows.flat());
}

Deno.test("ownScores() finds the cell and the size of a yolox row", () => {
  const kind: OwnOutput = { kind: "yolox", rows: "o", decoded: false };
  // The middle of THERE is (30, 30), its side 20: of each map the cell that holds it.
  for (const [stride, first] of [[8, 0], [16, 64], [32, 80]] as const) {
    const across = SIDE / stride;
    const cell = Math.floor(30 / stride);
    const shift = 30 / stride - cell;
    const size = Math.log(20 / stride);
    const row = [shift, shift, size, size, 0.8, 0.5, 1, 0.25];
    const at = first + cell * across + cell;
    assert.deepEqual(scores(kind, [yoloxRows(at, row)]), [0.4, 0.2], `stride ${stride}`);
    const beside = first + (cell === 0 ? across ** 2 - 1 : 0);
    assert.deepEqual(scores(kind, [yoloxRows(beside, row)]), [0, 0], "of another cell");
  }
});

Deno.test("ownScores() takes yolox rows that are decoded as they are", () => {
  const kind: OwnOutput = { kind: "yolox", rows: "o", decoded: true };
  const row = [30, 30, 20, 20, 0.8, 0.5, 1, 0.25];
  assert.deepEqual(scores(kind, [yoloxRows(5, row)]), [0.4, 0.2]);
  assert.deepEqual(scores(kind, [output("o", [1, 1, 8], row)]), [0.4, 0.2]);
});

Deno.test("ownScores() refuses answers that are not laid out as described", () => {
  const refused: readonly (readonly [OwnOutput, readonly ModelOutput[], RegExp])[] = [
    [
      SSD,
      [output("b", [1, 4, 2], new Array(8).fill(0)), output("s", [2, 3], [])],
      /rows of 4/,
    ],
    [
      SSD,
      [output("b", [1, 1, 4], [0, 0, 0, 0]), output("s", [1, 1, 4], [1, 1, 1, 1])],
      /output s is 1 x 1 x 4, not 1 rows of 3 numbers/,
    ],
    [{ kind: "detections", ...BOXES, scores: "s", labels: "l" }, [
      output("b", [1, 4], [0, 0, 0, 0]),
      output("s", [1], [1]),
      output("l", [2], [0, 0]),
    ], /output l is 2, not 1 numbers/],
    [{ kind: "yolox", rows: "o", decoded: false }, [
      output("o", [1, 1, 8], new Array(8).fill(0)),
    ], /not 84 rows of a picture of 64 pixels/],
    [{ kind: "yolox", rows: "o", decoded: true }, [
      output("o", [1, 1, 7], new Array(7).fill(0)),
    ], /rows of 8 numbers/],
  ];
  for (const [kind, outputs, words] of refused) {
    assert.throws(() => scores(kind, outputs), (thrown) => {
      assert.ok(thrown instanceof Fault && thrown.kind === "config");
      assert.match(thrown.message, words);
      return thrown.message.startsWith("Cannot use the model a/1: ");
    });
  }
});
