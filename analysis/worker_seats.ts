/**
 * What a worker does with what it is told: each camera has a seat with its analyser, its
 * frame and its ring, and takes its turn when it is woken. One camera's trouble is that
 * camera's answer and nobody else's. Sends nothing itself and decides nothing about
 * pixels; that is `analyzer.ts`.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { Fault, wordsOf } from "../base/fault.ts";
import { FrameRingReader } from "../capture/frame/frame_ring.ts";
import type { Header, Observation } from "./dsl/observation.ts";
import type { HeatMap } from "./heat.ts";
import type { SnapshotParts } from "./snapshot.ts";
import { TrackPictures } from "./track_pictures.ts";
import { firstTrackOf, inherit, SeatKeeping } from "./worker_keeping.ts";
import { ModelFile } from "./worker_model_file.ts";
import {
  type Attachment,
  type Beginning,
  FRAME_FAULTS,
  type FrameFaults,
  type FromWorker,
  type HeatRequest,
  type Keeping,
  type PictureRequest,
  type ToWorker,
  type WhyFresh,
} from "./worker_protocol.ts";

/** What a seat asks of an analyser: `Analyzer` but in tests. */
export interface SeatAnalyser {
  readonly header: Header;
  readonly nextTrack: number;
  /** So far. */
  readonly faults: FrameFaults;
  step(frame: SeatFrame): Observation;
  /** Whether anything moves in a picture, which is not learned from. */
  stirs(frame: Pick<SeatFrame, "pixels" | "doubtful">): boolean;
  /** Where frames are read to. */
  frameBuffer(): Uint8Array;
  /** How restless each part of the picture is. */
  heat(): HeatMap;
  /** For `restore` of another one; good until the next step. */
  snapshot(): SnapshotParts;
  /** Before the first frame. False, and nothing is changed, when it does not fit. */
  restore(snapshot: Uint8Array): boolean;
}

export interface SeatFrame {
  readonly pixels: Uint8Array;
  readonly ptsUs: number;
  readonly tMs: number;
  readonly number: number;
  readonly skipped: number;
  readonly doubtful: boolean;
}

export interface WorkerSeatsParts {
  readonly clock: Clock;
  /** ms since the box was started. */
  readonly upMs: () => number;
  /** One that gives no id below `firstTrack`. */
  readonly analyser: (attachment: Attachment, firstTrack: number) => SeatAnalyser;
}

/** What one camera holds here: bounded, one frame and one analyser. */
interface Seat {
  readonly analyser: SeatAnalyser;
  readonly pixels: Uint8Array;
  /** Absent when nobody wants pictures. */
  readonly pictures: TrackPictures | undefined;
  /** Absent when nothing is kept. */
  readonly keeping: SeatKeeping | undefined;
  attachment: Attachment;
  reader: FrameRingReader;
  sequence: number;
  faults: FrameFaults;
  /** What became of what was kept last, until it is told. */
  kept: Keeping | undefined;
}

type Reply = FromWorker extends infer R
  ? R extends FromWorker ? Omit<R, "camera" | "generation">
  : never
  : never;

export class WorkerSeats implements Disposable {
  readonly #parts: WorkerSeatsParts;
  readonly #seats = new Map<string, Seat>();

  constructor(parts: WorkerSeatsParts) {
    this.#parts = parts;
  }

