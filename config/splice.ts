/**
 * Sets one value in YAML text by changing only the lines that must change. Knows the
 * common forms only, and does not look whether the result means what was asked:
 * `write.ts` does, and has another way.
 * @module
 */
import { type Document, isMap, isScalar, type Pair, stringify, type YAMLMap } from "yaml";

/** Where a new setting goes: behind the key of a section, among the deeper lines. */
interface Section {
  /** Where the lines behind the section's own begin. */
  readonly from: number;
  /** Column of the section's key; -1 for the whole file. */
  readonly column: number;
  readonly map: YAMLMap | undefined;
}

/** The text with the value in it; undefined for a form that is not handled here. */
export function spliced(
  text: string,
  document: Document,
  edit: { readonly path: readonly string[]; readonly value: unknown },
): string | undefined {
  const { contents } = document;
  if (contents !== null && !isMap(contents) && !isNothing(contents)) return undefined;
  let section: Section = {
    from: 0,
    column: -1,
    map: isMap(contents) ? contents : undefined,
  };
  for (const [depth, name] of edit.path.entries()) {
    const pair = section.map && pairOf(section.map, name);
    if (pair === undefined) {
      return withNew(text, section, edit.path.slice(depth), edit.value);
    }
    if (depth === edit.path.length - 1) return withValue(text, pair, edit.value);
    const inner = sectionOf(text, pair);
    if (inner === undefined) return undefined;
    section = inner;
  }
  return undefined;
}

function pairOf(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && String(key.value) === name);
}

function isNothing(node: unknown): boolean {
  return node === null || isScalar(node) && node.value === null;
}

function sectionOf(text: string, { key, value }: Pair): Section | undefined {
  if (!isScalar(key) || !isMap(value) && !isNothing(value)) return undefined;
  const [start, end] = key.range!;
  const newline = text.indexOf("\n", end);
  return {
    from: newline < 0 ? text.length : newline + 1,
    column: columnOf(text, start),
    map: isMap(value) ? value : undefined,
  };
}

function withValue(text: string, { value: old }: Pair, value: unknown) {
  if (!isScalar(old)) return undefined;
  const [start, end] = old.range!;
  if (start === end) return undefined;
  const flow = stringify(value, { lineWidth: 0, collectionStyle: "flow" }).trimEnd();
  return text.slice(0, start) + flow + text.slice(end);
}

/** In place of its commented line (`# port: 8766`), else as the section's last. */
function withNew(
  text: string,
  section: Section,
  path: readonly string[],
  value: unknown,
): string | undefined {
  if (section.map?.flow) return undefined;
  const lines = text.slice(section.from).split("\n");
  const stop = lines.findIndex((line) => {
    const indent = line.search(/\S/);
    return indent >= 0 && indent <= section.column;
  });
  const own = stop < 0 ? lines : lines.slice(0, stop);
  const pad = " ".repeat(indentOf(text, section, own));
  const made = stringify(
    path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value),
    { lineWidth: 0 },
  ).trimEnd().split("\n").map((line) => pad + line);
  const commented = own.findIndex((line) =>
    line.startsWith(`${pad}# ${path[0]}:`) || line.startsWith(`${pad}#${path[0]}:`)
  );
  if (commented >= 0) lines.splice(commented, 1, ...made);
  else lines.splice(own.findLastIndex((line) => line.trim() !== "") + 1, 0, ...made);
  const head = text.slice(0, section.from);
  const joint = head === "" || head.endsWith("\n") ? "" : "\n";
  return `${head}${joint}${lines.join("\n").replace(/\n*$/, "\n")}`;
}

/** As its neighbours, else as its comments, else two deeper than its section. */
function indentOf(
  text: string,
  { map, column }: Section,
  own: readonly string[],
): number {
  const first = map?.items[0]?.key;
  if (isScalar(first)) return columnOf(text, first.range![0]);
  if (column < 0) return 0;
  return own.find((line) => line.trim() !== "")?.search(/\S/) ?? column + 2;
}

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf("\n", at - 1) + 1);
}
