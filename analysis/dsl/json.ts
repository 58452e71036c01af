/**
 * The JSON form: one object a line, one line a frame, the same numbers as the text.
 * The first line carries the header as its key `header`; there is no header line.
 * @module
 */
import { type Field, LINE, type Shape, wrongWith } from "./json_shape.ts";
import type { Header, Observation } from "./observation.ts";
import type { Problem } from "./text_parse.ts";

/** Longer lines are damaged: a crowded frame of ours has some ten thousand. */
const JSON_LINE_CHARS_MAX = 4_194_304;

/** One line once read. Unknown keys stay on their objects and are written again. */
export interface JsonFrame {
  readonly header?: Header;
  readonly observation: Observation;
}

/** One frame as one line, without its newline. Known keys first, in a fixed order. */
export function formatJsonLine(observation: Observation, header?: Header): string {
  const line = header === undefined ? observation : { header, ...observation };
  return JSON.stringify(inOrder(line, LINE));
}

/** Reads a whole file of lines. Never throws; a damaged line costs that line. */
export function parseJsonLines(
  text: string,
): { readonly frames: readonly JsonFrame[]; readonly problems: readonly Problem[] } {
  const frames: JsonFrame[] = [];
  const problems: Problem[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const read = parseJsonLine(line);
    if (typeof read === "string") problems.push({ line: index + 1, reason: read });
    else frames.push(read);
  }
  return { frames, problems };
}

/** The frame, or in words why the line cannot be read. */
export function parseJsonLine(line: string): JsonFrame | string {
  if (line.length > JSON_LINE_CHARS_MAX) return "it is too long";
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return "it is no JSON";
  }
  const wrong = wrongWith(value, LINE);
  if (wrong !== undefined) return wrong;
  // The table has just checked every key that the type names.
  const { header, ...observation } = value as Observation & { header?: Header };
  if (header === undefined) return { observation };
  if (header.version !== 1) return `version ${header.version} is not read here, only 1`;
  return { header, observation };
}

/**
 * `value` with the keys of `shape` first, in its order, at every depth. An analyser
 * makes them in order, so nearly always this is `value` itself, and nothing is copied.
 */
function inOrder(value: object, shape: Shape): object {
  if (isInOrder(value, shape)) return value;
  const ordered: [string, unknown][] = [];
  for (const [key, field] of shape) {
    if (!Object.hasOwn(value, key)) continue;
    ordered.push([key, fieldInOrder(Reflect.get(value, key), field)]);
  }
  for (const [key, more] of Object.entries(value)) {
    if (!shape.has(key)) ordered.push([key, more]);
  }
  return Object.fromEntries(ordered);
}

function fieldInOrder(value: unknown, field: Field): unknown {
  if (field.is === "object") return inOrder(Object(value), field.of);
  if (field.is !== "list" || !Array.isArray(value)) return value;
  return value.map((member) => inOrder(member, field.of));
}

function isInOrder(value: object, shape: Shape): boolean {
  let place = 0;
  for (const key in value) {
    const field = shape.get(key);
    const next = field?.place ?? shape.size;
    if (next < place) return false;
    place = next;
    if (field && !isFieldInOrder(Reflect.get(value, key), field)) return false;
  }
  return true;
}

function isFieldInOrder(value: unknown, field: Field): boolean {
  if (field.is === "object") return isInOrder(Object(value), field.of);
  if (field.is !== "list" || !Array.isArray(value)) return true;
  return value.every((member) => isInOrder(member, field.of));
}
