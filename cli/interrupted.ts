/**
 * How a question ends that nobody answered. Apart from the questions, so that a command
 * that asks nothing does not load what asks.
 * @module
 */

/** Ctrl-C at a question: the command ends with 130, and nothing was changed. */
export class Interrupted extends Error {
  constructor() {
    super("Interrupted at a question");
    this.name = "Interrupted";
  }
}
