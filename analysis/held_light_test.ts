import assert from "node:assert/strict";
import { BackgroundModel } from "./background.ts";
import { followLight } from "./held_light.ts";
import { kernelsTs } from "./kernels/kernels_ts.ts";
import type { Planes } from "./kernels/planes.ts";

const FORMAT = { width: 240, height: 160 };
const BOX = { left: 30, top: 20, width: 30, height: 44 };

/** A textured ground in some light, with somebody on it who covers a third of the box. */
function scene(gain: number, isStood: boolean): Uint8Array {
  const { width, height } = FORMAT;
  const pixels = new Uint8Array(width * height * 3 / 2).fill(128);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ground = 100 + 30 * Math.sin(x / 5) * Math.cos(y / 7);
      const stands = isStood && x >= 38 && x < 50 && y >= 24 && y < 60;
      pixels[y * width + x] = Math.round(16 + gain * ((stands ? 40 : ground) - 16));
    }
  }
  return pixels;
}

/** Dusk falls for twenty seconds while somebody stands there. */
function dusk(follow: (model: BackgroundModel) => void): number {
  const model = new BackgroundModel(FORMAT, kernelsTs);
  for (let i = 0; i < 80; i++) model.step(scene(1, false), { learn: true });
  for (let i = 0; i < 500; i++) {
    const view = model.look(scene(1 - 0.3 * i / 500, true), { learn: true });
    view.hold.fill(0);
    for (let y = BOX.top; y < BOX.top + BOX.height; y++) {
      view.hold.fill(
        1,
        y * view.stride + BOX.left,
        y * view.stride + BOX.left + BOX.width,
      );
    }
    if (i % 10 === 0) follow(model);
    model.learn(0.04);
  }
  const view = model.look(scene(0.7, true), { learn: true });
  return view.mask.filter((value) => value !== 0).length;
}

Deno.test("held ground follows dusk, and who stands on it keeps his shape", () => {
  const pixels = dusk((model) => model.followLight(BOX));
  // 12x36 are his.
  assert.ok(pixels > 390 && pixels < 520, `${pixels} pixels`);
});

Deno.test("held ground that does not follow is foreground after dusk", () => {
  assert.ok(dusk(() => {}) > 900);
});

Deno.test("followLight() does nothing where nothing is held, in the same light, or twice", () => {
  const planes = planesIn(0.95);
  const before = planes.samples.slice();
  assert.equal(followLight(planes, BOX), 1);
  hold(planes);
  const gain = followLight(planes, BOX);
  assert.ok(Math.abs(gain - 0.95) < 0.02, `${gain}`);
  assert.notDeepEqual(planes.samples, before);
  const after = planes.samples.slice();
  assert.equal(followLight(planes, BOX), 1);
  assert.deepEqual(planes.samples, after);
  hold(planes);
  assert.equal(followLight(planes, BOX), 1, "it is the light of now already");
});

Deno.test("followLight() stays inside the picture and asks for bare ground", () => {
  const planes = planesIn(0.95);
  hold(planes);
  assert.equal(followLight(planes, { left: 0, top: 0, width: 0, height: 0 }), 1);
  planes.mask.fill(255);
  assert.equal(followLight(planes, BOX), 1);
});

/** A model of the ground in full light, and a frame of it in other light. */
function planesIn(gain: number): Planes {
  const planes = kernelsTs.allocate({ ...FORMAT, divisor: 1 });
  kernelsTs.load(planes, scene(1, false), FORMAT, 1);
  kernelsTs.seed(planes);
  kernelsTs.load(planes, scene(gain, false), FORMAT, 1);
  kernelsTs.match(planes);
  return planes;
}

function hold(planes: Planes): void {
  const { hold, origin, stride } = planes;
  for (let y = BOX.top; y < BOX.top + BOX.height; y++) {
    const from = origin + y * stride + BOX.left;
    hold.fill(1, from, from + BOX.width);
  }
}
