import assert from "node:assert/strict";
import { RECENT_EVENTS_MAX } from "../live_protocol.ts";
import { addEntries, keyOf, type LogEntry, recallEntries } from "./log_entries.ts";

function entry(ordinal: number, changes: Partial<LogEntry> = {}): LogEntry {
  return {
    ordinal,
    frame: ordinal,
    tMs: ordinal * 1_000,
    event: { type: "MOVE", blob: 1, dir: "LEFT" },
    dsl: "",
    camera: "gate",
    startedUtcMs: 50,
    utc: true,
    ...changes,
  };
}

function entries(from: number, to: number, changes: Partial<LogEntry> = {}): LogEntry[] {
  return Array.from({ length: to - from + 1 }, (_, i) => entry(from + i, changes));
}

Deno.test("addEntries() puts the newest first, and is bounded", () => {
  const log = addEntries(addEntries([], entries(1, 150)), entries(151, 300));
  assert.equal(log.length, RECENT_EVENTS_MAX);
  assert.deepEqual([log[0]?.ordinal, log.at(-1)?.ordinal], [300, 101]);
});

Deno.test("recallEntries() fills in what was missed, and has nothing twice", () => {
  const heard = addEntries(addEntries([], entries(1, 3)), entries(7, 8));
  const log = recallEntries(heard, entries(2, 7), 50);
  assert.deepEqual(log.map(({ ordinal }) => ordinal), [8, 7, 6, 5, 4, 3, 2, 1]);
  assert.equal(recallEntries(log, entries(2, 7), 50), log, "the same when all is known");
});

Deno.test("recallEntries() leaves what is of an earlier start below", () => {
  const former = addEntries([], entries(1, 2, { startedUtcMs: 10, tMs: 9e9 }));
  const log = recallEntries(former, entries(1, 2), 50);
  assert.deepEqual(log.map(keyOf), ["50 2 gate", "50 1 gate", "10 2 gate", "10 1 gate"]);
});

Deno.test("recallEntries() orders several cameras by time", () => {
  const gate = recallEntries([], entries(1, 3), 50);
  const log = recallEntries(gate, [entry(1, { camera: "barn", tMs: 1_500 })], 50);
  assert.deepEqual(log.map(keyOf), ["50 3 gate", "50 2 gate", "50 1 barn", "50 1 gate"]);
});
