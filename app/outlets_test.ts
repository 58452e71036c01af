import assert from "node:assert/strict";
import { AlertBoard } from "../base/alerts.ts";
import { EventMemory } from "../server/event_memory.ts";
import type { CameraView } from "../server/live_protocol.ts";
import { UnreportedMemory } from "../server/unreported.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { makeOutlet } from "./outlets.ts";

Deno.test("makeOutlet() raises the alert of a main stream that is away, and clears it", () => {
  const clock = new ManualClock(0);
  const alerts = new AlertBoard(clock);
  const outlet = makeOutlet({
    ...{ clock, alerts, server: { publish: () => {} } },
    ...{ events: new EventMemory(), unreported: new UnreportedMemory() },
    ...{ words: undefined, recorder: undefined, ended: () => {} },
  });
  const codes = () => alerts.list().map(({ code }) => code);
  const view = (state: "online" | "offline", isThere: boolean): CameraView => ({
    ...{ camera: "gate", state: { state, sinceMs: 1 }, words: "Camera gate is somehow" },
    mainStream: { isThere, sinceMs: 1, words: "Its main stream is away: look" },
  });
  outlet.changed(view("online", true));
  assert.deepEqual(codes(), []);
  outlet.changed(view("online", false));
  assert.deepEqual(codes(), ["camera.main_stream"]);
  outlet.changed(view("offline", false));
  assert.deepEqual(codes(), ["camera.offline"]);
  outlet.changed(view("online", false));
  assert.deepEqual(codes(), ["camera.main_stream"]);
  outlet.changed(view("online", true));
  assert.deepEqual(codes(), []);
  outlet.changed(view("online", false));
  outlet.unusable(view("offline", false));
  assert.deepEqual(codes(), []);
});
