/**
 * A server with a made-up camera: a grey yard that two things cross, drawn so that the
 * boxes can be checked against the picture. It serves the page as its sources are now.
 * For tests of the page; nothing is analysed.
 * @module
 */
import { type ServerSettings, serverSettings } from "../../config/schema.ts";
import type { Alert } from "../../base/alerts.ts";
import { systemClock } from "../../base/clock.ts";
import { frameBytes, type FrameFormat } from "../../capture/frame/frame.ts";
import type { EpisodeChange } from "../../analysis/dsl/episode.ts";
import { fixed } from "../../analysis/dsl/fixed.ts";
import type {
  Blob,
  Cause,
  MotionEvent,
  Observation,
  Track,
} from "../../analysis/dsl/observation.ts";
import type { Narration } from "../../llm/narration.ts";
import { type LiveServer, openServer } from "../../server/http_server.ts";
import type { HeatCells } from "../../server/heat_memory.ts";
import { UnreportedMemory } from "../../server/unreported.ts";
import type { CameraView } from "../../server/live_protocol.ts";
import type { Protection } from "../../server/protection.ts";
import type { WholeFrame } from "../../server/still_encoder.ts";
import { buildViewer } from "../../scripts/build_viewer.ts";
import { GATE, observation, serverParts } from "./server_parts.ts";

const FORMAT: FrameFormat = { width: 640, height: 360 };
export const FAKE_FPS = 10;

/** A feed that can be run, stopped as a camera that dies, and spoken through. */
export interface FakeFeed extends AsyncDisposable {
  readonly server: LiveServer;
  readonly url: string;
  /** Publishes one frame, 1/10 s after the one before. */
  frame(events?: readonly MotionEvent[], changes?: FrameChanges): void;
  /** Publishes frames at their rate until disposed. */
  run(): Disposable;
  say(view: CameraView): void;
  alert(alerts: readonly Alert[]): void;
  /** @param picture a JPEG, for a narration with `hasPicture` */
  /** A stay began or ended. */
  episode(change: EpisodeChange): void;
  tell(narration: Narration, picture?: Uint8Array<ArrayBuffer>): void;
}

/** What else is in a frame; `suppressed` by blob. */
export interface FrameChanges
  extends Partial<Pick<Observation, "causes" | "classes" | "states">> {
  readonly suppressed?: Readonly<Record<number, Cause>>;
}

export interface FakeFeedOptions {
  /** 0 takes a free one. */
  readonly port?: number;
  readonly views?: readonly CameraView[];
  /** With it one has to log in. */
  readonly protection?: Protection;
  /** `server.names`. */
  readonly names?: readonly string[];
  /** Narrations will come. */
  readonly words?: boolean;
  /** How restless its picture is. */
  readonly heat?: HeatCells;
}

export async function openFakeFeed(options: FakeFeedOptions = {}): Promise<FakeFeed> {
  let views: readonly CameraView[] = options.views ?? [GATE];
  let alerts: readonly Alert[] = [];
  let count = 0;
  let newest: WholeFrame | undefined;
  const camera = views[0]!.camera;
  const viewerFolder = await builtViewer();
  const server = await openServer(serverParts({
    settings: settingsOf(options),
    viewerFolder,
    ...(options.protection ? { protection: options.protection } : {}),
    words: options.words ?? false,
    cameras: () => views,
    alerts: () => alerts,
    frameAgesMs: () =>
      newest
        ? { [camera]: systemClock.monotonicMs() - newest.stamp.arrivalMs }
        : {} as Record<string, number>,
    newestFrame: () => newest,
    heat: () => Promise.resolve(options.heat),
  }));
  const unreported = laneOf(server);
  const startUtcMs = systemClock.utcMs();
  function frame(
    events: readonly MotionEvent[] = [],
    { suppressed = {}, ...changes }: FrameChanges = {},
  ): void {
    count++;
    const blobs = blobsAt(count).map((blob) => quieted(blob, suppressed[blob.id]));
    const ptsUs = count * 1_000_000 / FAKE_FPS;
    newest = frameOf(blobs, ptsUs);
    const seen = observation(count, {
      tMs: startUtcMs + ptsUs / 1_000,
      ptsUs,
      motionPct: fixed(3 + 2 * Math.sin(count / 9), 1),
      regions: blobs.length,
      blobs,
      tracks: blobs.map((blob) => trackOf(blob, count)),
      events,
      ...changes,
    });
    server.publish({ type: "frame", camera, ...seen });
    unreported.observed({ camera, utcMs: systemClock.utcMs() }, seen);
  }
  return {
    server,
    url: server.url,
    frame,
    run: () => systemClock.every(1_000 / FAKE_FPS, () => frame()),
    say(view) {
      views = [view, ...views.slice(1)];
      server.publish({ type: "state", ...view });
    },
    alert(list) {
      alerts = list;
      server.publish({ type: "alerts", alerts: list });
    },
    episode: (change) =>
      unreported.changed({ camera, utcMs: systemClock.utcMs() }, change),
    tell: (narration, picture) =>
      server.tell({ narration, ...(picture ? { picture } : {}) }),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
    },
  };
}

