/**
 * What a camera's line has counted since the start, for metrics. Numbers only; who reads
 * them is `appliance_metrics.ts`.
 * @module
 */
import {
  type Beginning,
  FRAME_FAULTS,
  type FrameFault,
  type FromWorkerFrame,
} from "../analysis/worker_protocol.ts";

/** `no_time`: a frame whose stamp is no time. It is dropped, as is one of another size. */
export type BadFrame = FrameFault | "no_time";

export class PipelineCounts {
  /** For want of memory. */
  framesLost = 0;
  framesAnalysed = 0;
  framesSkipped = 0;
  events = 0;
  episodes = 0;
  workersReplaced = 0;
  /** Sum of reading and analysing, seconds. */
  analysisSeconds = 0;
  /** From frame in the ring to observation on the main thread, seconds, sum. */
  delaySeconds = 0;
  /** Snapshots that were kept, that could not be, and that were gone on with. */
  modelsKept = 0;
  modelsNotKept = 0;
  modelsRestored = 0;
  /** Of the newest snapshot. */
  modelBytes = 0;
  /** Time spent making and writing snapshots, seconds. */
  keepingSeconds = 0;
  readonly framesBad: Record<BadFrame, number> = {
    ...{ size: 0, repeated: 0, back: 0, leap: 0, held: 0, damaged: 0, no_time: 0 },
  };

  /** @param delayMs from the frame in the ring to here */
  observed(frame: FromWorkerFrame, delayMs: number): void {
    const { observation, costMs, faults, keeping } = frame;
    this.framesAnalysed++;
    this.framesSkipped += observation.skipped;
    this.events += observation.events.length;
    this.analysisSeconds += costMs / 1_000;
    this.delaySeconds += Math.max(0, delayMs) / 1_000;
    for (const fault of faults ? FRAME_FAULTS : []) {
      this.framesBad[fault] += faults![fault];
    }
    if (!keeping) return;
    if ("failed" in keeping) {
      this.modelsNotKept++;
      return;
    }
    this.modelsKept++;
    this.modelBytes = keeping.bytes;
    this.keepingSeconds += keeping.costMs / 1_000;
  }

  began(began: Beginning): void {
    if (began.kind === "restored") this.modelsRestored++;
  }
}
