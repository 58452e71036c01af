/**
 * Runs in a Web Worker: reads the newest whole frame of a camera's ring and steps
 * its analyser. Decides nothing about pixels; that is `analyzer.ts`.
 * @module
 */
/// <reference lib="deno.worker" />
import { systemClock } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import { frameBytes } from "../capture/frame/frame.ts";
import { FrameRingReader } from "../capture/frame/frame_ring.ts";
import { Analyzer } from "./analyzer.ts";
import { kernelsTs } from "./kernels/kernels_ts.ts";
import { TrackPictures } from "./track_pictures.ts";
import type {
  Attachment,
  FromWorker,
  PictureRequest,
  ToWorker,
} from "./worker_protocol.ts";

/** What one camera holds here: bounded, one frame and one analyser. */
interface Seat {
  readonly attachment: Attachment;
  readonly reader: FrameRingReader;
  readonly analyzer: Analyzer;
  readonly pixels: Uint8Array;
  /** Absent when nobody wants pictures. */
  readonly pictures: TrackPictures | undefined;
  sequence: number;
}

const seats = new Map<string, Seat>();

self.addEventListener("message", (event: MessageEvent<ToWorker>) => hear(event.data));

function hear(message: ToWorker): void {
  switch (message.kind) {
    case "attach":
      return answer(message.attachment, () => attach(message.attachment));
    case "wake":
      return answer(message, () => lookAgain(message.camera));
    case "picture":
      return answer(message, () => pictureOf(message));
  }
}

type Reply = FromWorker extends infer R
  ? R extends FromWorker ? Omit<R, "camera" | "generation">
  : never
  : never;

/** One reply to each request, also when the work throws. */
function answer(
  to: { readonly camera: string; readonly generation: number },
  work: () => Reply,
): void {
  const { camera, generation } = to;
  let reply: Reply;
  try {
    reply = work();
  } catch (thrown) {
    reply = { kind: "failed", words: wordsOf(thrown) };
  }
  self.postMessage({ camera, generation, ...reply });
}

function attach(attachment: Attachment): Reply {
  detach(attachment.camera);
  const { camera, format, fps, firstTrack } = attachment;
  const analyzer = new Analyzer({
    camera,
    format,
    fps,
    clock: "utc",
    kernels: kernelsTs,
    firstTrack,
  });
  seats.set(camera, {
    attachment,
    reader: new FrameRingReader(attachment.ringPath),
    analyzer,
    pixels: new Uint8Array(frameBytes(format)),
    pictures: attachment.pictures ? new TrackPictures(format) : undefined,
    sequence: 0,
  });
  return { kind: "attached", header: analyzer.header };
}

function detach(camera: string): void {
  seats.get(camera)?.reader[Symbol.dispose]();
  seats.delete(camera);
}

function lookAgain(camera: string): Reply {
  const seat = seats.get(camera);
  if (!seat) return { kind: "idle" };
  const startMs = systemClock.monotonicMs();
  const read = seat.reader.readNewest(seat.sequence, seat.pixels);
  if (!read) return { kind: "idle" };
  const skipped = seat.sequence === 0 ? 0 : read.sequence - seat.sequence - 1;
  seat.sequence = read.sequence;
  const observation = seat.analyzer.step({
    pixels: seat.pixels,
    ptsUs: read.stamp.ptsUs,
    tMs: Math.round(read.stamp.utcMs),
    number: seat.attachment.firstFrame + read.sequence - 1,
    skipped,
    doubtful: read.stamp.doubtful,
  });
  // What is damaged is not worth showing.
  if (!read.stamp.doubtful) seat.pictures?.offer(seat.pixels, observation);
  return {
    kind: "observed",
    observation,
    arrivalMs: read.stamp.arrivalMs,
    costMs: systemClock.monotonicMs() - startMs,
    nextTrack: seat.analyzer.nextTrack,
  };
}

function pictureOf({ camera, track, request }: PictureRequest): Reply {
  const crop = seats.get(camera)?.pictures?.best(track);
  return { kind: "picture", request, ...(crop ? { crop } : {}) };
}
