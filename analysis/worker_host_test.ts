import assert from "node:assert/strict";
import { silentLog } from "../base/log.ts";
import type { Crop } from "../capture/frame/crop.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import {
  attached,
  generationOf,
  observed,
  scriptedPool,
} from "../tests/support/scripted_worker.ts";
import { WorkerHost } from "./worker_host.ts";

const RING = { ringPath: "/ring", format: { width: 64, height: 48 } };

function setUp() {
  const clock = new ManualClock();
  const { pool, workers } = scriptedPool(clock);
  const heard: string[] = [];
  const host = new WorkerHost({ camera: "gate", fps: 10, pictures: true }, {
    clock,
    log: silentLog,
    pool,
  }, {
    attached: () => heard.push("attached"),
    observed: ({ observation }) => heard.push(`observed ${observation.frame}`),
    replaced: ({ words, failures }) => heard.push(`replaced ${failures}: ${words}`),
    recovered: () => heard.push("recovered"),
    stirred: (ptsUs) => heard.push(`stirred ${ptsUs}`),
    caughtUp: () => {},
  });
  return { clock, workers, heard, host };
}

Deno.test("WorkerHost wakes an idle worker at once and a busy one when it is done", () => {
  const { workers, heard, host } = setUp();
  using _ = host;
  host.watch(RING);
  const worker = workers[0]!;
  host.frameReady();
  assert.equal(worker.last()?.kind, "attach", "not before it is attached");
  attached(worker);
  assert.equal(worker.last()?.kind, "wake", "the frame that came meanwhile");
  host.frameReady();
  host.frameReady();
  assert.equal(worker.heard.length, 2, "busy: told once only");
  observed(worker, 1);
  assert.equal(worker.heard.length, 3, "then the newest of those that came");
  observed(worker, 3);
  assert.equal(worker.heard.length, 3, "nothing new: not woken");
  assert.deepEqual(heard, ["attached", "observed 1", "observed 3"]);
});

Deno.test("WorkerHost replaces a worker that hangs, and numbers go on", () => {
  const { clock, workers, heard, host } = setUp();
  using _ = host;
  host.watch(RING);
  attached(workers[0]!);
  host.frameReady();
  observed(workers[0]!, 1, 8);
  host.frameReady();
  clock.advance(7_000);
  assert.equal(workers[0]!.terminated, true);
  assert.equal(workers.length, 2);
  const attach = workers[1]!.heard[0];
  assert.ok(attach?.kind === "attach");
  assert.equal(attach.attachment.firstTrack, 8, "ids are never used again");
  assert.equal(attach.attachment.firstFrame, 1, "same ring, same numbers");
  assert.deepEqual(heard.slice(2), ["replaced 1: no answer for 5 s"]);
  attached(workers[1]!);
  observed(workers[1]!, 2, 8);
  clock.advance(61_000);
  assert.equal(heard.at(-1), "recovered");
});

Deno.test("WorkerHost has recovered after a minute of work, not of waiting for it", () => {
  const { clock, workers, heard, host } = setUp();
  using _ = host;
  host.watch(RING);
  const running = () => workers.filter(({ terminated }) => !terminated);
  for (let second = 0; second < 1_000; second++) clock.advance(1_000);
  assert.ok(workers.length > 10, "none ever starts");
  assert.equal(heard.includes("recovered"), false);
  while (running().length === 0) clock.advance(1_000);
  const last = running()[0]!;
  attached(last);
  clock.advance(70_000);
  assert.equal(heard.includes("recovered"), false, "it has seen no frame yet");
  host.frameReady();
  observed(last, 1);
  clock.advance(59_000);
  assert.equal(heard.includes("recovered"), false);
  clock.advance(3_000);
  assert.equal(heard.at(-1), "recovered");
});

Deno.test("WorkerHost gives a worker time to start, and replaces one that never does", () => {
  const { clock, workers, heard, host } = setUp();
  using _ = host;
  host.watch(RING);
  clock.advance(29_000);
  assert.equal(workers.length, 1, "a slow board still loads its code");
  clock.advance(3_000);
  assert.equal(workers[0]!.terminated, true);
  assert.deepEqual(heard, ["replaced 1: no answer for 30 s"]);
});

