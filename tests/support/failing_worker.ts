/**
 * The real analysis worker with a fault planted: at its third wake it hangs, throws
 * or never says anything again, as the worker's name asks.
 * @module
 */
/// <reference lib="deno.worker" />
import type { ToWorker } from "../../analysis/worker_protocol.ts";

const wakes: ToWorker[] = [];

self.addEventListener("message", (event: MessageEvent<ToWorker>) => {
  if (event.data.kind !== "wake" || wakes.push(event.data) < 3) return;
  if (self.name === "hangs") { for (;;); }
  if (self.name === "throws") throw new RangeError("planted");
  event.stopImmediatePropagation();
});

// Only now, so that the fault hears each message first.
await import("../../analysis/worker.ts");
