/**
 * The real analysis worker with a fault planted: asked for the picture of track
 * `TRIGGER` it hangs, throws or answers that camera no more, as the worker's name asks.
 * @module
 */
/// <reference lib="deno.worker" />
import type { ToWorker } from "../../analysis/worker_protocol.ts";

/** No track has this id. */
const TRIGGER = 666;
let silent: string | undefined;
/** What comes before the real worker listens. */
const early: ToWorker[] = [];
let listens = false;

self.addEventListener("message", (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  if (!listens) {
    early.push(message);
    return;
  }
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
listens = true;
for (const data of early) self.dispatchEvent(new MessageEvent("message", { data }));
