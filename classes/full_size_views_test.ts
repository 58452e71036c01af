import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { silentLog } from "../base/log.ts";
import type { TrackView } from "../capture/frame/crop.ts";
import { cutOut } from "../capture/frame/cut_out.ts";
import { frameBytes } from "../capture/frame/frame.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import type { AskedParts, GivenPart, GivenParts } from "./enlarged_views.ts";
import { FullSizeViews } from "./full_size_views.ts";
import type { Pictures } from "./larger_picture.ts";

const FRAME = { width: 320, height: 240 };
const LARGER = { width: 960, height: 720 };

/** A spotted picture of either size in which pixels say where they are, and when. */
function picture(width: number, height: number, seed: number): Uint8Array {
  const by = width / FRAME.width;
  const pixels = new Uint8Array(frameBytes({ width, height })).fill(128);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [Math.floor(x / by), Math.floor(y / by)];
      pixels[y * width + x] = 20 + (u * u * 7 + v * 31 + u * v * seed) % 200;
    }
  }
  return pixels;
}

function viewOf(seconds: number, side = 20): TrackView {
  const area = { left: 60, top: 40, width: 144, height: 144 };
  const cut = cutOut(picture(320, 240, seconds), FRAME, area);
  const box = { left: 132 - side / 2, top: 112 - side / 2, width: side, height: side };
  const ptsUs = 1_000_000 * seconds;
  return { track: 7, ...cut, area, box, ptsUs, tMs: ptsUs / 1_000, score: 9 };
}

/** Views that a test sets, and larger pictures that come as it says. */
class Stage implements AsyncDisposable {
  readonly clock = new ManualClock();
  views: readonly TrackView[] = [viewOf(3), viewOf(5)];
  pictures: Pictures | undefined = { frame: FRAME, larger: LARGER };
  readonly asked: AskedParts[] = [];
  kinds = new Map<number, "gone" | "costly" | "busy">();
  fault: Fault | undefined;
  /** Added to the seed of what is in the larger picture. */
  elsewhere = 0;
  hold: Promise<void> | undefined;
  signal: AbortSignal | undefined;
  readonly full = new FullSizeViews({
    ...{ clock: this.clock, log: silentLog, againMs: 7_500 },
    viewsOf: () => Promise.resolve(this.views),
    picturesOf: () => this.pictures,
    take: (_camera, asked, signal) => this.#take(asked, signal),
  });

  async #take(asked: AskedParts, signal: AbortSignal): Promise<GivenParts> {
    this.asked.push(asked);
    this.signal = signal;
    await this.hold;
    if (this.fault) throw this.fault;
    const { size, parts } = asked;
    return new Map(parts.map(({ ptsUs, left, top }): [number, GivenPart] => {
      const kind = this.kinds.get(ptsUs);
      if (kind) return [ptsUs, { kind }];
      const whole = picture(960, 720, ptsUs / 1_000_000 + this.elsewhere);
      const { pixels } = cutOut(whole, LARGER, { left, top, ...size });
      return [ptsUs, { kind: "full", pixels }];
    }));
  }

  async pass(ms: number): Promise<void> {
    this.clock.advance(ms);
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.full[Symbol.asyncDispose]();
  }
}

function sizes(views: readonly TrackView[]): number[] {
  return views.map(({ format }) => format.width);
}

Deno.test("FullSizeViews gives small views at full size, and takes each once", async () => {
  await using stage = new Stage();
  const views = await stage.full.of("gate", 7);
  assert.deepEqual(sizes(views), [156, 156]);
  assert.deepEqual(views[0]!.area, { left: 106, top: 86, width: 52, height: 52 });
  assert.deepEqual(views[0]!.box, viewOf(3).box, "the box stays in the frame's pixels");
  const whole = picture(960, 720, 3);
  assert.equal(views[0]!.pixels[0], whole[258 * 960 + 318]);
  stage.views = [viewOf(5), viewOf(9)];
  assert.deepEqual(sizes(await stage.full.of("gate", 7)), [156, 156]);
  const times = stage.asked.map(({ parts }) => parts.map(({ ptsUs }) => ptsUs / 1e6));
  assert.deepEqual(times, [[3, 5], [9]], "all in one pass, and nothing twice");
  assert.equal(stage.full.counts.full, 3);
});

Deno.test("FullSizeViews asks for nothing that gains nothing", async () => {
  await using stage = new Stage();
  stage.views = [viewOf(3, 60)];
  assert.deepEqual(sizes(await stage.full.of("gate", 7)), [144], "it is large enough");
  stage.views = [viewOf(3)];
  stage.pictures = undefined;
  assert.deepEqual(sizes(await stage.full.of("gate", 7)), [144], "nothing is kept");
  stage.pictures = { frame: FRAME, larger: FRAME };
  assert.deepEqual(sizes(await stage.full.of("gate", 7)), [144], "nothing is larger");
  stage.pictures = { frame: FRAME, larger: { width: 1_280, height: 720 } };
  assert.deepEqual(sizes(await stage.full.of("gate", 7)), [144], "another cut");
  assert.deepEqual(stage.asked, []);
});

