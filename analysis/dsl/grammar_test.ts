import assert from "node:assert/strict";
import { CAMERA_STATES, STATE_REASONS } from "./camera_state.ts";
import { CLASS_REASONS, OBJECT_CLASSES } from "./class_line.ts";
import { formatJsonLine, parseJsonLines } from "./json.ts";
import { CAUSES, DIRECTIONS, EVENT_TYPES } from "./observation.ts";
import { type Entry, formatText } from "./text.ts";
import { parseText } from "./text_parse.ts";

const PAGE = Deno.readTextFileSync(new URL("grammar.md", import.meta.url));

function examples(language: string): readonly string[] {
  const fence = new RegExp("^```" + language + "\\n([^`]*)^```", "gm");
  return [...PAGE.matchAll(fence)].map((match) => match[1]!);
}

function framesOf(entries: readonly Entry[]) {
  return entries.flatMap((entry) => entry.kind === "frame" ? [entry.observation] : []);
}

for (const [index, example] of examples("dsl").entries()) {
  Deno.test(`DSL example ${index + 1} of the grammar is read whole and written back`, () => {
    const { entries, problems } = parseText(example);
    assert.deepEqual(problems, []);
    assert.equal(formatText(entries), example);
    assert.notEqual(framesOf(entries).length, 0);
  });
}

Deno.test("the JSON example of the grammar says the same as the first DSL example", () => {
  const [text, json] = [examples("dsl")[0]!, examples("jsonl")[0]!];
  const { frames, problems } = parseJsonLines(json);
  assert.deepEqual(problems, []);
  const [header] = parseText(text).entries;
  assert.deepEqual(frames, [{
    header: header?.kind === "header" ? header.header : undefined,
    observation: framesOf(parseText(text).entries)[0],
  }]);
  assert.equal(formatJsonLine(frames[0]!.observation, frames[0]!.header) + "\n", json);
});

Deno.test("the grammar's first example shows every line kind of the table", () => {
  const kinds = [...PAGE.matchAll(/^\| `(# [a-z-]+|[A-Z]+)/gm)].map((match) => match[1]!);
  assert.equal(kinds.length, 13);
  for (const kind of kinds) {
    assert.match(examples("dsl")[0]!, new RegExp(`^ *${kind} `, "m"));
  }
});

const LISTS: Readonly<Record<string, readonly string[]>> = {
  type: EVENT_TYPES,
  dir: DIRECTIONS,
  CLASS: OBJECT_CLASSES,
  "why of CLASS": CLASS_REASONS,
  CAUSE: CAUSES,
  STATE: CAMERA_STATES,
  why: STATE_REASONS,
};
for (const [name, words] of Object.entries(LISTS)) {
  Deno.test(`the grammar's list of ${name} is the code's list`, () => {
    const item = new RegExp("^- `" + name + "`: ((?:.|\\n(?!-|\\n))*)", "m").exec(
      PAGE,
    )![1]!;
    const said = item.replace(/\([a-z]+\),?/g, "").trim().split(/\s+/);
    assert.deepEqual(said, words);
  });
}
