/**
 * A pool of real analysis workers, for tests of what surrounds it.
 * @module
 */
import { startAnalysisWorker, WorkerPool } from "../../analysis/worker_pool.ts";
import type { Clock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";

/** One worker for all cameras; `start` when some are to be others. */
export function analysisPool(clock: Clock, start = startAnalysisWorker): WorkerPool {
  return new WorkerPool({ clock, log: silentLog, start, sharedMax: 1 });
}
