import assert from "node:assert/strict";
import type { MotionEvent } from "../analysis/dsl/observation.ts";
import { narration } from "../tests/support/narrations.ts";
import { observation } from "../tests/support/server_parts.ts";
import {
  type Recent,
  RECENT_EVENTS_MAX,
  RECENT_NARRATIONS_MAX,
  RECENT_SECONDS,
  RECENT_UNREPORTED_MAX,
} from "./live_protocol.ts";
import { RecentMemory } from "./recent.ts";

const ENTER: MotionEvent = { type: "ENTER", blob: 1, dir: "LEFT" };
const STOP: MotionEvent = { type: "STOP", blob: 1, dir: "STATIC" };

function recall(memory: RecentMemory, nowMs: number, camera = "gate"): Recent {
  return JSON.parse(memory.text(camera, nowMs));
}

Deno.test("RecentMemory counts events over frames, and keeps their lines", () => {
  const memory = new RecentMemory(77);
  assert.deepEqual(memory.remember("gate", observation(1), 0), {});
  const first = memory.remember("gate", observation(2, { events: [ENTER, STOP] }), 0);
  assert.deepEqual(first, { firstEvent: 1 });
  const next = memory.remember("gate", observation(3, { events: [STOP] }), 0);
  assert.deepEqual(next, { firstEvent: 3 });
  const { startedUtcMs, events } = recall(memory, 0);
  assert.equal(startedUtcMs, 77);
  assert.deepEqual(events.map(({ ordinal, frame }) => [ordinal, frame]), [
    [1, 2],
    [2, 2],
    [3, 3],
  ]);
  assert.equal(events[0]?.tMs, observation(2).tMs);
  assert.match(events[1]!.dsl, /^FRAME 2 @ .*\n {2}EVENT type=STOP blob=1/);
});

Deno.test("RecentMemory keeps the last events only, and goes on counting", () => {
  const memory = new RecentMemory(0);
  for (let frame = 1; frame <= 1_000; frame++) {
    memory.remember("gate", observation(frame, { events: [ENTER, STOP] }), frame * 100);
  }
  const { events } = recall(memory, 100_000);
  assert.equal(events.length, RECENT_EVENTS_MAX);
  assert.equal(events.at(-1)?.ordinal, 2_000);
});

Deno.test("RecentMemory keeps the strongest motion of each second that had a frame", () => {
  const memory = new RecentMemory(0);
  for (const [nowMs, motionPct] of [[1_000, 2], [1_900, 5], [1_950, 3], [9_000, 1]]) {
    memory.remember("gate", observation(1, { motionPct: motionPct! }), nowMs!);
  }
  assert.deepEqual(recall(memory, 10_500).motion, [
    { secondsAgo: 9, peakPct: 5 },
    { secondsAgo: 1, peakPct: 1 },
  ]);
});

Deno.test("RecentMemory forgets motion after five minutes, with frames or without", () => {
  const memory = new RecentMemory(0);
  for (let second = 0; second < 1_000; second++) {
    memory.remember("gate", observation(second), second * 1_000);
  }
  assert.equal(recall(memory, 999_000).motion.length, RECENT_SECONDS);
  assert.equal(recall(memory, 999_000).motion[0]?.secondsAgo, RECENT_SECONDS - 1);
  assert.equal(recall(memory, 1_100_000).motion.length, RECENT_SECONDS - 101);
  assert.deepEqual(recall(memory, 2_000_000).motion, []);
});

Deno.test("RecentMemory keeps cameras apart, and knows nothing of one without frames", () => {
  const memory = new RecentMemory(0);
  memory.remember("gate", observation(1, { events: [ENTER] }), 0);
  const first = memory.remember("barn", observation(1, { events: [STOP] }), 0);
  assert.equal(first.firstEvent, 1);
  assert.equal(recall(memory, 0, "gate").events[0]?.event.type, "ENTER");
  assert.deepEqual(recall(memory, 0, "porch"), {
    camera: "porch",
    startedUtcMs: 0,
    events: [],
    motion: [],
    narrations: [],
    unreported: [],
  });
});

