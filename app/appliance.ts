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
import { type LiveServer, openServer } from "../server/http_server.ts";
import { addMetrics } from "./appliance_metrics.ts";
import { Cameras } from "./cameras.ts";
import type { Outlet } from "./pipeline.ts";

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
  const alerts = new AlertBoard(clock);
  const metrics = new Metrics(logFor("metrics"));
  const cameras = new Cameras();
  const folder = opened.use(
    await openInstanceFolder({ parent: settings.memory.folder, instance: INSTANCE }),
  );
  const server = opened.use(
    await openServer({
      clock,
      log: logFor("server"),
      settings: settings.server,
      cameras: () => cameras.lines.map(({ pipeline }) => pipeline.view),
      alerts: () => alerts.list(),
      raise: (alert) => alerts.raise(alert),
      frameAgesMs: () => agesOf(cameras),
      newestFrame: (camera) => cameras.get(camera)?.pipeline.newestFrame,
      metrics: () => metrics.text(),
    }),
  );
  alerts.tell((list) => server.publish({ type: "alerts", alerts: list }));
  const outlet: Outlet = {
    observed: (camera, observation) =>
      server.publish({ type: "frame", camera, ...observation }),
    changed: (view) => server.publish({ type: "state", ...view }),
    episode: () => {},
    ended: (_camera, fault) => cameras.hearEnd(fault),
  };
  opened.use(cameras);
  await cameras.open(settings, { clock, alerts, outlet, folder, pictures: false });
  addMetrics(metrics, { lines: () => cameras.lines, server, alerts });
  return applianceOf(server, cameras.ended, opened.move());
}

function agesOf(cameras: Cameras): Record<string, number> {
  const ages: Record<string, number> = {};
  for (const { camera, pipeline: { frameAgeMs } } of cameras.lines) {
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
