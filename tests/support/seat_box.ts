/**
 * The seats of a worker with scripted analysers, rings that are fed by hand, and a clock
 * that can be set: for tests of what a seat answers and what it keeps.
 * @module
 */
import assert from "node:assert/strict";
import type { Attachment, FromWorker } from "../../analysis/worker_protocol.ts";
import { WorkerSeats } from "../../analysis/worker_seats.ts";
import { frameBytes, type FrameStamp } from "../../capture/frame/frame.ts";
import { FrameRingWriter } from "../../capture/frame/frame_ring.ts";
import { TestFolder } from "./clips.ts";
import { ManualClock } from "./manual_clock.ts";
import { ScriptedAnalyser } from "./scripted_analyser.ts";

const FORMAT = { width: 32, height: 24 };

export class SeatBox implements Disposable {
  readonly clock = new ManualClock();
  readonly analysers: ScriptedAnalyser[] = [];
  readonly folder = new TestFolder();
  readonly #rings = new Map<string, FrameRingWriter>();
  #generation = 0;
  /** ms since the box was started, when the clock began. */
  upMs = 1_000_000;
  /** By how much somebody has set the box's time, ms. */
  utcStepMs = 0;
  readonly #programs: WorkerSeats[] = [];
  #seats = this.program();

  get seats(): WorkerSeats {
    return this.#seats;
  }

  /** Another program goes on. */
  set seats(seats: WorkerSeats) {
    this.#programs.push(this.#seats);
    this.#seats = seats;
  }

  /** The seats of a worker of a program that was started now. */
  program(): WorkerSeats {
    return new WorkerSeats({
      clock: {
        monotonicMs: () => this.clock.monotonicMs(),
        utcMs: () => this.clock.utcMs() + this.utcStepMs,
        after: (delayMs, act) => this.clock.after(delayMs, act),
        every: (periodMs, act) => this.clock.every(periodMs, act),
      },
      upMs: () => this.upMs + this.clock.monotonicMs(),
      analyser: (attachment, firstTrack) => {
        const analyser = new ScriptedAnalyser(attachment, firstTrack);
        this.analysers.push(analyser);
        return analyser;
      },
    });
  }

  get analyser(): ScriptedAnalyser {
    return this.analysers.at(-1)!;
  }

  attach(camera = "gate", more: Partial<Attachment> = {}): FromWorker {
    const path = this.folder.file(`${camera}-${++this.#generation}.ring`);
    this.#rings.get(camera)?.[Symbol.dispose]();
    const format = more.format ?? FORMAT;
    this.#rings.set(camera, new FrameRingWriter(path, format, 4));
    return this.seats.hear({
      kind: "attach",
      attachment: {
        ...{ camera, generation: this.#generation, ringPath: path, format, fps: 10 },
        ...{ firstFrame: 1, firstTrack: 1, pictures: false },
        memory: { path: this.folder.file(camera), resume: true },
        ...more,
      },
    });
  }

  frame(camera = "gate", stamp: Partial<FrameStamp> = {}): void {
    const ring = this.#rings.get(camera)!;
    const utcMs = this.clock.utcMs() + this.utcStepMs;
    const arrivalMs = this.clock.monotonicMs();
    const usual = { ptsUs: arrivalMs * 1_000, arrivalMs, utcMs, doubtful: false };
    ring.write(new Uint8Array(frameBytes(ring.format)), { ...usual, ...stamp });
  }

  wake(camera = "gate"): FromWorker {
    const generation = this.#generation;
    const reply = this.seats.hear({ kind: "wake", camera, generation });
    this.seats.tidy(reply);
    return reply;
  }

  /** A frame each 100 ms for so long. */
  run(forMs: number): FromWorker[] {
    const replies: FromWorker[] = [];
    for (let ms = 0; ms < forMs; ms += 100) {
      this.clock.advance(100);
      this.frame();
      replies.push(this.wake());
    }
    return replies;
  }

  [Symbol.dispose](): void {
    for (const seats of [...this.#programs, this.#seats]) seats[Symbol.dispose]();
    for (const ring of this.#rings.values()) ring[Symbol.dispose]();
    this.folder[Symbol.dispose]();
  }
}

/** What a reply to an attachment says that it began with. */
export function beganOf(reply: FromWorker) {
  assert.ok(reply.kind === "attached", JSON.stringify(reply));
  return reply.began;
}
