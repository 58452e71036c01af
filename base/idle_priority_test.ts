import assert from "node:assert/strict";
import { idleCommand, mayBeIdle } from "./idle_priority.ts";
import { runProgram } from "./subprocess.ts";

const LIMITS = { timeoutMs: 20_000, outputBytesMax: 10_000 };

Deno.test("an idle command runs when nobody else wants the processor, where that may be", async () => {
  const isAllowed = await mayBeIdle();
  const command = idleCommand(["cat", "/proc/self/stat"]);
  const { code, stdout } = await runProgram(command, LIMITS);
  // Who may begin but not end it is not allowed either.
  if (isAllowed) assert.equal(code, 0);
  // Field 41 of proc(5), counted behind the name: SCHED_IDLE is 5.
  const fields = stdout.slice(stdout.lastIndexOf(")") + 2).split(" ");
  if (isAllowed) assert.equal(fields[38], "5", stdout);
});

Deno.test("an idle command of a program that is not there says so", () => {
  assert.throws(() => idleCommand(["/no/such/program"]), /it is not installed/);
});
