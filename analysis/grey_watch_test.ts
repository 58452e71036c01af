import assert from "node:assert/strict";
import { GreyWatch } from "./grey_watch.ts";
import { Lottery } from "./kernels/kernels_scenes.ts";

const WIDTH = 160;
const HEIGHT = 120;

/** A picture with so much noise in its chroma and a coloured square of a size. */
function picture(options: { noise: number; square?: number; tint?: number }) {
  const lottery = new Lottery(3);
  const plane = () => new Uint8Array(WIDTH * HEIGHT).fill(90);
  const chroma = () =>
    plane().map(() => 128 + (options.tint ?? 0) + lottery.below(options.noise + 1));
  const [u, v] = [chroma(), chroma()];
  const side = options.square ?? 0;
  for (let row = 0; row < side; row++) u.fill(90, row * WIDTH, row * WIDTH + side);
  return { width: WIDTH, height: HEIGHT, stride: WIDTH, mask: plane(), y: plane(), u, v };
}

Deno.test("GreyWatch calls a picture grey that has noise or one tint in its chroma", () => {
  assert.equal(new GreyWatch().step(picture({ noise: 0 }), 40), true);
  assert.equal(new GreyWatch().step(picture({ noise: 3, tint: 20 }), 40), true);
});

Deno.test("GreyWatch calls a picture coloured that has a coloured thing", () => {
  const watch = new GreyWatch();
  assert.equal(watch.step(picture({ noise: 2, square: 40 }), 40), false);
  assert.equal(watch.grey, false);
});

Deno.test("GreyWatch waits a second before it believes a change", () => {
  const watch = new GreyWatch();
  const coloured = picture({ noise: 2, square: 40 });
  watch.step(picture({ noise: 0 }), 40);
  const turns: number[] = [];
  for (let ms = 100; ms <= 2_000; ms += 100) {
    if (watch.step(coloured, 100)) turns.push(ms);
  }
  assert.deepEqual(turns, [1_100]);
  watch.restart();
  assert.equal(
    watch.step(picture({ noise: 0 }), 40),
    true,
    "another scene is asked anew",
  );
});
