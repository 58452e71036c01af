import assert from "node:assert/strict";
import { LineWriter } from "./log.ts";

Deno.test("LineWriter never waits for who reads, and says what it lost", async () => {
  const written: string[] = [];
  let isRead = Promise.withResolvers<void>();
  const lines = new LineWriter(async (bytes) => {
    await isRead.promise;
    written.push(new TextDecoder().decode(bytes));
    return bytes.length;
  });
  for (let line = 0; line < 1_500; line++) lines.push(`${line}\n`);
  await lines.flushed(5);
  assert.deepEqual(written, [], "nobody reads");
  isRead.resolve();
  await lines.flushed(1_000);
  const text = written.join("");
  assert.match(text, /^0\n1\n/);
  assert.match(text, /\(49\d log lines were lost\)\n$/);
  isRead = Promise.withResolvers();
  isRead.resolve();
  lines.push("again\n");
  await lines.flushed(1_000);
  assert.equal(written.at(-1), "again\n");
});

Deno.test("LineWriter lives on when standard error is closed", async () => {
  const tried: string[] = [];
  const lines = new LineWriter((bytes) => {
    tried.push(new TextDecoder().decode(bytes));
    return Promise.reject(new Error("Broken pipe"));
  });
  lines.push("one\n");
  await lines.flushed(1_000);
  lines.push("two\n");
  await lines.flushed(1_000);
  assert.deepEqual(tried, ["one\n", "two\n"]);
});

Deno.test("LineWriter writes the rest of a line that was taken in parts", async () => {
  let text = "";
  const lines = new LineWriter((bytes) => {
    text += new TextDecoder().decode(bytes.subarray(0, 2));
    return Promise.resolve(Math.min(2, bytes.length));
  });
  lines.push("hello\n");
  await lines.flushed(1_000);
  assert.equal(text, "hello\n");
});
