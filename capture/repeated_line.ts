/**
 * Thins out a line that is said again and again: the same facts are told the 1st, 2nd,
 * 4th, 8th … time in a row, with how often it was. Writes nothing itself. Pure.
 * @module
 */
export class RepeatedLine {
  #last: string | undefined;
  #times = 0;

  /**
   * How often in a row `key` has come now, when that is to be told; undefined when it
   * was told often enough.
   */
  step(key: string): number | undefined {
    this.#times = key === this.#last ? this.#times + 1 : 1;
    this.#last = key;
    return Number.isInteger(Math.log2(this.#times)) ? this.#times : undefined;
  }
}
