import assert from "node:assert/strict";
import { makeNarration } from "../tests/support/speech.ts";
import { newsWords, spokenText } from "./spoken_text.ts";

function check(text: string, spoken: string): void {
  assert.equal(spokenText(makeNarration({ text }), false), spoken);
}

Deno.test("spokenText() leaves a sentence as it is", () => {
  check("Something came in from the left.", "Something came in from the left.");
  check("Ein Mädchen, 3 m weit; “ja”!", "Ein Mädchen, 3 m weit; “ja”!");
});

Deno.test("spokenText() is one line without what a voice would take for commands", () => {
  check("one\ntwo\u0000\u001b[2J\u202e three", "one two 2J three");
  check("[[h@l0U]] <speak>front_gate</speak>", "h@l0U speak front gate /speak");
});

Deno.test("spokenText() says the camera first when it is asked for and not there yet", () => {
  const narration = makeNarration({ camera: "front-door_2", text: "Something stopped." });
  assert.equal(spokenText(narration, true), "front door 2: Something stopped.");
  const named = makeNarration({ camera: "front-door", text: "Front door: a man waits." });
  assert.equal(spokenText(named, true), "Front door: a man waits.");
});

Deno.test("newsWords() are things, not the small words around them", () => {
  assert.deepEqual(newsWords("Something came in from the left."), []);
  assert.deepEqual(newsWords("A man in a red jacket is moving past the gate."), [
    "man",
    "red",
    "jacket",
    "gate",
  ]);
});
