import assert from "node:assert/strict";
import { USUAL_ANALYSIS } from "../analysis/analysis_settings.ts";
import { NO_PLACES } from "../analysis/place_stage.ts";
import { Fault } from "../base/fault.ts";
import { analysisTyped, placeDoubts, placesTyped } from "./analyze_places.ts";
import type { Typed } from "./command_line.ts";

Deno.test("without flags a clip is looked at as usual, and nothing is drawn in it", () => {
  assert.deepEqual(placesTyped({}), NO_PLACES);
  assert.deepEqual(analysisTyped({}), USUAL_ANALYSIS);
});

Deno.test("flags draw lines and masks, name what has no name, and set sizes", () => {
  const { lines, sizeMin } = placesTyped({
    "--line": ["gate=0,.5,1,.5"],
    "--line-direction": "forward",
    "--min-size": ".02, .1",
  });
  assert.deepEqual(lines.map(({ name, direction }) => [name, direction]), [
    ["gate", "forward"],
  ]);
  assert.deepEqual(sizeMin, { upper: 0.02, lower: 0.1 });
  assert.deepEqual(placesTyped({ "--min-size": ".1" }).sizeMin, {
    ...{ upper: 0.1, lower: 0.1 },
  });
  const { masks, sensitivity, absorbAfterS } = analysisTyped({
    "--mask": ["clock=0,0,.2,0,.2,.1", "0,.5,1,.5,1,1"],
    "--sensitivity": "7",
    "--absorb-after": "120",
  });
  assert.deepEqual(masks.map(({ name }) => name), ["clock", "mask-2"]);
  assert.deepEqual([sensitivity, absorbAfterS], [7, 120]);
});

Deno.test("places that cannot be meant are told with their flags", () => {
  const doubts = (typed: Typed) => placeDoubts(placesTyped(typed), analysisTyped(typed));
  assert.deepEqual(doubts({}), []);
  assert.deepEqual(
    doubts({
      "--zone": ["a=0,0,1,0,1,1"],
      "--min-size": ".02,.1",
      "--line": ["b=0,0,1,1"],
    }),
    [],
  );
  const told = doubts({
    "--zone": ["door=0,0,1,1,1,0,0,1"],
    "--mask": ["0,0,1,0,1,1,0,1"],
    "--line": ["gate=0,0,1,0"],
    "--min-size": ".1,.02",
  });
  const begins = [
    /^--zone door have sides that cross, 1-2 and 3-4/,
    /^--mask mask-1 cover the whole picture/,
    /^--line gate lie on the picture's edge/,
    /^--min-size is 0.1, larger than min_size/,
  ];
  assert.equal(told.length, begins.length);
  for (const [at, words] of begins.entries()) assert.match(told[at]!, words);
});

const REFUSED: readonly (readonly [Typed, RegExp])[] = [
  [{ "--sensitivity": "11" }, /--sensitivity "11": give a whole number from 1 to 10/],
  [{ "--sensitivity": "5.5" }, /a whole number/],
  [{ "--absorb-after": "60" }, /a number of seconds from 120 to 86400/],
  [{ "--absorb-after": "5m" }, /give a number of seconds/],
  [{ "--min-size": "2" }, /share of the picture/],
  [{ "--min-size": ".1,.2,.3" }, /share of the picture/],
  [{ "--min-size": "," }, /share of the picture/],
  [{ "--line-direction": "back" }, /use both or forward/],
  [{ "--line": ["a=0,0,1,1", "a=0,1,1,0"] }, /two have the name "a"/],
  [{ "--mask": ["0,0,1,1"] }, /Cannot read the mask/],
];
for (const [typed, words] of REFUSED) {
  Deno.test(`analyze refuses ${JSON.stringify(typed)}`, () => {
    assert.throws(() => [placesTyped(typed), analysisTyped(typed)], (thrown) => {
      assert.ok(thrown instanceof Fault && thrown.kind === "usage");
      assert.match(thrown.message, words);
      return true;
    });
  });
}
