/**
 * Do a worker and WebAssembly with SIMD run on this processor?
 * @module
 */
import type { Check, CheckContext, Finding } from "./check.ts";

export const check: Check = { name: "worker", timeoutMs: 10_000, run };

const TO_DO = "report it with streamware version --json and the output of lscpu";

async function run({ clock, signal }: CheckContext): Promise<readonly Finding[]> {
  const startedMs = clock.monotonicMs();
  const answer = Promise.withResolvers<number | string>();
  const worker = startWorker();
  const stop = () => answer.resolve("it does not answer");
  signal.addEventListener("abort", stop);
  try {
    worker.onmessage = ({ data }: MessageEvent<number>) => answer.resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      answer.resolve(event.message);
    };
    worker.postMessage([20, 22]);
    const said = await answer.promise;
    const tookMs = Math.round(clock.monotonicMs() - startedMs);
    if (said === 20 * 22) {
      const words = `a worker with WebAssembly SIMD answers right, in ${tookMs} ms`;
      return [{ level: "good", words, facts: { tookMs } }];
    }
    const words = typeof said === "number"
      ? `a worker calculates wrong: 20 x 22 is ${said}`
      : `no worker with WebAssembly SIMD can be run: ${said}`;
    return [{ level: "broken", words, toDo: TO_DO }];
  } finally {
    signal.removeEventListener("abort", stop);
    worker.terminate();
  }
}

/** Starts `cli/checks/simd_worker.ts`, from source or from a bundle. */
function startWorker(): Worker {
  const file = import.meta.url.endsWith(".ts") ? "./simd_worker.ts" : "./simd_worker.js";
  return new Worker(new URL(file, import.meta.url), { type: "module" });
}
