import assert from "node:assert/strict";
import fc from "fast-check";
import {
  chromaHeight,
  chromaWidth,
  frameBytes,
  type FrameFormat,
} from "../capture/frame/frame.ts";
import { observation } from "../tests/support/server_parts.ts";
import type { Blob } from "./dsl/observation.ts";
import { TrackPictures } from "./track_pictures.ts";

const FORMAT = { width: 320, height: 240 };

function blob(id: number, place: Partial<Blob>): Blob {
  const still = { vx: 0, vy: 0, vxPerS: 0, vyPerS: 0, coast: 0 };
  return { id, x: 0.5, y: 0.5, w: 0.1, h: 0.2, ...still, ...place };
}

/** A frame of one grey, with `texture` of luma contrast inside the blob's box. */
function frameWith(on: Blob, texture: number, format = FORMAT): Uint8Array {
  const pixels = new Uint8Array(frameBytes(format)).fill(128);
  const { width, height } = format;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inX = Math.abs(x / width - on.x) < on.w / 2;
      const inY = Math.abs(y / height - on.y) < on.h / 2;
      if (inX && inY && (x + y) % 2 === 0) pixels[y * width + x] = 128 + texture;
    }
  }
  return pixels;
}

/** A frame whose pixels say where they stand: U across, V down, in chroma pixels. */
function placesInFrame(format: FrameFormat): Uint8Array {
  const { width, height } = format;
  const pixels = new Uint8Array(frameBytes(format));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels[y * width + x] = lumaAt(x, y);
  }
  const [across, down] = [chromaWidth(format), chromaHeight(format)];
  for (let at = 0; at < across * down; at++) {
    pixels[width * height + at] = at % across;
    pixels[width * height + across * down + at] = Math.floor(at / across);
  }
  return pixels;
}

function lumaAt(x: number, y: number): number {
  return (x * 37 + y * 11) & 255;
}

interface Shown {
  readonly blob: Blob;
  readonly texture?: number;
  readonly others?: readonly Blob[];
}

/** The frame (by its place in `shown`, from 0) that is kept of track 1. */
function bestOf(shown: readonly Shown[]): number | undefined {
  const pictures = new TrackPictures(FORMAT);
  shown.forEach(({ blob, texture = 40, others = [] }, index) => {
    const blobs = [blob, ...others];
    const frame = observation(index + 1, { blobs, tMs: index * 100, ptsUs: index });
    pictures.offer(frameWith(blob, texture), frame);
  });
  return pictures.best(1)?.ptsUs;
}

Deno.test("TrackPictures keeps the largest picture", () => {
  const sizes = [0.1, 0.3, 0.2];
  assert.equal(bestOf(sizes.map((w) => ({ blob: blob(1, { w }) }))), 1);
});

Deno.test("TrackPictures prefers a sharp picture to a slightly larger smeared one", () => {
  const smeared = { blob: blob(1, { w: 0.13 }), texture: 2 };
  assert.equal(bestOf([smeared, { blob: blob(1, { w: 0.12 }) }]), 1);
});

Deno.test("TrackPictures prefers a whole thing to a larger one cut by the edge", () => {
  const cut = { blob: blob(1, { x: 0.08, w: 0.16 }) };
  assert.equal(bestOf([cut, { blob: blob(1, { x: 0.2 }) }]), 1);
});

Deno.test("TrackPictures prefers one that stands alone to one behind another", () => {
  const hidden = { blob: blob(1, { w: 0.12 }), others: [blob(2, { w: 0.12 })] };
  assert.equal(bestOf([hidden, { blob: blob(1, {}) }]), 1);
});

Deno.test("TrackPictures takes no picture of what was not seen in the frame", () => {
  assert.equal(bestOf([{ blob: blob(1, { coast: 2 }) }]), undefined);
  assert.equal(bestOf([{ blob: blob(1, { w: 0.01, h: 0.01 }) }]), undefined, "tiny");
});

