import assert from "node:assert/strict";
import { DrawnModel, type Luma, plain } from "../../tests/support/drawn_model.ts";
import { Cells } from "./cells.ts";
import { measureSoftness, sceneSharpness } from "./soft.ts";

const SIZE = { width: 120, height: 90 };

/** A disc 70 grey levels brighter, its edge `blurPx` wide. */
function hardnessOf(radius: number, blurPx: number): number {
  const model = new DrawnModel(SIZE, plain);
  const cells = new Cells(SIZE);
  model.show((x, y) => {
    const far = Math.hypot(x - 60, y - 45) - radius;
    return plain() + 70 * Math.max(0, Math.min(1, 0.5 - far / blurPx));
  });
  cells.look(model.view, 0.1);
  const softness = { hardness: 0, lift: 0 };
  measureSoftness(model.view, { regions: model.regions, region: 0, cells }, softness);
  return softness.hardness;
}

Deno.test("a sharp disc is hard, whatever its size, and a blurred one soft", () => {
  for (const radius of [8, 14, 22]) {
    assert.ok(hardnessOf(radius, 1) > 0.9, `sharp, radius ${radius}`);
    assert.ok(hardnessOf(radius, radius) < 0.55, `soft, radius ${radius}`);
  }
});

Deno.test("small regions cannot be told", () => {
  assert.equal(hardnessOf(4, 4), Infinity);
});

Deno.test("a scene with edges of one pixel is sharp, one with slopes is less so", () => {
  const bars: Luma = (x) => x % 20 < 10 ? 60 : 140;
  const slopes: Luma = (x) => 60 + 11 * Math.min(x % 20, 20 - x % 20);
  assert.equal(sceneSharpness(new DrawnModel(SIZE, bars).view), 1);
  assert.ok(sceneSharpness(new DrawnModel(SIZE, slopes).view) < 0.75);
  assert.equal(sceneSharpness(new DrawnModel(SIZE, plain).view), 0);
});
