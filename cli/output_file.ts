/**
 * Writes one output of `analyze`: whole blocks, in order, errors said with the path.
 * @module
 */
import { Fault, wordsOf } from "../base/fault.ts";

/** Text is gathered up to this many characters before it is written. */
const BLOCK_CHARACTERS = 1 << 16;

export class OutputFile implements Disposable {
  readonly #path: string;
  readonly #file: { writeSync(bytes: Uint8Array): number; close(): void };
  readonly #encoder = new TextEncoder();
  #text = "";

  /** @param path a file, or "-" for standard output */
  constructor(path: string) {
    this.#path = path;
    try {
      this.#file = path === "-"
        ? { writeSync: (bytes) => Deno.stdout.writeSync(bytes), close: () => {} }
        : Deno.openSync(path, { write: true, create: true, truncate: true });
    } catch (cause) {
      throw new Fault("unavailable", `Cannot write ${path}: ${wordsOf(cause)}`, {
        cause,
      });
    }
  }

  text(text: string): void {
    this.#text += text;
    if (this.#text.length >= BLOCK_CHARACTERS) this.flush();
  }

  bytes(bytes: Uint8Array): void {
    this.flush();
    this.#write(bytes);
  }

  flush(): void {
    if (this.#text === "") return;
    const bytes = this.#encoder.encode(this.#text);
    this.#text = "";
    this.#write(bytes);
  }

  /** Closes without flushing: after a failure half an output is no output. */
  [Symbol.dispose](): void {
    this.#file.close();
  }

  #write(bytes: Uint8Array): void {
    try {
      for (let done = 0; done < bytes.length;) {
        done += this.#file.writeSync(bytes.subarray(done));
      }
    } catch (cause) {
      throw new Fault("unavailable", `Cannot write ${this.#path}: ${wordsOf(cause)}`, {
        hint: "df -h",
        cause,
      });
    }
  }
}
