import assert from "node:assert/strict";
import process from "node:process";
import { startChild } from "../base/subprocess.ts";
import { eventually } from "../tests/support/program.ts";
import { parentOf, treeCpuSeconds } from "./bench_cpu.ts";

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
