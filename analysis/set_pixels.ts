/**
 * Goes over a mask's pixels many at a time: to the next one that is set, and to the end of
 * a run of them. Keeps nothing of what it finds.
 * @module
 */

/** A mask that is gone over; one is enough for all masks of one size. */
export class SetPixels {
  #mask: Uint8Array = new Uint8Array();
  /** Words of four bytes, the lowest first; empty where the mask does not begin at one. */
  #words: Int32Array = new Int32Array();
  /**
   * The same as numbers of eight bytes, two words in each: 0 is no pixel set, and bytes of
   * 0 and 255 make no other 0. Empty where the mask does not begin at a whole one.
   */
  #eights: Float64Array = new Float64Array();

  /** The mask that is asked about from now on, bytes of 0 or 255. */
  look(mask: Uint8Array): void {
    if (this.#mask === mask) return;
    this.#mask = mask;
    const { buffer, byteOffset, length } = mask;
    const isEight = byteOffset % 8 === 0;
    const isFour = byteOffset % 4 === 0;
    this.#eights = isEight
      ? new Float64Array(buffer, byteOffset, length >> 3)
      : new Float64Array();
    this.#words = isFour
      ? new Int32Array(buffer, byteOffset, length >> 2)
      : new Int32Array();
  }

  /** The first set pixel from `from` on, or `end`. */
  next(from: number, end: number): number {
    const mask = this.#mask;
    const words = this.#words;
    let at = from;
    let word = at >> 2;
    const last = Math.min(words.length, end >> 2);
    if ((at & 3) !== 0 && word < last) {
      const rest = words[word]! >>> ((at & 3) << 3);
      if (rest !== 0) return at + firstByte(rest);
      word++;
      at = word << 2;
    }
    if ((word & 1) !== 0 && word < last && words[word] === 0) word++;
    if ((word & 1) === 0) word = leapOver(this.#eights, word, last);
    while (word < last && words[word] === 0) word++;
    if (word < last) return (word << 2) + firstByte(words[word]!);
    for (at = Math.max(at, word << 2); at < end; at++) {
      if (mask[at] !== 0) return at;
    }
    return end;
  }

  /** One past the last pixel of the run of 255 that `from` is in; at most `rowEnd`. */
  endOfRun(from: number, rowEnd: number): number {
    const mask = this.#mask;
    const words = this.#words;
    let at = from + 1;
    for (; (at & 3) !== 0; at++) {
      if (at >= rowEnd || mask[at] !== 255) return at;
    }
    let word = at >> 2;
    const last = Math.min(words.length, rowEnd >> 2);
    while (word < last && words[word] === -1) word++;
    at = Math.max(at, word << 2);
    while (at < rowEnd && mask[at] === 255) at++;
    return at;
  }
}

/** A word up to which, from `word` on, nothing is set; at most `last`. `word` is even. */
function leapOver(eights: Float64Array, word: number, last: number): number {
  let eight = word >> 1;
  const stop = Math.min(eights.length, last >> 1) - 3;
  while (
    eight < stop && eights[eight] === 0 && eights[eight + 1] === 0 &&
    eights[eight + 2] === 0 && eights[eight + 3] === 0
  ) eight += 4;
  return 2 * eight;
}

/** Which byte of a word is the lowest that is not 0; the word is not. */
function firstByte(word: number): number {
  return (31 - Math.clz32(word & -word)) >> 3;
}
