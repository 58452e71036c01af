/**
 * What `/metrics` says of the whole appliance, each number read where it is kept.
 * @module
 */
import type { AlertBoard } from "../base/alerts.ts";
import type { Metrics, Sample } from "../base/metrics.ts";
import { addProcessMetrics } from "../base/process_metrics.ts";
import type { FrameSource } from "../capture/source.ts";
import type { LiveServer } from "../server/http_server.ts";
import type { Pipeline } from "./pipeline.ts";

/** Where the numbers are. */
export interface Measured {
  readonly camera: string;
  readonly pipeline: Pipeline;
  readonly source: FrameSource;
  readonly server: LiveServer;
  readonly alerts: AlertBoard;
}

export function addMetrics(metrics: Metrics, of: Measured): void {
  addProcessMetrics(metrics);
  addCaptureMetrics(metrics, of);
  addAnalysisMetrics(metrics, of);
  addServerMetrics(metrics, of);
}

function addCaptureMetrics(metrics: Metrics, of: Measured): void {
  const one = (value: number): readonly Sample[] => [
    { labels: { camera: of.camera }, value },
  ];
  const count = (name: string, help: string, read: () => number) =>
    metrics.counter({
      name: `streamware_${name}_total`,
      help,
      read: () => one(read()),
    });
  const counts = () => of.source.counts;
  count("frames", "Frames decoded for analysis.", () => counts().framesTotal);
  count("frames_dropped", "Frames lost before the ring.", () => counts().framesDropped);
  count("packets", "Compressed packets taken.", () => counts().packetsTotal);
  count("received_bytes", "Compressed bytes taken.", () => counts().bytesTotal);
  count("reconnects", "Camera sessions opened again.", () => counts().reconnects);
  count("decoder_restarts", "Decoders started anew.", () => counts().decoderRestarts);
  count("decoder_errors", "Complaints of the decoder.", () => counts().decoderErrors);
  metrics.gauge({
    name: "streamware_camera_up",
    help: "1 while the camera gives new pictures.",
    read: () => one(of.pipeline.view.state.state === "online" ? 1 : 0),
  });
  metrics.gauge({
    name: "streamware_frame_age_seconds",
    help: "Age of the newest frame.",
    read: () => {
      const ageMs = of.pipeline.frameAgeMs;
      return ageMs === undefined ? undefined : one(ageMs / 1_000);
    },
  });
}

function addAnalysisMetrics(metrics: Metrics, of: Measured): void {
  const { counts } = of.pipeline;
  const count = (name: string, help: string, read: () => number) =>
    metrics.counter({
      name: `streamware_${name}_total`,
      help,
      read: () => [{ labels: { camera: of.camera }, value: read() }],
    });
  count("frames_lost", "Frames lost for want of memory.", () => counts.framesLost);
  count("frames_analysed", "Frames analysed.", () => counts.framesAnalysed);
  count(
    "frames_skipped",
    "Frames the analysis came too late for.",
    () => counts.framesSkipped,
  );
  count("events", "Motion events.", () => counts.events);
  count(
    "episodes",
    "Stays of tracks in the picture that are over.",
    () => counts.episodes,
  );
  count("workers_replaced", "Analysis workers lost.", () => counts.workersReplaced);
  count(
    "analysis_seconds",
    "Time spent reading and analysing.",
    () => counts.analysisSeconds,
  );
  count("delay_seconds", "Time from ring to observation.", () => counts.delaySeconds);
}

function addServerMetrics(metrics: Metrics, of: Measured): void {
  const sockets = () =>
    Object.entries({
      live: of.server.counts.live,
      original: of.server.counts.original,
    }).flatMap(([socket, counts]) => counts ? [{ socket, counts }] : []);
  metrics.gauge({
    name: "streamware_viewers",
    help: "Clients connected.",
    read: () =>
      sockets().map(({ socket, counts }) => (
        { labels: { socket }, value: counts.clients }
      )),
  });
  metrics.counter({
    name: "streamware_viewer_messages_dropped_total",
    help: "Messages dropped for clients that were too slow.",
    read: () =>
      sockets().map(({ socket, counts }) => (
        { labels: { socket }, value: counts.dropped }
      )),
  });
  metrics.counter({
    name: "streamware_requests_refused_total",
    help: "Requests turned away by the access rules.",
    read: () => of.server.counts.refused,
  });
  metrics.counter({
    name: "streamware_stills_total",
    help: "Stills encoded.",
    read: () => of.server.counts.stillsEncoded,
  });
  metrics.gauge({
    name: "streamware_alerts",
    help: "Alerts that stand now.",
    read: () => of.alerts.list().length,
  });
}
