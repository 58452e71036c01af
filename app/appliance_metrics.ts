/**
 * What `/metrics` says of the whole appliance, each number read where it is kept.
 * @module
 */
import { givesPictures } from "../analysis/dsl/camera_state.ts";
import type { AlertBoard } from "../base/alerts.ts";
import type { Metrics, Sample } from "../base/metrics.ts";
import { addProcessMetrics } from "../base/process_metrics.ts";
import type { WorkerPool } from "../analysis/worker_pool.ts";
import type { SourceCounts, StreamFigures } from "../capture/source.ts";
import type { LiveServer } from "../server/http_server.ts";
import type { UnreportedMemory } from "../server/unreported.ts";
import type { CameraLine } from "./cameras.ts";
import type { PipelineCounts } from "./pipeline_counts.ts";
import type { Classes } from "./classes.ts";
import type { Words } from "./words.ts";

/** Where the numbers are. */
export interface Measured {
  lines(): readonly CameraLine[];
  readonly pool: WorkerPool;
  readonly server: LiveServer;
  readonly alerts: AlertBoard;
  /** Undefined when words are left out. */
  readonly words: Words | undefined;
  /** Undefined where nobody tells what moves. */
  readonly classes: Classes | undefined;
  readonly unreported: UnreportedMemory;
}

/**
 * Registers every metric of the appliance; each reads its number when somebody asks.
 */
export function addMetrics(metrics: Metrics, of: Measured): void {
  addProcessMetrics(metrics);
  addCaptureMetrics(metrics, of);
  addStreamMetrics(metrics, of);
  addAnalysisMetrics(metrics, of);
  addServerMetrics(metrics, of);
  addWordsMetrics(metrics, of.words);
  addClassMetrics(metrics, of.classes);
}

/** One sample per camera, without those of which `read` knows nothing. */
function perCamera(
  of: Measured,
  read: (line: CameraLine) => number | undefined,
): () => readonly Sample[] {
  return () =>
    of.lines().flatMap((line) => {
      const value = read(line);
      return value === undefined ? [] : [{ labels: { camera: line.camera }, value }];
    });
}

function addCaptureMetrics(metrics: Metrics, of: Measured): void {
  const count = (
    name: string,
    help: string,
    read: (counts: SourceCounts) => number,
  ) =>
    metrics.counter({
      name: `streamware_${name}_total`,
      help,
      read: perCamera(of, ({ source }) => read(source.counts)),
    });
  count("frames", "Frames decoded for analysis.", (c) => c.framesTotal);
  count("frames_dropped", "Frames lost before the ring.", (c) => c.framesDropped);
  count("packets", "Compressed packets taken.", (c) => c.packetsTotal);
  count("received_bytes", "Compressed bytes taken.", (c) => c.bytesTotal);
  count("reconnects", "Camera sessions opened again.", (c) => c.reconnects);
  count("decoder_restarts", "Decoders started anew.", (c) => c.decoderRestarts);
  count("decoder_errors", "Complaints of the decoder.", (c) => c.decoderErrors);
  metrics.gauge({
    name: "streamware_camera_up",
    help: "1 while the camera gives new pictures.",
    read: perCamera(
      of,
      ({ pipeline }) => givesPictures(pipeline.view.state.state) ? 1 : 0,
    ),
  });
  metrics.gauge({
    name: "streamware_keyframes_only",
    help:
      "1 while only keyframes of the camera are decoded; absent where there is no choice.",
    read: perCamera(
      of,
      ({ source: { ladder } }) => ladder && (ladder.now.rung === "keys" ? 1 : 0),
    ),
  });
  metrics.gauge({
    name: "streamware_coded_bytes",
    help: "What is kept in memory as the camera sent it.",
    read: perCamera(of, ({ source }) => source.coded?.ring.bytes),
  });
  metrics.gauge({
    name: "streamware_frame_age_seconds",
    help: "Age of the newest frame.",
    read: perCamera(
      of,
      ({ pipeline: { frameAgeMs } }) =>
        frameAgeMs === undefined ? undefined : frameAgeMs / 1_000,
    ),
  });
}

/** What a stream's own times tell; only of cameras whose coded pictures we see. */
function addStreamMetrics(metrics: Metrics, of: Measured): void {
  const read = (figure: (figures: StreamFigures) => number | undefined) =>
    perCamera(of, ({ source: { health } }) => health && figure(health));
  metrics.counter({
    name: "streamware_pictures_missing_total",
    help: "Pictures that did not come, by the gaps in their times.",
    read: read((figures) => figures.picturesMissing),
  });
  metrics.gauge({
    name: "streamware_loss_percent",
    help: "Part of the pictures of the last five minutes that did not come.",
    read: read((figures) => figures.lossPercent),
  });
  metrics.gauge({
    name: "streamware_camera_clock_drift_ppm",
    help: "Millionths by which the camera's clock is faster than ours.",
    read: read((figures) => figures.clockDriftPpm),
  });
  metrics.counter({
    name: "streamware_camera_clock_leaps_total",
    help: "How often the camera's clock was set while it was watched.",
    read: read((figures) => figures.clockLeaps),
  });
}

