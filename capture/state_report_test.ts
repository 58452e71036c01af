import assert from "node:assert/strict";
import { silentLog } from "../base/log.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { RecordingSink } from "../tests/support/recording_sink.ts";
import { StateReport } from "./state_report.ts";

Deno.test("StateReport tells a camera that comes and goes by its count, and logs seldom", () => {
  const sink = new RecordingSink();
  const logged: unknown[] = [];
  const keep = (_event: string, facts?: Readonly<Record<string, unknown>>) =>
    void logged.push(facts?.words);
  const log = { ...silentLog, info: keep, warn: keep };
  const clock = new ManualClock();
  const report = new StateReport({ sink, clock, log }, { camera: "gate", source: "x" });
  for (let times = 3; times <= 1_000; times++) {
    report.lostInLoop = times;
    report.set("offline", "lost");
    report.set("online", "lost");
    clock.advance(60_000);
  }
  assert.equal(sink.states.length, 2 * 998);
  assert.match(sink.words.at(-2)!, /was lost 1000 times in a row/);
  assert.equal(logged.length, 9, "at 3, 6, 12 … 768");
  report.lostInLoop = 0;
  report.set("online");
  assert.equal(logged.at(-1), "Camera gate is online");
});

Deno.test("StateReport tells each count of an unbroken loop, since its beginning", () => {
  const sink = new RecordingSink();
  const clock = new ManualClock();
  const place = { camera: "gate", source: "x" };
  const report = new StateReport({ sink, clock, log: silentLog }, place);
  for (const times of [3, 4, 5]) {
    report.lostInLoop = times;
    report.set("offline", "lost");
    report.set("offline", "lost");
    clock.advance(60_000);
  }
  assert.equal(sink.states.length, 3);
  assert.equal(new Set(sink.states.map(({ sinceMs }) => sinceMs)).size, 1);
});
