import assert from "node:assert/strict";
import { Analyzer } from "./analyzer.ts";
import { kernelsHere } from "./kernels/kernels_here.ts";
import { kernelsTs } from "./kernels/kernels_ts.ts";
import type { Kernels } from "./kernels/kernels.ts";

const FORMAT = { width: 160, height: 120 };
const MADE = [
  ...["Int8Array", "Uint8Array", "Int16Array", "Uint16Array", "Int32Array"],
  ...["Uint32Array", "Float32Array", "Float64Array"],
] as const;
const VIEWS = ["subarray", "slice", "map", "filter", "toSorted"] as const;

/** How many typed arrays, and views of any, `act` makes. */
function arraysMadeBy(act: () => void): number {
  let made = 0;
  const constructors = globalThis as unknown as Record<string, object>;
  const before = MADE.map((name) => constructors[name]!);
  const shared = Object.getPrototypeOf(Uint8Array.prototype) as Record<string, unknown>;
  const views = VIEWS.map((name) => shared[name] as (...given: unknown[]) => unknown);
  MADE.forEach((name, i) =>
    constructors[name] = class extends (before[i] as typeof Array) {
      constructor(...given: number[]) {
        made++;
        super(...given);
      }
    }
  );
  VIEWS.forEach((name, i) =>
    shared[name] = function (this: unknown, ...given: unknown[]) {
      made++;
      return views[i]!.apply(this, given);
    }
  );
  try {
    act();
  } finally {
    MADE.forEach((name, i) => constructors[name] = before[i]!);
    VIEWS.forEach((name, i) => shared[name] = views[i]!);
  }
  return made;
}

/** A chequered picture, and a walker in it whose left edge is given. */
function draw(pixels: Uint8Array, left: number | undefined): void {
  const { width, height } = FORMAT;
  pixels.fill(128);
  for (let at = 0; at < width * height; at++) {
    pixels[at] = 90 + 40 * ((Math.floor(at / width / 8) + Math.floor(at / 8)) & 1);
  }
  if (left === undefined) return;
  for (let y = 60; y < 100; y++) {
    pixels.fill(220, y * width + left, y * width + left + 16);
  }
}

/** Typed arrays made in the last of so many frames, a second and a half of them. */
function arraysMade(kernels: Kernels, leftOf: (frame: number) => number | undefined) {
  const analyzer = new Analyzer({
    ...{ camera: "gate", format: FORMAT, fps: 0, clock: "media", kernels },
  });
  // Where frames are read to; others would be copied.
  const pixels = analyzer.frameBuffer();
  let blobs = 0;
  const step = (number: number) => {
    draw(pixels, leftOf(number));
    const tMs = 100 * number;
    const time = { ptsUs: 1_000 * tMs, tMs, number, skipped: 0, doubtful: false };
    blobs = analyzer.step({ pixels, ...time }).blobs.length;
  };
  for (let number = 1; number < 75; number++) step(number);
  const made = arraysMadeBy(() => {
    for (let number = 75; number < 90; number++) step(number);
  });
  return { made, blobs };
}

Deno.test("arraysMadeBy() counts what is made, and views", () => {
  const array = new Uint8Array(4);
  assert.equal(arraysMadeBy(() => new Uint8Array(4)), 1);
  assert.equal(arraysMadeBy(() => array.subarray(1)), 1);
  assert.equal(arraysMadeBy(() => array.fill(1)), 0);
});

for (const kernels of [kernelsTs, kernelsHere()]) {
  Deno.test(`Analyzer makes no array for a quiet frame, ${kernels.name}`, () => {
    assert.deepEqual(arraysMade(kernels, () => undefined), { made: 0, blobs: 0 });
  });

  Deno.test(`Analyzer makes no array for one whom it follows, ${kernels.name}`, () => {
    const walk = (frame: number) => frame < 45 ? undefined : 3 * (frame - 45);
    assert.deepEqual(arraysMade(kernels, walk), { made: 0, blobs: 1 });
  });
}