  /** The one reply to a message, also when the work throws; then the seat is free. */
  hear(message: ToWorker): FromWorker {
    const to = message.kind === "attach" ? message.attachment : message;
    const { camera, generation } = to;
    try {
      return { camera, generation, ...this.#answer(message) };
    } catch (thrown) {
      this.#leave(camera);
      const at = thrown instanceof Fault ? "frames" : "analysis";
      return { camera, generation, kind: "failed", at, words: wordsOf(thrown) };
    }
  }

  /** What may wait until a reply is out: to be called after each. */
  tidy({ camera }: { readonly camera: string }): void {
    const seat = this.#seats.get(camera);
    if (!seat?.keeping) return;
    seat.kept = seat.keeping.step(() => seat.analyser.snapshot()) ?? seat.kept;
  }

  /** Every camera leaves; nothing is kept. */
  [Symbol.dispose](): void {
    for (const camera of [...this.#seats.keys()]) this.#leave(camera);
  }

  #answer(message: ToWorker): Reply {
    switch (message.kind) {
      case "attach":
        return this.#attach(message.attachment);
      case "wake":
        return this.#lookAgain(message.camera);
      case "detach":
        return this.#detach(message.camera);
      case "picture":
        return this.#pictureOf(message);
      case "heat":
        return this.#heatOf(message);
    }
  }

  #attach(attachment: Attachment): Reply {
    const reader = new FrameRingReader(attachment.ringPath);
    const seat = this.#seats.get(attachment.camera);
    if (seat && isSameWork(seat.attachment, attachment)) {
      seat.reader[Symbol.dispose]();
      Object.assign(seat, { attachment, reader, sequence: 0 });
      return {
        kind: "attached",
        header: seat.analyser.header,
        began: { kind: "goes on" },
      };
    }
    this.#leave(attachment.camera);
    try {
      return this.#begin(attachment, reader);
    } catch (thrown) {
      reader[Symbol.dispose]();
      throw thrown;
    }
  }

  #begin(attachment: Attachment, reader: FrameRingReader): Reply {
    const { camera, format, memory, pictures } = attachment;
    const file = memory && new ModelFile(memory.path);
    const parts = file && { ...this.#parts, file };
    const { analyser, began } = this.#makeAnalyser(attachment, file);
    this.#seats.set(camera, {
      ...{ attachment, reader, analyser, sequence: 0, kept: undefined },
      pixels: analyser.frameBuffer(),
      pictures: pictures ? new TrackPictures(format) : undefined,
      keeping: parts && new SeatKeeping(camera, analyser.nextTrack, parts),
      faults: { ...analyser.faults },
    });
    return { kind: "attached", header: analyser.header, began };
  }

  /** A snapshot that cannot be gone on with costs the snapshot, not the camera. */
  #makeAnalyser(attachment: Attachment, file: ModelFile | undefined): {
    readonly analyser: SeatAnalyser;
    readonly began: Beginning;
  } {
    const { firstTrack, memory } = attachment;
    const first = file ? firstTrackOf(attachment, file) : firstTrack;
    const analyser = this.#parts.analyser(attachment, first);
    const fresh = (why: WhyFresh) => ({
      analyser,
      began: { kind: "fresh", why } as const,
    });
    if (!memory || !file) return fresh("nothing kept");
    const found = inherit(analyser.header, memory, { ...this.#parts, file });
    if (found.bytes === undefined) return fresh(found.why);
    try {
      if (!analyser.restore(found.bytes)) return fresh("damaged");
      return { analyser, began: { kind: "restored", ageMs: found.ageMs } };
    } catch {
      // Half restored: of no use any more.
      file.removeModel();
      const began = { kind: "fresh", why: "damaged" } as const;
      return { analyser: this.#parts.analyser(attachment, first), began };
    }
  }

  #lookAgain(camera: string): Reply {
    const seat = this.#seats.get(camera);
    if (!seat) return { kind: "idle" };
    const { clock } = this.#parts;
    const startMs = clock.monotonicMs();
    const read = seat.reader.readNext(seat.sequence, seat.pixels);
    if (!read) return { kind: "idle" };
    const { sequence, stamp } = read;
    const skipped = seat.sequence === 0 ? 0 : sequence - seat.sequence - 1;
    seat.sequence = sequence;
    const isMore = stamp.role === "owed" && seat.reader.hasAfter(sequence);
    if (stamp.role === "glance" && seat.analyser.stirs({ ...seat, ...stamp })) {
      return { kind: "stirred", ptsUs: stamp.ptsUs };
    }
    const observation = seat.analyser.step({
      pixels: seat.pixels,
      ptsUs: stamp.ptsUs,
      tMs: Math.round(stamp.utcMs),
      number: seat.attachment.firstFrame + sequence - 1,
      skipped,
      doubtful: stamp.doubtful,
    });
    // What is damaged is not worth showing.
    if (!stamp.doubtful) seat.pictures?.offer(seat.pixels, observation);
    const { nextTrack } = seat.analyser;
    seat.kept = seat.keeping?.observed(observation, nextTrack) ?? seat.kept;
    const { arrivalMs } = stamp;
    const costMs = clock.monotonicMs() - startMs;
    return {
      ...{ kind: "observed", observation, arrivalMs, costMs, nextTrack },
      ...(isMore ? { more: true as const } : {}),
      ...takeNews(seat),
    };
  }

  #pictureOf({ camera, track, request }: PictureRequest): Reply {
    const crop = this.#seats.get(camera)?.pictures?.best(track);
    return { kind: "picture", request, ...(crop ? { crop } : {}) };
  }

  #heatOf({ camera, request }: HeatRequest): Reply {
    const heat = this.#seats.get(camera)?.analyser.heat();
    return { kind: "heat", request, ...(heat ? { heat } : {}) };
  }

  #detach(camera: string): Reply {
    const seat = this.#seats.get(camera);
    seat?.keeping?.keep(() => seat.analyser.snapshot());
    this.#leave(camera);
    return { kind: "detached" };
  }

  #leave(camera: string): void {
    this.#seats.get(camera)?.reader[Symbol.dispose]();
    this.#seats.delete(camera);
  }
}

/** An analyser for the one may go on with the other: a camera that was away. */
function isSameWork(was: Attachment, is: Attachment): boolean {
  return was.format.width === is.format.width &&
    was.format.height === is.format.height && was.fps === is.fps &&
    was.pictures === is.pictures && was.memory?.path === is.memory?.path &&
    JSON.stringify(was.analysis) === JSON.stringify(is.analysis) &&
    was.drawn === is.drawn &&
    (is.memory?.resume ?? true);
}

/** What was not told yet: it is told once. */
function takeNews(
  seat: Seat,
): { readonly faults?: FrameFaults; readonly keeping?: Keeping } {
  const faults = faultsSince(seat.faults, seat.analyser.faults);
  if (faults) seat.faults = { ...seat.analyser.faults };
  const { kept } = seat;
  seat.kept = undefined;
  return { ...(faults ? { faults } : {}), ...(kept ? { keeping: kept } : {}) };
}

/** Undefined when there were none. */
function faultsSince(was: FrameFaults, is: FrameFaults): FrameFaults | undefined {
  if (FRAME_FAULTS.every((fault) => was[fault] === is[fault])) return undefined;
  return Object.fromEntries(
    FRAME_FAULTS.map((fault) => [fault, is[fault] - was[fault]]),
  ) as FrameFaults;
}
