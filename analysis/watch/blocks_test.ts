import assert from "node:assert/strict";
import { sceneLuma } from "../../tests/support/watched_view.ts";
import { Blocks } from "./blocks.ts";

const FORMAT = { width: 640, height: 360 };

/** A soft scene, and blocks of it that come from elsewhere. */
function picture(damagedRows: number, offset = 0): Uint8Array {
  const { width, height } = FORMAT;
  const pixels = new Uint8Array((width * height * 3) / 2).fill(128);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const soft = 110 + 60 * Math.sin(x / 40) * Math.cos(y / 30);
      const block = ((x - offset) >> 4) * 31 + ((y - offset) >> 4) * 17;
      const damaged = y < 16 * damagedRows && block % 3 === 0;
      pixels[y * width + x] = damaged ? sceneLuma(block, 7 * block) : soft;
    }
  }
  return pixels;
}

Deno.test("Blocks finds borders that are torn since the clean picture, on the grid of blocks", () => {
  const blocks = new Blocks(FORMAT);
  blocks.remember(picture(0));
  blocks.look(picture(0));
  assert.equal(blocks.torn, 0);
  blocks.look(picture(6));
  assert.ok(blocks.torn > 0.05, `${blocks.torn}`);
  assert.ok(blocks.control < blocks.torn / 4, `${blocks.control}`);
});

Deno.test("Blocks finds nothing where squares lie beside the grid, or were there before", () => {
  const blocks = new Blocks(FORMAT);
  blocks.remember(picture(0));
  blocks.look(picture(6, 5));
  assert.ok(blocks.torn < 0.01, `${blocks.torn}`);
  blocks.remember(picture(6));
  blocks.look(picture(6));
  assert.equal(blocks.torn, 0);
});
