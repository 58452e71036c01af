import assert from "node:assert/strict";
import { silentLog } from "./log.ts";
import { Metrics } from "./metrics.ts";
import {
  addProcessMetrics,
  cpuSeconds,
  residentBytes,
  startUtcSeconds,
} from "./process_metrics.ts";

const STAT =
  "4711 (odd) name) S 1 4711 4711 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 9 0 " +
  "12345 1000000 2000 18446744073709551615";

Deno.test("cpuSeconds() counts user and system ticks past a name that holds a bracket", () => {
  assert.equal(cpuSeconds(STAT), 3);
});

Deno.test("startUtcSeconds() adds ticks since boot to the boot time", () => {
  assert.equal(startUtcSeconds(STAT, "cpu 1 2\nbtime 1000\n"), 1_123.45);
  assert.equal(startUtcSeconds(STAT, ""), undefined);
});

Deno.test("residentBytes() reads VmRSS in kibibytes", () => {
  assert.equal(residentBytes("Name:\tx\nVmRSS:\t    2 kB\n"), 2_048);
  assert.equal(residentBytes("Name:\tx\n"), undefined);
});

Deno.test("addProcessMetrics() tells true things about this process", () => {
  const metrics = new Metrics(silentLog);
  addProcessMetrics(metrics);
  const text = metrics.text();
  const of = (name: string) => Number(new RegExp(`^${name} (.+)$`, "m").exec(text)?.[1]);
  assert.ok(of("process_resident_memory_bytes") > 10_000_000);
  assert.ok(of("process_cpu_seconds_total") > 0);
  assert.ok(of("process_open_fds") > 2);
  const ageSeconds = Date.now() / 1_000 - of("process_start_time_seconds");
  assert.ok(ageSeconds > -1 && ageSeconds < 3_600, `age ${ageSeconds} s`);
});
