import assert from "node:assert/strict";
import fc from "fast-check";
import { silentLog } from "../base/log.ts";
import type { FrameFormat } from "../capture/frame/frame.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import {
  attached,
  attachmentOf,
  generationOf,
  NOTHING,
  scriptedPool,
  type ScriptedWorker,
  told,
} from "../tests/support/scripted_worker.ts";
import { WorkerHost } from "./worker_host.ts";
import { sharedWorkersFor } from "./worker_pool.ts";

const VGA: FrameFormat = { width: 640, height: 480 };
/** 6.75 ms a frame by the guess, 169 ms a second: two of them fill a worker. */
const UHD: FrameFormat = { width: 3840, height: 2160 };

function setUp(sharedMax = 1) {
  const clock = new ManualClock();
  const { pool, workers } = scriptedPool(clock, sharedMax);
  const heard: string[] = [];
  const open = (camera: string, format = VGA, fps = 25) => {
    const say = (words: string) => void heard.push(`${camera} ${words}`);
    const host = new WorkerHost(
      { camera, fps, pictures: true, memoryPath: `/models/${camera}` },
      { clock, log: silentLog, pool },
      {
        attached: () => {},
        observed: ({ observation }) => say(`observed ${observation.frame}`),
        replaced: ({ words, failures }) => say(`replaced ${failures}: ${words}`),
        recovered: () => say("recovered"),
        stirred: () => {},
        caughtUp: () => {},
      },
    );
    host.watch({ ringPath: `/rings/${camera}`, format });
    return host;
  };
  const seats = () => pool.workers.map(({ cameras }) => cameras.join(" "));
  return { clock, pool, workers, heard, open, seats };
}

/** Answers all that was asked of a camera so far. */
function serve(worker: ScriptedWorker, camera: string, frame: number, costMs = 1): void {
  attached(worker, camera);
  told(worker, { ...NOTHING, frame }, { camera, costMs, nextTrack: frame });
}

function fail(worker: ScriptedWorker, camera: string): void {
  const generation = generationOf(worker, camera);
  worker.say({ kind: "failed", at: "analysis", camera, generation, words: "a bug" });
}

Deno.test("cameras share a worker as long as it carries them", () => {
  const { workers, open, seats } = setUp(3);
  for (const camera of ["a", "b", "c", "d"]) open(camera);
  assert.deepEqual(seats(), ["a b c d"]);
  assert.equal(workers.length, 1);
});

Deno.test("a worker more is started where the cameras fill one, up to the most there may be", () => {
  const { open, seats } = setUp(2);
  for (const camera of ["a", "b", "c", "d", "e"]) open(camera, UHD);
  assert.deepEqual(seats(), ["a c e", "b d"]);
});

Deno.test("one core is left for the rest, and one worker there is always", () => {
  assert.deepEqual([1, 2, 4, 8].map(sharedWorkersFor), [1, 1, 3, 7]);
});

Deno.test("a camera is woken once until it answers, whatever its neighbours do", () => {
  const { workers, open } = setUp();
  const [gate, yard] = [open("gate"), open("yard")];
  const worker = workers[0]!;
  attached(worker, "gate");
  attached(worker, "yard");
  for (let frame = 0; frame < 50; frame++) {
    gate.frameReady();
    yard.frameReady();
    told(worker, { ...NOTHING, frame }, { camera: "yard" });
  }
  const wakes = worker.heard.filter(({ kind }) => kind === "wake");
  const ofGate = wakes.filter((wake) => wake.kind === "wake" && wake.camera === "gate");
  assert.equal(ofGate.length, 1);
  assert.equal(wakes.length, 1 + 50);
});

Deno.test("the camera whose wake was not answered is guilty; the others go on at once, together", () => {
  const { clock, workers, heard, open, seats } = setUp();
  const hosts = ["a", "b", "c"].map((camera) => open(camera));
  const worker = workers[0]!;
  for (const camera of ["a", "b", "c"]) attached(worker, camera);
  hosts[1]!.frameReady();
  hosts[0]!.frameReady();
  hosts[2]!.frameReady();
  clock.advance(5_600);
  assert.equal(worker.terminated, true);
  assert.deepEqual(heard, [
    "a replaced 0: no answer for 5 s",
    "b replaced 1: no answer for 5 s",
    "c replaced 0: no answer for 5 s",
  ]);
  assert.deepEqual(seats(), ["a c", "b"], "the guilty one after its wait, alone");
});

Deno.test("who is passed over is waited for, and found guilty, while others are answered", () => {
  const { clock, workers, heard, open } = setUp();
  const [gate, yard] = [open("gate"), open("yard")];
  const worker = workers[0]!;
  attached(worker, "gate");
  attached(worker, "yard");
  gate.frameReady();
  for (let second = 0; second < 6; second++) {
    yard.frameReady();
    clock.advance(950);
    if (!worker.terminated) told(worker, NOTHING, { camera: "yard" });
  }
  const replaced = heard.filter((line) => line.includes("replaced"));
  assert.deepEqual(replaced, [
    "gate replaced 1: no answer for 5 s",
    "yard replaced 0: no answer for 5 s",
  ]);
});

