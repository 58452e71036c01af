import assert from "node:assert/strict";
import { DSL_LINES_MAX } from "./narration.ts";
import { PROMPT_LINES_MAX, promptOf } from "./prompt.ts";

const lines = Array.from({ length: DSL_LINES_MAX }, (_, index) => `  LINE ${index + 1}`);

Deno.test("promptOf() has one shape whatever the facts are", () => {
  const frame = (user: string) => user.replace(/\n(LINE \d+\n)+/, "\n…\n");
  const [some, one] = [promptOf(lines), promptOf(lines.slice(0, 1))];
  assert.equal(some.system, one.system);
  assert.equal(frame(some.user), frame(one.user));
});

Deno.test("promptOf() keeps the beginning and the end of many facts", () => {
  const facts = promptOf(lines).user.match(/LINE \d+/g)!;
  assert.equal(facts.length, PROMPT_LINES_MAX);
  assert.deepEqual(facts.slice(0, 2), ["LINE 1", "LINE 2"]);
  assert.equal(facts.at(-1), `LINE ${DSL_LINES_MAX}`);
});

Deno.test("promptOf() of the longest facts fits into the context with a picture", () => {
  const longest = "FRAME 9007199254740991 @ 07:25:04.200 t=1733901904200 pts=12.345678";
  const { system, user } = promptOf(Array(DSL_LINES_MAX).fill(longest.padEnd(120, "9")));
  // A digit may be a token; a picture has up to some 1,300, the answer 120.
  assert.ok(system.length / 4 + user.length < 4_096 - 1_300 - 120);
});
