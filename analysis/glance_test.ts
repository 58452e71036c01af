/**
 * Whether a picture that stands by itself stirs a camera that rests: known sway does not,
 * and who stands before it or beside it does.
 */
import assert from "node:assert/strict";
import { STREET_FORMAT, SwayingStreet } from "../tests/support/swaying_street.ts";
import { Analyzer } from "./analyzer.ts";
import { kernelsHere } from "./kernels/kernels_here.ts";

const { width } = STREET_FORMAT;
const KNOWN_S = 40;

/** A dark upright thing, pixels. */
function put(pixels: Uint8Array, box: { x: number; y: number; w: number; h: number }) {
  for (let y = box.y; y < box.y + box.h; y++) {
    pixels.fill(30, y * width + box.x, y * width + box.x + box.w);
  }
}

Deno.test("what is known to sway hardly stirs a glance, who stands there does", () => {
  const analyzer = new Analyzer({
    ...{ camera: "gate", format: STREET_FORMAT, fps: 10, clock: "media" },
    kernels: kernelsHere(),
  });
  const street = new SwayingStreet(7);
  for (let number = 1; number <= 10 * KNOWN_S; number++) {
    const tMs = number * 100;
    const frame = { tMs, ptsUs: tMs * 1_000, number, skipped: 0, doubtful: false };
    analyzer.step({ pixels: street.at(tMs), ...frame });
  }
  const stirring = (change: (pixels: Uint8Array) => void) => {
    let count = 0;
    for (let second = KNOWN_S; second < KNOWN_S + 20; second++) {
      const pixels = street.at(1_000 * second + 37 * second);
      change(pixels);
      if (analyzer.stirs({ pixels, doubtful: false })) count++;
    }
    return count;
  };
  const alone = stirring(() => {});
  assert.ok(alone <= 1, `${alone} of 20: one sways farther than all before`);
  for (let x = 10; x < width - 30; x += 90) {
    const box = { x, y: 60, w: 24, h: 90 };
    assert.equal(stirring((pixels) => put(pixels, box)), 20, `at ${x}`);
  }
});
