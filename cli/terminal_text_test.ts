import assert from "node:assert/strict";
import fc from "fast-check";
import {
  ageWords,
  bytesWords,
  COLUMNS,
  durationWords,
  headed,
  paintFor,
  printable,
  wrapped,
} from "./terminal_text.ts";

Deno.test("durationWords() says the two largest units, no more than one needs", () => {
  const [s, min, h, d] = [1_000, 60_000, 3_600_000, 86_400_000];
  const cases: [number, string][] = [
    [0, "0 s"],
    [-5, "0 s"],
    [999, "0 s"],
    [40 * s, "40 s"],
    [12 * min + 5 * s, "12 min"],
    [2 * h + 5 * min + 9 * s, "2 h 5 min"],
    [3 * d + 4 * h + 59 * min, "3 d 4 h"],
    [3 * d + 59 * min, "3 d"],
  ];
  for (const [ms, words] of cases) assert.equal(durationWords(ms), words);
});

Deno.test("ageWords() and bytesWords() choose a unit that can be read", () => {
  assert.deepEqual([40, 2_449, 60_000].map(ageWords), ["40 ms", "2.4 s", "1 min"]);
  const bytes = [1, 212_345_678, 1_449_000_000].map(bytesWords);
  assert.deepEqual(bytes, ["1 kB", "212 MB", "1.4 GB"]);
});

Deno.test("printable() takes out what could move the cursor or turn text around", () => {
  assert.equal(printable("a\x1b[2Jb\u202ec\nd\u0085e"), "a [2Jb c d e");
  assert.equal(printable("Grüße, 门 🚪"), "Grüße, 门 🚪");
});

Deno.test("wrapped() keeps every word, and every line within its width", () => {
  const word = fc.stringMatching(/^[a-z]{1,30}$/);
  fc.assert(fc.property(fc.array(word), fc.integer({ min: 0, max: 40 }), (words, at) => {
    const lines = wrapped(words.join(" "), at);
    for (const line of lines) assert.ok(line.length <= COLUMNS, line);
    assert.deepEqual(lines.flatMap((line) => line.trim().split(" ")), words);
  }));
  const url = `rtsp://${"x".repeat(100)}`;
  assert.deepEqual(wrapped(`see ${url} now`, 2), ["  see", `  ${url}`, "  now"]);
});

Deno.test("headed() puts the head into the first line", () => {
  const lines = headed("  -> ", "word ".repeat(20).trim());
  assert.match(lines[0] ?? "", /^ {2}-> word word/);
  assert.match(lines[1] ?? "", /^ {5}word/);
  assert.deepEqual(headed("head", ""), ["head"]);
});

Deno.test("paintFor() leaves text alone where there are no colours", () => {
  assert.equal(paintFor(false)("red", "x"), "x");
  assert.equal(paintFor(true)("red", "x"), "\x1b[31mx\x1b[0m");
});
