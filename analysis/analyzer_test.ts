import assert from "node:assert/strict";
import fc from "fast-check";
import { frameBytes } from "../capture/frame/frame.ts";
import { Analyzer } from "./analyzer.ts";
import type { MotionEvent, Observation } from "./dsl/observation.ts";
import { kernelsTs } from "./kernels/kernels_ts.ts";

const FORMAT = { width: 160, height: 120 };
const FPS = 10;

/** Left edge of a 16x40 walker at a time, or undefined while there is none. */
type Walk = (seconds: number) => number | undefined;

function frameWith(left: number | undefined): Uint8Array {
  const { width, height } = FORMAT;
  const pixels = new Uint8Array(frameBytes(FORMAT)).fill(128);
  for (let at = 0; at < width * height; at++) {
    pixels[at] = 90 + 40 * ((Math.floor(at / width / 8) + Math.floor(at / 8)) & 1);
  }
  if (left === undefined) return pixels;
  for (let y = 60; y < 100; y++) {
    for (let x = Math.max(0, left); x < Math.min(width, left + 16); x++) {
      pixels[y * width + x] = 220;
    }
  }
  return pixels;
}

function newAnalyzer(firstTrack = 1): Analyzer {
  return new Analyzer({
    camera: "gate",
    format: FORMAT,
    fps: 0,
    clock: "media",
    kernels: kernelsTs,
    firstTrack,
  });
}

function analyse(walk: Walk, seconds: number, analyzer = newAnalyzer()): Observation[] {
  return Array.from({ length: Math.round(seconds * FPS) }, (_, index) => {
    const left = walk(index / FPS);
    return analyzer.step({
      pixels: frameWith(left === undefined ? undefined : Math.round(left)),
      ptsUs: index * 1_000_000 / FPS,
      tMs: index * 1_000 / FPS,
      number: index + 1,
      skipped: 0,
      doubtful: false,
    });
  });
}

function eventsOf(observations: readonly Observation[]): MotionEvent[] {
  return observations.flatMap((observation) => observation.events);
}

Deno.test("Analyzer tells a visit: ENTER, STOP, MOVE, EXIT of one blob", () => {
  const events = eventsOf(analyse(visit, 12));
  assert.deepEqual(events.map(({ type, dir }) => `${type} ${dir}`), [
    "ENTER LEFT",
    "STOP STATIC",
    "MOVE RIGHT",
    "EXIT RIGHT",
  ]);
  assert.equal(new Set(events.map((event) => event.blob)).size, 1);
});

Deno.test("Analyzer dates each event back to when it began", () => {
  const [enter, stop, move, exit] = eventsOf(analyse(visit, 12));
  near(enter!.sinceMs, 1_100, 300);
  near(stop!.sinceMs, 3_000, 300);
  near(move!.sinceMs, 7_000, 300);
  near(exit!.sinceMs, 9_400, 300);
  assert.equal(stop!.sinceFrame, stop!.sinceMs! / 100 + 1);
});

Deno.test("Analyzer lists a standing blob in every frame, with its edge and track", () => {
  const observations = analyse(visit, 7);
  const standing = observations.slice(55);
  for (const { blobs, edges, tracks, motionPct } of standing) {
    assert.equal(blobs.length, 1);
    near(blobs[0]!.x, 72 / 160, 0.02);
    near(blobs[0]!.y, 80 / 120, 0.03);
    assert.deepEqual([blobs[0]!.vxPerS, blobs[0]!.vyPerS], [0, 0]);
    assert.equal(edges[0]!.blob, blobs[0]!.id);
    near(edges[0]!.areaPx, 640, 100);
    assert.equal(tracks[0]!.moving, false);
    near(motionPct, 3.3, 0.5);
  }
});

Deno.test("Analyzer says APPEAR and DISAPPEAR of what comes and goes inside", () => {
  const walk: Walk = (s) => s < 1 || s > 4 ? undefined : 40 + 20 * (s - 1);
  const events = eventsOf(analyse(walk, 16));
  assert.deepEqual(events.map((event) => event.type), ["APPEAR", "DISAPPEAR"]);
  near(events[1]!.sinceMs, 4_000, 150);
});

Deno.test("Analyzer sees nothing in a scene where nothing moves", () => {
  for (const observation of analyse(() => undefined, 3)) {
    assert.deepEqual([observation.motionPct, observation.blobs.length], [0, 0]);
  }
});

Deno.test("Analyzer gives the same observations for the same frames", () => {
  assert.deepEqual(analyse(visit, 10), analyse(visit, 10));
});

Deno.test("Analyzer ends every track at a leap in time and goes on with new ids", () => {
  const analyzer = newAnalyzer(7);
  analyse((s) => s < 1 ? undefined : 20 * s, 4, analyzer);
  assert.equal(analyzer.nextTrack, 8);
  const observation = analyzer.step({
    pixels: frameWith(80),
    ptsUs: 3_600_000_000,
    tMs: 3_600_000,
    number: 41,
    skipped: 0,
    doubtful: false,
  });
  assert.deepEqual(observation.events.map(({ type, blob }) => [type, blob]), [
    ["DISAPPEAR", 7],
  ]);
  assert.deepEqual(observation.blobs, []);
});

Deno.test("Analyzer keeps rows inside the picture, with one decimal", () => {
  const analyzer = newAnalyzer();
  const place = fc.option(fc.integer({ min: -30, max: 170 }), { nil: undefined });
  let number = 0;
  fc.assert(fc.property(place, fc.integer({ min: -1, max: 9 }), (left, tenths) => {
    number++;
    analyzer.step({
      pixels: frameWith(left),
      ptsUs: number * 100_000 * tenths,
      tMs: number * 100,
      number,
      skipped: 0,
      doubtful: number % 7 === 0,
    });
    for (const { x, y, w, h } of analyzer.trackRows()) {
      assert.ok(x >= 0 && y >= 0 && w >= 0 && h >= 0);
      assert.ok(x + w <= FORMAT.width + 1e-9 && y + h <= FORMAT.height + 1e-9);
      for (const value of [x, y, w, h]) assert.equal(Math.round(value * 10) / 10, value);
    }
  }));
});

Deno.test("Analyzer tells in its header what it looks at", () => {
  const { camera, width, height, workWidth, workHeight, settings } = newAnalyzer().header;
  assert.deepEqual([camera, width, height, workWidth, workHeight], [
    "gate",
    160,
    120,
    160,
    120,
  ]);
  assert.match(settings, /^[0-9a-f]{8}$/);
});

function near(actual: number | undefined, expected: number, tolerance: number): void {
  assert.ok(actual !== undefined, `nothing instead of ${expected}`);
  assert.ok(
    Math.abs(actual - expected) <= tolerance,
    `${actual} is not near ${expected}`,
  );
}

/** In from the left after a second, stands from 3 s to 7 s, out to the right. */
function visit(seconds: number): number | undefined {
  if (seconds < 1) return undefined;
  if (seconds < 3) return -16 + 40 * (seconds - 1);
  return seconds < 7 ? 64 : 64 + 40 * (seconds - 7);
}