Deno.test("many slow answers in a row are no hang", () => {
  const { clock, workers, heard, open } = setUp();
  const hosts = ["a", "b", "c", "d"].map((camera) => open(camera));
  const worker = workers[0]!;
  for (const camera of ["a", "b", "c", "d"]) attached(worker, camera);
  for (let round = 0; round < 3; round++) {
    for (const host of hosts) host.frameReady();
    for (const camera of ["a", "b", "c", "d"]) {
      clock.advance(4_000);
      told(worker, { ...NOTHING, frame: round }, { camera });
    }
  }
  assert.equal(worker.terminated, false);
  assert.equal(heard.length, 12);
});

Deno.test("a main thread that stood still blames nobody", () => {
  const { clock, workers, open } = setUp();
  const gate = open("gate");
  attached(workers[0]!, "gate");
  clock.advance(400);
  gate.frameReady();
  clock.standStill(30_000);
  clock.advance(500);
  assert.equal(workers[0]!.terminated, false, "its answer waits to be read");
  clock.advance(6_000);
  assert.equal(workers[0]!.terminated, true, "there was none");
});

Deno.test("a camera that throws leaves alone, its neighbours notice nothing", () => {
  const { clock, workers, heard, open, seats } = setUp();
  const [, yard] = [open("gate"), open("yard")];
  const worker = workers[0]!;
  attached(worker, "gate");
  attached(worker, "yard");
  fail(worker, "gate");
  clock.advance(100);
  assert.deepEqual(seats(), ["yard", "gate"]);
  yard.frameReady();
  told(worker, { ...NOTHING, frame: 3 }, { camera: "yard" });
  assert.deepEqual(heard, ["gate replaced 1: a bug", "yard observed 3"]);
});

Deno.test("a question that makes a camera fail is answered by that, and nobody waits for more", async () => {
  const { clock, workers, open } = setUp();
  const gate = open("gate");
  open("yard");
  const worker = workers[0]!;
  attached(worker, "gate");
  attached(worker, "yard");
  const picture = gate.pictureOf(3);
  fail(worker, "gate");
  assert.equal(await picture, undefined);
  clock.advance(20_000);
  assert.equal(worker.terminated, false, "the neighbour's worker is not waited for");
});

Deno.test("a ring that cannot be read is no reason to sit alone", () => {
  const { clock, workers, open, seats } = setUp();
  open("gate");
  open("yard");
  const worker = workers[0]!;
  const generation = generationOf(worker, "gate");
  const words = "its ring was cut";
  worker.say({ kind: "failed", at: "frames", camera: "gate", generation, words });
  clock.advance(100);
  assert.deepEqual(seats(), ["yard gate"]);
});

Deno.test("a ring that cannot be read is no failure of the analysis, and is waited for longer each time", () => {
  const { clock, workers, heard, open } = setUp();
  open("gate");
  const words = "its ring was cut";
  const attachments = new Set<number>();
  for (let second = 0; second < 60; second++) {
    const worker = workers.at(-1)!;
    const generation = generationOf(worker, "gate");
    if (!worker.terminated) {
      attachments.add(generation);
      worker.say({ kind: "failed", at: "frames", camera: "gate", generation, words });
    }
    clock.advance(1_000);
  }
  assert.ok(attachments.size <= 10, `${attachments.size} tries in a minute`);
  clock.advance(30_000);
  assert.equal(attachmentOf(workers.at(-1)!, "gate").memory?.resume, true);
  assert.deepEqual([...new Set(heard)], [`gate replaced 0: ${words}`]);
});

Deno.test("a successor is told what was seen last; after a second failure nothing is trusted", () => {
  const { clock, workers, open } = setUp();
  open("gate");
  serve(workers[0]!, "gate", 8);
  fail(workers[0]!, "gate");
  clock.advance(100);
  const first = attachmentOf(workers[1]!, "gate");
  assert.equal(first.firstTrack, 8, "ids are never used again");
  assert.deepEqual([first.memory?.resume, first.memory?.lastSeen?.frame], [true, 8]);
  fail(workers[1]!, "gate");
  clock.advance(200);
  assert.equal(attachmentOf(workers[2]!, "gate").memory?.resume, false);
});

Deno.test("an hour without a failure ends a camera's time alone", () => {
  const { clock, workers, open, seats } = setUp();
  open("gate");
  open("yard");
  attached(workers[0]!, "yard");
  fail(workers[0]!, "gate");
  clock.advance(100);
  attached(workers[1]!, "gate");
  clock.advance(3_600_000);
  assert.deepEqual(seats(), ["yard", "gate"]);
  clock.advance(2_000);
  const { camera, generation, kind } = detachOf(workers[1]!);
  assert.deepEqual([kind, camera], ["detach", "gate"]);
  workers[1]!.say({ kind: "detached", camera, generation });
  assert.deepEqual(seats(), ["yard gate"]);
  assert.equal(workers[1]!.terminated, true, "nobody sits there any more");
  assert.equal(attachmentOf(workers[0]!, "gate").memory?.resume, true);
});

