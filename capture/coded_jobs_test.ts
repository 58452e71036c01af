import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { runForBytes } from "../base/subprocess.ts";
import { CodedJobs } from "./coded_jobs.ts";

Deno.test("CodedJobs does one thing at a time, in order, also after one that failed", async () => {
  await using jobs = new CodedJobs();
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = jobs.run(async () => {
    order.push("first begins");
    await gate.promise;
    order.push("first ends");
    throw new Fault("unavailable", "Cannot make it: it is broken");
  });
  const second = jobs.run(() => Promise.resolve(order.push("second")));
  assert.equal(jobs.open, 2);
  gate.resolve();
  await assert.rejects(first, /it is broken/);
  await second;
  assert.deepEqual(order, ["first begins", "first ends", "second"]);
  assert.equal(jobs.open, 0);
});

Deno.test("CodedJobs turns away who comes when four are being made", async () => {
  await using jobs = new CodedJobs();
  const gate = Promise.withResolvers<void>();
  const held = [1, 2, 3, 4].map(() => jobs.run(() => gate.promise));
  await assert.rejects(jobs.run(() => Promise.resolve()), /4 others are being made/);
  gate.resolve();
  await Promise.all(held);
  assert.equal(await jobs.run(() => Promise.resolve("again")), "again");
});

/** Sleeps for longer than any test; told when it begins. */
async function sleepIn(
  jobs: CodedJobs,
  told: { readonly asker?: AbortSignal; readonly began?: () => void } = {},
): Promise<unknown> {
  return await jobs.run((limits) => {
    told.began?.();
    return runForBytes(["sleep", "60"], { ...limits, outputBytesMax: 1_000 });
  }, told.asker);
}

Deno.test("CodedJobs kills what takes too long", async () => {
  await using jobs = new CodedJobs(100);
  await assert.rejects(sleepIn(jobs), /Cannot finish sleep: not done after 0.1 s/);
  assert.equal(jobs.open, 0);
});

Deno.test("CodedJobs ends what nobody waits for any more", async () => {
  await using jobs = new CodedJobs();
  const asker = new AbortController();
  const began = Promise.withResolvers<void>();
  const left = sleepIn(jobs, { asker: asker.signal, began: began.resolve });
  const ended = assert.rejects(left, /Cannot finish sleep: it was stopped/);
  await began.promise;
  asker.abort();
  await ended;
});

Deno.test("CodedJobs ends everything when it is shut", async () => {
  const jobs = new CodedJobs();
  const began = Promise.withResolvers<void>();
  const running = sleepIn(jobs, { began: began.resolve });
  const ended = assert.rejects(running, /Cannot finish sleep: it was stopped/);
  const waiting = assert.rejects(sleepIn(jobs), /Cannot make it: it was stopped/);
  await began.promise;
  await jobs[Symbol.asyncDispose]();
  assert.equal(jobs.open, 0);
  await Promise.all([ended, waiting]);
  await assert.rejects(sleepIn(jobs), /it was stopped/);
});
