import assert from "node:assert/strict";
import fc from "fast-check";
import { CAMERA, load, problemOf } from "../tests/support/settings_text.ts";
import { ConfigFault, problemLine } from "./problems.ts";
import { doubtfulPlaces } from "./place_rules.ts";

/** What is worth a warning in the lines below a good camera, without its place. */
function warningsOf(...lines: readonly string[]): readonly string[] {
  const text = CAMERA + lines.map((line) => `    ${line}\n`).join("");
  return load(text).warnings.map(({ path, words }) => `${path}: ${words}`);
}

const SQUARE = "points: [[0.1, 0.1], [0.9, 0.1], [0.9, 0.9], [0.1, 0.9]]";
const BOW_TIE = "points: [[0.1, 0.1], [0.9, 0.9], [0.9, 0.1], [0.1, 0.9]]";
const WHOLE = "points: [[0, 0], [1, 0], [1, 1], [0, 1]]";

Deno.test("places as people draw them are worth no warning", () => {
  assert.deepEqual(
    warningsOf(
      "min_size: 0.12",
      "min_size_far: 0.03",
      "masks: {street: {points: [[0, 0], [1, 0], [1, 0.2], [0, 0.25]]}}",
      `zones: {porch: {${SQUARE}, min_size: 0.05}, all: {${WHOLE}}}`,
      "lines: {gate: {points: [[0, 0.7], [0.5, 0.7]]}, road: {points: [[0, 0], [1, 1]]}}",
    ),
    [],
  );
  const star = "points: [[0.5, 0], [0.6, 0.4], [1, 0.5], [0.6, 0.6], [0.5, 1], " +
    "[0.4, 0.6], [0, 0.5], [0.4, 0.4]]";
  assert.deepEqual(warningsOf(`zones: {star: {${star}}}`), []);
});

Deno.test("a polygon whose sides cross is worth a warning that names them", () => {
  const words = "have sides that cross, 1-2 and 3-4: give the corners in the order in " +
    "which one would walk around it";
  assert.deepEqual(warningsOf(`zones: {door: {${BOW_TIE}}}`), [
    `cameras.front.zones.door.points: ${words}`,
  ]);
  assert.deepEqual(warningsOf(`masks: {tree: {${BOW_TIE}}}`), [
    `cameras.front.masks.tree.points: ${words}`,
  ]);
});

Deno.test("masks over the whole picture are worth a warning, alone and together", () => {
  const words = "cover the whole picture: nothing is ever seen";
  assert.deepEqual(warningsOf(`masks: {all: {${WHOLE}}, more: {${SQUARE}}}`), [
    `cameras.front.masks.all.points: ${words}`,
  ]);
  const left = "points: [[0, 0], [0.5, 0], [0.5, 1], [0, 1]]";
  const right = "points: [[0.5, 0], [1, 0], [1, 1], [0.5, 1]]";
  assert.deepEqual(warningsOf(`masks: {left: {${left}}, right: {${right}}}`), [
    `cameras.front.masks: together ${words}`,
  ]);
  assert.deepEqual(warningsOf(`masks: {left: {${left}}}`), []);
});

Deno.test("a zone that lies under a mask is worth a warning", () => {
  const small = "points: [[0.2, 0.2], [0.4, 0.2], [0.4, 0.4]]";
  const reaches = "points: [[0.2, 0.2], [1, 0.2], [1, 0.4]]";
  assert.deepEqual(
    warningsOf(
      `masks: {tree: {${SQUARE}}}`,
      `zones: {door: {${small}}, path: {${reaches}}}`,
    ),
    [
      "cameras.front.zones.door.points: lie under masks as a whole: nothing is ever " +
      "seen there",
    ],
  );
});

