import assert from "node:assert/strict";
import { LOG_TAIL_LINES_MAX, LogTail } from "./log_tail.ts";

Deno.test("LogTail keeps the last lines only, oldest first", () => {
  const tail = new LogTail();
  for (let line = 1; line <= LOG_TAIL_LINES_MAX + 10; line++) tail.push(`line ${line}`);
  const all = tail.last(Infinity);
  assert.equal(all.length, LOG_TAIL_LINES_MAX);
  assert.equal(all[0], "line 11");
  assert.deepEqual(tail.last(2), ["line 2009", "line 2010"]);
  assert.deepEqual(tail.last(0), []);
});

Deno.test("LogTail cuts a line that has no end", () => {
  const tail = new LogTail();
  tail.push("x".repeat(1_000_000));
  assert.equal(tail.last(1)[0]?.length, 2_001);
});

Deno.test("LogTail tells each reader of what comes until it has gone", () => {
  const tail = new LogTail();
  tail.push("before");
  const heard: string[] = [];
  const take = (line: string) => void heard.push(line);
  const first = tail.subscribe(take);
  const second = tail.subscribe(take);
  tail.push("one");
  first[Symbol.dispose]();
  tail.push("two");
  second[Symbol.dispose]();
  tail.push("after");
  assert.deepEqual(heard, ["one", "one", "two"]);
});
