import assert from "node:assert/strict";
import { observation } from "../tests/support/server_parts.ts";
import { ClockSteps } from "./clock_steps.ts";
import type { MotionEvent } from "./dsl/observation.ts";

const UTC_MS = Date.UTC(2026, 0, 1);

/** Frame `frame`, 100 ms after the one before, by a clock that is wrong by `offsetMs`. */
function frameAt(frame: number, offsetMs: number, events: readonly MotionEvent[] = []) {
  return observation(frame, { tMs: UTC_MS + frame * 100 + offsetMs, events });
}

/** What is noticed of frames whose clock is wrong by `offsets`. */
function noticed(offsets: readonly number[]): readonly number[] {
  const steps = new ClockSteps();
  return offsets.map((offsetMs, frame) =>
    steps.correct(frameAt(frame, offsetMs), frame * 100).stepMs
  );
}

Deno.test("ClockSteps tells each setting of the clock once, forward and back", () => {
  assert.deepEqual(noticed([0, 0, 10_800_000, 10_800_000]), [0, 0, 10_800_000, 0]);
  assert.deepEqual(noticed([0, -3_600_000, -3_600_000]), [0, -3_600_000, 0]);
});

Deno.test("ClockSteps takes neither delays nor drift for a step", () => {
  assert.deepEqual(noticed([0, 900, -700, 1_500, 0]), [0, 0, 0, 0, 0]);
  const drift = Array.from({ length: 2_000 }, (_, frame) => frame * 10); // 20 s in all
  assert.ok(noticed(drift).every((stepMs) => stepMs === 0));
});

Deno.test("ClockSteps corrects a time of before the first frame, which has no number", () => {
  const steps = new ClockSteps();
  steps.correct(frameAt(1, 0), 100);
  const stop: MotionEvent = { type: "STOP", blob: 1, dir: "STATIC", sinceMs: UTC_MS };
  const { observation } = steps.correct(frameAt(2, 5_000, [stop]), 200);
  assert.deepEqual(observation.events, [{ ...stop, sinceMs: UTC_MS + 5_000 }]);
});

Deno.test("ClockSteps corrects the times that events after a step reach back to", () => {
  const steps = new ClockSteps();
  const exit = (sinceFrame: number, offsetMs: number): MotionEvent => ({
    ...{ type: "EXIT", blob: 1, dir: "LEFT", sinceFrame },
    sinceMs: UTC_MS + sinceFrame * 100 + offsetMs,
  });
  steps.correct(frameAt(1, 0), 100);
  const at = steps.correct(frameAt(2, 5_000, [exit(1, 0)]), 200);
  assert.deepEqual(at.observation.events, [exit(1, 5_000)]);
  const later = steps.correct(frameAt(3, 5_000, [exit(1, 0), exit(2, 5_000)]), 300);
  assert.deepEqual(later.observation.events, [exit(1, 5_000), exit(2, 5_000)]);
});
