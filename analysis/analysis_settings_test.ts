import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type AnalysisSettings,
  basePlaneOf,
  type NamedArea,
  radiusOf,
  regionAreaAt,
  regionAreaLeast,
  settingsText,
  USUAL_ANALYSIS,
} from "./analysis_settings.ts";
import { BASE_RADIUS, IGNORED } from "./kernels/planes.ts";

const WORK = { width: 8, height: 4 };
function area(left: number, right: number): NamedArea {
  const corners = [[left, 0], [right, 0], [right, 1], [left, 1]] as const;
  return { name: `${left} to ${right}`, points: corners.map(([x, y]) => ({ x, y })) };
}

function set(changes: Partial<AnalysisSettings>): AnalysisSettings {
  return { ...USUAL_ANALYSIS, ...changes };
}

/** The first row: every row is the same here. */
function row(changes: Partial<AnalysisSettings>): number[] {
  return [...basePlaneOf(set(changes), WORK).subarray(0, WORK.width)];
}

Deno.test("basePlaneOf() is the usual radius everywhere when nothing is set", () => {
  const plane = basePlaneOf(USUAL_ANALYSIS, WORK);
  assert.equal(plane.length, 32);
  assert.ok(plane.every((radius) => radius === BASE_RADIUS));
});

Deno.test("basePlaneOf() ignores what is masked, also where it was made sensitive", () => {
  assert.deepEqual(
    row({
      masks: [area(0, 0.25)],
      areas: [{ ...area(0, 0.5), sensitivity: 9 }],
    }),
    [IGNORED, IGNORED, 6, 6, 12, 12, 12, 12],
  );
});

Deno.test("basePlaneOf() takes the highest sensitivity where areas overlap, in any order", () => {
  const areas = [
    { ...area(0, 0.75), sensitivity: 9 },
    { ...area(0.5, 1), sensitivity: 1 },
  ];
  const expected = [6, 6, 6, 6, 6, 6, 24, 24];
  assert.deepEqual(row({ areas }), expected);
  assert.deepEqual(row({ areas: areas.toReversed() }), expected);
});

Deno.test("a higher sensitivity never asks for more, and no radius looks like a mask", () => {
  const whole = fc.integer({ min: 1, max: 10 });
  const radius = fc.integer({ min: 6, max: 30 });
  fc.assert(fc.property(whole, whole, radius, (a, b, matchRadius) => {
    const settings = set({ matchRadius });
    const [low, high] = a < b ? [a, b] : [b, a];
    assert.ok(radiusOf(settings, high) <= radiusOf(settings, low));
    assert.ok(radiusOf(settings, low) < IGNORED && radiusOf(settings, high) > 0);
    const ofHigh = regionAreaAt(set({ sensitivity: high }), { x: 0.5, y: 0.5 });
    assert.ok(ofHigh <= regionAreaAt(set({ sensitivity: low }), { x: 0.5, y: 0.5 }));
  }));
});

Deno.test("regionAreaAt() is that of the area, and regionAreaLeast() the least of all", () => {
  const settings = set({ areas: [{ ...area(0, 0.5), sensitivity: 10 }] });
  assert.equal(regionAreaAt(settings, { x: 0.9, y: 0.5 }), USUAL_ANALYSIS.regionAreaPct);
  assert.equal(regionAreaAt(settings, { x: 0.1, y: 0.5 }), 0.036 / 4);
  assert.equal(regionAreaLeast(settings), 0.036 / 4);
});

Deno.test("settingsText() changes with whatever changes what is found, not with a name", () => {
  const texts = [
    USUAL_ANALYSIS,
    set({ masks: [area(0, 0.5)] }),
    set({ areas: [{ ...area(0, 0.5), sensitivity: 6 }] }),
    set({ sensitivity: 6 }),
    set({ absorbAfterS: 120 }),
    set({ matchRadius: 13 }),
    set({ regionAreaPct: 0.05 }),
  ].map(settingsText);
  assert.equal(new Set(texts).size, texts.length);
  const renamed = set({ masks: [{ ...area(0, 0.5), name: "clock" }] });
  assert.equal(settingsText(renamed), texts[1]);
});
