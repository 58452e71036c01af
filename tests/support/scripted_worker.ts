/**
 * Stands for an analysis worker in tests of what surrounds it.
 * @module
 */
import assert from "node:assert/strict";
import type { Header, Observation } from "../../analysis/dsl/observation.ts";
import { observation } from "./server_parts.ts";
import { WorkerPool } from "../../analysis/worker_pool.ts";
import type {
  Attachment,
  FromWorker,
  FromWorkerFrame,
  ToWorker,
} from "../../analysis/worker_protocol.ts";
import type { Clock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";

/** Keeps what it was told, says what the test says. Fits where a `Worker` is wanted. */
export class ScriptedWorker extends EventTarget {
  readonly heard: ToWorker[] = [];
  terminated = false;

  postMessage(message: ToWorker): void {
    this.heard.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  say(reply: FromWorker): void {
    this.dispatchEvent(new MessageEvent("message", { data: reply }));
  }

  last(): ToWorker | undefined {
    return this.heard.at(-1);
  }
}

/** The newest attachment of a camera. */
export function attachmentOf(worker: ScriptedWorker, camera = "gate"): Attachment {
  const attach = worker.heard.findLast((message) =>
    message.kind === "attach" && message.attachment.camera === camera
  );
  assert.ok(attach?.kind === "attach");
  return attach.attachment;
}

export function generationOf(worker: ScriptedWorker, camera = "gate"): number {
  return attachmentOf(worker, camera).generation;
}

/** Says that the newest attachment stands. */
export function attached(worker: ScriptedWorker, camera = "gate"): void {
  const generation = generationOf(worker, camera);
  const began = { kind: "fresh", why: "nothing kept" } as const;
  worker.say({ kind: "attached", camera, generation, header: {} as Header, began });
}

/** A pool whose workers are scripted, in the order of their start. */
export function scriptedPool(clock: Clock, sharedMax = 1): {
  readonly pool: WorkerPool;
  readonly workers: readonly ScriptedWorker[];
} {
  const workers: ScriptedWorker[] = [];
  const start = () => {
    const worker = new ScriptedWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  };
  return { pool: new WorkerPool({ clock, log: silentLog, start, sharedMax }), workers };
}

/** A frame in which nothing was seen. */
export const NOTHING: Observation = observation(1, { tMs: 0, ptsUs: 0 });

/** Answers a wake with `observation`. */
export function told(
  worker: ScriptedWorker,
  observation: Observation,
  more: Partial<FromWorkerFrame> & { readonly camera?: string } = {},
): void {
  const { camera = "gate", ...frame } = more;
  worker.say({
    kind: "observed",
    camera,
    generation: generationOf(worker, camera),
    observation,
    ...{ arrivalMs: 0, costMs: 1, nextTrack: 1, ...frame },
  });
}

/** Answers a wake with an empty observation of this frame. */
export function observed(worker: ScriptedWorker, frame: number, nextTrack = 1): void {
  told(worker, { ...NOTHING, frame }, { nextTrack });
}
