/**
 * Whether a picture that stands by itself stirs a camera that rests: known sway does not,
 * and who stands before it or beside it does.
 */
import assert from "node:assert/strict";
import { frameBytes } from "../capture/frame/frame.ts";
import { applyEffects } from "../capture/scene/effect.ts";
import { swayEffect } from "../capture/scene/effect_sway.ts";
import { sceneFormat } from "../capture/scene/scenes.ts";
import { Street } from "../capture/scene/street/street.ts";
import { Analyzer } from "./analyzer.ts";
import { kernelsHere } from "./kernels/kernels_here.ts";

const FORMAT = sceneFormat(320);
const SEED = 7;
const KNOWN_S = 40;

/** An empty street in which something sways. */
class SwayingStreet {
  readonly #street = new Street({
    ...{ format: FORMAT, seed: SEED, withTruth: false },
    comes: () => false,
  });
  readonly #effect = swayEffect(SEED, { startMs: 2_000, endMs: Infinity });

  at(timeMs: number): Uint8Array {
    const pixels = new Uint8Array(frameBytes(FORMAT));
    this.#street.paint(timeMs, pixels);
    applyEffects(pixels, FORMAT, { effects: [this.#effect], seed: SEED, timeMs });
    return pixels;
  }
}

/** A dark upright thing, pixels. */
function put(pixels: Uint8Array, box: { x: number; y: number; w: number; h: number }) {
  for (let y = box.y; y < box.y + box.h; y++) {
    pixels.fill(30, y * FORMAT.width + box.x, y * FORMAT.width + box.x + box.w);
  }
}

Deno.test("what is known to sway hardly stirs a glance, who stands there does", () => {
  const analyzer = new Analyzer({
    ...{ camera: "gate", format: FORMAT, fps: 10, clock: "media" },
    kernels: kernelsHere(),
  });
  const street = new SwayingStreet();
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
  for (let x = 10; x < FORMAT.width - 30; x += 90) {
    const box = { x, y: 60, w: 24, h: 90 };
    assert.equal(stirring((pixels) => put(pixels, box)), 20, `at ${x}`);
  }
});
