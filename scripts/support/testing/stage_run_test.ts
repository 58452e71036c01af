import assert from "node:assert/strict";
import { systemClock } from "../../../base/clock.ts";
import type { StageRun } from "./outcome.ts";
import { runStage } from "./stage_run.ts";

interface Bounds {
  readonly timeMs?: number;
  readonly signal?: AbortSignal;
}

function shell(script: string, bounds: Bounds = {}): Promise<StageRun> {
  return runStage({ kind: "check", name: "shell", command: ["sh", "-c", script] }, {
    junitPath: "/nonexistent/report.xml",
    deadlineMs: systemClock.monotonicMs() + (bounds.timeMs ?? 20_000),
    signal: bounds.signal ?? new AbortController().signal,
    env: { STREAMWARE_WORD: "given" },
    onProgress: () => {},
  });
}

Deno.test("runStage() keeps both outputs, the exit code and the environment", async () => {
  const run = await shell("echo $STREAMWARE_WORD; echo aside >&2; exit 5");
  assert.equal(run.code, 5);
  assert.match(run.output, /given/);
  assert.match(run.output, /aside/);
  assert.deepEqual(run.orphans, []);
  assert.equal(run.stopped, undefined);
});

Deno.test("runStage() ends a command and its children when the time is over", async () => {
  const run = await shell("sleep 600 & sleep 600", { timeMs: 200 });
  assert.equal(run.stopped, "time");
  assert.equal(run.signal, "SIGTERM");
  assert.ok(run.seconds < 10);
});

Deno.test("runStage() ends a command at an interrupt", async () => {
  const stop = new AbortController();
  const running = shell("sleep 600", { signal: stop.signal });
  stop.abort();
  assert.equal((await running).stopped, "interrupt");
});

Deno.test("runStage() finds and ends what a command left running", async () => {
  const run = await shell("sleep 601 >/dev/null 2>&1 &");
  assert.deepEqual(run.orphans, ["sleep 601"]);
});
