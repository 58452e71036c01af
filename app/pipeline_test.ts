import assert from "node:assert/strict";
import { NO_PLACES } from "../analysis/place_stage.ts";
import type { Observation } from "../analysis/dsl/observation.ts";
import { AlertBoard } from "../base/alerts.ts";
import { type Log, silentLog } from "../base/log.ts";
import { frameBytes } from "../capture/frame/frame.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import {
  attached,
  attachmentOf,
  NOTHING,
  scriptedPool,
  told,
} from "../tests/support/scripted_worker.ts";
import { Pipeline } from "./pipeline.ts";

const FORMAT = { width: 32, height: 16 };
const PIXELS = new Uint8Array(frameBytes(FORMAT));

function setUp(folder: TestFolder) {
  const clock = new ManualClock();
  const alerts = new AlertBoard(clock);
  const { pool, workers } = scriptedPool(clock);
  const seen: Observation[] = [];
  const ends: string[] = [];
  const logged: string[] = [];
  const log = (level: string): Log["info"] => (event, { state } = {}) =>
    void logged.push([level, event, state].filter(Boolean).join(" "));
  const pipeline = new Pipeline({
    camera: "gate",
    fps: 10,
    slots: 2,
    folder: folder.file("gate"),
    places: NO_PLACES,
    pictures: false,
  }, {
    clock,
    log: { ...silentLog, info: log("info"), warn: log("warn") },
    alerts,
    outlet: {
      observed: (_camera, observation) => void seen.push(observation),
      changed: () => {},
      episode: () => {},
      clockWasSet: () => {},
      unusable: () => {},
      ended: (camera) => void ends.push(camera),
    },
    pool,
  });
  const feed = () => {
    const arrivalMs = clock.monotonicMs();
    pipeline.frame(PIXELS, { ptsUs: 0, arrivalMs, utcMs: 0, doubtful: false });
  };
  return { clock, workers, seen, ends, logged, pipeline, feed };
}

Deno.test("Pipeline tells a camera's states with the next frame, once", () => {
  using folder = new TestFolder();
  const { workers, seen, pipeline, feed } = setUp(folder);
  using _ = pipeline;
  pipeline.state({ state: "connecting", sinceMs: 1 }, "connecting");
  pipeline.format(FORMAT);
  pipeline.state({ state: "online", sinceMs: 2 }, "online");
  attached(workers[0]!);
  feed();
  told(workers[0]!, NOTHING);
  feed();
  told(workers[0]!, { ...NOTHING, frame: 2 });
  assert.deepEqual(seen.map(({ states }) => states.map(({ state }) => state)), [
    ["connecting", "online"],
    [],
  ]);
});

Deno.test("Pipeline shows how its camera's main stream is, once it is told", () => {
  using folder = new TestFolder();
  const { pipeline } = setUp(folder);
  using _ = pipeline;
  assert.equal("mainStream" in pipeline.view, false);
  const mainStream = { isThere: false, sinceMs: 5, words: "It is away" };
  pipeline.mainStream(mainStream);
  assert.deepEqual(pipeline.view.mainStream, mainStream);
});

Deno.test("Pipeline logs what the pictures show of a camera, and when that is over", () => {
  using folder = new TestFolder();
  const { workers, logged, pipeline, feed } = setUp(folder);
  using _ = pipeline;
  pipeline.format(FORMAT);
  pipeline.state({ state: "online", sinceMs: 2 }, "online");
  attached(workers[0]!);
  for (const [at, state] of (["covered", "online"] as const).entries()) {
    feed();
    told(workers[0]!, { ...NOTHING, frame: at + 1, states: [{ state, sinceMs: 3 }] });
  }
  const seen = logged.filter((line) => line.includes("camera.seen"));
  assert.deepEqual(seen, ["warn camera.seen covered", "info camera.seen online"]);
});

Deno.test("Pipeline makes episodes of observations with nobody watching", () => {
  using folder = new TestFolder();
  const { workers, pipeline, feed } = setUp(folder);
  using _ = pipeline;
  pipeline.format(FORMAT);
  attached(workers[0]!);
  feed();
  told(workers[0]!, {
    ...NOTHING,
    events: [{ type: "ENTER", blob: 1, dir: "LEFT" }],
  });
  feed();
  told(workers[0]!, {
    ...NOTHING,
    frame: 9,
    tMs: 900,
    events: [{ type: "EXIT", blob: 1, dir: "RIGHT" }],
  });
  assert.equal(pipeline.counts.episodes, 1);
});

