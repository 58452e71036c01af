import assert from "node:assert/strict";
import { OpenWork } from "./open_work.ts";

Deno.test("OpenWork.none() is done when the last of what began has ended", async () => {
  const { signal } = new AbortController();
  const work = new OpenWork();
  await work.none(signal);
  let isDone = false;
  work.begin();
  work.begin();
  const waiting = work.none(signal).then(() => isDone = true);
  work.end();
  await Promise.resolve();
  assert.equal(isDone, false, "one is open");
  work.end();
  await waiting;
  await work.none(signal);
});

Deno.test("OpenWork.none() is done when its signal says so", async () => {
  const stop = new AbortController();
  const work = new OpenWork();
  work.begin();
  const waiting = work.none(stop.signal);
  stop.abort();
  await waiting;
  await work.none(stop.signal);
});

Deno.test("OpenWork.end() fails when nothing was begun", () => {
  assert.throws(() => new OpenWork().end(), /what ends was begun/);
});
