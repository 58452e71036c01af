/**
 * Runs in a Web Worker: hands what the main thread says to the cameras' seats, and back
 * what they answer.
 * @module
 */
/// <reference lib="deno.worker" />
import { systemClock } from "../base/clock.ts";
import { uptimeMs } from "../base/uptime.ts";
import { Analyzer } from "./analyzer.ts";
import { kernelsHere } from "./kernels/kernels_here.ts";
import type { ToWorker } from "./worker_protocol.ts";
import { WorkerSeats } from "./worker_seats.ts";

const kernels = kernelsHere();
const seats = new WorkerSeats({
  clock: systemClock,
  upMs: uptimeMs,
  analyser: ({ camera, format, fps, analysis, drawn }, firstTrack) =>
    new Analyzer({
      ...{ camera, format, fps, clock: "utc", kernels, firstTrack },
      ...(analysis ? { settings: analysis } : {}),
      ...(drawn === undefined ? {} : { drawn }),
    }),
});

self.addEventListener("message", (event: MessageEvent<ToWorker>) => {
  const reply = seats.hear(event.data);
  self.postMessage(reply);
  seats.tidy(reply);
});
