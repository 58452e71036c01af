/**
 * Letters of 5 by 7 dots as a camera writes them over its picture: digits and the signs
 * of date and time. Knows no words.
 * @module
 */

const COLUMNS = 5;
const ROWS = 7;

/** Rows from the top, five dots each. */
const GLYPHS: Readonly<Record<string, string>> = {
  "0": "01110 10001 10011 10101 11001 10001 01110",
  "1": "00100 01100 00100 00100 00100 00100 01110",
  "2": "01110 10001 00001 00110 01000 10000 11111",
  "3": "01110 10001 00001 00110 00001 10001 01110",
  "4": "00010 00110 01010 10010 11111 00010 00010",
  "5": "11111 10000 11110 00001 00001 10001 01110",
  "6": "00110 01000 10000 11110 10001 10001 01110",
  "7": "11111 00001 00010 00100 01000 01000 01000",
  "8": "01110 10001 10001 01110 10001 10001 01110",
  "9": "01110 10001 10001 01111 00001 00010 01100",
  ":": "00000 00100 00100 00000 00100 00100 00000",
  "-": "00000 00000 00000 11111 00000 00000 00000",
  "C": "01110 10001 10000 10000 10000 10001 01110",
  "R": "11110 10001 10001 11110 10100 10010 10001",
  "E": "11111 10000 10000 11110 10000 10000 11111",
};

/** Columns of dots that a text takes, with a column between its letters. */
export function textColumns(text: string): number {
  return Math.max(0, text.length * (COLUMNS + 1) - 1);
}

export const TEXT_ROWS = ROWS;

/** Whether the dot at `column`, `row` of the text is set; unknown letters are blank. */
export function isDot(
  text: string,
  { column, row }: { column: number; row: number },
): boolean {
  const letter = text[Math.floor(column / (COLUMNS + 1))];
  const inside = column % (COLUMNS + 1);
  if (letter === undefined || column < 0 || inside >= COLUMNS) return false;
  if (row < 0 || row >= ROWS) return false;
  return GLYPHS[letter]?.[row * (COLUMNS + 1) + inside] === "1";
}
