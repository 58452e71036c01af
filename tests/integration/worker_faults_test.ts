/**
 * A real analysis worker that hangs, throws or falls silent while it works for two
 * cameras: another one takes over, with the same ids, and who was to blame sits alone.
 */
import assert from "node:assert/strict";
import { NO_PLACES } from "../../analysis/place_stage.ts";
import { startAnalysisWorker } from "../../analysis/worker_pool.ts";
import type { Episode, EpisodeChange } from "../../analysis/dsl/episode.ts";
import type { Observation } from "../../analysis/dsl/observation.ts";
import { Pipeline } from "../../app/pipeline.ts";
import { type Alert, AlertBoard } from "../../base/alerts.ts";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { analysisPool } from "../support/analysis_pool.ts";
import { TestFolder } from "../support/clips.ts";
import { eventually } from "../support/program.ts";
import {
  STANDING,
  standingFrame,
  STANDS_FROM_FRAME,
} from "../support/standing_figure.ts";

const isFull = Deno.env.get("STREAMWARE_FULL") === "1";
const FRAME_MS = 50;
/** No track has this id: `failing_worker.ts` does what it was named for. */
const TRIGGER = 666;

interface Watched extends Disposable {
  readonly pipeline: Pipeline;
  readonly observations: Observation[];
  readonly opened: Episode[];
}

function failingWorker(fault: string): Worker {
  const url = new URL("../support/failing_worker.ts", import.meta.url);
  return new Worker(url, { type: "module", name: fault });
}

/** A camera that is fed a frame every 50 ms until it is disposed. */
function watch(
  camera: string,
  pool: ReturnType<typeof analysisPool>,
  { alerts, folder }: { readonly alerts: AlertBoard; readonly folder: TestFolder },
): Watched {
  using stack = new DisposableStack();
  const seen = { observations: [] as Observation[], opened: [] as Episode[] };
  const pipeline = stack.use(
    new Pipeline({
      ...{ camera, fps: 20, slots: 4, folder: folder.file(camera), pictures: true },
      places: NO_PLACES,
      memoryPath: folder.file(`${camera}-model`),
    }, {
      ...{ clock: systemClock, log: silentLog, alerts, pool },
      outlet: {
        observed: (_camera, observation) => void seen.observations.push(observation),
        changed: () => {},
        episode: (_camera, change: EpisodeChange) => {
          if (change.kind === "opened") seen.opened.push(change.episode);
        },
        clockWasSet: () => {},
        unusable: () => {},
        ended: () => {},
      },
    }),
  );
  pipeline.format(STANDING);
  let frame = 0;
  stack.use(systemClock.every(FRAME_MS, () => {
    const arrivalMs = systemClock.monotonicMs();
    const stamp = {
      ptsUs: frame * FRAME_MS * 1_000,
      arrivalMs,
      utcMs: systemClock.utcMs(),
    };
    pipeline.frame(standingFrame(frame++), { ...stamp, doubtful: false });
  }));
  const owned = stack.move();
  return { ...seen, pipeline, [Symbol.dispose]: () => owned.dispose() };
}

function idsOf(observations: readonly Observation[]): number[] {
  return [...new Set(observations.flatMap(({ blobs }) => blobs.map(({ id }) => id)))];
}

for (const fault of ["hangs", "throws", "falls silent"] as const) {
  const name =
    `a worker of two cameras ${fault}: both go on with their ids, the guilty one alone`;
  Deno.test({ name, ignore: fault !== "hangs" && !isFull }, async () => {
    using folder = new TestFolder();
    const alerts = new AlertBoard(systemClock);
    const told: Alert[] = [];
    alerts.tell((list) => void told.push(...list));
    let started = 0;
    using pool = analysisPool(
      systemClock,
      () => started++ === 0 ? failingWorker(fault) : startAnalysisWorker(),
    );
    using gate = watch("gate", pool, { alerts, folder });
    using yard = watch("yard", pool, { alerts, folder });
    const both = [gate, yard];
    await eventually(
      "both are kept, with somebody standing",
      () =>
        both.every(({ pipeline, observations }) =>
          pipeline.counts.modelsKept > 0 &&
          observations.length > STANDS_FROM_FRAME + 60 &&
          observations.at(-1)!.blobs.length === 1
        ),
      30_000,
    );
    assert.deepEqual(pool.workers.map(({ cameras }) => cameras), [["gate", "yard"]]);
    const ids = both.map(({ observations }) => idsOf(observations.slice(-20)));
    const before = both.map(({ observations }) => observations.length);
    const opened = both.map((camera) => camera.opened.length);
    void gate.pipeline.pictureOf(TRIGGER);
    await eventually("an alert", () => told.length > 0, 12_000);
    await eventually(
      "both go on",
      () =>
        both.every(({ pipeline, observations }, at) =>
          pipeline.counts.modelsRestored === 1 && observations.length > before[at]! + 20
        ),
      10_000,
    );
    assert.deepEqual([told[0]?.code, told[0]?.subject], ["analysis.replaced", "gate"]);
    assert.equal(told.some(({ subject }) => subject === "yard"), false);
    assert.deepEqual(
      pool.workers.map(({ cameras }) => cameras).toSorted(),
      [["gate"], ["yard"]],
      "the guilty one alone",
    );
    for (const [at, { observations, opened: all }] of both.entries()) {
      const frames = observations.map(({ frame }) => frame);
      assert.deepEqual(frames, frames.toSorted((a, b) => a - b), "numbers only grow");
      assert.equal(new Set(frames).size, frames.length, "no frame is told twice");
      const since = observations.slice(before[at]! + 1);
      assert.deepEqual(idsOf(since), ids[at], "the same one stands there");
      assert.equal(all.length, opened[at], "no new stay");
    }
  });
}
