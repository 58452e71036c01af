import assert from "node:assert/strict";
import { BoundedQueue } from "./bounded_queue.ts";

const never = new AbortController().signal;

Deno.test("BoundedQueue gives in the order it was given", async () => {
  const queue = new BoundedQueue<number>({ capacity: 3, whenFull: "refuse" });
  for (const n of [1, 2, 3]) assert.equal(queue.push(n), undefined);
  assert.deepEqual([await queue.take(never), await queue.take(never)], [1, 2]);
  assert.equal(queue.length, 1);
});

Deno.test("BoundedQueue gives to who waits without keeping it", async () => {
  const queue = new BoundedQueue<number>({ capacity: 1, whenFull: "refuse" });
  const waiting = queue.take(never);
  queue.push(7);
  assert.equal(await waiting, 7);
  assert.equal(queue.length, 0);
});

Deno.test("BoundedQueue loses the oldest, or refuses the new, and says which", () => {
  const oldest = new BoundedQueue<number>({ capacity: 2, whenFull: "drop-oldest" });
  assert.deepEqual([1, 2, 3].map((n) => oldest.push(n)), [undefined, undefined, 1]);
  const refusing = new BoundedQueue<number>({ capacity: 2, whenFull: "refuse" });
  assert.deepEqual([1, 2, 3].map((n) => refusing.push(n)), [undefined, undefined, 3]);
});

Deno.test("BoundedQueue takes out what is not wanted any more", async () => {
  const queue = new BoundedQueue<number>({ capacity: 4, whenFull: "refuse" });
  for (const n of [1, 2, 3, 4]) queue.push(n);
  assert.deepEqual(queue.remove((n) => n % 2 === 0), [2, 4]);
  assert.deepEqual([await queue.take(never), await queue.take(never)], [1, 3]);
});

Deno.test("BoundedQueue ends the wait when it is told, and can be asked again", async () => {
  const queue = new BoundedQueue<number>({ capacity: 1, whenFull: "refuse" });
  const stop = new AbortController();
  const waiting = queue.take(stop.signal);
  stop.abort();
  assert.equal(await waiting, undefined);
  assert.equal(await queue.take(stop.signal), undefined);
  queue.push(5);
  assert.equal(await queue.take(never), 5);
});
