import assert from "node:assert/strict";
import fc from "fast-check";
import { frameBytes } from "../capture/frame/frame.ts";
import {
  type AnalysisSettings,
  basePlaneOf,
  type NamedArea,
  radiusOf,
  regionFactorOf,
  settingsText,
  USUAL_ANALYSIS,
} from "./analysis_settings.ts";
import { Analyzer } from "./analyzer.ts";
import { BackgroundModel } from "./background.ts";
import { kernelsTs } from "./kernels/kernels_ts.ts";
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
    const factor = (of: number) => regionFactorOf(set({ sensitivity: of }));
    assert.ok(factor(high) <= factor(low));
  }));
});

Deno.test("regionFactorOf() is that of the most sensitive part, and 1 when nothing is set", () => {
  assert.equal(regionFactorOf(USUAL_ANALYSIS), 1);
  assert.equal(regionFactorOf(set({ sensitivity: 10 })), 1 / 4);
  const areas = [{ ...area(0, 0.5), sensitivity: 10 }];
  assert.equal(regionFactorOf(set({ sensitivity: 2, areas })), 1 / 4);
  assert.equal(regionFactorOf(set({ regionAreaPct: 0.072 })), 2);
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

Deno.test("the background model finds nothing under a mask, and the same beside it", () => {
  const [bare, masked] = [{}, { masks: [area(0, 0.5)] }].map((changes) =>
    moving(set(changes))
  );
  assert.ok(bare!.left > 0 && bare!.right > 0);
  assert.deepEqual(masked, { left: 0, right: bare!.right });
});

Deno.test("the background model sees what is fainter at a higher sensitivity", () => {
  const [dull, keen] = [2, 9].map((sensitivity) => moving(set({ sensitivity }), 9).left);
  assert.equal(dull, 0);
  assert.ok(keen! > 0);
});

Deno.test("an Analyzer says in its header that it was set otherwise", () => {
  const digest = (settings: AnalysisSettings) => {
    const options = { camera: "a", format: FORMAT, fps: 10, clock: "media" } as const;
    return new Analyzer({ ...options, settings, kernels: kernelsTs }).header.settings;
  };
  assert.notEqual(digest(set({ sensitivity: 6 })), digest(USUAL_ANALYSIS));
  assert.equal(digest(set({})), digest(USUAL_ANALYSIS));
});

const FORMAT = { width: 160, height: 120 };

/** Moving pixels of either half when two squares come up in a plain picture. */
function moving(settings: AnalysisSettings, contrast = 100) {
  const { width, height } = FORMAT;
  const model = new BackgroundModel(FORMAT, kernelsTs);
  model.setBase(basePlaneOf(settings, FORMAT));
  const pixels = new Uint8Array(frameBytes(FORMAT)).fill(100);
  for (let frame = 0; frame < 10; frame++) model.step(pixels, { learn: true });
  for (const left of [30, 110]) {
    for (let y = 50; y < 70; y++) {
      pixels.fill(100 + contrast, y * width + left, y * width + left + 20);
    }
  }
  model.step(pixels, { learn: true });
  const mask = new Uint8Array(width * height);
  model.writeMask(mask);
  const count = (isLeft: boolean) =>
    mask.filter((pixel, at) => pixel > 0 && (at % width < width / 2) === isLeft).length;
  return { left: count(true), right: count(false) };
}
