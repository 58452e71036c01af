import assert from "node:assert/strict";
import fc from "fast-check";
import { frameBytes, type FrameStamp } from "../capture/frame/frame.ts";
import { FrameRingWriter } from "../capture/frame/frame_ring.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { ScriptedAnalyser } from "../tests/support/scripted_analyser.ts";
import { Analyzer } from "./analyzer.ts";
import { kernelsTs } from "./kernels/kernels_ts.ts";
import type { Attachment, FromWorker } from "./worker_protocol.ts";
import { WorkerSeats } from "./worker_seats.ts";

const FORMAT = { width: 32, height: 24 };

class Box implements Disposable {
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

function beganOf(reply: FromWorker) {
  assert.ok(reply.kind === "attached", JSON.stringify(reply));
  return reply.began;
}

Deno.test("a seat looks at the newest frame and says how many it skipped", () => {
  using box = new Box();
  box.attach();
  assert.equal(box.wake().kind, "idle", "nothing there yet");
  box.frame();
  box.wake();
  box.frame();
  box.frame();
  box.frame();
  const reply = box.wake();
  assert.ok(reply.kind === "observed");
  assert.deepEqual([reply.observation.frame, reply.observation.skipped], [4, 2]);
  assert.equal(box.wake().kind, "idle", "seen already");
});

Deno.test("a camera that throws loses its seat, its neighbours keep theirs", () => {
  using box = new Box();
  box.attach("gate");
  box.attach("yard");
  box.analysers[0]!.fault = { in: "step", thrown: new RangeError("a bug") };
  box.frame("gate");
  box.frame("yard");
  const failed = box.wake("gate");
  assert.ok(failed.kind === "failed");
  assert.deepEqual([failed.camera, failed.at, failed.words], [
    "gate",
    "analysis",
    "a bug",
  ]);
  assert.equal(box.wake("yard").kind, "observed");
  assert.equal(box.wake("gate").kind, "idle", "it has no seat any more");
});

Deno.test("a ring that was cut is said to be one", () => {
  using box = new Box();
  const reply = box.attach();
  box.frame();
  Deno.truncateSync(box.folder.file(`gate-${reply.generation}.ring`), 5_000);
  const failed = box.wake();
  assert.ok(failed.kind === "failed");
  assert.equal(failed.at, "frames");
});

Deno.test("another ring of the same size goes on with the same analyser", () => {
  using box = new Box();
  box.attach();
  box.run(300);
  const began = beganOf(box.attach("gate", { firstFrame: 4 }));
  assert.equal(began.kind, "goes on");
  const [reply] = box.run(100);
  assert.ok(reply?.kind === "observed");
  assert.equal(reply.observation.frame, 4, "numbers go on");
  assert.equal(box.analysers.length, 1);
  beganOf(box.attach("gate", { format: { width: 16, height: 16 } }));
  assert.equal(box.analysers.length, 2, "another size is another analyser");
});

Deno.test("what is known is on file at most 10 s after each frame, and a successor begins with it", () => {
  using box = new Box();
  box.attach();
  const told = box.run(60_000).flatMap((reply) =>
    reply.kind === "observed" && reply.keeping ? [reply.keeping] : []
  );
  assert.ok(told.length >= 6, `${told.length} in a minute`);
  assert.ok(told.every((keeping) => "bytes" in keeping && keeping.bytes > 0));
  box.seats = box.program();
  const began = beganOf(box.attach());
  assert.ok(began.kind === "restored" && began.ageMs <= 10_000, JSON.stringify(began));
  const { restored } = box.analyser;
  assert.ok(restored && "kept" in restored);
  assert.deepEqual(restored.kept.planes, Uint8Array.of(1, 2, 3));
});

Deno.test("what became a part of the scene, and who comes out of it again, is kept at once", () => {
  const kept = (box: Box) =>
    box.run(100).flatMap((reply) => reply.kind === "observed" ? [reply.keeping] : []);
  using box = new Box();
  box.attach();
  box.analyser.ids = [7];
  box.run(12_000);
  const path = `${box.folder.file("gate")}.model`;
  const inode = () => Deno.statSync(path).ino;
  const isWritten = (change: () => void) => {
    box.run(8_000); // whenever it was kept last: not due for a while
    while (kept(box)[0] === undefined);
    const before = inode();
    change();
    box.run(100);
    return inode() !== before;
  };
  assert.equal(isWritten(() => {}), false, "nothing has changed");
  assert.equal(
    isWritten(() => {
      box.analyser.ids = [];
      box.analyser.causes = [{ cause: "absorbed", score: 1, blob: 7, suppressed: false }];
    }),
    true,
    "absorbed",
  );
  box.analyser.causes = [];
  box.run(100);
  assert.equal(isWritten(() => box.analyser.ids = [9]), false, "somebody new");
  assert.equal(isWritten(() => box.analyser.ids = [7, 9]), true, "it drives off");
});

Deno.test("nothing is written while no frame comes", () => {
  using box = new Box();
  box.attach();
  box.run(20_000);
  const path = `${box.folder.file("gate")}.model`;
  box.clock.advance(10_000);
  assert.equal(box.wake().kind, "idle", "the last frame is kept by now");
  const before = Deno.statSync(path).ino;
  for (let second = 0; second < 60; second++) {
    box.clock.advance(1_000);
    box.wake();
  }
  assert.equal(Deno.statSync(path).ino, before, "the same file");
});

Deno.test("files of what is known are for their owner only", () => {
  using box = new Box();
  box.attach();
  box.analyser.ids = [1];
  box.run(10_000);
  for (const ending of ["model", "seen"]) {
    const { mode } = Deno.statSync(`${box.folder.file("gate")}.${ending}`);
    assert.equal(mode! & 0o777, 0o600, ending);
  }
});

Deno.test("an id that was told is never given again, whenever the program is killed", () => {
  using box = new Box();
  let given = 0;
  fc.assert(
    fc.property(fc.array(fc.nat(150), { minLength: 1, maxLength: 20 }), (births) => {
      box.seats = box.program();
      box.attach();
      assert.ok(
        box.analyser.nextTrack > given,
        `${box.analyser.nextTrack} after ${given}`,
      );
      for (const count of births) {
        const first = box.analyser.nextTrack;
        box.analyser.ids = Array.from({ length: count }, (_, at) => first + at);
        for (const reply of box.run(100)) {
          assert.ok(reply.kind === "observed");
          given = Math.max(given, ...reply.observation.blobs.map(({ id }) => id));
        }
      }
    }),
    { numRuns: 30 },
  );
});

Deno.test("in the same program ids go on without a gap", () => {
  using box = new Box();
  box.attach();
  box.analyser.ids = [1, 2];
  box.run(10_000);
  box.seats = box.program();
  const lastSeen = { tMs: 0, frame: 9, nextTrack: 3, blobs: [], lives: [] };
  const memory = { path: box.folder.file("gate"), resume: true, lastSeen };
  box.attach("gate", { firstTrack: 3, memory });
  assert.equal(box.analyser.nextTrack, 3);
});

Deno.test("who was seen after the snapshot is in what a successor begins with", () => {
  using box = new Box();
  box.attach();
  box.run(12_000);
  box.analyser.ids = [7];
  box.run(1_500);
  box.seats = box.program();
  box.attach();
  const { restored } = box.analyser;
  assert.ok(restored && "kept" in restored);
  const { tracks } = restored.kept.data.tracker;
  assert.deepEqual(tracks.map(({ id, x, h }) => [id, x, Math.round(h)]), [[7, 16, 5]]);
});

/** What the last analyser was restored with. */
function restoredIn(box: Box) {
  const { restored } = box.analyser;
  assert.ok(restored && "kept" in restored);
  return restored.kept.data;
}

Deno.test("how long nobody looked is known by the box's uptime when its time was set meanwhile", () => {
  for (const utcStepMs of [0, -10, -3_600_000, 3_600_000]) {
    using box = new Box();
    box.attach();
    box.run(12_000);
    const ageMs = box.clock.utcMs() - lastKeptMs(box);
    box.clock.advance(4_000);
    box.utcStepMs = utcStepMs;
    box.seats = box.program();
    box.attach();
    const awayMs = box.clock.utcMs() + utcStepMs - restoredIn(box).tMs;
    assert.ok(Math.abs(awayMs - ageMs - 4_000) <= 1_000, `${utcStepMs}: ${awayMs} ms`);
  }
});

function lastKeptMs(box: Box): number {
  box.seats = box.program();
  box.attach();
  return restoredIn(box).tMs;
}

Deno.test("what was seen after the snapshot is known as later by the uptime, though the time was set back", () => {
  using box = new Box();
  box.attach();
  box.run(12_000);
  box.utcStepMs = -3_600_000;
  box.analyser.ids = [7];
  box.run(1_500);
  box.seats = box.program();
  box.attach();
  const { tracker, tMs } = restoredIn(box);
  assert.deepEqual(tracker.tracks.map(({ id }) => id), [7]);
  const awayMs = box.clock.utcMs() + box.utcStepMs - tMs;
  assert.ok(awayMs >= 0 && awayMs <= 1_500, `${awayMs} ms`);
});

Deno.test("another program takes over no frame numbers, the same one does", () => {
  using box = new Box();
  box.attach();
  box.run(12_000);
  box.seats = box.program();
  box.attach();
  assert.equal(restoredIn(box).frame, 0);
  const lastSeen = { tMs: 0, frame: 9, nextTrack: 3, blobs: [], lives: [] };
  const memory = { path: box.folder.file("gate"), resume: true, lastSeen };
  box.run(12_000);
  box.seats = box.program();
  box.attach("gate", { memory });
  assert.ok(restoredIn(box).frame > 0);
});

Deno.test("a camera that was silent is no younger for having left", () => {
  using box = new Box();
  const { generation } = box.attach();
  box.run(12_000);
  box.clock.advance(60_000);
  box.seats.hear({ kind: "detach", camera: "gate", generation });
  const began = beganOf(box.attach());
  assert.deepEqual(began, { kind: "restored", ageMs: 60_000 });
});

Deno.test("a snapshot that is old, foreign, damaged or not to be trusted is left alone, with the reason", () => {
  const tries: [string, (box: Box) => FromWorker][] = [
    ["nothing kept", (box) => {
      Deno.removeSync(`${box.folder.file("gate")}.model`);
      return box.attach();
    }],
    ["too old", (box) => {
      box.clock.advance(700_000);
      return box.attach();
    }],
    ["too old", (box) => {
      box.upMs = -1_000_000; // the box was started anew
      return box.attach();
    }],
    ["damaged", (box) => {
      const path = `${box.folder.file("gate")}.model`;
      Deno.truncateSync(path, Deno.statSync(path).size - 1);
      return box.attach();
    }],
    ["other size", (box) => box.attach("gate", { format: { width: 16, height: 16 } })],
    ["not to be trusted", (box) => {
      const memory = { path: box.folder.file("gate"), resume: false };
      return box.attach("gate", { memory });
    }],
  ];
  for (const [why, attach] of tries) {
    using box = new Box();
    box.attach();
    box.run(12_000);
    box.seats = box.program();
    assert.deepEqual(beganOf(attach(box)), { kind: "fresh", why });
  }
});

Deno.test("a snapshot that an analyser cannot stand costs the snapshot, not the camera", () => {
  using box = new Box();
  box.attach();
  box.run(12_000);
  const seats = new WorkerSeats({
    clock: box.clock,
    upMs: () => box.upMs + box.clock.monotonicMs(),
    analyser: (attachment, firstTrack) => {
      const analyser = new ScriptedAnalyser(attachment, firstTrack);
      analyser.fault = { in: "restore", thrown: new RangeError("a bug") };
      return analyser;
    },
  });
  box.seats = seats;
  assert.deepEqual(beganOf(box.attach()), { kind: "fresh", why: "damaged" });
  assert.equal(beganOf(box.attach("gate", { fps: 5 })).kind, "fresh", "it is gone");
});

Deno.test("a snapshot that cannot be made or written is told, and the frames go on", () => {
  using box = new Box();
  box.attach();
  box.analyser.fault = { in: "snapshot", thrown: new RangeError("a bug") };
  const replies = box.run(12_000);
  assert.ok(replies.every(({ kind }) => kind === "observed"));
  assert.deepEqual(failuresOf(replies), ["a bug"]);
  const memory = { path: "/dev/null/gate", resume: true };
  box.attach("gate", { memory });
  assert.equal(failuresOf(box.run(12_000)).length, 1);
});

Deno.test("who is there that cannot be written is told, and its ids are tried again with each frame", () => {
  using box = new Box();
  box.attach();
  box.run(1_000);
  const path = `${box.folder.file("gate")}.seen`;
  Deno.mkdirSync(path); // as good as a full /dev/shm
  box.analyser.ids = [1];
  const failed = failuresOf(box.run(200));
  assert.equal(failed.length, 2, "each frame");
  Deno.removeSync(path);
  assert.deepEqual(failuresOf(box.run(100)), []);
  assert.equal(Deno.statSync(path).isFile, true, "covered as soon as it can be");
});

function failuresOf(replies: readonly FromWorker[]): string[] {
  return replies.flatMap((reply) =>
    reply.kind === "observed" && reply.keeping && "failed" in reply.keeping
      ? [reply.keeping.failed]
      : []
  );
}

Deno.test("a camera that leaves frees its seat and leaves behind what it knew", () => {
  using box = new Box();
  const { generation } = box.attach();
  box.run(1_000);
  const reply = box.seats.hear({ kind: "detach", camera: "gate", generation });
  assert.equal(reply.kind, "detached");
  box.frame();
  assert.equal(box.wake().kind, "idle");
  const began = beganOf(box.attach());
  assert.deepEqual(began, { kind: "restored", ageMs: 0 });
});

Deno.test("faults of frames are told once, by kind", () => {
  using box = new Box();
  box.attach();
  box.run(100);
  box.analyser.faults.back = 2;
  const [told, after] = box.run(200);
  assert.ok(told?.kind === "observed" && after?.kind === "observed");
  assert.deepEqual(told.faults, {
    ...{ size: 0, repeated: 0, back: 2, leap: 0, held: 0, damaged: 0 },
  });
  assert.equal(after.faults, undefined);
});

Deno.test("whatever times frames have, the real analyser answers each, counts it and sees nobody", () => {
  const odd = fc.record({
    leapUs: fc.oneof(
      fc.constantFrom(0, -40_000, 40_000, 3_600_000_000, -3_600_000_000),
      fc.integer({ min: -(2 ** 50), max: 2 ** 50 }),
    ),
    utcLeapMs: fc.constantFrom(0, 100, -7_200_000, 86_400_000),
    doubtful: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(odd, { maxLength: 25 }), (frames) => {
      using box = new Box();
      box.seats = new WorkerSeats({
        clock: box.clock,
        upMs: () => 0,
        analyser: ({ camera, format, fps }, firstTrack) => {
          const made = { camera, format, fps, clock: "utc", firstTrack } as const;
          return new Analyzer({ ...made, kernels: kernelsTs });
        },
      });
      box.attach();
      let utcMs = box.clock.utcMs();
      let ptsUs = 0;
      const faults = { repeated: 0, back: 0, leap: 0 };
      const expected = { repeated: 0, back: 0, leap: 0 };
      for (const [at, { leapUs, utcLeapMs, doubtful }] of frames.entries()) {
        const wasUs = ptsUs;
        ptsUs = Math.max(-(2 ** 52), Math.min(2 ** 52, ptsUs + leapUs));
        utcMs += utcLeapMs;
        box.frame("gate", { ptsUs, utcMs, doubtful });
        const reply = box.wake();
        assert.ok(reply.kind === "observed", JSON.stringify(reply));
        assert.deepEqual([reply.observation.blobs, reply.observation.events], [[], []]);
        for (const kind of ["repeated", "back", "leap"] as const) {
          faults[kind] += reply.faults?.[kind] ?? 0;
        }
        if (at > 0 && ptsUs === wasUs) expected.repeated++;
        if (at > 0 && ptsUs < wasUs) expected.back++;
        if (at > 0 && ptsUs > wasUs + 5_000_000) expected.leap++;
      }
      assert.deepEqual(faults, expected);
    }),
    { numRuns: 40 },
  );
});
