/** The small pure judges of a camera's stream: grid, gaps, freezing, time. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { FrameGrid } from "./frame_grid.ts";
import { FrozenWatch } from "./frozen_watch.ts";
import { GapWatch } from "./gap_watch.ts";
import { SourceTime } from "./source_time.ts";

/** How many of a camera's pictures the grid takes; `tremble` in µs. */
function takenOf(
  camera: { fps: number; tremble?: number; count?: number },
  wanted: number,
) {
  const { fps, tremble = 0, count = 3_000 } = camera;
  const grid = new FrameGrid(wanted);
  let taken = 0;
  let state = 1;
  for (let at = 0; at < count; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const jitterUs = (state / 2 ** 32 - 0.5) * 2 * tremble;
    if (grid.take(Math.round(at * 1e6 / fps + jitterUs))) taken++;
  }
  return taken;
}

Deno.test("FrameGrid takes as many pictures a second as are wanted", () => {
  for (const fps of [12, 15, 20, 25, 29.97, 30, 60]) {
    const rate = takenOf({ fps }, 10) / 3_000 * fps;
    assert.ok(Math.abs(rate - 10) < 0.2, `${fps} fps gives ${rate}`);
  }
});

Deno.test("FrameGrid takes every picture of a camera that is no faster than wanted", () => {
  for (const fps of [1, 5, 10, 15, 24, 25, 29.97, 30, 60]) {
    assert.equal(takenOf({ fps }, fps), 3_000);
    assert.equal(takenOf({ fps: fps * 0.93 }, fps), 3_000);
    // A clock that drifts, and times that tremble by a third of the interval.
    const tremble = 0.33 * 1e6 / fps;
    assert.ok(takenOf({ fps: fps * 1.0005, tremble }, fps) >= 2_995, `${fps} fps`);
  }
});

Deno.test("FrameGrid takes each cell once when pictures come in decoding order", () => {
  const grid = new FrameGrid(30);
  const order = [0, 3, 1, 2, 6, 4, 5];
  assert.deepEqual(
    order.map((at) => grid.take(Math.round(at * 1e6 / 30))),
    order.map(() => true),
  );
  assert.ok(!grid.take(100_000));
});

Deno.test("GapWatch marks pictures after a loss up to the next keyframe", () => {
  const watch = new GapWatch();
  const torn: number[] = [];
  const gaps: number[] = [];
  for (let at = 0; at < 60; at++) {
    if (at === 22 || at === 37) continue;
    const found = watch.step(at * 3_000 + (at % 3) * 200, at % 15 === 0);
    if (found.torn) torn.push(at);
    if (found.gap) gaps.push(at);
  }
  assert.deepEqual(gaps, [23, 38]);
  assert.deepEqual(torn, [23, 24, 25, 26, 27, 28, 29, 38, 39, 40, 41, 42, 43, 44]);
});

Deno.test("GapWatch believes no keyframe that came with a loss", () => {
  const watch = new GapWatch();
  const torn: number[] = [];
  for (let at = 0; at < 60; at++) {
    // Told while FFmpeg still holds the picture before: the damaged one comes second.
    if (at === 29) watch.tear();
    if (watch.step(at * 3_000, at % 15 === 0).torn) torn.push(at);
  }
  assert.deepEqual(torn, Array.from({ length: 16 }, (_, at) => 29 + at));
});

/** Part of a stream's pictures that GapWatch calls torn; some are left out in `burst`s. */
function tornPart(camera: { leftOut: number; burst: number; gop: number; seed: number }) {
  const watch = new GapWatch();
  let state = camera.seed;
  let [torn, shown, skip] = [0, 0, 0];
  for (let at = 0, coded = 0; at < 7_500; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    if (skip === 0 && state / 2 ** 32 < camera.leftOut / camera.burst) {
      skip = camera.burst;
    }
    if (skip > 0) skip--;
    else {
      shown++;
      if (watch.step(at * 3_600, coded++ % camera.gop === 0).torn) torn++;
    }
  }
  return torn / shown;
}

Deno.test("GapWatch takes pictures that a camera leaves out by itself for its way", () => {
  for (const leftOut of [0.02, 0.05, 0.1, 0.3]) {
    for (const burst of [1, 2]) {
      for (const gop of [25, 50, 100]) {
        for (let seed = 1; seed <= 8; seed++) {
          const part = tornPart({ leftOut, burst, gop, seed });
          const what = `${leftOut} left out, ${burst} at a time, GOP ${gop}`;
          assert.ok(part < 0.05, `${what}: ${part} torn`);
        }
      }
    }
  }
});