let building: Promise<URL> | undefined;

/** Once for all feeds of a test file: one that comes back is there at once. */
function builtViewer(): Promise<URL> {
  return building ??= (async () => {
    const folder = await Deno.makeTempDir({ prefix: "streamware-page-" });
    const clear = () => Deno.removeSync(folder, { recursive: true });
    globalThis.addEventListener("unload", clear);
    const viewerFolder = new URL(`file://${folder}/`);
    await buildViewer(viewerFolder);
    return viewerFolder;
  })();
}

/** The lane of what is not reported, told to the page as the program does. */
function laneOf(server: LiveServer): UnreportedMemory {
  const unreported = new UnreportedMemory();
  unreported.subscribe((entry) =>
    server.publish({ type: "unreported", unreported: entry })
  );
  return unreported;
}

function quieted(blob: Blob, suppressed: Cause | undefined): Blob {
  return suppressed === undefined ? blob : { ...blob, suppressed };
}

function frameOf(blobs: readonly Blob[], ptsUs: number): WholeFrame {
  const arrivalMs = systemClock.monotonicMs();
  const stamp = { ptsUs, arrivalMs, utcMs: systemClock.utcMs(), doubtful: false };
  return { format: FORMAT, pixels: drawn(blobs), stamp };
}

function settingsOf({ port = 0, names = [] }: FakeFeedOptions): ServerSettings {
  return serverSettings.parse({ port, names, originalPort: -1 });
}

/** One goes to the right, a slower one to the left; both come again and again. */
function blobsAt(count: number): Blob[] {
  return [
    blobOf(1, { x: (count * 0.012) % 1, y: 0.42, w: 0.07, h: 0.3, vx: 0.012 }),
    blobOf(2, { x: 1 - (count * 0.006) % 1, y: 0.7, w: 0.2, h: 0.22, vx: -0.006 }),
  ];
}

function blobOf(
  id: number,
  { x, y, w, h, vx }: Pick<Blob, "x" | "y" | "w" | "h" | "vx">,
): Blob {
  const vxPerS = fixed(vx * FAKE_FPS, 4);
  return { id, x: fixed(x, 3), y, w, h, vx, vy: 0, vxPerS, vyPerS: 0, coast: 0 };
}

function trackOf({ id, vx, vxPerS }: Blob, frames: number): Track {
  const [speed, speedPerS] = [Math.abs(vx), Math.abs(vxPerS)];
  const dist = fixed(frames * speed, 4);
  return { blob: id, frames, dist, speed, speedPerS, moving: true };
}

/** Dark grey, the blobs light: what is on the page can be checked by its brightness. */
function drawn(blobs: readonly Blob[]): Uint8Array {
  const { width, height } = FORMAT;
  const pixels = new Uint8Array(frameBytes(FORMAT)).fill(128);
  pixels.fill(60, 0, width * height);
  for (const blob of blobs) {
    const left = Math.max(0, Math.round((blob.x - blob.w / 2) * width));
    const right = Math.min(width, Math.round((blob.x + blob.w / 2) * width));
    for (
      let y = Math.round((blob.y - blob.h / 2) * height);
      y < (blob.y + blob.h / 2) * height;
      y++
    ) {
      pixels.fill(200, y * width + left, y * width + right);
    }
  }
  return pixels;
}
