/**
 * The original project's frame JSON, for its own viewers: one message per analysed
 * frame, the still inside it once a second. It knows one camera and no other message.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import type { Observation } from "../analysis/dsl/observation.ts";
import { Broadcast, type BroadcastCounts } from "./broadcast.ts";
import type { OriginalFrame } from "./live_protocol.ts";
import { answerSocket } from "./live_socket.ts";
import { QuietTracks } from "./quiet_tracks.ts";

/** A picture to lie behind the blobs; the same object as long as it is the same. */
export interface Background {
  readonly jpeg: Uint8Array;
}

export interface OriginalSocketParts {
  readonly clock: Clock;
  /** The latest still; undefined when there is none. */
  still(camera: string): Promise<Background | undefined>;
}

/** The original's own server had one viewer; each message may hold a picture. */
const CLIENTS_MAX = 64;
/** A few messages with a 640x360 picture (some 60 kB as base64). */
const WAITING_BYTES_MAX = 262_144;
const STALLED_MS_MAX = 15_000;
const BACKGROUND_PERIOD_MS = 1_000;

export class OriginalSocket implements Disposable {
  readonly #parts: OriginalSocketParts;
  readonly #broadcast: Broadcast;
  /** Of the camera that is shown. */
  #quiet = { camera: "", tracks: new QuietTracks() };
  #sent: Background | undefined;
  #next = "";
  #askedAtMs = -Infinity;

  constructor(parts: OriginalSocketParts) {
    this.#parts = parts;
    this.#broadcast = new Broadcast(parts.clock, {
      clientsMax: CLIENTS_MAX,
      waitingBytesMax: WAITING_BYTES_MAX,
      stalledMsMax: STALLED_MS_MAX,
    });
  }

  get counts(): BroadcastCounts {
    return this.#broadcast.counts;
  }

  answer(request: Request): Response {
    return answerSocket(request, this.#broadcast);
  }

  publish(camera: string, observation: Observation): void {
    const quiet = this.quietIn(camera, observation);
    if (!this.#broadcast.heeded) return;
    this.#askForBackground(camera);
    const frame = toOriginalFrame(observation, { background: this.#next, quiet });
    this.#next = "";
    this.#broadcast.send(JSON.stringify(frame));
  }

  /** Tracks with an event in this frame that are kept quiet. To be told of each frame. */
  quietIn(camera: string, observation: Observation): readonly number[] {
    if (this.#quiet.camera !== camera) {
      this.#quiet = { camera, tracks: new QuietTracks() };
    }
    return this.#quiet.tracks.step(observation);
  }

  [Symbol.dispose](): void {
    this.#broadcast[Symbol.dispose]();
  }

  /** The picture rides on the first frame after it is ready; nobody waits for it. */
  #askForBackground(camera: string): void {
    const nowMs = this.#parts.clock.monotonicMs();
    if (nowMs - this.#askedAtMs < BACKGROUND_PERIOD_MS) return;
    this.#askedAtMs = nowMs;
    this.#parts.still(camera).then((still) => {
      if (still === undefined || still === this.#sent) return;
      this.#sent = still;
      this.#next = still.jpeg.toBase64();
    }, () => {}); // no picture, then; who makes them has raised an alert
  }
}

/** Beside the observation. */
export interface OriginalParts {
  /** base64 JPEG, or empty. */
  readonly background: string;
  /** Tracks whose events are kept quiet. */
  readonly quiet: readonly number[];
}

/** The original's message: what is kept quiet is not in it, and neither are its events. */
export function toOriginalFrame(
  observation: Observation,
  { background, quiet }: OriginalParts,
): OriginalFrame {
  return {
    type: "frame",
    data: {
      frame_num: observation.frame,
      timestamp: observation.tMs / 1_000,
      motion_percent: observation.motionPct,
      // Its viewers know of no reason to draw something that is kept quiet.
      blobs: observation.blobs.filter(({ suppressed }) => suppressed === undefined)
        .map(({ id, x, y, w, h, vx, vy }) => ({ id, x, y, w, h, vx, vy })),
      // Of the picture, as it has always been: not of zones and lines.
      events: observation.events
        .filter(({ blob, zone, line }) => !zone && !line && !quiet.includes(blob))
        .map(({ type, blob, dir }) => ({ type, blob_id: blob, direction: dir })),
      background,
    },
  };
}
