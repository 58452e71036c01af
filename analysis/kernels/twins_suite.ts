/**
 * Two implementations side by side over whole sequences, through the order of passes of
 * `analysis/background.ts`: after every frame each byte that means something is the
 * same. Which of them is right, the suite says.
 * @module
 */
import assert from "node:assert/strict";
import { frameBytes, type FrameFormat } from "../../capture/frame/frame.ts";
import { workSize } from "../work_size.ts";
import { CELL_SUMS } from "./cells.ts";
import type { Kernels } from "./kernels.ts";
import { at, Lottery } from "./kernels_scenes.ts";
import { type Planes, sampleIndex, SAMPLES } from "./planes.ts";

/** Work sizes of 1x1, of one odd block, of several; frames of all usual divisors. */
const FORMATS: readonly FrameFormat[] = [
  { width: 1, height: 1 },
  { width: 17, height: 5 },
  { width: 33, height: 50 },
  { width: 160, height: 120 },
  { width: 642, height: 362 },
  { width: 1_285, height: 723 },
];
const FRAMES = 40;
/** Frames between two looks for ghosts, sooner than in life. */
const GHOST_PERIOD = 4;

/** Registers the tests: `kernels` gives what `twin` gives. */
export function twinsSuite(kernels: Kernels, twin: Kernels): void {
  for (const format of FORMATS) {
    const size = `${format.width}x${format.height}`;
    Deno.test(`${kernels.name} gives the bytes of ${twin.name} over a sequence of ${size}`, () => {
      const work = workSize(format.width, format.height);
      const pair = [kernels, twin].map((one) => ({
        ...{ kernels: one, planes: one.allocate(work), results: [] as number[] },
      }));
      const scene = new Scene(format);
      for (let frame = 0; frame < FRAMES; frame++) {
        const pixels = scene.draw(frame);
        for (const { kernels, planes, results } of pair) {
          results.push(
            ...runPasses(kernels, planes, { turn: frame, pixels, format, scene }),
          );
        }
        assertSame(pair[0]!.planes, pair[1]!.planes, `frame ${frame} of ${size}`);
      }
      assert.deepEqual(pair[0]!.results, pair[1]!.results);
      scene.assertRich(pair[1]!.planes);
    });
  }
}

interface Shot {
  readonly turn: number;
  readonly pixels: Uint8Array;
  readonly format: FrameFormat;
  readonly scene: Scene;
}

/** All passes over one frame; gives what they gave. */
function runPasses(kernels: Kernels, planes: Planes, shot: Shot): number[] {
  const { turn, pixels, format, scene } = shot;
  const given: number[] = [];
  const { divisor } = workSize(format.width, format.height);
  kernels.load(planes, pixels, format, divisor);
  if (turn === 0) kernels.seed(planes);
  else given.push(kernels.compensate(planes, turn));
  kernels.match(planes);
  kernels.findShadows(planes);
  kernels.dropShadows(planes);
  kernels.vote(planes);
  kernels.fillHoles(planes);
  scene.hold(planes, turn);
  if (turn % GHOST_PERIOD === GHOST_PERIOD - 1) given.push(kernels.releaseGhosts(planes));
  kernels.adapt(planes);
  kernels.sumChanges(planes, 10 + turn % 5);
  given.push(...planes.cellChange, ...planes.cellBrighter);
  const active = kernels.measureCells(planes, 1 + turn % 9);
  given.push(active, ...planes.cellActive.subarray(0, active));
  given.push(...planes.cellRaw, ...planes.cellShadow, ...planes.cellMask);
  for (const sum of planes.cellSums.subarray(0, CELL_SUMS * active)) given.push(sum);
  kernels.learn(planes, { turn, rate: turn < 20 ? 255 : 64, shift: 1 + (turn % 6) });
  return given;
}

/**
 * Texture and noise; a ring that crosses, a shadow beside it; a block that is there from
 * the start and leaves; light that changes by steps; a corner that is ignored.
 */
class Scene {
  readonly #format: FrameFormat;
  readonly #lottery = new Lottery(11);
  #ghosts = 0;
  #shadows = 0;

