import assert from "node:assert/strict";
import fc from "fast-check";
import { QuestionQueue } from "./question_queue.ts";

interface Asked {
  readonly camera: string;
  readonly id: number;
}

function fill(
  queue: QuestionQueue<Asked>,
  ...names: readonly string[]
): readonly string[] {
  const lost: string[] = [];
  for (const name of names) {
    const [camera, id] = [name.slice(0, 1), Number(name.slice(1))];
    const gone = queue.push({ camera, id });
    if (gone) lost.push(`${gone.camera}${gone.id}`);
  }
  return lost;
}

function drain(queue: QuestionQueue<Asked>): readonly string[] {
  const out: string[] = [];
  for (let one = queue.next(); one; one = queue.next()) {
    out.push(`${one.camera}${one.id}`);
  }
  return out;
}

Deno.test("QuestionQueue gives cameras turns, and of a camera the newest first", () => {
  const queue = new QuestionQueue<Asked>(8);
  assert.deepEqual(fill(queue, "a1", "a2", "a3", "b1", "c1", "b2"), []);
  assert.deepEqual(drain(queue), ["a3", "b2", "c1", "a2", "b1", "a1"]);
});

Deno.test("QuestionQueue drops the oldest of the camera with most waiting when full", () => {
  const queue = new QuestionQueue<Asked>(4);
  assert.deepEqual(fill(queue, "a1", "a2", "a3", "b1", "b2", "b3"), ["a1", "b1"]);
  assert.deepEqual(drain(queue), ["a3", "b3", "a2", "b2"]);
});

Deno.test("QuestionQueue holds no more than it may and loses nothing silently", () => {
  const name = fc.tuple(fc.constantFrom("a", "b", "c"), fc.nat(1_000));
  fc.assert(
    fc.property(
      fc.array(name, { maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      (names, capacity) => {
        const queue = new QuestionQueue<Asked>(capacity);
        const all = names.map(([camera, id], index) => `${camera}${id * 100 + index}`);
        const lost = fill(queue, ...all);
        assert.ok(queue.length <= capacity);
        assert.deepEqual([...lost, ...drain(queue)].toSorted(), all.toSorted());
      },
    ),
  );
});

for (const cameras of [9, 12, 30]) {
  Deno.test(`QuestionQueue starves none of ${cameras} cameras that ask at a strict rhythm`, () => {
    const queue = new QuestionQueue<{ readonly camera: string }>(8);
    const turns = Array.from({ length: cameras }, () => 0);
    for (let second = 0; second < 7_200; second++) {
      for (const camera of turns.keys()) {
        if (second % 40 === camera) queue.push({ camera: String(camera) });
      }
      const next = second % 10 === 0 ? queue.next() : undefined;
      if (next) turns[Number(next.camera)]!++;
    }
    const fair = 720 / cameras;
    assert.ok(Math.min(...turns) > 0.7 * fair, turns.join(" "));
  });
}

Deno.test("QuestionQueue is empty once cleared", () => {
  const queue = new QuestionQueue<Asked>(4);
  fill(queue, "a1", "b1");
  assert.equal(queue.clear().length, 2);
  assert.equal(queue.next(), undefined);
});
