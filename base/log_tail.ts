/**
 * The last lines of the log, in memory, for who asks a running program. What a line
 * says and where else it goes is `log.ts`.
 * @module
 */

/** About half an hour of a box in trouble, days of one that is well. */
export const LOG_TAIL_LINES_MAX = 2_000;
/** So that a few endless lines cannot fill the memory: 4 MB at most. */
const LINE_CHARS_MAX = 2_000;

/** What readers of the log need. */
export interface LogLines {
  /** The last ones, oldest first, without newlines; never more than are kept. */
  last(count: number): readonly string[];
  /** Tells `take` of each line from now on; it must not block or throw. */
  subscribe(take: (line: string) => void): Disposable;
}

export class LogTail implements LogLines {
  readonly #lines: string[] = [];
  readonly #takers = new Set<(line: string) => void>();

  /** @param line without secrets and without its newline */
  push(line: string): void {
    const kept = line.length > LINE_CHARS_MAX
      ? `${line.slice(0, LINE_CHARS_MAX)}…`
      : line;
    this.#lines.push(kept);
    if (this.#lines.length > LOG_TAIL_LINES_MAX) this.#lines.shift();
    for (const take of this.#takers) take(kept);
  }

  last(count: number): readonly string[] {
    return count <= 0 ? [] : this.#lines.slice(-count);
  }

  subscribe(take: (line: string) => void): Disposable {
    const own = (line: string) => take(line);
    this.#takers.add(own);
    return { [Symbol.dispose]: () => void this.#takers.delete(own) };
  }
}