Deno.test("an hour that ends while an attachment is on its way ends the time alone after it", () => {
  const { clock, workers, open, seats } = setUp();
  const gate = open("gate");
  open("yard");
  attached(workers[0]!, "yard");
  fail(workers[0]!, "gate");
  clock.advance(100);
  attached(workers[1]!, "gate");
  clock.advance(3_599_000);
  gate.watch({ ringPath: "/another", format: { width: 32, height: 24 } });
  clock.advance(3_000);
  assert.deepEqual(seats(), ["yard", "gate"], "it is being attached");
  attached(workers[1]!, "gate");
  clock.advance(1_000);
  const { camera, generation } = detachOf(workers[1]!);
  workers[1]!.say({ kind: "detached", camera, generation });
  assert.deepEqual(seats(), ["yard gate"]);
});

function detachOf(worker: ScriptedWorker) {
  const detach = worker.heard.findLast(({ kind }) => kind === "detach");
  assert.ok(detach?.kind === "detach");
  return detach;
}

Deno.test("a camera moves out of a worker that is too busy, once there is room elsewhere", () => {
  const { clock, workers, open, seats } = setUp(2);
  const hosts = { a: open("a"), b: open("b"), c: open("c") };
  const worker = workers[0]!;
  for (const camera of ["a", "b", "c"]) attached(worker, camera);
  for (let second = 0; second < 30; second++) {
    for (const [camera, host] of Object.entries(hosts)) {
      host.frameReady();
      told(worker, NOTHING, { camera, costMs: camera === "a" ? 400 : 150 });
    }
    clock.advance(1_000);
  }
  const { camera, generation } = detachOf(worker);
  worker.say({ kind: "detached", camera, generation });
  assert.deepEqual(seats(), ["a c", "b"]);
  attached(workers[1]!, "b");
  clock.advance(300_000);
  assert.deepEqual(seats(), ["a c", "b"], "and stays there");
});

Deno.test("a camera that goes frees its seat, the last one the worker", () => {
  const { workers, open, seats } = setUp();
  const [gate, yard] = [open("gate"), open("yard")];
  gate[Symbol.dispose]();
  assert.deepEqual(seats(), ["yard"]);
  assert.equal(detachOf(workers[0]!).camera, "gate");
  yard[Symbol.dispose]();
  assert.deepEqual([seats(), workers[0]!.terminated], [[], true]);
});

Deno.test("a worker that never runs is waited for longer each time, and nobody is blamed", () => {
  const { clock, workers, seats, open } = setUp();
  open("gate");
  open("yard");
  for (let second = 0; second < 60; second++) {
    const error = new ErrorEvent("error", { message: "no such file", cancelable: true });
    workers.at(-1)!.dispatchEvent(error);
    clock.advance(1_000);
  }
  assert.ok(workers.length <= 10, `${workers.length} workers in a minute`);
  clock.advance(30_000);
  assert.deepEqual(seats(), ["gate yard"], "together");
});

Deno.test("whatever happens, each camera has one seat at most and no wake waits behind another", () => {
  const cameras = ["a", "b", "c"];
  const step = fc.record({
    camera: fc.constantFrom(...cameras),
    what: fc.constantFrom("frame", "answer", "fail", "crash", "time", "watch"),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), fc.integer({ min: 1, max: 3 }), (
      steps,
      sharedMax,
    ) => {
      const { clock, workers, open, seats, pool } = setUp(sharedMax);
      const hosts = new Map(cameras.map((camera) => [camera, open(camera, UHD)]));
      for (const { camera, what } of steps) {
        const host = hosts.get(camera)!;
        const worker = workers.find((_, at) => at + 1 === host.worker);
        if (what === "frame") host.frameReady();
        if (what === "time") clock.advance(700);
        if (what === "watch") host.watch({ ringPath: "/other", format: VGA });
        if (worker && what === "answer") serve(worker, camera, 1);
        if (worker && what === "fail") fail(worker, camera);
        if (worker && what === "crash") {
          worker.dispatchEvent(
            new ErrorEvent("error", { message: "x", cancelable: true }),
          );
        }
        const seated = seats().flatMap((seat) => seat.split(" "));
        assert.equal(new Set(seated).size, seated.length, "one seat each");
        assert.ok(
          pool.workers.every(({ cameras }) => cameras.length > 0),
          "no idle worker",
        );
        const running = workers.filter(({ terminated }) => !terminated).length;
        assert.equal(running, pool.workers.length, "no worker is forgotten");
      }
      for (let second = 0; second < 40; second++) {
        for (const [camera, { worker }] of hosts) {
          const seated = workers.find((_, at) => at + 1 === worker);
          if (seated) serve(seated, camera, 1);
        }
        clock.advance(1_000);
      }
      assert.equal(seats().flatMap((seat) => seat.split(" ")).length, 3, "all sit again");
    }),
  );
});
