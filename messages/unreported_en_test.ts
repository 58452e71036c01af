import assert from "node:assert/strict";
import { SEEN_STATES } from "../analysis/dsl/camera_state.ts";
import { CAUSES } from "../analysis/dsl/observation.ts";
import { seenStateWords } from "./seen_state_en.ts";
import { unreportedWords as words } from "./unreported_en.ts";

Deno.test("unreportedWords.why() has words for every cause, small, and what pictures show", () => {
  const told = [...CAUSES, "small" as const, ...SEEN_STATES].map((why) => words.why(why));
  for (const text of told) assert.match(text, /^[a-z][a-z_ :,]+$/);
  assert.equal(new Set(told).size, told.length, "each its own");
});

Deno.test("unreportedWords.place() says which part of the picture", () => {
  const at = (x: number, y: number) => words.place(x, y);
  assert.deepEqual([at(0, 0), at(0.5, 0.5), at(1, 1), at(0.5, 0.9)], [
    "upper left",
    "middle",
    "lower right",
    "lower",
  ]);
});

Deno.test("seenStateWords() says what is wrong, and behind a colon what helps", () => {
  for (const state of SEEN_STATES) {
    assert.match(seenStateWords(state, "gate"), /^Camera gate [a-z ]+: [a-z ,]+$/);
  }
});
