/**
 * Who is asked about next: the camera that was not asked about for longest, and of it
 * the newest question, as that can still be told in time. Bounded: the camera that has
 * most waiting gives way, and of several the one that had its turn last. Pure; knows no
 * time.
 * @module
 */
import { assert } from "../base/assert.ts";

interface OfCamera {
  readonly camera: string;
}

export class QuestionQueue<Q extends OfCamera> {
  readonly #capacity: number;
  /** Each oldest first, never empty. */
  readonly #waiting = new Map<string, Q[]>();
  /** When a camera had its last turn. As many cameras as there are settings of. */
  readonly #turns = new Map<string, number>();
  #turn = 0;

  constructor(capacity: number) {
    assert(capacity >= 1, "a queue holds at least one");
    this.#capacity = capacity;
  }

  get length(): number {
    let length = 0;
    for (const questions of this.#waiting.values()) length += questions.length;
    return length;
  }

  /** @returns the one that gave way, the oldest of its camera */
  push(question: Q): Q | undefined {
    const questions = this.#waiting.get(question.camera) ?? [];
    questions.push(question);
    this.#waiting.set(question.camera, questions);
    if (this.length <= this.#capacity) return undefined;
    const inTurn = this.#inTurn();
    const mostWaiting = Math.max(...inTurn.map((camera) => this.#count(camera)));
    const loser = inTurn.findLast((camera) => this.#count(camera) === mostWaiting);
    return loser === undefined ? undefined : this.#take(loser, "oldest");
  }

  /** Takes the newest of the camera whose turn it is. */
  next(): Q | undefined {
    const [camera] = this.#inTurn();
    if (camera === undefined) return undefined;
    this.#turns.set(camera, ++this.#turn);
    return this.#take(camera, "newest");
  }

  /** Takes all, in no order that matters. */
  clear(): readonly Q[] {
    const all = [...this.#waiting.values()].flat();
    this.#waiting.clear();
    return all;
  }

  /** The cameras with something waiting, whose turn is longest ago first. */
  #inTurn(): readonly string[] {
    const turnOf = (camera: string) => this.#turns.get(camera) ?? 0;
    return [...this.#waiting.keys()].sort((a, b) => turnOf(a) - turnOf(b));
  }

  #count(camera: string): number {
    return this.#waiting.get(camera)?.length ?? 0;
  }

  #take(camera: string, which: "oldest" | "newest"): Q | undefined {
    const questions = this.#waiting.get(camera);
    const question = which === "oldest" ? questions?.shift() : questions?.pop();
    if (questions?.length === 0) this.#waiting.delete(camera);
    return question;
  }
}
