import assert from "node:assert/strict";
import { classifiedBy, type ObjectClass } from "../../analysis/dsl/class_line.ts";
import { learnNames, NO_NAMES, recallNames } from "./chip_names.ts";

function line(blob: number, word: ObjectClass, score: number, detail?: string) {
  return { blob, class: word, score, ...(detail === undefined ? {} : { detail }) };
}

Deno.test("learnNames() names what is known, with a question mark where it is not sure", () => {
  const names = learnNames(NO_NAMES, [
    line(1, "person", 0.9),
    line(2, "vehicle", 0.5),
    line(3, "vehicle", 0.9, "truck"),
    line(4, "unknown", 0.3),
    line(5, "bike", 0.8),
  ]);
  assert.deepEqual([...names], [[1, "person"], [2, "vehicle?"], [3, "truck"], [
    5,
    "bike",
  ]]);
  const later = learnNames(names, [
    line(1, "unknown", 0.2),
    line(2, "vehicle", 0.7, "car"),
  ]);
  assert.deepEqual([...later], [[3, "truck"], [5, "bike"], [2, "car"]]);
  assert.equal(learnNames(later, undefined), later);
});

Deno.test("learnNames() is bounded", () => {
  const lines = Array.from({ length: 600 }, (_, blob) => line(blob, "person", 0.9));
  const names = learnNames(NO_NAMES, lines);
  assert.deepEqual([names.size, names.has(87), names.has(88)], [512, false, true]);
});

Deno.test("recallNames() takes the newest sentence's word, and none for what was heard since", () => {
  const told = (track: number, score: number) => (
    { track, classified: classifiedBy(line(track, "person", score)) }
  );
  const was = learnNames(NO_NAMES, [line(2, "vehicle", 0.9)]);
  const names = recallNames(was, [told(1, 0.5), told(1, 0.9), told(2, 0.9), {
    track: 3,
  }]);
  assert.deepEqual([...names], [[1, "person"], [2, "vehicle"]]);
});
