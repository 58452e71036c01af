import assert from "node:assert/strict";
import { sceneLuma, VIEW, viewOf } from "../../tests/support/watched_view.ts";
import { DecodeLossWatch } from "./decode_loss.ts";
import { Measures } from "./measures.ts";

const DT_S = 0.1;
const FORMAT = { width: VIEW.width, height: VIEW.height };

/** A soft scene, and with `torn` every third of its blocks from elsewhere. */
function lumaOf(torn: boolean) {
  return (x: number, y: number) => {
    const block = (x >> 4) * 31 + (y >> 4) * 17;
    if (torn && block % 3 === 0) return sceneLuma(block, 7 * block);
    return 110 + 60 * Math.sin(x / 40) * Math.cos(y / 30);
  };
}

function pixelsOf(torn: boolean): Uint8Array {
  const { width, height } = FORMAT;
  const pixels = new Uint8Array((width * height * 3) / 2).fill(128);
  const luma = lumaOf(torn);
  for (let i = 0; i < width * height; i++) {
    pixels[i] = luma(i % width, Math.floor(i / width));
  }
  return pixels;
}

/** A letter is a tenth of a second: `.` whole, `t` torn, `d` whole and doubted by the decoder. */
function watched(letters: string) {
  const watch = new DecodeLossWatch(FORMAT);
  const measures = new Measures(VIEW, VIEW.stride);
  const looks = new Map([true, false].map((torn) => {
    const view = viewOf(lumaOf(torn), { scene: lumaOf(false) });
    return [torn, { view, pixels: pixelsOf(torn) }];
  }));
  const told: number[] = [];
  const holds: boolean[] = [];
  [...letters].forEach((letter, frame) => {
    const { view, pixels } = looks.get(letter === "t")!;
    measures.look(view);
    const input = {
      ...{ picture: view, pixels, format: FORMAT, dtS: DT_S, tMs: 100 * frame },
      ...{ doubtful: letter === "d", leap: false, lightExplains: 0, learnedS: 9 },
    };
    if (watch.step(input, measures, { calm: true, maySee: true })) told.push(frame);
    holds.push(watch.holds);
  });
  return { told, holds };
}

Deno.test("DecodeLossWatch holds torn frames from the first one on and tells them within three", () => {
  const { told, holds } = watched(".".repeat(10) + "t".repeat(10));
  assert.equal(holds.indexOf(true), 10);
  assert.equal(told.length, 1);
  assert.ok(told[0]! >= 10 && told[0]! <= 13, `${told[0]}`);
});

Deno.test("DecodeLossWatch lets go within half a second after the picture is whole", () => {
  const { holds } = watched(".".repeat(10) + "t".repeat(10) + ".".repeat(10));
  const last = holds.lastIndexOf(true);
  assert.ok(last >= 19 && last <= 24, `${last}`);
});

Deno.test("DecodeLossWatch holds what stays torn for fifteen seconds at most", () => {
  const { holds } = watched(".".repeat(10) + "t".repeat(200));
  const held = holds.filter(Boolean).length;
  assert.ok(held >= 148 && held <= 152, `${held}`);
});

Deno.test("DecodeLossWatch tells the decoder's doubt at once, and again after three seconds without", () => {
  const { told } = watched("....dd..dd" + ".".repeat(35) + "d");
  assert.deepEqual(told, [4, 45]);
});
