import assert from "node:assert/strict";
import fc from "fast-check";
import { frameBytes, type FrameFormat } from "../frame/frame.ts";
import { applyEffects, type Effect } from "./effect.ts";
import { EFFECTS } from "./effects.ts";
import { drawParameters } from "./parameters.ts";
import { RandomStream } from "./random.ts";

const FORMAT = { width: 96, height: 64 };
const SPAN = { startMs: 5_000, endMs: 60_000 };

/** A picture with edges, slopes and colour, the same each time. */
function picture(format: FrameFormat): Uint8Array {
  const random = new RandomStream(7);
  const pixels = new Uint8Array(frameBytes(format));
  for (let i = 0; i < pixels.length; i++) {
    const column = i % format.width;
    pixels[i] = 60 + (column >> 3) * 8 + (i % 7) * 4 + Math.floor(8 * random.next());
  }
  return pixels;
}

function under(effect: Effect, timeMs: number, format: FrameFormat = FORMAT): Uint8Array {
  const pixels = picture(format);
  applyEffects(pixels, format, { effects: [effect], seed: 1, timeMs });
  return pixels;
}

/** Part of the luma that an effect changes by more than noise. */
function changedPart(effect: Effect, timeMs: number): number {
  const [before, after] = [picture(FORMAT), under(effect, timeMs)];
  const luma = FORMAT.width * FORMAT.height;
  let changed = 0;
  for (let i = 0; i < luma; i++) if (Math.abs(before[i]! - after[i]!) > 8) changed++;
  return changed / luma;
}

for (const { truth, make } of EFFECTS) {
  Deno.test(`effect ${truth} gives the same bytes in any order of moments`, () => {
    const times = [0, 4_000, 5_040, 6_100, 8_000, 12_345.6, 30_000];
    for (const seed of [1, 2, 3, 4]) {
      const [one, other] = [make(seed, SPAN), make(seed, SPAN)];
      const forwards = times.map((time) => under(one, time));
      const backwards = times.toReversed().map((time) => under(other, time));
      assert.deepEqual(forwards, backwards.toReversed());
    }
  });

  Deno.test(`effect ${truth} tells when it is, and is seen then`, () => {
    for (let seed = 1; seed <= 12; seed++) {
      const effect = make(seed, SPAN);
      const spans = [...effect.causes(20_000), ...effect.states?.(20_000) ?? []];
      assert(spans.length > 0);
      for (const span of spans) {
        assert.equal("cause" in span ? span.cause : span.state, truth);
        assert(span.startMs >= 0 && span.startMs <= span.endMs && span.endMs <= 20_000);
      }
      if (effect.shownMs) {
        assert.equal(effect.shownMs(9_000), effect.shownMs(5_000));
        continue;
      }
      const { startMs, endMs } = spans[0]!;
      const seen = Array.from(
        { length: 24 },
        (_, i) => changedPart(effect, startMs + (endMs - startMs) * (i + 0.5) / 24),
      );
      assert(Math.max(...seen) > 0.0006, `seed ${seed}: ${seen}`);
    }
  });
}

Deno.test("effects take frames of any size and leave the ends of the scale free", () => {
  const size = fc.integer({ min: 1, max: 70 });
  const timeMs = fc.integer({ min: 0, max: 20_000 });
  const one = fc.nat({ max: EFFECTS.length - 1 });
  fc.assert(fc.property(one, size, size, timeMs, fc.nat(500), (...drawn) => {
    const [index, width, height, time, seed] = drawn;
    const format = { width, height };
    const pixels = under(EFFECTS[index]!.make(seed, SPAN), time, format);
    assert.equal(pixels.length, frameBytes(format));
    for (const value of pixels) assert(value >= 1 && value <= 254);
  }));
});

Deno.test("drawParameters() stays in its ranges and reaches all of each", () => {
  for (const { truth, ranges } of EFFECTS) {
    const drawn = Array.from(
      { length: 200 },
      (_, seed) => drawParameters(ranges, { seed, effect: truth }),
    );
    for (const [name, [least, most]] of Object.entries(ranges)) {
      const values = drawn.map((one) => one[name]!);
      assert(values.every((value) => value >= least && value <= most), name);
      const reached = Math.max(...values) - Math.min(...values);
      assert(reached > 0.9 * (most - least), `${truth} ${name}`);
    }
  }
});

Deno.test("a turned camera's boxes stand where their content is seen", () => {
  const kind = EFFECTS.find(({ truth }) => truth === "moved")!;
  const format = { width: 160, height: 90 };
  for (let seed = 1; seed <= 10; seed++) {
    const effect = kind.make(seed, SPAN);
    const box = { x: 70, y: 36, w: 16, h: 14 };
    const placed = effect.placeOf!(box, format, 9_000);
    const pixels = new Uint8Array(frameBytes(format)).fill(40);
    for (let row = box.y; row < box.y + box.h; row++) {
      pixels.fill(220, row * 160 + box.x, row * 160 + box.x + box.w);
    }
    applyEffects(pixels, format, { effects: [effect], seed, timeMs: 9_000 });
    const [x, y] = [placed.x + placed.w / 2, placed.y + placed.h / 2];
    if (x < 1 || y < 1 || x >= 159 || y >= 89) continue;
    assert(pixels[Math.floor(y) * 160 + Math.floor(x)]! > 200, `seed ${seed}`);
  }
});
