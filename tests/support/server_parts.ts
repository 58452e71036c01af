/**
 * Parts for a server in a test: one camera, free ports, a log that says nothing.
 * @module
 */
import { serverSettings } from "../../config/schema.ts";
import type { Alert } from "../../base/alerts.ts";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import type { Observation } from "../../analysis/dsl/observation.ts";
import type { ServerParts } from "../../server/http_server.ts";
import type { CameraView } from "../../server/live_protocol.ts";

export const GATE: CameraView = {
  camera: "gate",
  header: {
    version: 1,
    camera: "gate",
    width: 640,
    height: 360,
    workWidth: 320,
    workHeight: 180,
    fps: 10,
    clock: "utc",
    analyser: "1",
    settings: "0000",
  },
  state: { state: "online", sinceMs: Date.UTC(2026, 0, 1) },
  words: "The camera gives pictures",
};

export function serverParts(changes: Partial<ServerParts> = {}): ServerParts {
  return {
    clock: systemClock,
    log: silentLog,
    settings: serverSettings.parse({ port: 0, originalPort: 0 }),
    cameras: () => [GATE],
    alerts: () => [],
    raise: () => {},
    frameAgesMs: () => ({ gate: 40 }),
    newestFrame: () => undefined,
    metrics: () => "sw_x 1\n",
    ...changes,
  };
}

export const PORT_BUSY: Alert = {
  code: "server.port_busy",
  subject: "8765",
  severity: "warning",
  sinceUtcMs: Date.UTC(2026, 0, 1),
  words: "Port 8765 is taken",
  toDo: "Free it",
};

/** An observation of frame `frame`, empty but for `changes`. */
export function observation(
  frame: number,
  changes: Partial<Observation> = {},
): Observation {
  return {
    frame,
    tMs: Date.UTC(2026, 0, 1) + frame * 100,
    ptsUs: frame * 100_000,
    skipped: 0,
    motionPct: 0,
    regions: 0,
    blobs: [],
    edges: [],
    tracks: [],
    events: [],
    causes: [],
    states: [],
    ...changes,
  };
}
