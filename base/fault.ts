/**
 * What we could not do, the state we found, and what to do next.
 * An expected "no" is a return value, not a fault.
 * @module
 */

/** Decides the exit code: `EXIT_CODES`, documented in docs/ref/exit-codes.md. */
export type FaultKind = "usage" | "config" | "unavailable" | "corrupt" | "bug";

export interface FaultMore {
  /** A command or an action that helps, in the reader's words. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** An error made for people: "Cannot …: …", no period, no secret, never a stack trace. */
export class Fault extends Error {
  readonly kind: FaultKind;
  readonly hint: string | undefined;

  constructor(kind: FaultKind, message: string, more: FaultMore = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "Fault";
    this.kind = kind;
    this.hint = more.hint;
  }
}

/** Process exit codes by kind of fault. 0 is success, 130 an interrupt. */
export const EXIT_CODES: Readonly<Record<FaultKind, number>> = {
  bug: 1,
  usage: 2,
  config: 2,
  unavailable: 3,
  corrupt: 4,
};

/** The words of any thrown thing, for a fault's message or a log fact. */
export function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