Deno.test("places too small for anything are worth a warning, and refused without a size", () => {
  assert.deepEqual(
    warningsOf("zones: {door: {points: [[0.1, 0.1], [0.11, 0.1], [0.1, 0.11]]}}"),
    [
      "cameras.front.zones.door.points: cover 0.005 % of the picture: too little for " +
      "anything",
    ],
  );
  assert.deepEqual(
    warningsOf(
      "lines: {gate: {points: [[0.5, 0.5], [0.504, 0.5]]}, " +
        "top: {points: [[0, 0], [1, 0]]}}",
    ),
    [
      "cameras.front.lines.gate.points: are 0.4 % of the picture apart: too little to " +
      "be crossed",
      "cameras.front.lines.top.points: lie on the picture's edge: nothing is seen " +
      "beyond it to cross",
    ],
  );
  assert.equal(
    problemOf("    masks: {a: {points: [[0.1, 0.1], [0.2, 0.2], [0.3, 0.3]]}}"),
    "4:25 cameras.front.masks.a.points: lie on one line: a mask has an area",
  );
  assert.equal(
    problemOf("    lines: {a: {points: [[0.1, 0.1], [0.1, 0.1]]}}"),
    "4:25 cameras.front.lines.a.points: are one point: a line has two",
  );
});

Deno.test("sizes that keep nearly all quiet, or are the wrong way round, are worth a warning", () => {
  const words = "larger than min_size: what is far away looks smaller than what is " +
    "near; min_size is for the lower edge of the picture";
  assert.deepEqual(warningsOf("min_size: 0.03", "min_size_far: 0.12"), [
    `cameras.front.min_size_far: is 0.12, ${words}`,
  ]);
  assert.match(warningsOf("min_size_far: 0.1")[0]!, /which is 0 when left out/);
  const large = "only what is nearly as large as the picture is reported; 1 % of it " +
    "is 0.01";
  assert.deepEqual(warningsOf("min_size: 1", `zones: {a: {${SQUARE}, min_size: 0.9}}`), [
    `cameras.front.min_size: is 1: ${large}`,
    `cameras.front.zones.a.min_size: is 0.9: ${large}`,
  ]);
});

Deno.test("what is worth a warning in a file that is refused is told with it", () => {
  const text = `${CAMERA}    fps: 500\n    masks: {all: {${WHOLE}}}\n`;
  assert.throws(() => load(text), (thrown) => {
    assert.ok(thrown instanceof ConfigFault);
    assert.deepEqual(thrown.warnings.map(problemLine), [
      "5:27 cameras.front.masks.all.points: cover the whole picture: nothing is ever seen",
    ]);
    return true;
  });
});

Deno.test("doubtfulPlaces() takes whatever stands there", () => {
  fc.assert(fc.property(fc.anything(), fc.anything(), (zones, points) => {
    for (const places of [zones, { a: zones }, { a: { points } }]) {
      const camera = { zones: places, masks: places, lines: places, minSize: points };
      assert.ok(Array.isArray(doubtfulPlaces(camera, ["cameras", "a"])));
    }
  }));
});

Deno.test("a convex polygon crosses nothing, and with two corners exchanged it does", () => {
  const angles = fc.uniqueArray(fc.integer({ min: 0, max: 35 }), {
    minLength: 4,
    maxLength: 20,
  });
  fc.assert(fc.property(angles, fc.nat(), (steps, at) => {
    const points = steps.sort((a, b) => a - b).map((step) => {
      const angle = step * Math.PI / 18;
      return [0.5 + 0.4 * Math.cos(angle), 0.5 + 0.4 * Math.sin(angle)];
    });
    const saysCross = (of: readonly unknown[]) =>
      doubtfulPlaces({ zones: { a: { points: of } } }, []).some(({ words }) =>
        words.includes("cross")
      );
    assert.equal(saysCross(points), false);
    const one = at % points.length;
    const other = (one + 1) % points.length;
    const exchanged = points.with(one, points[other]!).with(other, points[one]!);
    assert.equal(saysCross(exchanged), true);
  }));
});
