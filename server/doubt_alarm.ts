/**
 * The alert of a camera whose pictures are damaged for long. A single lost packet is
 * nothing to wake up for; one that loses some each minute needs its network mended.
 *
 * Runs no timer: it is asked with each frame, and a camera without frames has an alert
 * of its own.
 * @module
 */
import type { AlertBoard } from "../base/alerts.ts";
import type { Clock } from "../base/clock.ts";
import { troubleParts } from "./camera_alerts.ts";
import type { CameraView } from "./live_protocol.ts";

/** A camera that was doubtful for so long altogether is told of, ms. */
const DOUBT_MS = 20_000;
/** Without a doubt for so long it is well, and what was before is forgotten, ms. */
const WELL_MS = 60_000;

export const DOUBTFUL_CODE = "camera.doubtful";

interface Doubt {
  view: CameraView;
  isDoubtful: boolean;
  /** Since when it is as it is. */
  sinceMs: number;
  /** Doubtful altogether before that. */
  beforeMs: number;
  isTold: boolean;
}

export class DoubtAlarm {
  readonly #clock: Clock;
  readonly #alerts: Pick<AlertBoard, "raise" | "clear">;
  /** Cameras that are, or were a moment ago, doubtful. */
  readonly #doubts = new Map<string, Doubt>();

  constructor(
    parts: {
      readonly clock: Clock;
      readonly alerts: Pick<AlertBoard, "raise" | "clear">;
    },
  ) {
    this.#clock = parts.clock;
    this.#alerts = parts.alerts;
  }

  /** Takes each change of a camera's state. */
  changed(view: CameraView): void {
    const nowMs = this.#clock.monotonicMs();
    const { state } = view.state;
    const doubt = this.#doubts.get(view.camera);
    if (state === "offline" || state === "stalled") return this.forget(view.camera);
    if (state === "doubtful") {
      const sinceMs = doubt?.isDoubtful ? doubt.sinceMs : nowMs;
      const { beforeMs, isTold } = doubt ?? { beforeMs: 0, isTold: false };
      const now = { view, isDoubtful: true, sinceMs, beforeMs, isTold };
      this.#doubts.set(view.camera, now);
    } else if (doubt?.isDoubtful) {
      doubt.beforeMs += nowMs - doubt.sinceMs;
      doubt.isDoubtful = false;
      doubt.sinceMs = nowMs;
    }
  }

  /** Cheap; called with each of the camera's frames. */
  frame(camera: string): void {
    const doubt = this.#doubts.get(camera);
    if (!doubt) return;
    const forMs = this.#clock.monotonicMs() - doubt.sinceMs;
    if (!doubt.isDoubtful) {
      if (forMs >= WELL_MS) this.forget(camera);
    } else if (!doubt.isTold && doubt.beforeMs + forMs >= DOUBT_MS) {
      doubt.isTold = true;
      const { words, toDo } = troubleParts(doubt.view.words);
      this.#alerts.raise({
        code: DOUBTFUL_CODE,
        subject: camera,
        severity: "warning",
        words:
          `${words}; damaged pictures are shown, and nothing new is looked for in them`,
        toDo: toDo ?? "streamware doctor",
      });
    }
  }

  /** The camera gives no pictures, or is gone. */
  forget(camera: string): void {
    if (this.#doubts.delete(camera)) this.#alerts.clear(DOUBTFUL_CODE, camera);
  }
}
