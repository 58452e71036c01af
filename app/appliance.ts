/**
 * The wiring: opens everything in order, closes it in reverse, on success, on
 * failure half way and on a signal. Decides nothing else.
 * @module
 */
import { AlertBoard } from "../base/alerts.ts";
import type { Clock } from "../base/clock.ts";
import type { Fault } from "../base/fault.ts";
import { logFor } from "../base/log.ts";
import { Metrics } from "../base/metrics.ts";
import type { Settings } from "../config/schema.ts";
import { openInstanceFolder } from "../capture/frame/instance_folder.ts";
import { openSource } from "../capture/open_source.ts";
import { type LiveServer, openServer } from "../server/http_server.ts";
import { addMetrics } from "./appliance_metrics.ts";
import { type Outlet, Pipeline } from "./pipeline.ts";

/** The name of the one camera until the configuration file brings more. */
const CAMERA = "main";
/** Frame rings stand in a folder of this name, so that two programs never meet. */
const INSTANCE = `run-${Deno.pid}`;

export interface Appliance extends AsyncDisposable {
  readonly url: string;
  readonly socketUrl: string;
  /** Undefined when off or when another program has the port. */
  readonly originalUrl: string | undefined;
  /**
   * Resolves when a file or scene is over, with the fault that broke it off; never
   * for a camera.
   */
  readonly ended: Promise<Fault | undefined>;
}

/** Opens the whole appliance. Nothing is left open when it throws. */
export async function openAppliance(
  settings: Settings,
  { clock }: { readonly clock: Clock },
): Promise<Appliance> {
  await using opened = new AsyncDisposableStack();
  const over = Promise.withResolvers<Fault | undefined>();
  const alerts = new AlertBoard(clock);
  const metrics = new Metrics(logFor("metrics"));
  const pipelines = new Map<string, Pipeline>();
  const folder = opened.use(
    await openInstanceFolder({ parent: settings.memory.folder, instance: INSTANCE }),
  );
  const server = opened.use(
    await openServer({
      clock,
      log: logFor("server"),
      settings: settings.server,
      cameras: () => [...pipelines.values()].map(({ view }) => view),
      alerts: () => alerts.list(),
      raise: (alert) => alerts.raise(alert),
      frameAgesMs: () => agesOf(pipelines),
      newestFrame: (camera) => pipelines.get(camera)?.newestFrame,
      metrics: () => metrics.text(),
    }),
  );
  alerts.tell((list) => server.publish({ type: "alerts", alerts: list }));
  const outlet: Outlet = {
    observed: (camera, observation) =>
      server.publish({ type: "frame", camera, ...observation }),
    changed: (view) => server.publish({ type: "state", ...view }),
    ended: (_camera, fault) => over.resolve(fault),
  };
  const camera = settings.cameras[CAMERA]!;
  const pipeline = opened.use(
    new Pipeline({
      camera: CAMERA,
      fps: camera.fps,
      slots: settings.memory.slots,
      folder: folder.cameraFolder(CAMERA),
    }, { clock, log: logFor("pipeline"), alerts, outlet }),
  );
  pipelines.set(CAMERA, pipeline);
  const parts = { clock, log: logFor("capture"), chance: Math.random };
  const options = { camera: CAMERA, ...camera };
  const source = opened.use(await openSource(options, pipeline, parts));
  addMetrics(metrics, { camera: CAMERA, pipeline, source, server, alerts });
  return applianceOf(server, over.promise, opened.move());
}

function agesOf(pipelines: ReadonlyMap<string, Pipeline>): Record<string, number> {
  const ages: Record<string, number> = {};
  for (const [camera, { frameAgeMs }] of pipelines) {
    if (frameAgeMs !== undefined) ages[camera] = Math.round(frameAgeMs);
  }
  return ages;
}

function applianceOf(
  server: LiveServer,
  ended: Promise<Fault | undefined>,
  opened: AsyncDisposableStack,
): Appliance {
  const { port, originalPort } = server;
  return {
    url: `http://localhost:${port}/`,
    socketUrl: `ws://localhost:${port}/ws`,
    originalUrl: originalPort === undefined
      ? undefined
      : `ws://localhost:${originalPort}/`,
    ended,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
