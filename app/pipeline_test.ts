import assert from "node:assert/strict";
import { NO_PLACES } from "../analysis/place_stage.ts";
import type { Observation } from "../analysis/dsl/observation.ts";
import { AlertBoard } from "../base/alerts.ts";
import { silentLog } from "../base/log.ts";
import { frameBytes } from "../capture/frame/frame.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import {
  attached,
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
  const pipeline = new Pipeline({
    camera: "gate",
    fps: 10,
    slots: 2,
    folder: folder.file("gate"),
    places: NO_PLACES,
    pictures: false,
  }, {
    clock,
    log: silentLog,
    alerts,
    outlet: {
      observed: (_camera, observation) => void seen.push(observation),
      changed: () => {},
      episode: () => {},
      clockWasSet: () => {},
      ended: (camera) => void ends.push(camera),
    },
    pool,
  });
  const feed = () => {
    const arrivalMs = clock.monotonicMs();
    pipeline.frame(PIXELS, { ptsUs: 0, arrivalMs, utcMs: 0, doubtful: false });
  };
  return { clock, workers, seen, ends, pipeline, feed };
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
