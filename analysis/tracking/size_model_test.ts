import assert from "node:assert/strict";
import { SizeModel } from "./size_model.ts";

/** People as a camera on a pole sees them: 20 pixels high at row 40, 80 at row 200. */
function trueHeight(foot: number): number {
  return 20 + (foot - 40) * 60 / 160;
}

function learn(options: { readonly people: number; readonly noise: number }): SizeModel {
  const sizes = new SizeModel();
  for (let i = 0; i < options.people; i++) {
    const foot = 40 + (i * 37) % 160;
    const h = trueHeight(foot) * (1 + options.noise * Math.sin(i));
    sizes.add({ foot, w: 0.4 * h, h, area: 0.65 * 0.4 * h * h }, i % 3);
  }
  return sizes;
}

Deno.test("SizeModel says nothing until it has seen enough people", () => {
  assert.equal(learn({ people: 19, noise: 0 }).valid, false);
  assert.equal(learn({ people: 20, noise: 0 }).valid, true);
});

Deno.test("SizeModel learns the height at every foot point", () => {
  const sizes = learn({ people: 200, noise: 0.08 });
  for (const foot of [50, 120, 190]) {
    const error = Math.abs(sizes.heightAt(foot) / trueHeight(foot) - 1);
    assert.ok(error < 0.05, `off by ${error} at ${foot}`);
  }
  assert.ok(Math.abs(sizes.aspect - 0.4) < 0.01);
  assert.ok(Math.abs(sizes.fill - 0.65) < 0.01);
});

Deno.test("SizeModel is not led astray by a fifth of wrong samples", () => {
  const sizes = learn({ people: 200, noise: 0.05 });
  for (let i = 0; i < 50; i++) sizes.add({ foot: 150, w: 60, h: 100, area: 4_000 }, 1);
  assert.ok(Math.abs(sizes.heightAt(60) / trueHeight(60) - 1) < 0.1);
});

Deno.test("SizeModel stays silent where heights do not follow from foot points", () => {
  assert.equal(learn({ people: 200, noise: 0.6 }).valid, false);
});

Deno.test("SizeModel stays silent where most things are not upright", () => {
  const sizes = new SizeModel();
  for (let i = 0; i < 100; i++) {
    sizes.addOther();
    if (i % 2 === 0) sizes.add({ foot: 100, w: 16, h: 40, area: 400 }, i);
  }
  assert.equal(sizes.valid, false);
});

Deno.test("SizeModel forgets by halves, not at once", () => {
  const sizes = learn({ people: 5_000, noise: 0.05 });
  assert.ok(sizes.valid);
  assert.ok(Math.abs(sizes.heightAt(100) / trueHeight(100) - 1) < 0.05);
});

Deno.test("SizeModel does not take one thing that stands there for the size of all", () => {
  const sizes = new SizeModel();
  for (let i = 0; i < 60; i++) sizes.add({ foot: 90, w: 16, h: 40, area: 420 }, 7);
  assert.equal(sizes.valid, false);
  for (let i = 0; i < 10; i++) sizes.add({ foot: 90, w: 16, h: 40, area: 420 }, 8);
  assert.equal(sizes.valid, true);
});
