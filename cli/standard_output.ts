/**
 * Standard output for commands that print for people or for a pipe. A pipe that is closed
 * (`| head`) is the reader's way to say "enough", never an error.
 * @module
 */
import { Fault, wordsOf } from "../base/fault.ts";
import { type Paint, paintFor } from "./terminal_text.ts";

/** Where a command prints to; a test has one that keeps what was printed. */
export interface Output {
  readonly isTerminal: boolean;
  /** Colours on a terminal, unless NO_COLOR is set or the terminal is a dumb one. */
  readonly paint: Paint;
  /** Prints a line; false when nobody reads any more. */
  line(text: string): boolean;
  /** Prints as it is; false when nobody reads any more. */
  bytes(bytes: Uint8Array): boolean;
  /** A remark for people, on standard error. */
  remark(text: string): void;
}

/**
 * The process's own. @throws Fault unavailable from `line` and `bytes` on a full disk
 */
export function standardOutput(): Output {
  const isTerminal = Deno.stdout.isTerminal();
  const isDumb = Deno.env.get("TERM") === "dumb";
  const encoder = new TextEncoder();
  return {
    isTerminal,
    paint: paintFor(isTerminal && !Deno.noColor && !isDumb),
    line: (text) => write(encoder.encode(`${text}\n`)),
    bytes: write,
    remark: (text) => console.error(text),
  };
}

function write(bytes: Uint8Array): boolean {
  try {
    for (let done = 0; done < bytes.length;) {
      done += Deno.stdout.writeSync(bytes.subarray(done));
    }
    return true;
  } catch (thrown) {
    if (thrown instanceof Deno.errors.BrokenPipe) return false;
    const words = `Cannot print to standard output: ${wordsOf(thrown)}`;
    throw new Fault("unavailable", words, { hint: "df -h, if it is a file" });
  }
}
