/**
 * Takes one line of the text form apart: words, `name=value` fields, quoted text.
 * Knows no line kind: those are `text_format.ts` and `text_parse.ts`.
 * @module
 */

/** Longer lines are damaged: nothing that we write comes near. */
export const LINE_CHARS_MAX = 16_384;

/** Most digits of a number with decimals: doubles keep any 15 of them exactly. */
const DIGITS_MAX = 15;

/** Text that stands in a line without quotes. */
const BARE = /^[A-Za-z0-9_.:/+-]+$/;

/** Ends of line to some readers (Python's splitlines) that JSON leaves as they are. */
const OTHER_LINE_ENDS = /[\u007f\u0085\u2028\u2029]/g;

/** `text` as a field's value: bare when it can be, else quoted as JSON quotes. */
export function quoted(text: string): string {
  if (BARE.test(text)) return text;
  return JSON.stringify(text).replace(
    OTHER_LINE_ENDS,
    (end) => "\\u" + end.charCodeAt(0).toString(16).padStart(4, "0"),
  );
}

/** The parts of a line between blanks; blanks inside quotes part nothing. */
export function tokensOf(line: string): readonly string[] | undefined {
  if (!line.includes('"')) return line.split(" ").filter((token) => token !== "");
  const tokens: string[] = [];
  let start = 0;
  let inQuotes = false;
  for (let i = 0; i < line.length; i++) {
    const char = line.charCodeAt(i);
    if (inQuotes && char === 0x5c) i++;
    else if (char === 0x22) inQuotes = !inQuotes;
    else if (char === 0x20 && !inQuotes) {
      if (i > start) tokens.push(line.slice(start, i));
      start = i + 1;
    }
  }
  if (inQuotes) return undefined;
  if (start < line.length) tokens.push(line.slice(start));
  return tokens;
}

/**
 * Reads the fields of one line, in any order. Never throws: the first thing that is
 * wrong is kept in `reason`, and what is read after it means nothing.
 */
export class LineFields {
  readonly #tokens: readonly string[];
  readonly #taken: boolean[];
  #reason: string | undefined;
  #later = false;

