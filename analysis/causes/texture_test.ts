import assert from "node:assert/strict";
import { DrawnModel, gravel, type Luma, plain } from "../../tests/support/drawn_model.ts";
import { Cells } from "./cells.ts";
import { FLAT, HIDDEN, LIT, NOTHING, OWN, Texture } from "./texture.ts";

const SIZE = { width: 96, height: 64 };

/** What is said of a cell in the middle of what is drawn. */
function kindOf(scene: Luma, frame: Luma): number {
  const model = new DrawnModel(SIZE, scene);
  const cells = new Cells(SIZE);
  const texture = new Texture(cells);
  model.show(frame);
  cells.look(model.view, 0.1);
  texture.look(model.view);
  return texture.kind[cells.cellAt(48, 32)]!;
}

Deno.test("the model's texture, brighter or darker, is lit", () => {
  assert.equal(kindOf(gravel, (x, y) => 16 + 1.6 * (gravel(x, y) - 16)), LIT);
  assert.equal(kindOf(gravel, (x, y) => 16 + 0.5 * (gravel(x, y) - 16)), LIT);
});

Deno.test("light that grows stronger across a cell is still light", () => {
  const slope: Luma = (x, y) => 16 + (1.3 + 0.02 * (x - 40)) * (gravel(x, y) - 16);
  assert.equal(kindOf(gravel, slope), LIT);
});

Deno.test("edges that the model has not are its own", () => {
  assert.equal(kindOf(plain, (x) => x % 8 < 4 ? 40 : 70), OWN);
  assert.equal(kindOf(gravel, (x, y) => (x + y) % 6 < 3 ? 30 : 80), OWN);
});

Deno.test("texture under something plain is hidden, plain on plain tells nothing", () => {
  assert.equal(kindOf(gravel, () => 45), HIDDEN);
  assert.equal(kindOf(plain, () => 45), FLAT);
});

Deno.test("a still cell is nothing", () => {
  assert.equal(kindOf(gravel, gravel), NOTHING);
});