Deno.test("RecentMemory formats once for all who ask, and anew after a frame", () => {
  const memory = new RecentMemory(0);
  memory.remember("gate", observation(1, { motionPct: 4 }), 0);
  const first = memory.text("gate", 100);
  assert.equal(memory.text("gate", 900), first);
  assert.match(memory.text("gate", 1_000), /"secondsAgo":1/);
  memory.remember("gate", observation(2, { motionPct: 6 }), 1_000);
  assert.match(memory.text("gate", 1_000), /"secondsAgo":0,"peakPct":6/);
});

Deno.test("RecentMemory keeps the last narrations of each camera, told at once", () => {
  const memory = new RecentMemory(0);
  assert.deepEqual(recall(memory, 0).narrations, []);
  for (let id = 1; id <= RECENT_NARRATIONS_MAX + 5; id++) {
    memory.narrated(narration(id));
    assert.equal(recall(memory, 0).narrations.at(-1)?.id, id, "no older answer is kept");
  }
  memory.narrated(narration(900, { camera: "barn" }));
  const { narrations } = recall(memory, 0);
  assert.equal(narrations.length, RECENT_NARRATIONS_MAX);
  assert.equal(narrations[0]?.id, 6);
  assert.deepEqual(recall(memory, 0, "barn").narrations, [
    narration(900, { camera: "barn" }),
  ]);
});

Deno.test("RecentMemory keeps the last that was not reported, of each camera", () => {
  const memory = new RecentMemory(0);
  for (let ordinal = 1; ordinal <= RECENT_UNREPORTED_MAX + 1; ordinal++) {
    const of = { ordinal, camera: "gate", utcMs: 0, tMs: 0, why: "rain" } as const;
    memory.unreported({ ...of, kind: "cause", dsl: "CAUSE rain" });
  }
  const { unreported } = recall(memory, 0);
  assert.equal(unreported.length, RECENT_UNREPORTED_MAX);
  assert.equal(unreported.at(-1)?.ordinal, RECENT_UNREPORTED_MAX + 1);
  assert.deepEqual(recall(memory, 0, "porch").unreported, []);
});

Deno.test("RecentMemory gives no ordinal to events of what is kept quiet", () => {
  const memory = new RecentMemory(0);
  const speeds = { vx: 0, vy: 0, vxPerS: 0, vyPerS: 0 };
  const tree = { id: 7, x: 0.5, y: 0.5, w: 0.1, h: 0.1, ...speeds, coast: 0 };
  const blobs = [{ ...tree, suppressed: "sway" as const }];
  const appear = { type: "APPEAR", blob: 7, dir: "STATIC" } as const;
  const of = (events: readonly MotionEvent[]) =>
    memory.remember("gate", observation(1, { blobs, events }), 0);
  assert.deepEqual(of([appear]), { quiet: [7] });
  assert.deepEqual(of([appear, ENTER]), { quiet: [7], firstEvent: 1 });
  assert.deepEqual(recall(memory, 0).events.map(({ event }) => event), [ENTER]);
});

Deno.test("RecentMemory gives sentences with the class that is known by now", () => {
  const memory = new RecentMemory(0);
  const waiting = { classified: { state: "waiting" } } as const;
  memory.narrated(narration(1, { track: 1, ...waiting }));
  memory.narrated(narration(2, { track: 2, ...waiting }));
  assert.deepEqual(recall(memory, 0).narrations[0]!.classified, { state: "waiting" });
  const line = { blob: 1, class: "unknown", score: 0.2 } as const;
  memory.remember("gate", observation(9, { classes: [line] }), 0);
  const known = recall(memory, 0).narrations.map(({ classified }) => classified?.state);
  assert.deepEqual(known, ["unknown", "waiting"]);
});
