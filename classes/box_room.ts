/**
 * Whether the box can bear a child now: it is not in trouble, and has the memory that one
 * takes. Says so, once, as an alert. Starts and ends none; what trouble is, its owner is
 * told.
 * @module
 */
import type { AlertBoard } from "../base/alerts.ts";
import type { BoxHealth } from "../base/box_health.ts";
import type { Log } from "../base/log.ts";

type Memory = NonNullable<BoxHealth["memory"]>;

/** What a child is taken to need, bytes; 185 MB as one file. Source: docs/design/classes.md. */
export const CHILD_BYTES = 210_000_000;
/** What the second detector needs beside that, bytes. */
const SECOND_BYTES = 90_000_000;
/** As much is left then as the box needs not to be in trouble: `capture/governor.ts`. */
const LEFT_PART = 0.06;
const LEFT_BYTES = 100_000_000;
/** Who was refused for memory is let go when there is so much more of it. */
const LET_GO = 1.25;

/** Memory that has to be available for a child to start, bytes. */
export function roomNeeded(memory: Memory): number {
  return CHILD_BYTES + leftOver(memory);
}

/** Whether a child may load the second detector; so where the box does not say. */
export function hasRoomForSecond(memory: Memory | undefined): boolean {
  return memory === undefined ||
    memory.availableBytes >= SECOND_BYTES + leftOver(memory);
}

function leftOver({ totalBytes }: Memory): number {
  return Math.min(LEFT_PART * totalBytes, LEFT_BYTES);
}

/** What goes on after "the box"; undefined where there is room, or the box does not say. */
export function lackOfRoom(memory: Memory | undefined, factor = 1): string | undefined {
  if (memory === undefined) return undefined;
  if (memory.availableBytes >= factor * roomNeeded(memory)) return undefined;
  const [left, needed] = [memory.availableBytes, roomNeeded(memory)].map((bytes) =>
    Math.round(bytes / 1e6)
  );
  return `has ${left} MB of memory left, and a look takes ${needed} MB`;
}

export interface BoxRoomParts {
  readonly alerts: Pick<AlertBoard, "raise" | "clear">;
  readonly log: Log;
  /** What is left now; undefined where the box does not say. */
  memory(): Memory | undefined;
}

const CODE = "classes.spared";

export class BoxRoom {
  readonly #parts: BoxRoomParts;
  /** Words of whoever watches over the box. */
  #trouble: string | undefined;
  /** There was too little memory when it was asked for last. */
  #isShort = false;
  #isTold = false;

  constructor(parts: BoxRoomParts) {
    this.#parts = parts;
  }

  /**
   * Takes a look at the box, one every few seconds.
   * @param trouble what goes on after "the box": "is too hot"; undefined when it is well
   * @returns whether there is room for a child
   */
  looked(trouble: string | undefined): boolean {
    this.#trouble = trouble;
    const lack = this.#isShort ? lackOfRoom(this.#parts.memory(), LET_GO) : undefined;
    this.#isShort = lack !== undefined;
    return this.#tell(trouble ?? lack);
  }

  /** Asked before each child. @returns whether there is room for it */
  has(): boolean {
    const factor = this.#isShort ? LET_GO : 1;
    const lack = lackOfRoom(this.#parts.memory(), factor);
    this.#isShort = lack !== undefined;
    return this.#tell(this.#trouble ?? lack);
  }

  /** Words of memory change with every look: what was said first stands. */
  #tell(why: string | undefined): boolean {
    const { alerts, log } = this.#parts;
    if (why === undefined) {
      if (this.#isTold) log.info("classes.goes_on", {});
      this.#isTold = false;
      alerts.clear(CODE, "");
      return true;
    }
    if (this.#isTold) return false;
    this.#isTold = true;
    log.warn("classes.spared", { why });
    alerts.raise({
      ...{ code: CODE, subject: "", severity: "warning" },
      words: `What moves is not told apart for now: the box ${why}`,
      toDo: "It goes on by itself when the box is well again; motion, alerts and words " +
        "go on meanwhile.",
    });
    return false;
  }
}
