/**
 * Every camera's line: opened one by one, ended together. One that cannot be opened
 * never touches the others. Knows no words and no sockets.
 * @module
 */
import type { AlertBoard } from "../base/alerts.ts";
import type { Clock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { logFor } from "../base/log.ts";
import type { InstanceFolder } from "../capture/frame/instance_folder.ts";
import { openSource } from "../capture/open_source.ts";
import type { FrameSource } from "../capture/source.ts";
import type { CameraSettings, Settings } from "../config/schema.ts";
import type { Zone } from "../analysis/zones.ts";
import type { CameraView } from "../server/live_protocol.ts";
import { type Outlet, Pipeline } from "./pipeline.ts";
import type { Watched } from "./supervision.ts";

/** One camera that runs. */
export interface CameraLine {
  readonly camera: string;
  readonly pipeline: Pipeline;
  readonly source: FrameSource;
}

export interface CamerasParts {
  readonly clock: Clock;
  readonly alerts: AlertBoard;
  readonly outlet: Outlet;
  readonly folder: InstanceFolder;
  /** Whether the best picture of each track is kept. */
  readonly pictures: boolean;
}

export class Cameras implements AsyncDisposable {
  readonly #lines = new Map<string, CameraLine>();
  readonly #opened = new AsyncDisposableStack();
  readonly #over = Promise.withResolvers<Fault | undefined>();
  #fault: Fault | undefined;
  #isWhole = false;

  /**
   * Resolves when every camera is a file or scene and all are over, with the first
   * fault that broke one off.
   */
  get ended(): Promise<Fault | undefined> {
    return this.#over.promise;
  }

  get lines(): readonly CameraLine[] {
    return [...this.#lines.values()];
  }

  get(camera: string): CameraLine | undefined {
    return this.#lines.get(camera);
  }

  views(): readonly CameraView[] {
    return this.lines.map(({ pipeline }) => pipeline.view);
  }

  /** ms since the newest frame of each camera came; without those that had none. */
  agesMs(): Readonly<Record<string, number>> {
    const ages: Record<string, number> = {};
    for (const { camera, pipeline: { frameAgeMs } } of this.lines) {
      if (frameAgeMs !== undefined) ages[camera] = Math.round(frameAgeMs);
    }
    return ages;
  }

  watched(): readonly Watched[] {
    return this.lines.map(({ pipeline: { view, frameAgeMs, unanalysedMs } }) => (
      { view, frameAgeMs, unanalysedMs }
    ));
  }

  /**
   * Opens all of `settings.cameras`. A single camera that cannot be used is a fault; one
   * of several is an alert, and the others go on.
   */
  async open(settings: Settings, parts: CamerasParts): Promise<void> {
    const cameras = Object.entries(settings.cameras);
    for (const [camera, own] of cameras) {
      try {
        await this.#openOne(camera, { own, slots: settings.memory.slots, parts });
      } catch (thrown) {
        if (cameras.length === 1 || !(thrown instanceof Fault)) throw thrown;
        tellUnusable(camera, thrown, parts.alerts);
      }
    }
    if (this.#lines.size === 0) throw noneFault();
    this.#isWhole = true;
    this.#endWhenOver();
  }

  /** A file is over; when all are, all is. */
  hearEnd(fault: Fault | undefined): void {
    this.#fault ??= fault;
    this.#endWhenOver();
  }

  /** A short file may be over before the last camera was opened. */
  #endWhenOver(): void {
    if (this.#isWhole && this.lines.every(({ pipeline }) => pipeline.hasEnded)) {
      this.#over.resolve(this.#fault);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened.disposeAsync();
  }

  async #openOne(camera: string, of: Opening): Promise<void> {
    const { own, slots, parts } = of;
    await using opened = new AsyncDisposableStack();
    const folder = parts.folder.cameraFolder(camera);
    const zones = Object.entries(own.zones).map(zoneOf);
    const options = { camera, fps: own.fps, slots, folder, zones };
    const pipeline = opened.use(
      new Pipeline({ ...options, pictures: parts.pictures }, {
        clock: parts.clock,
        log: logFor("pipeline"),
        alerts: parts.alerts,
        outlet: parts.outlet,
      }),
    );
    const sourceParts = {
      clock: parts.clock,
      log: logFor("capture"),
      chance: Math.random,
    };
    const source = opened.use(
      await openSource({ camera, ...own }, pipeline, sourceParts),
    );
    this.#lines.set(camera, { camera, pipeline, source });
    this.#opened.use(opened.move());
  }
}

interface Opening {
  readonly own: CameraSettings;
  readonly slots: number;
  readonly parts: CamerasParts;
}

function zoneOf([name, { points, judge }]: [
  string,
  CameraSettings["zones"][string],
]): Zone {
  return { name, points: points.map(([x, y]) => ({ x, y })), judge };
}

function tellUnusable(camera: string, fault: Fault, alerts: AlertBoard): void {
  alerts.raise({
    code: "camera.unusable",
    subject: camera,
    severity: "critical",
    words: fault.message,
    toDo: fault.hint ?? "Correct its settings and start again.",
  });
}

function noneFault(): Fault {
  return new Fault("config", "Cannot watch: none of the cameras can be used", {
    hint: "streamware doctor",
  });
}