Deno.test("TrackPictures cuts out the object's own pixels, in colour, with a margin", () => {
  const box = blob(1, { x: 0.25, y: 0.5, w: 0.1, h: 0.2 }); // 32 x 48 px at (64, 96)
  const pixels = frameWith(box, 40);
  const chroma = FORMAT.width * FORMAT.height;
  pixels[chroma + 60 * 160 + 40] = 200; // U at its middle, (80, 120)
  const pictures = new TrackPictures(FORMAT);
  pictures.offer(pixels, observation(1, { blobs: [box], tMs: 5, ptsUs: 7 }));
  const crop = pictures.best(1);
  assert.ok(crop);
  assert.deepEqual(crop.format, { width: 80, height: 96 }); // from (40, 72) on
  assert.equal(crop.pixels.length, 80 * 96 * 3 / 2);
  assert.equal(crop.pixels[(120 - 72) * 80 + (80 - 40)], 168, "luma of its middle");
  assert.equal(crop.pixels[(100 - 72) * 80 + (44 - 40)], 128, "luma of the margin");
  assert.equal(crop.pixels[80 * 96 + (60 - 36) * 40 + (40 - 20)], 200, "its colour");
  assert.deepEqual([crop.tMs, crop.ptsUs], [5, 7]);
});

Deno.test("TrackPictures forgets a track that was not seen for long, keeps one that stands", () => {
  const pictures = new TrackPictures(FORMAT);
  const offer = (tMs: number, blobs: readonly Blob[]) =>
    pictures.offer(
      frameWith(blobs[0]!, 40),
      observation(1, { blobs, ptsUs: tMs * 1_000 }),
    );
  offer(0, [blob(1, { x: 0.2 }), blob(2, { x: 0.7 })]);
  for (let tMs = 1_000; tMs <= 100_000; tMs += 1_000) offer(tMs, [blob(2, { x: 0.7 })]);
  assert.equal(pictures.best(1), undefined);
  assert.notEqual(pictures.best(2), undefined);
});

Deno.test("TrackPictures bounds its memory whatever number of tracks there is", () => {
  const pictures = new TrackPictures(FORMAT);
  const pixels = frameWith(blob(1, { w: 0.9, h: 0.9 }), 40);
  for (let id = 1; id <= 200; id++) {
    const blobs = [blob(id, { w: 0.9, h: 0.9 })];
    pictures.offer(pixels, observation(id, { blobs, tMs: id }));
  }
  let bytes = 0;
  for (let id = 1; id <= 200; id++) bytes += pictures.best(id)?.pixels.length ?? 0;
  assert.ok(bytes > 4_000_000 && bytes <= 9_000_000, String(bytes));
  assert.notEqual(pictures.best(200), undefined, "the newest is there");
});

Deno.test("TrackPictures gives a crop inside the frame for any box and frame size", () => {
  const share = fc.double({ min: -0.2, max: 1.2, noNaN: true });
  const side = fc.integer({ min: 16, max: 90 });
  fc.assert(
    fc.property(side, side, share, share, share, share, (width, height, x, y, w, h) => {
      const format = { width, height };
      const pictures = new TrackPictures(format);
      const box = blob(1, { x, y, w: Math.abs(w), h: Math.abs(h) });
      const pixels = placesInFrame(format);
      pictures.offer(pixels, observation(1, { blobs: [box], tMs: 0 }));
      const crop = pictures.best(1);
      if (!crop) return;
      const { format: size, pixels: cut } = crop;
      assert.equal(cut.length, frameBytes(size));
      const uAt = size.width * size.height;
      const [left, top] = [cut[uAt]! * 2, cut[uAt * 5 / 4]! * 2];
      for (let y = 0; y < size.height; y++) {
        for (let x = 0; x < size.width; x++) {
          const chroma = (y >> 1) * (size.width / 2) + (x >> 1);
          assert.equal(cut[y * size.width + x], lumaAt(left + x, top + y), "luma");
          assert.equal(cut[uAt + chroma], (left + x) >> 1, "across");
          assert.equal(cut[uAt * 5 / 4 + chroma], (top + y) >> 1, "down");
        }
      }
      assert.ok(left + size.width <= width && top + size.height <= height, "inside");
    }),
    { numRuns: 300 },
  );
});
