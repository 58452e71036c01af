/**
 * Tells the boot service that we are ready, once, and how the cameras are, when it
 * changes. What is ready and what is alive is decided in `supervision.ts`.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { isReady, statusLine, type Watched } from "./supervision.ts";

/** The part of `ServiceNotifier` that is used. */
export interface Service {
  ready(status: string): void;
  status(text: string): void;
}

export interface ServiceReportParts {
  readonly clock: Clock;
  readonly service: Service;
  cameras(): readonly Watched[];
}

/** Four times a second is soon enough for a start, and costs nothing. */
const PERIOD_MS = 250;

/** Reports until it is disposed. */
export function reportToService(parts: ServiceReportParts): Disposable {
  let told: string | undefined;
  return parts.clock.every(PERIOD_MS, () => {
    const cameras = parts.cameras();
    const line = statusLine(cameras);
    if (told === undefined) {
      if (!isReady(cameras)) return;
      parts.service.ready(line);
    } else if (line !== told) {
      parts.service.status(line);
    }
    told = line;
  });
}
