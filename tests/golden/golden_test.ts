import assert from "node:assert/strict";
import { formatJsonLine, parseJsonLines } from "../../analysis/dsl/json.ts";
import { formatHeader, formatObservation } from "../../analysis/dsl/text_format.ts";
import { parseText } from "../../analysis/dsl/text_parse.ts";
import { GOLDEN_CASES, type GoldenCase } from "./golden_cases.ts";

/** `UPDATE_GOLDEN=1` writes the files anew: look at the difference before you commit. */
const UPDATE = Deno.env.get("UPDATE_GOLDEN") === "1";

function checkFile(name: string, text: string): void {
  const file = new URL(name, import.meta.url);
  if (UPDATE) Deno.writeTextFileSync(file, text);
  assert.equal(text, Deno.readTextFileSync(file));
}

function textOf({ header, observations }: GoldenCase): string {
  return formatHeader(header) + observations.map(formatObservation).join("");
}

function jsonOf({ header, observations }: GoldenCase): string {
  return observations.map((observation, index) =>
    formatJsonLine(observation, index === 0 ? header : undefined) + "\n"
  ).join("");
}

for (const golden of GOLDEN_CASES) {
  const { name, header, observations } = golden;

  Deno.test(`${name}.dsl is what the text form writes, and reads back`, () => {
    checkFile(`${name}.dsl`, textOf(golden));
    const { entries, problems } = parseText(textOf(golden));
    assert.deepEqual(problems, []);
    const said = entries.map((entry) => {
      if (entry.kind === "other") return entry.lines;
      return entry.kind === "header" ? entry.header : entry.observation;
    });
    assert.deepEqual(said, [header, ...observations]);
  });

  Deno.test(`${name}.jsonl is what the JSON form writes, and reads back`, () => {
    checkFile(`${name}.jsonl`, jsonOf(golden));
    const { frames, problems } = parseJsonLines(jsonOf(golden));
    assert.deepEqual(problems, []);
    assert.deepEqual(frames.map(({ observation }) => observation), observations);
    assert.deepEqual(frames.map((frame) => frame.header), [
      header,
      ...observations.slice(1).map(() => undefined),
    ]);
  });
}
