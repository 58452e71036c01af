import assert from "node:assert/strict";
import { systemClock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { silentLog } from "../base/log.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { frameBytes, type FrameFormat, type FrameStamp } from "./frame/frame.ts";
import type { FromSceneWorker, ToSceneWorker } from "./scene/scene_protocol.ts";
import type { FrameSink, SourceOptions } from "./source.ts";
import { openSyntheticSource, SyntheticSource } from "./synthetic_source.ts";

const OPTIONS: SourceOptions = {
  ...{ camera: "street", url: "scene:street", fps: 10, width: 64, loop: false, seed: 1 },
};

class Notes implements FrameSink {
  readonly formats: FrameFormat[] = [];
  readonly stamps: FrameStamp[] = [];
  readonly states: string[] = [];
  bytes = 0;
  onFrame: () => void = () => {};

  format(format: FrameFormat): void {
    this.formats.push(format);
  }
  frame(pixels: Uint8Array, stamp: FrameStamp): void {
    this.bytes = pixels.length;
    this.stamps.push(stamp);
    this.onFrame();
  }
  state({ state }: { state: string }): void {
    this.states.push(state);
  }
  ended(): void {
    this.states.push("ended");
  }
}

/** Answers at once, until it is told not to. */
class FakeWorker extends EventTarget {
  isSilent = false;
  isGone = false;
  readonly requests: ToSceneWorker[] = [];

  postMessage(request: ToSceneWorker): void {
    this.requests.push(request);
    if (!this.isSilent) this.answer(request);
  }

  answer(request: ToSceneWorker): void {
    const data: FromSceneWorker = request.kind === "open"
      ? { kind: "opened" }
      : { ...request, kind: "drawn" };
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  crash(): boolean {
    const message = "out of paint";
    return this.dispatchEvent(new ErrorEvent("error", { message, cancelable: true }));
  }

  terminate(): void {
    this.isGone = true;
  }
}

function opened(options = OPTIONS) {
  const clock = new ManualClock();
  const sink = new Notes();
  const workers: FakeWorker[] = [];
  const parts = { clock, sink, log: silentLog, chance: () => 0.5 };
  const start = () => {
    workers.push(new FakeWorker());
    return workers.at(-1)! as unknown as Worker;
  };
  const source = new SyntheticSource(options, { ...parts, start });
  return { clock, sink, workers, source };
}

Deno.test("SyntheticSource gives frames at the rate asked for, with times on its grid", async () => {
  const { clock, sink, source } = opened({ ...OPTIONS, fps: 25 });
  clock.advance(1_000);
  assert.deepEqual(sink.states, ["connecting", "online"]);
  assert.deepEqual(sink.formats, [{ width: 64, height: 36 }]);
  assert.deepEqual(sink.stamps.map(({ ptsUs }) => ptsUs / 40_000), [...Array(26).keys()]);
  assert.equal(sink.stamps[25]!.utcMs - sink.stamps[0]!.utcMs, 1_000);
  assert.equal(source.counts.framesDropped, 0);
  await source[Symbol.asyncDispose]();
});

Deno.test("SyntheticSource counts frames that a busy worker could not draw", async () => {
  const { clock, sink, workers, source } = opened();
  clock.advance(100);
  workers[0]!.isSilent = true;
  clock.advance(300);
  assert.equal(source.counts.framesDropped, 2);
  workers[0]!.isSilent = false;
  workers[0]!.answer(workers[0]!.requests.at(-1)!);
  clock.advance(100);
  assert.deepEqual(sink.stamps.map(({ ptsUs }) => ptsUs / 100_000), [0, 1, 2, 5]);
  await source[Symbol.asyncDispose]();
});

Deno.test("SyntheticSource replaces a worker that throws, and says so", async () => {
  const { clock, sink, workers, source } = opened();
  clock.advance(200);
  assert.equal(workers[0]!.crash(), false, "the error does not end the program");
  assert(workers[0]!.isGone);
  clock.advance(200);
  assert.equal(workers.length, 2);
  assert.deepEqual(sink.states, ["connecting", "online", "connecting", "online"]);
  assert.equal(sink.formats.length, 1);
  const times = sink.stamps.map(({ ptsUs }) => ptsUs);
  assert.deepEqual(times, [...times].sort((a, b) => a - b), "time goes on");
  assert.equal(source.counts.reconnects, 1);
  await source[Symbol.asyncDispose]();
});

Deno.test("SyntheticSource replaces a worker that hangs", async () => {
  const { clock, workers, source } = opened();
  workers[0]!.isSilent = true;
  clock.advance(8_000);
  assert.equal(workers.length, 2);
  await source[Symbol.asyncDispose]();
});

Deno.test("SyntheticSource is silent once it is disposed of", async () => {
  const { clock, sink, workers, source } = opened();
  await source[Symbol.asyncDispose]();
  const before = sink.stamps.length;
  clock.advance(20_000);
  assert.equal(sink.stamps.length, before);
  assert(workers[0]!.isGone);
});

Deno.test("openSyntheticSource() draws in a worker of its own", async () => {
  const sink = new Notes();
  const three = new Promise<void>((resolve) => {
    sink.onFrame = () => sink.stamps.length >= 3 && resolve();
  });
  const parts = { clock: systemClock, log: silentLog, chance: () => 0.5 };
  await using _source = openSyntheticSource({ ...OPTIONS, fps: 30 }, sink, parts);
  await three;
  assert.equal(sink.bytes, frameBytes({ width: 64, height: 36 }));
  const times = sink.stamps.map(({ ptsUs }) => Math.round(ptsUs * 30 / 1e6));
  assert.equal(times[0], 0);
  assert(times.every((time, i) => i === 0 || time > times[i - 1]!));
});

Deno.test("openSyntheticSource() names the scenes there are when asked for another", () => {
  const parts = { clock: new ManualClock(), log: silentLog, chance: () => 0.5 };
  const open = () =>
    openSyntheticSource({ ...OPTIONS, url: "scene:moon" }, new Notes(), parts);
  assert.throws(open, (fault) =>
    fault instanceof Fault && fault.kind === "usage" &&
    fault.hint?.includes("scene:street-rain") === true);
});
