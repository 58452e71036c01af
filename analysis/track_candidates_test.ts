import assert from "node:assert/strict";
import fc from "fast-check";
import { frameBytes, type FrameFormat } from "../capture/frame/frame.ts";
import { observation } from "../tests/support/server_parts.ts";
import type { Blob } from "./dsl/observation.ts";
import { TrackCandidates } from "./track_candidates.ts";

const FORMAT = { width: 320, height: 240 };

function blob(id: number, place: Partial<Blob>): Blob {
  const still = { vx: 0, vy: 0, vxPerS: 0, vyPerS: 0, coast: 0 };
  return { id, x: 0.5, y: 0.5, w: 0.1, h: 0.2, ...still, ...place };
}

/** A frame with texture everywhere, so that each place is as sharp as any. */
function textured({ width, height }: FrameFormat = FORMAT): Uint8Array {
  const pixels = new Uint8Array(frameBytes({ width, height })).fill(128);
  for (let at = 0; at < width * height; at++) if (at % 3 === 0) pixels[at] = 200;
  return pixels;
}

function at(ms: number, blobs: readonly Blob[]) {
  return { ...observation(1), ptsUs: ms * 1_000, tMs: ms, blobs };
}

/** Shows track 1 every 100 ms as large as `heights` say, 0..1 of the picture. */
function seen(heights: readonly number[]) {
  const candidates = new TrackCandidates(FORMAT);
  const pixels = textured();
  for (const [index, h] of heights.entries()) {
    candidates.offer(pixels, at(index * 100, [blob(1, { h, w: h / 2 })]));
  }
  return candidates.of(1).map(({ tMs }) => tMs);
}

Deno.test("TrackCandidates keeps four views of a track, apart in time", () => {
  const times = seen(Array.from({ length: 100 }, () => 0.3)).toSorted((a, b) => a - b);
  assert.equal(times.length, 4);
  for (const [index, ms] of times.entries()) {
    if (index > 0) assert.ok(ms - times[index - 1]! >= 300, times.join(" "));
  }
});

Deno.test("TrackCandidates keeps the better views, the best first", () => {
  const grows = Array.from({ length: 100 }, (_, index) => 0.1 + index * 0.005);
  const times = seen(grows);
  assert.equal(times.length, 4);
  assert.ok(times[0]! >= 8_000, times.join(" "));
  assert.deepEqual(times, times.toSorted((a, b) => b - a), "larger is better here");
});

Deno.test("TrackCandidates has a view of who was seen once", () => {
  assert.deepEqual(seen([0.3]), [0]);
});

Deno.test("TrackCandidates takes no view of what is not there, or is kept quiet", () => {
  const candidates = new TrackCandidates(FORMAT);
  const shown = [blob(1, { coast: 1 }), blob(2, { suppressed: "sway" })];
  candidates.offer(textured(), at(0, shown));
  assert.deepEqual([candidates.of(1), candidates.of(2), candidates.of(3)], [[], [], []]);
});

Deno.test("TrackCandidates cuts a square with room around the box, which it names", () => {
  const candidates = new TrackCandidates(FORMAT);
  candidates.offer(textured(), at(0, [blob(1, { w: 0.1, h: 0.25 })]));
  const [view] = candidates.of(1);
  // 60 pixels high: 156 a side, from the middle of the picture.
  assert.deepEqual(view!.area, { left: 82, top: 42, width: 156, height: 156 });
  assert.deepEqual(view!.format, { width: 156, height: 156 });
  assert.deepEqual(view!.box, { left: 144, top: 90, width: 32, height: 60 });
});

Deno.test("TrackCandidates cuts no less than 144 pixels around what is small", () => {
  const candidates = new TrackCandidates(FORMAT);
  candidates.offer(textured(), at(0, [blob(1, { w: 0.05, h: 0.05 })]));
  assert.deepEqual(candidates.of(1)[0]!.format, { width: 144, height: 144 });
});

Deno.test("TrackCandidates forgets who was not seen for long", () => {
  const candidates = new TrackCandidates(FORMAT);
  candidates.offer(textured(), at(0, [blob(1, {})]));
  candidates.offer(textured(), at(90_000, []));
  assert.equal(candidates.of(1).length, 1);
  candidates.offer(textured(), at(90_001, []));
  assert.equal(candidates.of(1).length, 0);
});

Deno.test("TrackCandidates bounds its memory; who was seen longest ago gives way", () => {
  const format = { width: 640, height: 480 };
  const candidates = new TrackCandidates(format);
  const pixels = textured(format);
  for (let track = 1; track <= 60; track++) {
    candidates.offer(pixels, at(track * 10, [blob(track, { w: 0.9, h: 0.9 })]));
  }
  const bytes = Array.from({ length: 60 }, (_, index) => candidates.of(index + 1))
    .flat().reduce((sum, { pixels }) => sum + pixels.length, 0);
  assert.ok(bytes > 8_000_000 && bytes <= 9_000_000, `${bytes}`);
  assert.equal(candidates.of(1).length, 0);
  assert.equal(candidates.of(60).length, 1);
});

Deno.test("TrackCandidates gives a view inside the frame for any box and frame size", () => {
  const side = fc.integer({ min: 16, max: 200 });
  const part = fc.double({ min: 0, max: 1, noNaN: true });
  const place = fc.record({ x: part, y: part, w: part, h: part });
  fc.assert(fc.property(side, side, place, (width, height, place) => {
    const format = { width, height };
    const candidates = new TrackCandidates(format);
    candidates.offer(textured(format), at(0, [blob(1, place)]));
    for (const { format: view, pixels, box, area } of candidates.of(1)) {
      assert.equal(pixels.length, frameBytes(view));
      assert.deepEqual(view, { width: area.width, height: area.height });
      assert.ok(area.left >= 0 && area.left + area.width <= width, JSON.stringify(area));
      assert.ok(area.top >= 0 && area.top + area.height <= height, JSON.stringify(area));
      assert.ok(box.left >= area.left - 1 && box.top >= area.top - 1);
    }
  }));
});