function addAnalysisMetrics(metrics: Metrics, of: Measured): void {
  const count = (
    name: string,
    help: string,
    read: (counts: PipelineCounts) => number,
  ) =>
    metrics.counter({
      name: `streamware_${name}_total`,
      help,
      read: perCamera(of, ({ pipeline }) => read(pipeline.counts)),
    });
  count("frames_lost", "Frames lost for want of memory.", (c) => c.framesLost);
  count("frames_analysed", "Frames analysed.", (c) => c.framesAnalysed);
  count(
    "frames_skipped",
    "Frames the analysis came too late for.",
    (c) => c.framesSkipped,
  );
  count("events", "Motion events.", (c) => c.events);
  count("episodes", "Stays of tracks and in zones that are over.", (c) => c.episodes);
  metrics.counter({
    name: "streamware_unreported_total",
    help: "Stays, and troubles of the whole picture, that were kept quiet, by reason.",
    read: () =>
      of.unreported.counts.map(({ camera, why, n }) => (
        { labels: { camera, why }, value: n }
      )),
  });
  count("workers_replaced", "Analysis workers lost.", (c) => c.workersReplaced);
  count(
    "analysis_seconds",
    "Time spent reading and analysing.",
    (c) => c.analysisSeconds,
  );
  count("delay_seconds", "Time from ring to observation.", (c) => c.delaySeconds);
  count("models_kept", "Snapshots of models written.", (c) => c.modelsKept);
  count(
    "models_not_kept",
    "Snapshots that could not be written.",
    (c) => c.modelsNotKept,
  );
  count("models_restored", "Snapshots gone on with.", (c) => c.modelsRestored);
  count("keeping_seconds", "Time spent on snapshots.", (c) => c.keepingSeconds);
  metrics.counter({
    name: "streamware_frames_bad_total",
    help: "Frames with a fault, by kind; what is done with each is in the manual.",
    read: () =>
      of.lines().flatMap(({ camera, pipeline: { counts } }) =>
        Object.entries(counts.framesBad).map(([kind, value]) => (
          { labels: { camera, kind }, value }
        ))
      ),
  });
  addWorkerMetrics(metrics, of);
}

function addWorkerMetrics(metrics: Metrics, of: Measured): void {
  metrics.gauge({
    name: "streamware_model_bytes",
    help: "Size of the newest snapshot of a model.",
    read: perCamera(of, ({ pipeline }) => pipeline.counts.modelBytes || undefined),
  });
  metrics.gauge({
    name: "streamware_worker",
    help: "1 for the analysis worker in which a camera sits.",
    read: () =>
      of.pool.workers.flatMap(({ number, cameras }) =>
        cameras.map((camera) => (
          { labels: { camera, worker: String(number) }, value: 1 }
        ))
      ),
  });
  metrics.gauge({
    name: "streamware_worker_load",
    help: "Part of a core that the cameras of a worker need, as measured.",
    read: () =>
      of.pool.workers.map(({ number, load }) => (
        { labels: { worker: String(number) }, value: load / 1_000 }
      )),
  });
}

function addServerMetrics(metrics: Metrics, of: Measured): void {
  const sockets = () =>
    Object.entries({
      live: of.server.counts.live,
      video: of.server.counts.video,
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

function addWordsMetrics(metrics: Metrics, words: Words | undefined): void {
  if (!words) return;
  const { counts, speaker, webhook } = words;
  const count = (name: string, help: string, read: () => number) =>
    metrics.counter({ name: `streamware_${name}_total`, help, read });
  count("sentences", "Sentences that were told.", () => counts.told);
  metrics.counter({
    name: "streamware_sentences_quiet_total",
    help: "Sentences of a model that were kept quiet, by reason.",
    read: () =>
      Object.entries(counts.quiet).map(([reason, value]) => (
        { labels: { reason }, value }
      )),
  });
  count("model_questions", "Pictures shown to a model.", () => counts.asked);
  count("model_answers", "Answers that came in time.", () => counts.answered);
  count(
    "model_failures",
    "Questions that a model failed at, or that had no picture.",
    () => counts.failed,
  );
  count("flickers", "Stays too short and still to be told.", () => counts.flickers);
  count("sentences_dropped", "What gave way to a bound.", () => counts.dropped);
  if (speaker) addFates(metrics, { name: "speech", counts: speaker.counts });
  if (webhook) addFates(metrics, { name: "webhook", counts: webhook.counts });
}

function addClassMetrics(metrics: Metrics, classes: Classes | undefined): void {
  if (!classes) return;
  const { desk: { counts }, views } = classes;
  const count = (name: string, help: string, read: () => number) =>
    metrics.counter({ name: `streamware_classes_${name}_total`, help, read });
  count("tracks", "Tracks that were looked at, each time.", () => counts.tracks);
  count("crops", "Pictures shown to the detector.", () => counts.crops);
  count("failures", "Times that the detector's child failed.", () => counts.failures);
  count("dropped", "Tracks for which there was no room.", () => counts.dropped);
  count("spared", "Tracks not looked at to spare the box.", () => counts.spared);
  metrics.counter({
    name: "streamware_classes_small_views_total",
    help: "Small pictures of tracks that were wanted at full size, by what became of it.",
    read: () => fatesOf(views.counts),
  });
}

function addFates(
  metrics: Metrics,
  outlet: { readonly name: string; readonly counts: object },
): void {
  metrics.counter({
    name: `streamware_${outlet.name}_total`,
    help: `Sentences for the ${outlet.name}, by what became of them.`,
    read: () => fatesOf(outlet.counts),
  });
}

function fatesOf(counts: object) {
  return Object.entries(counts).map(([fate, value]) => (
    { labels: { fate }, value: Number(value) }
  ));
}
