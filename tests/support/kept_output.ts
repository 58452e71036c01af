/**
 * An output that keeps what a command printed.
 * @module
 */
import type { Output } from "../../cli/standard_output.ts";
import { paintFor } from "../../cli/terminal_text.ts";

export class KeptOutput implements Output {
  readonly isTerminal: boolean;
  readonly paint = paintFor(false);
  readonly lines: string[] = [];
  readonly remarks: string[] = [];
  readonly chunks: Uint8Array[] = [];
  readonly #linesMax: number;

  /** @param linesMax after which nobody reads any more, as with `head` */
  constructor({ isTerminal = false, linesMax = Infinity } = {}) {
    this.isTerminal = isTerminal;
    this.#linesMax = linesMax;
  }

  get text(): string {
    return this.lines.join("\n");
  }

  line(text: string): boolean {
    if (this.lines.length >= this.#linesMax) return false;
    this.lines.push(text);
    return true;
  }

  bytes(bytes: Uint8Array): boolean {
    this.chunks.push(bytes);
    return true;
  }

  remark(text: string): void {
    this.remarks.push(text);
  }
}
