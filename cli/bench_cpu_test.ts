import assert from "node:assert/strict";
import process from "node:process";
import { runProgram, startChild } from "../base/subprocess.ts";
import { eventually } from "../tests/support/program.ts";
import {
  parentOf,
  peakBytesOfChild,
  reapedCpuSeconds,
  treeCpuSeconds,
} from "./bench_cpu.ts";

Deno.test("a parent is read behind a name that holds anything", () => {
  assert.equal(parentOf("12 (a) b) S 34 12 12"), 34);
});

Deno.test("the CPU of a tree holds that of its children", async () => {
  const work = "while :; do :; done";
  await using child = await startChild({
    program: "sh",
    args: ["-c", `sh -c '${work}' & wait`],
    stdin: "none",
    outputs: [],
    group: true,
  });
  await eventually("it has worked", () => treeCpuSeconds(child.pid) >= 0.05, 10_000);
  const used = treeCpuSeconds(child.pid);
  assert.ok(used >= 0.05, `${used} s`);
  assert.ok(treeCpuSeconds(process.pid) >= used);
});

Deno.test("a process that is gone has used nothing", () => {
  assert.equal(treeCpuSeconds(2 ** 30), 0);
});

Deno.test("the CPU of children counts with those that they outlived, once they are gone", async () => {
  const own = () => reapedCpuSeconds(Deno.readTextFileSync("/proc/self/stat"));
  const before = own();
  const work = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";
  await runProgram(["sh", "-c", work], { timeoutMs: 60_000, outputBytesMax: 1_000 });
  assert.ok(own() > before, `${own()} after ${before}`);
  const fields = Array.from(
    { length: 50 },
    (_, at) => at === 13 ? 150 : at === 14 ? 50 : 7,
  );
  assert.equal(reapedCpuSeconds(`12 (a) b) ${fields.join(" ")}`), 2);
});

Deno.test("the peak of a child is found by its command line, of nobody else's child", async () => {
  const options = {
    program: "sleep",
    args: ["98.5"],
    stdin: "none",
    outputs: [],
  } as const;
  await using child = await startChild(options);
  await eventually(
    "it is what it was started as",
    () => (peakBytesOfChild(process.pid, "sleep\x0098.5") ?? 0) > 100_000,
  );
  assert.equal(peakBytesOfChild(process.pid, "no such word"), undefined);
  assert.equal(peakBytesOfChild(child.pid, "98.5"), undefined);
});