Deno.test("GapWatch marks a steady stream after each of rare losses", () => {
  const losses = fc.tuple(
    fc.nat(14),
    fc.integer({ min: 1, max: 20 }),
    fc.integer({
      min: 1,
      max: 4,
    }),
  );
  fc.assert(fc.property(losses, ([round, place, lost]) => {
    const watch = new GapWatch();
    for (let at = 0; at < 5_000; at++) {
      // Every fifteen seconds some in a row, never a keyframe.
      const since = at < 50 ? -1 : (at + 375 - 25 * round - place) % 375;
      if (since >= 0 && since < lost) continue;
      const { torn } = watch.step(at * 3_600, at % 50 === 0);
      const isAfter = since > 0 && at - since >= 50 &&
        Math.floor((at - since) / 50) === Math.floor(at / 50);
      assert.equal(torn, isAfter, `${at}: ${lost} lost at ${at - since}`);
    }
  }));
});

Deno.test("GapWatch marks pictures up to the next keyframe when told of a loss", () => {
  const watch = new GapWatch();
  const torn: number[] = [];
  for (let at = 0; at < 40; at++) {
    if (at === 13) watch.tear();
    if (watch.step(at * 3_000, at % 10 === 0).torn) torn.push(at);
  }
  assert.deepEqual(torn, [13, 14, 15, 16, 17, 18, 19]);
});

Deno.test("GapWatch gets used to a camera that slows down at night", () => {
  const watch = new GapWatch();
  let dts = 0;
  const gaps = (interval: number, count: number) => {
    let found = 0;
    for (let at = 0; at < count; at++) {
      if (watch.step(dts += interval, false).gap) found++;
    }
    return found;
  };
  assert.equal(gaps(40, 50), 0);
  assert.ok(gaps(120, 15) > 0);
  assert.equal(gaps(120, 50), 0);
  assert.equal(gaps(40, 50), 0);
});

Deno.test("FrozenWatch tells equal pictures over keyframes, not within one GOP", () => {
  const still = new Uint8Array(10_000).fill(9);
  const run = (keyEvery: number) => {
    const watch = new FrozenWatch();
    for (let at = 0; at < 120; at++) {
      const keyframes = 1 + Math.floor(at / keyEvery);
      if (watch.step({ pixels: still, ptsUs: at * 100_000, keyframes })) return at;
    }
    return undefined;
  };
  assert.equal(run(10), 50);
  assert.equal(run(45), 90, "two keyframes must have passed");
  assert.equal(run(1_000), undefined);
});

Deno.test("FrozenWatch takes one pixel's change for life", () => {
  fc.assert(
    fc.property(fc.nat(9_999), (place) => {
      const watch = new FrozenWatch();
      const pixels = new Uint8Array(10_000).fill(100);
      for (let at = 0; at < 100; at++) {
        // The change comes every four seconds and stays.
        if (at % 40 === 39) pixels[place]!++;
        assert.ok(!watch.step({ pixels, ptsUs: at * 100_000, keyframes: at }));
      }
    }),
    { numRuns: 30 },
  );
});

Deno.test("SourceTime tells when a picture was taken by the fastest of the last minute", () => {
  const time = new SourceTime();
  const jitters = [80, 3, 40, 0, 200, 7];
  let last = -Infinity;
  for (let at = 0; at < 600; at++) {
    const ptsMs = at * 100;
    const arrivalMs = 5_000 + ptsMs + jitters[at % jitters.length]!;
    time.step({ ptsMs, arrivalMs });
    const now = { monotonicMs: arrivalMs, utcMs: 1e12 + Math.round(arrivalMs) };
    const utcMs = time.utcMsOf(ptsMs, now, 0);
    assert.ok(utcMs > last, "grows");
    last = utcMs;
    if (at > 5) {
      assert.ok(Math.abs(utcMs - (1e12 + 5_000 + ptsMs)) <= 1, `${at}: ${utcMs}`);
    }
  }
});

Deno.test("SourceTime follows a camera whose clock drifts, and a box that sets its own", () => {
  const time = new SourceTime();
  let stepMs = 0;
  for (let second = 0; second < 600; second++) {
    const arrivalMs = second * 1_000;
    const ptsMs = arrivalMs * 0.9999;
    if (second === 500) stepMs = 3_600_000;
    time.step({ ptsMs, arrivalMs });
    const now = { monotonicMs: arrivalMs, utcMs: 1e12 + arrivalMs + stepMs };
    const errorMs = time.utcMsOf(ptsMs, now, 0) - now.utcMs;
    assert.ok(Math.abs(errorMs) < 10, `${second} s: ${errorMs} ms`);
  }
});