Deno.test("Pipeline is over when the last frame of a file was analysed", () => {
  using folder = new TestFolder();
  const { workers, ends, pipeline, feed, clock } = setUp(folder);
  using _ = pipeline;
  pipeline.format(FORMAT);
  attached(workers[0]!);
  feed();
  pipeline.ended();
  assert.deepEqual(ends, [], "a frame is still being looked at");
  told(workers[0]!, NOTHING);
  assert.deepEqual(ends, ["gate"]);
  clock.advance(60_000);
  assert.deepEqual(ends, ["gate"], "once");
});

Deno.test("Pipeline gives a new worker a ring that is there", () => {
  using folder = new TestFolder();
  const { workers, pipeline, clock } = setUp(folder);
  using _ = pipeline;
  pipeline.format(FORMAT);
  Deno.removeSync(folder.file("gate"), { recursive: true });
  workers[0]!.dispatchEvent(new ErrorEvent("error", { cancelable: true }));
  clock.advance(1_000);
  const attach = workers[1]?.heard.at(-1);
  assert.ok(attach?.kind === "attach");
  assert.equal(Deno.statSync(attach.attachment.ringPath).isFile, true);
});

Deno.test("Pipeline without memory for frames is not taken for one that hangs", () => {
  using folder = new TestFolder();
  const { pipeline, clock, feed } = setUp(folder);
  using _ = pipeline;
  Deno.writeTextFileSync(folder.file("gate"), "stands where its folder should");
  pipeline.format(FORMAT);
  for (let second = 0; second < 90; second++) {
    clock.advance(1_000);
    feed();
  }
  assert.equal(pipeline.counts.framesLost, 90);
  assert.equal(pipeline.unanalysedMs, 0);
});

Deno.test("Pipeline drops frames of another size and frames without a time, and counts them", () => {
  using folder = new TestFolder();
  const { workers, pipeline, clock } = setUp(folder);
  using _ = pipeline;
  const stamp = { ptsUs: 0, arrivalMs: 0, utcMs: clock.utcMs(), doubtful: false };
  pipeline.frame(PIXELS, stamp);
  assert.equal(pipeline.counts.framesBad.size, 1, "before a size is known");
  pipeline.format(FORMAT);
  attached(workers[0]!);
  const heard = workers[0]!.heard.length;
  pipeline.frame(PIXELS.subarray(1), stamp);
  pipeline.frame(new Uint8Array(PIXELS.length + 1), stamp);
  pipeline.frame(PIXELS, { ...stamp, ptsUs: NaN });
  pipeline.frame(PIXELS, { ...stamp, ptsUs: 0.5 });
  pipeline.frame(PIXELS, { ...stamp, ptsUs: 2 ** 60 });
  pipeline.frame(PIXELS, { ...stamp, utcMs: Infinity });
  pipeline.frame(PIXELS, { ...stamp, arrivalMs: NaN });
  const { size, no_time } = pipeline.counts.framesBad;
  assert.deepEqual([size, no_time], [3, 5]);
  assert.equal(workers[0]!.heard.length, heard, "nobody is woken for them");
  pipeline.frame(PIXELS, stamp);
  assert.equal(workers[0]!.last()?.kind, "wake");
});

Deno.test("Pipeline counts what its worker says of frames and of what is kept", () => {
  using folder = new TestFolder();
  const { workers, pipeline, feed } = setUp(folder);
  using _ = pipeline;
  pipeline.format(FORMAT);
  attached(workers[0]!);
  const faults = { size: 0, repeated: 1, back: 2, leap: 3, held: 4, damaged: 5 };
  const replies = [
    { faults, keeping: { bytes: 1_000, costMs: 2 } },
    { faults, keeping: { failed: "no room" } },
  ];
  for (const reply of replies) {
    feed();
    told(workers[0]!, NOTHING, reply);
  }
  const { framesBad, modelsKept, modelsNotKept, modelBytes } = pipeline.counts;
  assert.deepEqual(framesBad, {
    ...{ size: 0, repeated: 2, back: 4, leap: 6, held: 8, damaged: 10, no_time: 0 },
  });
  assert.deepEqual([modelsKept, modelsNotKept, modelBytes], [1, 1, 1_000]);
});

Deno.test("Pipeline gives a new worker a whole ring where the old one was cut", () => {
  using folder = new TestFolder();
  const { workers, pipeline, clock } = setUp(folder);
  using _ = pipeline;
  pipeline.format(FORMAT);
  const { ringPath, generation } = attachmentOf(workers[0]!);
  Deno.truncateSync(ringPath, 4_096);
  const words = "its ring was cut";
  workers[0]!.say({ kind: "failed", at: "frames", camera: "gate", generation, words });
  clock.advance(1_000);
  const worker = workers.at(-1)!;
  assert.notEqual(attachmentOf(worker).ringPath, ringPath);
  assert.equal(Deno.statSync(attachmentOf(worker).ringPath).size > 4_096, true);
});