  /** @param tokens what follows the line's first word */
  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
    this.#taken = tokens.map(() => false);
  }

  /** Why the line cannot be read, if so. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** True when a closed list met a word that it does not know yet. */
  get later(): boolean {
    return this.#later;
  }

  /** What nobody asked for, in its order: the fields of a later version. */
  rest(): string {
    return this.#tokens.filter((_, index) => !this.#taken[index]).join(" ");
  }

  has(name: string): boolean {
    return this.#find(name) >= 0;
  }

  /** The part at `index`, for the few that have no name. */
  part(index: number): string {
    const token = this.#tokens[index];
    if (token === undefined) return this.#fail("it ends too early");
    this.#taken[index] = true;
    return token;
  }

  /** A field as it is written. */
  raw(name: string): string {
    const index = this.#find(name);
    if (index < 0) return this.#fail(`${name}= is missing`);
    this.#taken[index] = true;
    const value = this.#tokens[index]!.slice(name.length + 1);
    if (this.has(name)) return this.#fail(`${name}= is there twice`);
    return value;
  }

  /** A whole number that is exact in a double. */
  whole(name: string, of: { min: number; suffix?: string }): number {
    return this.asWhole(this.#bare(name, of.suffix ?? ""), { name, min: of.min });
  }

  asWhole(text: string, of: { name: string; min: number }): number {
    const value = /^-?\d{1,16}$/.test(text) ? Number(text) : NaN;
    if (!Number.isSafeInteger(value)) this.#fail(`${of.name} is no whole number`);
    else if (value < of.min) this.#fail(`${of.name} is below ${of.min}`);
    return value + 0;
  }

  /** A number of at most `decimals` decimals. */
  decimal(name: string, of: { decimals: number; suffix?: string }): number {
    return this.#asDecimal(this.#bare(name, of.suffix ?? ""), { name, ...of });
  }

  asDecimal(text: string, of: { name: string; decimals: number }): number {
    return this.#asDecimal(text, of);
  }

  /** `(a,b)`, both of at most `decimals` decimals. */
  pair(name: string, decimals: number): readonly [number, number] {
    const text = this.raw(name);
    const comma = text.indexOf(",");
    if (comma < 0 || !text.startsWith("(") || !text.endsWith(")")) {
      this.#fail(`${name} is no pair`);
      return [0, 0];
    }
    return [
      this.#asDecimal(text.slice(1, comma), { name, decimals }),
      this.#asDecimal(text.slice(comma + 1, -1), { name, decimals }),
    ];
  }

  /** `640x360`. */
  size(name: string): readonly [number, number] {
    const [width = "", height = "", ...more] = this.raw(name).split("x");
    if (more.length > 0) this.#fail(`${name} is no size`);
    return [
      this.asWhole(width, { name, min: 0 }),
      this.asWhole(height, { name, min: 0 }),
    ];
  }

  text(name: string): string {
    const value = this.raw(name);
    if (!value.startsWith('"')) {
      return BARE.test(value) ? value : this.#fail(`${name} needs quotes`);
    }
    try {
      const text: unknown = JSON.parse(value);
      if (typeof text === "string") return text;
    } catch {
      // Falls through: the reason below says it.
    }
    return this.#fail(`the quotes of ${name} hold no text`);
  }

  yesOrNo(name: string): boolean {
    const value = this.raw(name);
    if (value !== "yes" && value !== "no") this.#fail(`${name} is neither yes nor no`);
    return value === "yes";
  }

  /** A field that holds a word of a closed list. */
  oneOf<T extends string>(name: string, list: readonly T[]): T {
    return this.#asOneOf(this.raw(name), { name, list });
  }

  /** The part at `index`, as a word of a closed list. */
  partOf<T extends string>(index: number, list: readonly T[]): T {
    return this.#asOneOf(this.part(index), { name: "its first word", list });
  }

  /** Says what is wrong; the first reason stays. */
  fail(reason: string): void {
    this.#reason ??= reason;
  }

  #bare(name: string, suffix: string): string {
    const text = this.raw(name);
    if (suffix === "") return text;
    if (text.endsWith(suffix)) return text.slice(0, -suffix.length);
    return this.#fail(`${name} lacks its ${suffix}`);
  }

  /** A word that may be of a later version's list makes `later` true. */
  #asOneOf<T extends string>(word: string, of: { name: string; list: readonly T[] }): T {
    const { name, list } = of;
    const known = list.find((candidate) => candidate === word);
    if (known !== undefined) return known;
    const shape = /^[A-Z]/.test(list[0]!) ? /^[A-Z][A-Z0-9_]*$/ : /^[a-z][a-z0-9_]*$/;
    if (shape.test(word)) this.#later = true;
    else this.#fail(`${name} is no known word`);
    return list[0]!;
  }

  #asDecimal(text: string, of: { name: string; decimals: number }): number {
    const { name, decimals } = of;
    const point = text.indexOf(".");
    const fraction = point < 0 ? 0 : text.length - point - 1;
    if (!/^-?\d+(\.\d+)?$/.test(text)) this.#fail(`${name} is no number`);
    else if (fraction > decimals) this.#fail(`${name} has over ${decimals} decimals`);
    else if (text.length - (point < 0 ? 0 : 1) > DIGITS_MAX + (text[0] === "-" ? 1 : 0)) {
      this.#fail(`${name} has over ${DIGITS_MAX} digits`);
    }
    return Number(text) + 0;
  }

  #find(name: string): number {
    const tokens = this.#tokens;
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i]!;
      if (token.charCodeAt(name.length) !== 0x3d || this.#taken[i]) continue;
      if (token.startsWith(name)) return i;
    }
    return -1;
  }

  #fail(reason: string): string {
    this.fail(reason);
    return "";
  }
}