Deno.test("FullSizeViews keeps the small view where the larger one cannot be had", async () => {
  await using stage = new Stage();
  stage.views = [viewOf(1), viewOf(2), viewOf(3)];
  stage.kinds = new Map([[1_000_000, "gone"], [2_000_000, "costly"]]);
  const views = await stage.full.of("gate", 7);
  assert.deepEqual(sizes(views), [144, 144, 156]);
  assert.equal(views[0], stage.views[0]);
  await stage.full.of("gate", 7);
  const again = stage.asked.map(({ parts }) => parts.length);
  assert.deepEqual(again, [3, 1], "what is gone is asked for once");
  const { full, gone, costly } = stage.full.counts;
  assert.deepEqual([full, gone, costly], [1, 1, 2]);
});

Deno.test("FullSizeViews believes no picture that shows something else", async () => {
  await using stage = new Stage();
  stage.elsewhere = 5;
  assert.deepEqual(sizes(await stage.full.of("gate", 7)), [144, 144]);
  assert.deepEqual(sizes(await stage.full.of("gate", 7)), [144, 144]);
  assert.equal(stage.full.counts.other, 2);
  assert.equal(stage.asked.length, 1);
});

Deno.test("FullSizeViews leaves a camera alone whose pictures cannot be decoded", async () => {
  await using stage = new Stage();
  stage.fault = new Fault("unavailable", "Cannot decode the pictures: a test");
  assert.deepEqual(sizes(await stage.full.of("gate", 7)), [144, 144]);
  stage.fault = undefined;
  assert.deepEqual(sizes(await stage.full.of("gate", 7)), [144, 144], "it rests");
  assert.equal(stage.asked.length, 1);
  assert.deepEqual(sizes(await stage.full.of("barn", 7)), [156, 156], "others do not");
  await stage.pass(10_000);
  assert.deepEqual(sizes(await stage.full.of("gate", 7)), [156, 156]);
  assert.equal(stage.full.counts.failed, 4);
});

Deno.test("FullSizeViews waits four seconds at most", async () => {
  await using stage = new Stage();
  stage.hold = new Promise(() => {});
  const late = stage.full.of("gate", 7);
  await stage.pass(0);
  await stage.pass(3_999);
  assert.equal(stage.signal?.aborted, false);
  await stage.pass(1);
  assert.deepEqual(sizes(await late), [144, 144]);
  assert.equal(stage.signal?.aborted, true, "the decoder is ended");
  assert.equal(stage.full.counts.failed, 2);
});

Deno.test("FullSizeViews takes what is the best of a stay while it is kept", async () => {
  await using stage = new Stage();
  stage.full.began("gate", 7);
  stage.full.began("gate", 7);
  await stage.pass(7_499);
  assert.equal(stage.asked.length, 0);
  await stage.pass(1);
  assert.equal(stage.asked.length, 1);
  stage.views = [viewOf(3), viewOf(11)];
  await stage.pass(7_500);
  // The first is long gone by now, and is there.
  stage.kinds = new Map([[3_000_000, "gone"], [11_000_000, "gone"]]);
  assert.deepEqual(sizes(await stage.full.of("gate", 7)), [156, 156]);
  assert.equal(stage.asked.length, 2);
  stage.full.ended("gate", 7);
  stage.views = [viewOf(20)];
  await stage.pass(60_000);
  assert.equal(stage.asked.length, 2, "nobody stays");
});

Deno.test("FullSizeViews asks no longer than a few minutes for one stay", async () => {
  await using stage = new Stage();
  stage.full.began("gate", 7);
  for (let round = 1; round <= 40; round++) {
    stage.views = [viewOf(round)];
    await stage.pass(7_500);
  }
  assert.equal(stage.asked.length, 23);
});

Deno.test("FullSizeViews has one pass at a time, and few that wait", async () => {
  await using stage = new Stage();
  const held = Promise.withResolvers<void>();
  stage.hold = held.promise;
  const asked = [1, 2, 3, 4, 5, 6].map((track) => stage.full.of("gate", track));
  await stage.pass(0);
  assert.equal(stage.asked.length, 1);
  held.resolve();
  const got = await Promise.all(asked);
  assert.deepEqual(got.map(sizes), [...Array(4).fill([156, 156]), [144, 144], [
    144,
    144,
  ]]);
  assert.equal(stage.full.counts.busy, 4);
});

Deno.test("FullSizeViews has nothing decoded while the box is to be spared", async () => {
  await using stage = new Stage();
  stage.full.spare(true);
  assert.deepEqual(sizes(await stage.full.of("gate", 7)), [144, 144]);
  assert.deepEqual(stage.asked, []);
  stage.full.spare(false);
  assert.deepEqual(sizes(await stage.full.of("gate", 7)), [156, 156]);
});

Deno.test("FullSizeViews holds no more than its bytes", async () => {
  await using stage = new Stage();
  stage.views = [viewOf(3, 46)];
  for (let track = 1; track <= 70; track++) await stage.full.of("gate", track);
  await stage.full.of("gate", 70);
  assert.equal(stage.asked.length, 70, "the newest is held");
  await stage.full.of("gate", 1);
  assert.equal(stage.asked.length, 71, "the oldest gave way");
});

Deno.test("FullSizeViews ends at once with what it waits for", async () => {
  const stage = new Stage();
  stage.hold = new Promise(() => {});
  stage.full.began("gate", 8);
  const waiting = stage.full.of("gate", 7);
  await stage.pass(0);
  await stage[Symbol.asyncDispose]();
  assert.deepEqual(sizes(await waiting), [144, 144]);
  assert.equal(stage.signal?.aborted, true);
  await stage.pass(60_000);
  assert.equal(stage.asked.length, 1);
});
