import assert from "node:assert/strict";
import { USUAL_ANALYSIS } from "../analysis/analysis_settings.ts";
import { NO_PLACES } from "../analysis/place_stage.ts";
import { settings } from "../config/schema.ts";
import { analysisOf, placesOf } from "./camera_plan.ts";

const CORNERS = [[0, 0], [0.5, 0], [0.5, 0.5]];
const POINTS = [{ x: 0, y: 0 }, { x: 0.5, y: 0 }, { x: 0.5, y: 0.5 }];

function planOf(camera: Record<string, unknown>) {
  const { cameras, analysis } = settings.parse({
    cameras: { a: { url: "scene:street", ...camera } },
  });
  return { places: placesOf(cameras.a!), analysis: analysisOf(cameras.a!, analysis) };
}

Deno.test("a camera of which nothing is set is looked at as usual, to the last number", () => {
  const { places, analysis } = planOf({});
  assert.deepEqual(places, NO_PLACES);
  assert.deepEqual(analysis, USUAL_ANALYSIS);
});

Deno.test("what is set of a camera reaches the stage that it acts in", () => {
  const { places, analysis } = planOf({
    sensitivity: 3,
    minSize: 0.1,
    absorbAfter: 120,
    zones: {
      porch: { points: CORNERS, judge: "touch", sensitivity: 8, minSize: 0.05 },
      yard: { points: CORNERS },
    },
    masks: { clock: { points: CORNERS } },
    lines: { gate: { points: CORNERS, direction: "forward" } },
  });
  assert.deepEqual(places, {
    zones: [
      { name: "porch", points: POINTS, judge: "touch", sizeMin: 0.05 },
      { name: "yard", points: POINTS, judge: "foot" },
    ],
    judge: "foot",
    lines: [{ name: "gate", points: POINTS, direction: "forward" }],
    sizeMin: { upper: 0.1, lower: 0.1 },
  });
  assert.deepEqual(analysis, {
    ...USUAL_ANALYSIS,
    masks: [{ name: "clock", points: POINTS }],
    sensitivity: 3,
    areas: [{ name: "porch", points: POINTS, sensitivity: 8 }],
    absorbAfterS: 120,
  });
});

Deno.test("the least size far away stands beside the one that is near", () => {
  const { places } = planOf({ minSize: 0.1, minSizeFar: 0.02 });
  assert.deepEqual(places.sizeMin, { upper: 0.02, lower: 0.1 });
});
