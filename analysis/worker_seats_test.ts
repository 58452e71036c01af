import assert from "node:assert/strict";
import fc from "fast-check";
import { beganOf, SeatBox } from "../tests/support/seat_box.ts";
import { Analyzer } from "./analyzer.ts";
import { kernelsTs } from "./kernels/kernels_ts.ts";
import { WorkerSeats } from "./worker_seats.ts";

Deno.test("a seat looks at the newest frame and says how many it skipped", () => {
  using box = new SeatBox();
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

Deno.test("a glance in which something moves is told, and looked at in its turn", () => {
  using box = new SeatBox();
  box.attach();
  box.frame("gate", { ptsUs: 0, role: "glance" });
  assert.equal(box.wake().kind, "observed", "nothing moves in it");
  box.analyser.moves = true;
  box.frame("gate", { ptsUs: 1_000_000, role: "glance" });
  const stirred = box.wake();
  assert.deepEqual([stirred.kind, "ptsUs" in stirred && stirred.ptsUs], [
    "stirred",
    1_000_000,
  ]);
  for (const ptsUs of [500_000, 1_000_000]) box.frame("gate", { ptsUs, role: "owed" });
  const [first, second] = [box.wake(), box.wake()];
  assert.ok(first.kind === "observed" && second.kind === "observed");
  assert.deepEqual([first.observation.ptsUs, first.more], [500_000, true]);
  assert.deepEqual([second.observation.ptsUs, second.more], [1_000_000, undefined]);
  assert.equal(first.observation.skipped, 0, "the glance was not passed over");
});

Deno.test("a camera that throws loses its seat, its neighbours keep theirs", () => {
  using box = new SeatBox();
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
  using box = new SeatBox();
  const reply = box.attach();
  box.frame();
  Deno.truncateSync(box.folder.file(`gate-${reply.generation}.ring`), 5_000);
  const failed = box.wake();
  assert.ok(failed.kind === "failed");
  assert.equal(failed.at, "frames");
});

Deno.test("another ring of the same size goes on with the same analyser", () => {
  using box = new SeatBox();
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

Deno.test("faults of frames are told once, by kind", () => {
  using box = new SeatBox();
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
      using box = new SeatBox();
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