Deno.test("WorkerHost prevents an uncaught worker error from ending the program", () => {
  const { clock, workers, heard, host } = setUp();
  using _ = host;
  host.watch(RING);
  const error = new ErrorEvent("error", { message: "out of range", cancelable: true });
  workers[0]!.dispatchEvent(error);
  assert.equal(error.defaultPrevented, true);
  clock.advance(100);
  assert.equal(workers.length, 2);
  assert.deepEqual(heard, ["replaced 1: out of range"]);
});

Deno.test("WorkerHost waits longer after each failure of a worker that fails at once", () => {
  const { clock, workers, host } = setUp();
  using _ = host;
  host.watch(RING);
  for (let second = 0; second < 60; second++) {
    const worker = workers.at(-1)!;
    if (!worker.terminated) {
      const generation = generationOf(worker);
      worker.say({
        kind: "failed",
        at: "analysis",
        camera: "gate",
        generation,
        words: "no",
      });
    }
    clock.advance(1_000);
  }
  assert.ok(workers.length <= 10, `${workers.length} workers in a minute`);
});

Deno.test("WorkerHost ignores what a worker says of an earlier ring", () => {
  const { workers, heard, host } = setUp();
  using _ = host;
  host.watch(RING);
  attached(workers[0]!);
  host.frameReady();
  const generation = generationOf(workers[0]!);
  host.watch({ ...RING, format: { width: 32, height: 24 } });
  workers[0]!.say({ kind: "idle", camera: "gate", generation });
  host.frameReady();
  assert.equal(workers[0]!.last()?.kind, "attach", "still waits for the new attachment");
  const attach = workers[0]!.last();
  assert.ok(attach?.kind === "attach");
  assert.equal(attach.attachment.firstFrame, 2, "frame numbers go on after a new size");
  assert.deepEqual(heard, ["attached"]);
});

Deno.test("WorkerHost starts nothing after it was disposed", () => {
  const { clock, workers, host } = setUp();
  host.watch(RING);
  workers[0]!.dispatchEvent(new ErrorEvent("error", { message: "x", cancelable: true }));
  host[Symbol.dispose]();
  clock.advance(60_000);
  assert.equal(workers.length, 1);
});

Deno.test("WorkerHost asks for a picture beside the work, and gives the answer to who asked", async () => {
  const { workers, heard, host } = setUp();
  using _ = host;
  host.watch(RING);
  const worker = workers[0]!;
  attached(worker);
  host.frameReady();
  const asked = [host.pictureOf(4), host.pictureOf(5)];
  const [first, second] = worker.heard.filter(({ kind }) => kind === "picture");
  assert.ok(first?.kind === "picture" && second?.kind === "picture");
  const generation = generationOf(worker);
  const crop = { track: 5 } as Crop;
  worker.say({
    kind: "picture",
    camera: "gate",
    generation,
    request: second.request,
    crop,
  });
  worker.say({ kind: "picture", camera: "gate", generation, request: first.request });
  assert.deepEqual(await Promise.all(asked), [undefined, crop]);
  assert.equal(host.isCaughtUp, false, "the frame is still being looked at");
  observed(worker, 1);
  assert.deepEqual(heard, ["attached", "observed 1"]);
});

Deno.test("WorkerHost gives no picture when the worker is slow, lost or not there", async () => {
  const { clock, workers, host } = setUp();
  using _ = host;
  assert.equal(await host.pictureOf(1), undefined, "not attached");
  host.watch(RING);
  attached(workers[0]!);
  const slow = host.pictureOf(1);
  clock.advance(1_001);
  assert.equal(await slow, undefined);
  const lost = host.pictureOf(1);
  workers[0]!.dispatchEvent(new ErrorEvent("error", { message: "x", cancelable: true }));
  assert.equal(await lost, undefined);
});
