import assert from "node:assert/strict";
import fc from "fast-check";
import { frameBytes } from "../capture/frame/frame.ts";
import { BackgroundModel } from "./background.ts";
import { Lottery } from "./kernels/kernels_scenes.ts";
import { kernelsTs } from "./kernels/kernels_ts.ts";
import { wholeSnapshot } from "./snapshot.ts";

const FORMAT = { width: 72, height: 48 };
const LEARN = { learn: true };
const SHOW = { learn: false };

/** A grainy scene, seen `right` pixels further to the right, with a block or without. */
function scene(options: { block?: boolean; right?: number; seed?: number } = {}) {
  const { width, height } = FORMAT;
  const pixels = new Uint8Array(frameBytes(FORMAT)).fill(128);
  const noise = new Lottery(options.seed ?? 1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const there = x - (options.right ?? 0);
      const inBlock = options.block && there >= 24 && there < 48 && y >= 12 && y < 36;
      const still = 60 + (((there * 7919 + y * 104_729) >> 3) & 63);
      pixels[y * width + x] = (inBlock ? 230 : still) + noise.below(3);
    }
  }
  return pixels;
}

function learned(): BackgroundModel {
  const model = new BackgroundModel(FORMAT, kernelsTs);
  for (let seed = 0; seed < 90; seed++) model.step(scene({ seed }), LEARN);
  return model;
}

function moving(model: BackgroundModel, pixels: Uint8Array): number {
  return model.look(pixels, SHOW).mask.filter((value) => value !== 0).length;
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((value, i) => value === other[i]);
}

const BLOCK = { left: 24, top: 12, width: 24, height: 24 };

Deno.test("BackgroundModel.absorb() takes what stands there, and it leaves no ghost", () => {
  const model = learned();
  assert.ok(moving(model, scene({ block: true })) > 500);
  model.absorb(BLOCK);
  assert.equal(moving(model, scene({ block: true })), 0);
  assert.equal(moving(model, scene()), 0, "what it covered is still known");
});

Deno.test("BackgroundModel.absorb() takes only the shape, also of a box over the edge", () => {
  const model = learned();
  moving(model, scene({ block: true }));
  const box = { left: -10, top: 12, width: 46, height: 24 };
  const shape = new Uint8Array(box.width * box.height).map((_, n) =>
    n % box.width >= 34 ? 1 : 0
  );
  model.absorb(box, shape);
  const { mask, stride } = model.look(scene({ block: true }), SHOW);
  assert.equal(mask[24 * stride + 28], 0);
  assert.equal(mask[24 * stride + 44], 255);
});

Deno.test("BackgroundModel.putGround() brings back what was there before", () => {
  const model = learned();
  const ground = model.groundOf(BLOCK);
  for (let round = 0; round < 60; round++) {
    model.look(scene({ block: true }), LEARN);
    model.absorb(BLOCK);
    model.learn(0.04);
  }
  const half = moving(model, scene());
  model.putGround(ground);
  assert.ok(half > 200, `the block was the scene: ${half}`);
  assert.equal(moving(model, scene()), 0);
});

Deno.test("BackgroundModel.groundOf() keeps to the picture, whatever the box", () => {
  const model = learned();
  const side = fc.integer({ min: -100, max: 100 });
  const size = fc.integer({ min: 0, max: 200 });
  fc.assert(
    fc.property(side, side, size, size, (left, top, width, height) => {
      const patch = model.groundOf({ left, top, width, height });
      assert.equal(patch.y.length, patch.width * patch.height);
      assert.ok(patch.left >= 0 && patch.left + patch.width <= FORMAT.width);
      assert.ok(patch.top >= 0 && patch.top + patch.height <= FORMAT.height);
      model.absorb({ left, top, width, height });
      model.putGround({ ...patch, left });
    }),
    { numRuns: 100, seed: 4 },
  );
});

Deno.test("BackgroundModel.shiftBy() follows a camera that was turned", () => {
  for (const right of [3, -5]) {
    const model = learned();
    const pixels = scene({ right, block: true });
    const before = moving(model, pixels);
    model.shiftBy(right, 0);
    const after = moving(model, pixels);
    // The block stays; at the edge that came in the scene is a guess.
    assert.ok(before > 1_500 && after > 450 && after < 820, `${before} -> ${after}`);
  }
});

Deno.test("BackgroundModel.shiftBy() there and back gives the same masks", () => {
  const model = learned();
  const still = moving(model, scene());
  model.shiftBy(2, -1);
  model.shiftBy(-2, 1);
  assert.equal(still, 0);
  const { mask, stride } = model.look(scene(), SHOW);
  for (let y = 6; y < 42; y++) {
    assert.ok(
      mask.subarray(y * stride + 6, y * stride + 66).every((value) => value === 0),
    );
  }
});

Deno.test("BackgroundModel.restore() goes on as if there had been no pause", () => {
  const model = learned();
  const other = new BackgroundModel(FORMAT, kernelsTs);
  assert.equal(other.restore(wholeSnapshot(model.snapshot())), true);
  for (let seed = 200; seed < 260; seed++) {
    const pixels = scene({ seed, block: seed % 3 === 0 });
    const mask = model.step(pixels, LEARN).mask.slice();
    assert.ok(same(other.step(pixels, LEARN).mask, mask));
  }
  assert.ok(same(wholeSnapshot(other.snapshot()), wholeSnapshot(model.snapshot())));
});

Deno.test("BackgroundModel.restore() refuses what does not fit, and stays as it was", () => {
  const model = learned();
  const bytes = wholeSnapshot(model.snapshot());
  const small = new BackgroundModel({ width: 64, height: 48 }, kernelsTs);
  assert.equal(small.restore(bytes), false);
  assert.equal(model.restore(bytes.subarray(0, bytes.length - 1)), false);
  assert.equal(model.restore(new Uint8Array(bytes.length)), false);
  assert.equal(model.restore(new Uint8Array(0)), false);
  assert.ok(same(wholeSnapshot(model.snapshot()), bytes));
});
