import assert from "node:assert/strict";
import fc from "fast-check";
import { ScriptedAnalyser } from "../tests/support/scripted_analyser.ts";
import { beganOf, SeatBox } from "../tests/support/seat_box.ts";
import type { FromWorker } from "./worker_protocol.ts";
import { WorkerSeats } from "./worker_seats.ts";

Deno.test("what is known is on file at most 10 s after each frame, and a successor begins with it", () => {
  using box = new SeatBox();
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
  const kept = (box: SeatBox) =>
    box.run(100).flatMap((reply) => reply.kind === "observed" ? [reply.keeping] : []);
  using box = new SeatBox();
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
  using box = new SeatBox();
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
  using box = new SeatBox();
  box.attach();
  box.analyser.ids = [1];
  box.run(10_000);
  for (const ending of ["model", "seen"]) {
    const { mode } = Deno.statSync(`${box.folder.file("gate")}.${ending}`);
    assert.equal(mode! & 0o777, 0o600, ending);
  }
});

Deno.test("an id that was told is never given again, whenever the program is killed", () => {
  using box = new SeatBox();
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
  using box = new SeatBox();
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
  using box = new SeatBox();
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
function restoredIn(box: SeatBox) {
  const { restored } = box.analyser;
  assert.ok(restored && "kept" in restored);
  return restored.kept.data;
}

Deno.test("how long nobody looked is known by the box's uptime when its time was set meanwhile", () => {
  for (const utcStepMs of [0, -10, -3_600_000, 3_600_000]) {
    using box = new SeatBox();
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

function lastKeptMs(box: SeatBox): number {
  box.seats = box.program();
  box.attach();
  return restoredIn(box).tMs;
}

Deno.test("what was seen after the snapshot is known as later by the uptime, though the time was set back", () => {
  using box = new SeatBox();
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
  using box = new SeatBox();
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
  using box = new SeatBox();
  const { generation } = box.attach();
  box.run(12_000);
  box.clock.advance(60_000);
  box.seats.hear({ kind: "detach", camera: "gate", generation });
  const began = beganOf(box.attach());
  assert.deepEqual(began, { kind: "restored", ageMs: 60_000 });
});

Deno.test("a snapshot that is old, foreign, damaged or not to be trusted is left alone, with the reason", () => {
  const tries: [string, (box: SeatBox) => FromWorker][] = [
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
    using box = new SeatBox();
    box.attach();
    box.run(12_000);
    box.seats = box.program();
    assert.deepEqual(beganOf(attach(box)), { kind: "fresh", why });
  }
});

Deno.test("a snapshot that an analyser cannot stand costs the snapshot, not the camera", () => {
  using box = new SeatBox();
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
  using box = new SeatBox();
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
  using box = new SeatBox();
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
  using box = new SeatBox();
  const { generation } = box.attach();
  box.run(1_000);
  const reply = box.seats.hear({ kind: "detach", camera: "gate", generation });
  assert.equal(reply.kind, "detached");
  box.frame();
  assert.equal(box.wake().kind, "idle");
  const began = beganOf(box.attach());
  assert.deepEqual(began, { kind: "restored", ageMs: 0 });
});
