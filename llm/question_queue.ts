/**
 * Who is asked about next: cameras take turns, within a camera the newest comes first,
 * as it can still be told in time. Bounded: the camera that has most waiting gives way.
 * Pure; knows no time.
 * @module
 */
import { assert } from "../base/assert.ts";

interface OfCamera {
  readonly camera: string;
}

export class QuestionQueue<Q extends OfCamera> {
  readonly #capacity: number;
  /** In the order of turns; each oldest first, never empty. */
  readonly #waiting = new Map<string, Q[]>();

  constructor(capacity: number) {
    assert(capacity >= 1, "a queue holds at least one");
    this.#capacity = capacity;
  }

  get length(): number {
    let length = 0;
    for (const questions of this.#waiting.values()) length += questions.length;
    return length;
  }

  /** @returns the one that gave way, the oldest of the camera with most waiting */
  push(question: Q): Q | undefined {
    const questions = this.#waiting.get(question.camera) ?? [];
    questions.push(question);
    this.#waiting.set(question.camera, questions);
    if (this.length <= this.#capacity) return undefined;
    const most = [...this.#waiting.values()]
      .reduce((most, some) => some.length > most.length ? some : most);
    const lost = most.shift();
    if (lost && most.length === 0) this.#waiting.delete(lost.camera);
    return lost;
  }

  /** Takes the newest of the camera whose turn it is. */
  next(): Q | undefined {
    for (const [camera, questions] of this.#waiting) {
      const question = questions.pop();
      this.#waiting.delete(camera);
      if (questions.length > 0) this.#waiting.set(camera, questions);
      return question;
    }
    return undefined;
  }

  /** Takes all, in no order that matters. */
  clear(): readonly Q[] {
    const all = [...this.#waiting.values()].flat();
    this.#waiting.clear();
    return all;
  }
}
