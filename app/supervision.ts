/**
 * What the boot service is told of us: when we are ready, in one line how we are, and
 * whether we still do our work. Pure: who tells systemd is `base/service_notify.ts`.
 * @module
 */
import { givesPictures } from "../analysis/dsl/camera_state.ts";
import type { CameraView } from "../server/live_protocol.ts";

/** A camera, as far as it matters here. */
export interface Watched {
  readonly view: CameraView;
  /** ms since its newest frame came; undefined before the first. */
  readonly frameAgeMs: number | undefined;
  /** ms since a frame of it was analysed, or since the start. */
  readonly unanalysedMs: number;
}

/** Frames that come and are not analysed for so long mean that we hang. */
const UNANALYSED_MS_MAX = 60_000;
/** A frame this young means that the camera gives frames. */
const FLOWING_MS = 5_000;

/** Frames flow, or it is known why not: then a start is over. */
export function isReady(cameras: readonly Watched[]): boolean {
  return cameras.every(({ view, frameAgeMs }) =>
    frameAgeMs !== undefined || view.state.state !== "connecting"
  );
}

/**
 * False when every camera that gives frames has none analysed: a program that runs and
 * does nothing is worse than one that is started again.
 */
export function isAlive(cameras: readonly Watched[]): boolean {
  const flowing = cameras.filter(({ frameAgeMs }) =>
    frameAgeMs !== undefined && frameAgeMs < FLOWING_MS
  );
  return flowing.length === 0 ||
    flowing.some(({ unanalysedMs }) => unanalysedMs < UNANALYSED_MS_MAX);
}

/** For `systemctl status`: "2 of 3 cameras online". */
export function statusLine(cameras: readonly Watched[]): string {
  // A dirty lens or a scene that is being learned: its pictures come all the same.
  const online = cameras.filter(({ view }) => givesPictures(view.state.state)).length;
  if (cameras.length === 1) {
    return `Camera ${cameras[0]!.view.camera}: ${cameras[0]!.view.state.state}`;
  }
  return `${online} of ${cameras.length} cameras online`;
}
