/**
 * A made-up session as a file: two cameras, of which one sees somebody cross a grey yard
 * and come back, with stills that are drawn to the moment. For tests of the page.
 * @module
 */
import { AlertBoard } from "../../base/alerts.ts";
import { silentLog } from "../../base/log.ts";
import { pictureLibrary } from "../../base/picture_library.ts";
import type { Observation } from "../../analysis/dsl/observation.ts";
import type { Narration } from "../../llm/narration.ts";
import type { SessionUnreported } from "../../store/session_format.ts";
import { openSessionRecorder } from "../../store/session_recorder.ts";
import { ManualClock } from "./manual_clock.ts";
import { GATE, observation } from "./server_parts.ts";

export const SESSION_START_MS = Date.UTC(2026, 10, 22, 14, 0, 0);
const FPS = 10;

export interface RecordedSessionOptions {
  readonly file: string;
  readonly viewerFolder: URL;
  readonly narrations: readonly Narration[];
  readonly seconds: number;
  readonly unreported?: readonly SessionUnreported[];
}

/** Somebody crosses from 5 s to 15 s of every minute. */
export async function recordSession(options: RecordedSessionOptions): Promise<void> {
  const clock = new ManualClock(SESSION_START_MS);
  const jpeg = await yard();
  let frame = 0;
  await using recorder = await openSessionRecorder({
    clock,
    log: silentLog,
    alerts: new AlertBoard(clock),
    file: options.file,
    still: () => Promise.resolve({ jpeg, ptsUs: frame * 1_000_000 / FPS }),
    version: "0.0.0",
    viewerFolder: options.viewerFolder,
  });
  for (const camera of ["gate", "barn"]) {
    recorder.header(camera, { ...GATE.header!, camera });
  }
  for (const narration of options.narrations) {
    recorder.offer({ narration, ...(narration.hasPicture ? { picture: jpeg } : {}) });
  }
  for (const entry of options.unreported ?? []) recorder.unreported(entry);
  for (frame = 1; frame <= options.seconds * FPS; frame++) {
    recorder.observed("gate", crossing(frame));
    recorder.observed("barn", observation(frame, { tMs: timeOf(frame) }));
    clock.advance(1_000 / FPS);
    // Stills are made beside all else: give them their turn.
    if (frame % FPS === 0) await new Promise((resolve) => setTimeout(resolve, 4));
  }
}

function timeOf(frame: number): number {
  return SESSION_START_MS + frame * 1_000 / FPS;
}

function crossing(frame: number): Observation {
  const second = frame / FPS % 60;
  const tMs = timeOf(frame);
  if (second < 5 || second > 15) return observation(frame, { tMs });
  const x = (second - 5) / 10;
  const speed = { vx: 0.01, vy: 0, vxPerS: 0.1, vyPerS: 0 };
  const track = { blob: 1, frames: 9, dist: 1, speed: 0.01, speedPerS: 0.1 };
  return observation(frame, {
    tMs,
    motionPct: 2 + Math.round(20 * Math.sin(x * 3)) / 10,
    blobs: [{ id: 1, x, y: 0.6, w: 0.08, h: 0.36, ...speed, coast: 0 }],
    tracks: [{ ...track, moving: true }],
    events: second === 5 ? [{ type: "ENTER", blob: 1, dir: "LEFT" }] : [],
  });
}

async function yard(): Promise<Uint8Array<ArrayBuffer>> {
  const sharp = await pictureLibrary();
  const background = { r: 70, g: 76, b: 72 };
  const create = { width: 640, height: 360, channels: 3, background } as const;
  return new Uint8Array(await sharp({ create }).jpeg().toBuffer());
}
