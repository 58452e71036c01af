import assert from "node:assert/strict";
import { frameBytes } from "../capture/frame/frame.ts";
import { BackgroundModel } from "./background.ts";
import { Lottery } from "./kernels/kernels_scenes.ts";
import { kernelsTs } from "./kernels/kernels_ts.ts";

const FORMAT = { width: 160, height: 120 };
const { width: WIDTH, height: HEIGHT } = FORMAT;

interface Figure {
  /** Left edge; figures are 14 wide and 40 high. */
  readonly left: number;
  readonly top: number;
  readonly luma: number;
}

/** A ground with a coarse texture, fine noise, and figures with a texture of their own. */
function draw(index: number, figures: readonly Figure[], colour: boolean): Uint8Array {
  const pixels = new Uint8Array(frameBytes(FORMAT)).fill(128);
  if (colour) pixels.fill(110, WIDTH * HEIGHT, WIDTH * HEIGHT + 900);
  const noise = new Lottery(index + 1);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      let luma = 120 + (((x >> 3) * 7 + (y >> 3) * 13) % 23);
      for (const figure of figures) {
        const [right, down] = [x - figure.left, y - figure.top];
        const inside = right >= 0 && right < 14 && down >= 0 && down < 40;
        if (inside) luma = figure.luma + ((right * 5 + down * 3) % 17);
      }
      pixels[y * WIDTH + x] = luma + noise.below(4);
    }
  }
  return pixels;
}

/** Moving pixels inside the figures and outside, as parts of the figures' area. */
function shares(mask: Uint8Array, stride: number, figures: readonly Figure[]) {
  const area = figures.length * 14 * 40;
  let inside = 0;
  let outside = 0;
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      if (mask[y * stride + x] === 0) continue;
      const on = figures.some(({ left, top }) =>
        x >= left - 2 && x < left + 16 && y >= top - 2 && y < top + 42
      );
      if (on) inside++;
      else outside++;
    }
  }
  return { inside: inside / area, outside: outside / area };
}

Deno.test("BackgroundModel forgets within a second where walkers stood in the first frame", () => {
  for (const fps of [10, 25]) {
    const model = new BackgroundModel(FORMAT, kernelsTs);
    for (let index = 0; index < 2 * fps; index++) {
      const s = index / fps;
      // Two walk towards each other, and through each other's ghosts.
      const figures = [
        { left: Math.round(40 + 30 * s), top: 40, luma: 40 },
        { left: Math.round(100 - 30 * s), top: 46, luma: 200 },
      ];
      const how = { learn: true, dtS: 1 / fps };
      const { mask, stride } = model.step(draw(index, figures, true), how);
      const { inside, outside } = shares(mask, stride, figures);
      if (s < 1) continue;
      assert.ok(outside < 0.15, `${fps} fps, ${s} s: ${outside} left over`);
      // At one second they cover each other.
      assert.ok(inside > 0.45, `${fps} fps, ${s} s: ${inside} found`);
    }
  }
});

Deno.test("BackgroundModel finds a faint figure that stands, in a picture without colour", () => {
  const model = new BackgroundModel(FORMAT, kernelsTs);
  const figures = [{ left: 60, top: 40, luma: 106 }];
  for (let index = 0; index < 700; index++) {
    const there = index > 100 ? figures : [];
    const { mask, stride } = model.step(draw(index, there, false), { learn: true });
    if (index !== 699) continue;
    const { inside, outside } = shares(mask, stride, figures);
    assert.ok(inside > 0.5, `${inside} of the figure is found`);
    assert.equal(outside, 0);
  }
});
