/**
 * Stands for an analysis worker in tests of what surrounds it.
 * @module
 */
import assert from "node:assert/strict";
import type { Header, Observation } from "../../analysis/dsl/observation.ts";
import { observation } from "./server_parts.ts";
import type { FromWorker, ToWorker } from "../../analysis/worker_protocol.ts";

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

export function generationOf(worker: ScriptedWorker): number {
  const attach = worker.heard.findLast((message) => message.kind === "attach");
  assert.ok(attach?.kind === "attach");
  return attach.attachment.generation;
}

/** Says that the newest attachment stands. */
export function attached(worker: ScriptedWorker): void {
  const generation = generationOf(worker);
  worker.say({ kind: "attached", camera: "gate", generation, header: {} as Header });
}

/** A frame in which nothing was seen. */
export const NOTHING: Observation = observation(1, { tMs: 0, ptsUs: 0 });

/** Answers a wake with `observation`. */
export function told(
  worker: ScriptedWorker,
  observation: Observation,
  nextTrack = 1,
): void {
  worker.say({
    kind: "observed",
    camera: "gate",
    generation: generationOf(worker),
    observation,
    arrivalMs: 0,
    costMs: 1,
    nextTrack,
  });
}

/** Answers a wake with an empty observation of this frame. */
export function observed(worker: ScriptedWorker, frame: number, nextTrack = 1): void {
  told(worker, { ...NOTHING, frame }, nextTrack);
}
