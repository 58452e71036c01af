import assert from "node:assert/strict";
import fc from "fast-check";
import { Fault } from "../../base/fault.ts";
import { frameBytes } from "../frame/frame.ts";
import { openScene } from "./scene_frames.ts";
import { SCENE_NAMES } from "../source_url.ts";
import { makeScene, sceneFormat } from "./scenes.ts";

function drawn(name: string, more: { seed?: number; width?: number } = {}) {
  const format = sceneFormat(more.width ?? 160);
  const scene = makeScene({ name, seed: more.seed ?? 1, format, withTruth: false });
  return (timeMs: number) => {
    const pixels = new Uint8Array(frameBytes(format));
    scene.drawFrame(timeMs, pixels);
    return pixels;
  };
}

/** Mean luma of a frame 160 wide. */
function brightness(pixels: Uint8Array): number {
  const luma = pixels.subarray(0, 160 * 90);
  return luma.reduce((sum, value) => sum + value, 0) / luma.length;
}

/** Part of the luma that differs by more than noise does. */
function changed(a: Uint8Array, b: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < 160 * 90; i++) if (Math.abs(a[i]! - b[i]!) > 16) count++;
  return count / (160 * 90);
}

for (const name of SCENE_NAMES) {
  Deno.test(`scene:${name} draws the same bytes whatever was drawn before`, () => {
    const [one, other] = [drawn(name), drawn(name)];
    const times = [0, 100, 7_040, 12_345.678, 25_000];
    const forwards = times.map((time) => one(time));
    const backwards = times.toReversed().map((time) => other(time)).toReversed();
    assert.deepEqual(forwards, backwards);
  });
}

Deno.test("makeScene() draws another street for another seed", () => {
  const [one, other] = [drawn("street", { seed: 1 }), drawn("street", { seed: 3 })];
  assert(changed(one(0), other(0)) > 0.2);
});

Deno.test("scene:street stays within video range and moves only where something is", () => {
  const draw = drawn("street");
  const [quiet, later] = [draw(0), draw(500)];
  assert(changed(quiet, later) < 0.002, "an empty street is still");
  assert(changed(quiet, draw(10_000)) > 0.004, "people are seen");
  for (const value of draw(30_000)) assert(value >= 1 && value <= 254);
});

Deno.test("scene:street-light dims in a moment and says why", () => {
  const [plain, dimming] = [drawn("street"), drawn("street-light")];
  const part = (timeMs: number) =>
    brightness(dimming(timeMs)) / brightness(plain(timeMs));
  assert.equal(part(9_900), 1);
  assert(part(10_300) < 0.75, "the cloud comes");
  assert(part(15_000) > 0.75 && part(15_000) < 0.9, "the exposure follows half way");
  assert(part(20_400) > 1.1, "the sun is back before the exposure");
  assert(Math.abs(part(24_000) - 1) < 0.01);
  const scene = openScene("street-light", { seed: 1, fps: 1, width: 64, seconds: 24 });
  for (const _ of scene.frames());
  assert.deepEqual(scene.truth().causes, [
    { cause: "light", startMs: 10_000, endMs: 12_500 },
    { cause: "light", startMs: 20_000, endMs: 22_500 },
  ]);
});

Deno.test("scene:street-rain begins to rain, elsewhere in every frame, and says so", () => {
  const draw = drawn("street-rain");
  assert.deepEqual(draw(5_900), drawn("street")(5_900));
  const [one, other] = [draw(12_000), draw(12_040)];
  assert(changed(one, other) > 0.01, "streaks are elsewhere 40 ms later");
  const scene = openScene("street-rain", { seed: 1, fps: 2, width: 64, seconds: 8 });
  for (const _ of scene.frames());
  assert.deepEqual(scene.truth().causes, [
    { cause: "rain", startMs: 6_000, endMs: 7_500 },
  ]);
});

Deno.test("openScene() gives even sizes and frames on the grid of any width and rate", () => {
  const width = fc.integer({ min: 2, max: 90 });
  const fps = fc.double({ min: 0.5, max: 60, noNaN: true });
  fc.assert(
    fc.property(width, fps, (width, fps) => {
      const scene = openScene("scene:street", { seed: 3, fps, width, seconds: 2 / fps });
      const { format } = scene;
      assert(format.width % 2 === 0 && format.height % 2 === 0);
      const times = [...scene.frames()].map(({ pixels, ptsUs }) => {
        assert.equal(pixels.length, frameBytes(format));
        return ptsUs;
      });
      assert.deepEqual(times, [0, Math.round(1e6 / fps)]);
    }),
    { numRuns: 20 },
  );
});

Deno.test("openScene() refuses unknown names and lengths that make no frame", () => {
  const check = (name: string, seconds: number, hint: RegExp) => {
    const open = () => openScene(name, { seed: 1, fps: 10, width: 64, seconds });
    assert.throws(open, (fault) => {
      assert(fault instanceof Fault && fault.kind === "usage");
      assert.match(fault.hint ?? "", hint);
      return true;
    });
  };
  check("scene:moon", 1, /scene:street, scene:street-light, scene:street-rain/);
  check("constructor", 1, /scene:street/);
  check("street", 0, /--seconds/);
  check("street", Number.NaN, /--seconds/);
});
