import assert from "node:assert/strict";
import fc from "fast-check";
import { ClassQueue, type ClassTask } from "./class_queue.ts";

function task(track: number, more: Partial<ClassTask> = {}): ClassTask {
  const plain = { occasion: "first", isKnown: false, sinceMs: track } as const;
  return { camera: "gate", track, ...plain, ...more };
}

function tracks(tasks: readonly ClassTask[]): number[] {
  return tasks.map(({ track }) => track);
}

Deno.test("ClassQueue gives the unknown first, then who is there, then who waits longest", () => {
  const queue = new ClassQueue(8);
  queue.push(task(1, { isKnown: true, occasion: "final" }));
  queue.push(task(2, { occasion: "final" }));
  queue.push(task(4));
  queue.push(task(3));
  assert.deepEqual(tracks(queue.take(3)), [3, 4, 2]);
  assert.deepEqual(tracks(queue.take(3)), [1]);
});

Deno.test("ClassQueue holds one task a track: the newer, at the older one's place", () => {
  const queue = new ClassQueue(8);
  queue.push(task(1));
  queue.push(task(2));
  queue.push(task(1, { camera: "yard", sinceMs: 9 }));
  queue.push(task(1, { sinceMs: 8, isKnown: false, occasion: "first" }));
  const all = queue.take(8);
  assert.deepEqual(all.map(({ camera, track }) => `${camera} ${track}`), [
    ...["gate 1", "gate 2", "yard 1"],
  ]);
  assert.equal(all[0]!.sinceMs, 1);
});

Deno.test("ClassQueue lets go what is worth least when it is full, and says which", () => {
  const queue = new ClassQueue(2);
  assert.equal(queue.push(task(1, { isKnown: true })), undefined);
  assert.equal(queue.push(task(2)), undefined);
  assert.equal(queue.push(task(3))?.track, 1);
  assert.equal(queue.push(task(4))?.track, 4, "the newest of equals");
  assert.deepEqual(tracks(queue.take(9)), [2, 3]);
});

Deno.test("ClassQueue forgets what is dropped, and gives what is too old", () => {
  const queue = new ClassQueue(8);
  for (const track of [1, 2, 3]) queue.push(task(track));
  queue.drop({ camera: "gate", track: 2 });
  assert.deepEqual(tracks(queue.takeOlderThan(2)), [1]);
  assert.deepEqual(tracks(queue.take(8)), [3]);
});

Deno.test("ClassQueue never holds more than its capacity and loses nothing in silence", () => {
  const anyTask = fc.record({
    camera: fc.constantFrom("gate", "yard"),
    track: fc.integer({ min: 1, max: 6 }),
    occasion: fc.constantFrom("first" as const, "final" as const),
    isKnown: fc.boolean(),
    sinceMs: fc.nat(100),
  });
  fc.assert(
    fc.property(fc.array(anyTask), fc.integer({ min: 1, max: 5 }), (all, size) => {
      const queue = new ClassQueue(size);
      const lost = all.flatMap((each) => queue.push(each) ?? []);
      assert.ok(queue.length <= size);
      const left = queue.take(99);
      const keyOf = ({ camera, track }: ClassTask) => `${camera} ${track}`;
      const seen = new Set([...lost, ...left].map(keyOf));
      assert.deepEqual(seen, new Set(all.map(keyOf)));
    }),
  );
});
