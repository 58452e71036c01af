/**
 * The analysis over frames of any size with anything in them: it never throws, its boxes
 * lie in the picture, ids only grow, and bad frames and times follow the stated rule.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { Analyzer } from "../../analysis/analyzer.ts";
import type { AnalyzerFrame } from "../../analysis/analyzer_options.ts";
import type { Observation } from "../../analysis/dsl/observation.ts";
import { formatObservation } from "../../analysis/dsl/text_format.ts";
import { EpisodeAssembler } from "../../analysis/episode_assembler.ts";
import { kernelsHere } from "../../analysis/kernels/kernels_here.ts";
import { frameBytes, type FrameFormat } from "../../capture/frame/frame.ts";
import { RandomStream } from "../../capture/scene/random.ts";
import { analyzeDrawn } from "../support/drawn_clip.ts";

/** How one frame is filled. */
const CONTENTS = [
  "black",
  "white",
  "flat",
  "noise",
  "stripes",
  "blocks",
  "same",
] as const;
type Contents = (typeof CONTENTS)[number];

interface Case {
  readonly format: FrameFormat;
  readonly frames: readonly Contents[];
  readonly seed: number;
  readonly fps: number;
}

const anyCase: fc.Arbitrary<Case> = fc.record({
  format: fc.record({
    width: fc.integer({ min: 16, max: 400 }),
    height: fc.integer({ min: 16, max: 300 }),
  }),
  frames: fc.array(fc.constantFrom(...CONTENTS), { minLength: 1, maxLength: 24 }),
  seed: fc.nat(),
  fps: fc.constantFrom(1, 5, 10, 25, 60),
});

/** Sizes that people have, and odd ones; few frames, as they are large. */
const LARGE: readonly FrameFormat[] = [
  { width: 16, height: 16 },
  { width: 17, height: 31 },
  { width: 2_560, height: 16 },
  { width: 16, height: 2_160 },
  { width: 1_279, height: 719 },
  { width: 3_840, height: 2_160 },
];

function fill(pixels: Uint8Array, contents: Contents, random: RandomStream): void {
  switch (contents) {
    case "same":
      return;
    case "black":
      pixels.fill(0);
      return;
    case "white":
      pixels.fill(255);
      return;
    case "flat":
      pixels.fill(Math.floor(random.between(0, 256)));
      return;
    case "noise":
      for (let i = 0; i < pixels.length; i++) pixels[i] = 256 * random.next();
      return;
    case "stripes": {
      const wide = Math.ceil(random.between(1, 40));
      for (let i = 0; i < pixels.length; i++) pixels[i] = Math.floor(i / wide) % 2 * 200;
      return;
    }
    case "blocks":
      for (let block = 0; block < 12; block++) {
        const from = Math.floor(random.between(0, pixels.length));
        pixels.fill(256 * random.next(), from, from + Math.floor(pixels.length / 20));
      }
  }
}

function analyzerFor(format: FrameFormat): Analyzer {
  return new Analyzer({
    ...{ camera: "any", format, fps: 10, clock: "media", kernels: kernelsHere() },
  });
}

function frameOf(pixels: Uint8Array, number: number, fps: number): AnalyzerFrame {
  const tMs = Math.round(1_000 * number / fps);
  return { pixels, number, tMs, ptsUs: tMs * 1_000, skipped: 0, doubtful: false };
}

function checkObservation(observation: Observation, highest: number): number {
  for (const { x, y, w, h } of observation.blobs) {
    const inside = x - w / 2 > -0.002 && x + w / 2 < 1.002 && y - h / 2 > -0.002 &&
      y + h / 2 < 1.002;
    assert.ok(inside, `the box ${x},${y} ${w}x${h} lies in the picture`);
  }
  assert.ok(observation.blobs.length <= 128, "what is followed is bounded");
  assert.ok(observation.motionPct >= 0 && observation.motionPct <= 100);
  assert.ok(formatObservation(observation).length < 100_000);
  let most = highest;
  const fresh = observation.blobs.map(({ id }) => id).filter((id) => id > highest);
  for (const id of fresh) most = Math.max(most, id);
  return most;
}