  constructor(format: FrameFormat) {
    this.#format = format;
  }

  draw(frame: number): Uint8Array {
    const { width, height } = this.#format;
    const pixels = new Uint8Array(frameBytes(this.#format));
    const gain = [1, 1, 1.2, 0.8][Math.floor(frame / 8) % 4]!;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const luma = gain * this.#luma(x / width, y / height, frame / FRAMES);
        pixels[y * width + x] = Math.max(0, Math.min(255, luma + this.#lottery.below(9)));
      }
    }
    for (let i = width * height; i < pixels.length; i++) {
      pixels[i] = 118 + this.#lottery.below(6) + (i % 7 < frame % 3 ? 12 : 0);
    }
    return pixels;
  }

  /** Held and ignored places, the same for both twins. */
  hold(planes: Planes, turn: number): void {
    const { width, height, hold, base, ghost, shadow } = planes;
    const lottery = new Lottery(turn);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const i = at(planes, x, y);
        hold[i] = x < width / 3 && turn % 16 < 8 && lottery.below(4) === 0 ? 7 : 0;
        base[i] = x > 0.9 * width ? 255 : 6 + ((x >> 3) & 15);
        if (ghost[i] !== 0) this.#ghosts++;
        if (shadow[i] !== 0) this.#shadows++;
      }
    }
  }

  /** A sequence in which nothing happens would prove nothing. */
  assertRich({ width, height }: Planes): void {
    if (width * height < 10_000) return;
    assert.ok(this.#ghosts > 100, `pixels counted as ghosts: ${this.#ghosts}`);
    assert.ok(this.#shadows > 100, `pixels in shadow: ${this.#shadows}`);
  }

  #luma(x: number, y: number, time: number): number {
    const still = 60 + 60 * ((Math.floor(24 * x) + Math.floor(18 * y)) & 1) + 20 * y;
    const fromRing = Math.hypot(x - time, (y - 0.5) / 1.2);
    if (fromRing < 0.16 && fromRing > 0.06) return 230;
    if (Math.abs(x - 0.6) < 0.1 && Math.abs(y - 0.3) < 0.12 && time < 0.4) return 20;
    if (Math.abs(x - time - 0.2) < 0.1 && y > 0.5) return 0.6 * still;
    return still;
  }
}

function assertSame(one: Planes, other: Planes, when: string): void {
  for (const name of [...PICTURES, ...LEVELS]) {
    assertRows(one, { name, ours: one[name], theirs: other[name], when });
  }
  for (const name of MEANS) {
    const [ours, theirs] = [one[name], other[name]];
    assertRows({ ...one, origin: 0 }, { name, ours, theirs, when });
  }
  const { width, height, stride } = one;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let slot = 0; slot < SAMPLES; slot++) {
        for (const channel of [0, 1, 2]) {
          const i = sampleIndex(y * stride + x, slot, channel);
          if (one.samples[i] === other.samples[i]) continue;
          assert.fail(`${when}: sample ${slot} of channel ${channel} at ${x},${y}`);
        }
      }
    }
  }
  assert.deepEqual(one.random, other.random, `${when}: random`);
}

const PICTURES = ["y", "u", "v", "backY"] as const;
const LEVELS = [
  ...["raw", "shadow", "candidate", "mask", "rawBefore", "maskBefore"] as const,
  ...["nearest", "noise", "blink", "ghost", "yBefore", "base", "hold"] as const,
];
const MEANS = ["meanY", "meanU", "meanV"] as const;

interface Rows {
  readonly name: string;
  readonly ours: Uint8Array | Uint16Array;
  readonly theirs: Uint8Array | Uint16Array;
  readonly when: string;
}

function assertRows(planes: Planes, { name, ours, theirs, when }: Rows): void {
  const { width, height, stride, origin } = planes;
  for (let y = 0; y < height; y++) {
    const start = origin + y * stride;
    for (let i = start; i < start + width; i++) {
      if (ours[i] === theirs[i]) continue;
      assert.fail(
        `${when}: ${name} is ${ours[i]}, not ${theirs[i]}, at ${i - start},${y}`,
      );
    }
  }
}
