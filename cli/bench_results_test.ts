import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { BENCH_STAGES } from "./bench_measure.ts";
import { type BenchRecord, keepRecord, lastKept, lossWords } from "./bench_results.ts";

function record(of: Partial<BenchRecord>, allMs: number): BenchRecord {
  const one = { p50: allMs, p95: allMs, p99: allMs };
  return {
    ...{ machine: "a box, 4 cores", date: "2026-11-22", version: "0.1.0" },
    ...{ deno: "2.9.5", kernels: "wasm", name: "street", frames: 100 },
    stagesMs: Object.fromEntries(
      BENCH_STAGES.map((stage) => [stage, one]),
    ) as BenchRecord["stagesMs"],
    ...{ cpuMs: allMs, garbageBytes: 3_000 },
    ...of,
  };
}

Deno.test("lastKept() finds the last figures of the same machine, kernels and frames", () => {
  using folder = new TestFolder();
  const path = folder.file("results.jsonl");
  const now = record({}, 1);
  assert.equal(lastKept(path, now), undefined);
  keepRecord(path, record({ commit: "first" }, 1));
  keepRecord(path, record({ commit: "second" }, 1));
  keepRecord(path, record({ commit: "other", machine: "a Pi, 4 cores" }, 1));
  keepRecord(path, record({ commit: "slow", kernels: "ts" }, 9));
  keepRecord(path, record({ commit: "noise", name: "noise" }, 1));
  assert.equal(lastKept(path, now)?.commit, "second");
});

Deno.test("lastKept() names the line that is none", () => {
  using folder = new TestFolder();
  const path = folder.file("results.jsonl");
  keepRecord(path, record({}, 1));
  Deno.writeTextFileSync(path, '{"machine":"a b', { append: true });
  assert.throws(
    () => lastKept(path, record({}, 1)),
    (thrown) => thrown instanceof Fault && /results\.jsonl: line 2/.test(thrown.message),
  );
});

Deno.test("lossWords() tells a loss of a fifth, and no less", () => {
  const kept = record({ commit: "27fa865" }, 0.25);
  assert.equal(lossWords(record({}, 0.29), kept), undefined);
  assert.equal(lossWords(record({}, 0.31), undefined), undefined);
  assert.equal(
    lossWords(record({}, 0.31), kept),
    "street: slower by 24 %, 0.310 ms and not 0.250 ms of CPU as on 2026-11-22, 27fa865",
  );
});
