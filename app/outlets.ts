/**
 * Where everything goes that cameras say: page, words, memory of events, session page,
 * alerts. Hands on; each of them bounds itself and none waits.
 * @module
 */
import type { AlertBoard } from "../base/alerts.ts";
import type { ClassDesk } from "../classes/class_desk.ts";
import type { Clock } from "../base/clock.ts";
import type { Fault } from "../base/fault.ts";
import { logFor } from "../base/log.ts";
import { VERSION } from "../base/version.ts";
import type { Settings } from "../config/schema.ts";
import {
  CAMERA_ALERT_CODES,
  cameraAlertChange,
  MAIN_STREAM_CODE,
  mainStreamAlert,
} from "../server/camera_alerts.ts";
import { DoubtAlarm } from "../server/doubt_alarm.ts";
import type { EventMemory } from "../server/event_memory.ts";
import type { LiveServer } from "../server/http_server.ts";
import { StillEncoder, type WholeFrame } from "../server/still_encoder.ts";
import type { UnreportedMemory } from "../server/unreported.ts";
import { VIEWER_FOLDER } from "../server/viewer_files.ts";
import { openSessionRecorder, type SessionRecorder } from "../store/session_recorder.ts";
import type { Outlet } from "./pipeline.ts";
import type { Words } from "./words.ts";

export interface OutletParts {
  readonly clock: Clock;
  readonly alerts: AlertBoard;
  readonly server: Pick<LiveServer, "publish">;
  readonly events: EventMemory;
  readonly unreported: UnreportedMemory;
  readonly words: Words | undefined;
  readonly classes: ClassDesk | undefined;
  readonly recorder: SessionRecorder | undefined;
  ended(fault: Fault | undefined): void;
}

/** One outlet that hands on to all of them. Its calls do not block. */
export function makeOutlet(parts: OutletParts): Outlet {
  const { clock, alerts, server, events, unreported, words, classes, recorder } = parts;
  const doubts = new DoubtAlarm({ clock, alerts });
  return {
    observed: (camera, observation) => {
      doubts.frame(camera);
      server.publish({ type: "frame", camera, ...observation });
      const utcMs = clock.utcMs();
      events.observed({ camera, utcMs, observation });
      unreported.observed({ camera, utcMs }, observation);
      classes?.observed(camera, observation);
      words?.observed(camera, observation);
      recorder?.observed(camera, observation);
    },
    episode: (camera, change) => {
      unreported.changed({ camera, utcMs: clock.utcMs() }, change);
      classes?.changed(camera, change);
      words?.changed(camera, change);
    },
    clockWasSet: (camera, stepMs) => words?.clockWasSet(camera, stepMs),
    changed: (view) => {
      server.publish({ type: "state", ...view });
      if (view.header) recorder?.header(view.camera, view.header);
      const { raise, clear } = cameraAlertChange(view);
      for (const code of clear) alerts.clear(code, view.camera);
      if (raise) alerts.raise(raise);
      doubts.changed(view);
      const main = mainStreamAlert(view);
      if (main) alerts.raise(main);
      else alerts.clear(MAIN_STREAM_CODE, view.camera);
    },
    unusable: (view) => {
      server.publish({ type: "state", ...view });
      doubts.forget(view.camera);
      for (const code of [...CAMERA_ALERT_CODES, MAIN_STREAM_CODE]) {
        alerts.clear(code, view.camera);
      }
    },
    ended: (_camera, fault) => parts.ended(fault),
  };
}

export interface RecorderParts {
  readonly clock: Clock;
  readonly alerts: AlertBoard;
  newestFrame(camera: string): WholeFrame | undefined;
}

/** The page of this session, when one is asked for. @throws Fault when it cannot be written */
export async function openRecorder(
  settings: Settings,
  { clock, alerts, newestFrame }: RecorderParts,
): Promise<SessionRecorder | undefined> {
  const file = settings.export.html;
  if (file === undefined) return undefined;
  const stills = new StillEncoder({ clock, newestFrame, board: alerts });
  return await openSessionRecorder({
    clock,
    log: logFor("export"),
    alerts,
    file,
    still: async (camera) => {
      const still = await stills.latest(camera);
      return still && { jpeg: still.jpeg, ptsUs: still.stamp.ptsUs };
    },
    version: VERSION,
    viewerFolder: VIEWER_FOLDER,
  });
}
