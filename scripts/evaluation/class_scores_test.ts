import assert from "node:assert/strict";
import type { ObjectClass } from "../../analysis/dsl/class_line.ts";
import type { TrueClass } from "./class_samples.ts";
import {
  bySize,
  classScore,
  confusion,
  falseLabels,
  isChosenOn,
  type Labelled,
} from "./class_scores.ts";

function labelled(
  truth: TrueClass,
  said: ObjectClass,
  sizePx = 40,
  id = "1.0",
): Labelled {
  const label = { class: said, score: 0.8, crops: 3 };
  const source = truth === "nothing" ? "background" : "tracked";
  return {
    sample: { clip: "a.mp4", source, id, truth, boxes: [] },
    ...{ sizePx, first: { ...label, class: "unknown" }, all: label },
  };
}

const SAID = [
  labelled("person", "person"),
  labelled("person", "person"),
  labelled("person", "unknown"),
  labelled("person", "vehicle"),
  labelled("vehicle", "vehicle"),
  labelled("bike", "person"),
];

Deno.test("classScore() counts right, unknown, wrong and invented ones", () => {
  const score = classScore(SAID, "person", ({ all }) => all);
  assert.deepEqual(score, {
    ...{ truth: "person", right: 2, unknown: 1, wrong: 1, invented: 1 },
    ...{ precision: 2 / 3, recall: 0.5 },
  });
  assert.equal(classScore(SAID, "person", ({ first }) => first).recall, 0);
});

Deno.test("falseLabels() counts what was said of nothing only", () => {
  const nothing = [labelled("nothing", "unknown"), labelled("nothing", "animal")];
  assert.deepEqual(falseLabels([...SAID, ...nothing], ({ all }) => all), [1, 2]);
});

Deno.test("confusion() counts pairs of what is true and what was said", () => {
  const table = confusion(SAID, ({ all }) => all);
  assert.deepEqual([...table.get("person")!], [
    ["person", 2],
    ["unknown", 1],
    ["vehicle", 1],
  ]);
  assert.deepEqual([...table.get("bike")!], [["person", 1]]);
});

Deno.test("bySize() puts each sample under the first bound above its size", () => {
  const sizes = [23.9, 24, 95, 96, 500].map((sizePx) =>
    labelled("person", "person", sizePx)
  );
  const counts = [...bySize(sizes)].map(([bound, group]) => [bound, group.length]);
  assert.deepEqual(counts, [
    [24, 1],
    [32, 1],
    [48, 0],
    [64, 0],
    [96, 1],
    [Infinity, 2],
  ]);
});

Deno.test("isChosenOn() keeps the pieces of a track together", () => {
  const half = (id: string) => isChosenOn(labelled("person", "person", 40, id).sample);
  assert.deepEqual(["4.0", "4.60", "b2"].map(half), [true, true, true]);
  assert.deepEqual(["3.0", "3.60", "b1"].map(half), [false, false, false]);
});