function run({ format, frames, seed, fps }: Case): void {
  const analyzer = analyzerFor(format);
  const random = new RandomStream(seed);
  const pixels = new Uint8Array(frameBytes(format));
  const met = new Set<number>();
  let highest = 0;
  for (const [index, contents] of frames.entries()) {
    fill(pixels, contents, random);
    const observation = analyzer.step(frameOf(pixels, index + 1, fps));
    if (index === 0) assert.equal(observation.motionPct, 0, "nothing moves at first");
    const before = highest;
    highest = checkObservation(observation, highest);
    for (const { id } of observation.blobs) {
      assert.ok(met.has(id) || id > before, `${id} is new and not used before`);
      met.add(id);
    }
    assert.ok(analyzer.nextTrack > highest, "the next id is a new one");
  }
}

Deno.test("Analyzer takes pictures of any size with anything in them", () => {
  fc.assert(fc.property(anyCase, run), { numRuns: 60, seed: 5 });
});

Deno.test("Analyzer takes every size from 16x16 to 4K", () => {
  for (const format of LARGE) {
    run({ format, frames: ["noise", "blocks", "white", "stripes"], seed: 1, fps: 10 });
  }
});

Deno.test("Analyzer does not look at frames of another size, and counts them", () => {
  const format = { width: 64, height: 48 };
  const analyzer = analyzerFor(format);
  const whole = new Uint8Array(frameBytes(format)).fill(90);
  for (let n = 1; n <= 5; n++) analyzer.step(frameOf(whole, n, 10));
  const odd = [whole.subarray(1), new Uint8Array(0), new Uint8Array(whole.length + 1)];
  for (const [index, pixels] of odd.entries()) {
    const told = analyzer.step(frameOf(pixels, 6 + index, 10));
    assert.equal(told.events.length + told.blobs.length, 0);
    assert.deepEqual(told.states.map(({ state }) => state), ["doubtful"]);
  }
  assert.equal(analyzer.faults.size, odd.length);
});

Deno.test("Analyzer takes times that repeat, jump back or leap, and reports nobody for it", () => {
  const format = { width: 96, height: 64 };
  const analyzer = analyzerFor(format);
  const assembler = new EpisodeAssembler({ zones: [], judge: "foot" });
  const random = new RandomStream(4);
  const pixels = new Uint8Array(frameBytes(format)).fill(100);
  const times = [
    0,
    100,
    100,
    200,
    300,
    50,
    400,
    3_600_400,
    3_600_500,
    500,
    600,
    86_400_000,
  ];
  for (const [index, tMs] of times.entries()) {
    for (let i = 0; i < 96 * 64; i++) pixels[i] = 100 + 4 * random.next();
    const told = analyzer.step({
      ...{ pixels, number: index + 1, tMs, ptsUs: tMs * 1_000, skipped: 0 },
      doubtful: false,
    });
    assert.deepEqual(assembler.step(told), []);
  }
  const { repeated, back, leap } = analyzer.faults;
  assert.deepEqual({ repeated, back, leap }, { repeated: 1, back: 2, leap: 2 });
});

Deno.test("Analyzer tells the same stays at 5 and at 25 frames a second", () => {
  const stays = [5, 25].map((fps) => {
    const assembler = new EpisodeAssembler({ zones: [], judge: "foot" });
    const changes = analyzeDrawn({
      ...{ format: { width: 320, height: 180 }, fps, seconds: 16 },
      thingsAt: (second) => [{
        ...{ x: -30 + 30 * (second - 2), y: 70, w: 26, h: 70, luma: 40, u: 118, v: 142 },
      }],
    }).flatMap((observation) => assembler.step(observation));
    return [...changes, ...assembler.finish()].filter(({ kind }) => kind === "closed")
      .map(({ episode }) => episode);
  });
  const [slow, fast] = stays;
  assert.equal(slow!.length, 1);
  assert.equal(fast!.length, 1);
  for (const end of ["startMs", "endMs"] as const) {
    const apart = Math.abs(slow![0]![end] - fast![0]![end]);
    assert.ok(apart <= 500, `${end} lie ${apart} ms apart`);
  }
});
