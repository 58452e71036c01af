/**
 * The real analysis worker with a fault planted: asked for the picture of track
 * `TRIGGER` it hangs, throws, throws in an analyser or answers that camera no more, as
 * the worker's name asks.
 * @module
 */
/// <reference lib="deno.worker" />
import type { ToWorker } from "../../analysis/worker_protocol.ts";

/** No track has this id. */
const TRIGGER = 666;
let silent: string | undefined;

self.addEventListener("message", (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  if (message.kind === "attach") return;
  if (message.camera === silent) return event.stopImmediatePropagation();
  if (message.kind !== "picture" || message.track !== TRIGGER) return;
  if (self.name === "hangs") { for (;;); }
  if (self.name === "throws") throw new RangeError("planted");
  silent = message.camera;
  event.stopImmediatePropagation();
});

// Only now, so that the fault hears each message first.
await import("../../analysis/worker.ts");
