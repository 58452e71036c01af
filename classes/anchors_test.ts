import assert from "node:assert/strict";
import { ANCHOR_NUMBERS, ssdAnchors } from "./anchors.ts";

Deno.test("ssdAnchors() has those of the model: 1917, from small at the top left to one for all", () => {
  const anchors = ssdAnchors();
  assert.equal(anchors.length, 1_917 * ANCHOR_NUMBERS);
  const near = (at: number, wanted: readonly number[]) =>
    wanted.forEach((number, index) =>
      assert.ok(Math.abs(anchors[at * ANCHOR_NUMBERS + index]! - number) < 1e-6)
    );
  near(0, [0.5 / 19, 0.5 / 19, 0.1, 0.1]);
  near(1, [0.5 / 19, 0.5 / 19, 0.2 / Math.SQRT2, 0.2 * Math.SQRT2]);
  // The second map begins after 19 x 19 x 3.
  near(1_083, [0.05, 0.05, 0.35, 0.35]);
  near(1_088, [0.05, 0.05, Math.sqrt(0.35 * 0.5), Math.sqrt(0.35 * 0.5)]);
  near(1_916, [0.5, 0.5, Math.sqrt(0.95), Math.sqrt(0.95)]);
});
