/**
 * A real analysis worker that hangs, throws or falls silent: it is replaced, the
 * page is told, frames and ids go on.
 * @module
 */
import assert from "node:assert/strict";
import { NO_PLACES } from "../../analysis/place_stage.ts";
import { startAnalysisWorker } from "../../analysis/worker_host.ts";
import type { Observation } from "../../analysis/dsl/observation.ts";
import { Pipeline } from "../../app/pipeline.ts";
import { type Alert, AlertBoard } from "../../base/alerts.ts";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { frameBytes } from "../../capture/frame/frame.ts";
import { TestFolder } from "../support/clips.ts";
import { eventually } from "../support/program.ts";

const FORMAT = { width: 64, height: 48 };
const FRAME_MS = 50;

/** Feeds a grey frame every 50 ms while `work` runs. */
async function whileFed(
  fault: "hangs" | "throws" | "falls silent",
  work: (
    seen: { readonly observations: Observation[]; readonly alerts: Alert[] },
  ) => Promise<void>,
): Promise<void> {
  using folder = new TestFolder();
  const seen = { observations: [] as Observation[], alerts: [] as Alert[] };
  const alerts = new AlertBoard(systemClock);
  alerts.tell((list) => void seen.alerts.push(...list));
  let started = 0;
  using pipeline = new Pipeline({
    camera: "gate",
    fps: 20,
    slots: 4,
    folder: folder.path,
    places: NO_PLACES,
    pictures: true,
  }, {
    clock: systemClock,
    log: silentLog,
    alerts,
    outlet: {
      observed: (_camera, observation) => void seen.observations.push(observation),
      changed: () => {},
      episode: () => {},
      clockWasSet: () => {},
      ended: () => {},
    },
    startWorker: () => started++ === 0 ? failingWorker(fault) : startAnalysisWorker(),
  });
  pipeline.format(FORMAT);
  const pixels = new Uint8Array(frameBytes(FORMAT)).fill(128);
  let frame = 0;
  using _feeding = systemClock.every(FRAME_MS, () => {
    const arrivalMs = systemClock.monotonicMs();
    const stamp = { ptsUs: frame++ * 50_000, arrivalMs, utcMs: 0, doubtful: false };
    pipeline.frame(pixels, stamp);
  });
  await work(seen);
}

function failingWorker(fault: string): Worker {
  const url = new URL("../support/failing_worker.ts", import.meta.url);
  return new Worker(url, { type: "module", name: fault });
}

for (const fault of ["hangs", "throws", "falls silent"] as const) {
  Deno.test(`an analysis worker that ${fault} is replaced and the page is told`, async () => {
    await whileFed(fault, async ({ observations, alerts }) => {
      await eventually("an alert", () => alerts.length > 0, 12_000);
      const before = observations.length;
      await eventually("new observations", () => observations.length > before + 5);
      assert.equal(alerts[0]?.code, "analysis.replaced");
      assert.equal(alerts[0]?.subject, "gate");
      const frames = observations.map(({ frame }) => frame);
      assert.deepEqual(frames, frames.toSorted((a, b) => a - b), "numbers only grow");
      assert.equal(new Set(frames).size, frames.length, "no frame is told twice");
    });
  });
}
