import assert from "node:assert/strict";
import fc from "fast-check";
import { threadCpuMs } from "../tests/support/thread_cpu.ts";
import { cleaned, toLastSentenceEnd } from "./cleaned_text.ts";
import { TEXT_CHARS_MAX } from "./narration.ts";

function check(raw: string, text: string): void {
  assert.equal(cleaned(raw), text, JSON.stringify(raw));
}

Deno.test("cleaned() takes wrapping off, one in another too", () => {
  const walks = "A person walks left.";
  check("A person walks left.", walks);
  check("  A person\n\nwalks\tleft.  ", walks);
  check('"A person walks left."', walks);
  check("“A person walks left.”", walks);
  check("Caption: A person walks left.", walks);
  check("**Caption:** A person walks left.", walks);
  check("```\nA person walks left.\n```", walks);
  check("```text\nA person walks left.\n```", walks);
  check("# A person walks left.", walks);
  check("- *A person* walks `left`.", walks);
  check("1. A person walks left.", walks);
  check("Sure! Here's a short caption: A person walks left.", walks);
  check("Here is a one-sentence caption for the picture: A person walks left.", walks);
  check("Here's what I can see: A person walks left.", walks);
  check("Here is the description: A person walks left.", walks);
  check('Answer: Caption: "A person walks left."', walks);
  check("<think>What is it?\nA person.</think>A person walks left.", walks);
  check("<think>it never ends", "");
});

Deno.test("cleaned() leaves the words of a sentence alone", () => {
  for (
    const text of [
      'A man holds a sign that says "STOP" at the gate.',
      "A child's bicycle lies at 3.5 metres, next to the car's door.",
      "Żółty samochód skręca w lewo.",
      "一个人走过。",
      "A file_name_like label hangs on the door.",
      "Two people talk: one points to the gate.",
      "Here is a man: he opens the gate.",
      "Here's the courier: he leaves a parcel.",
    ]
  ) check(text, text);
});

Deno.test("cleaned() takes off what steers terminals, hides or turns text", () => {
  check("A\u0000 per\u200bson\u202e walks\u001b[31m left.", "A person walks [31m left.");
  check("\ufeffA person\u{e0041}\u{e0042} walks\ufe0f.", "A person walks.");
  check("A per\u00adson\ud800 walks.", "A person walks.");
  check("Z\u0300\u0301\u0302\u0303\u0304o.", "Z\u0300\u0301o.");
  check("one\u2028two\u2029three\u0085four", "one two three four");
});

Deno.test("cleaned() keeps two sentences and cuts at a word", () => {
  check("One is here. Two are there! Three went.", "One is here. Two are there!");
  check("一。二。三。", "一。二。");
  check(
    'A van waits. It says "Dr. Smith" on the door. A man gets out.',
    'A van waits. It says "Dr. Smith" on the door.',
  );
  check("Mrs. A and Mr. B wait. Both leave. Then", "Mrs. A and Mr. B wait. Both leave.");
  check("Bus No. 12 stops. It waits. Then", "Bus No. 12 stops. It waits.");
  check("No. Nothing. More", "No. Nothing.");
  const long = cleaned("person ".repeat(15_000));
  assert.equal(long.length, 398);
  assert.match(long, /^(person )+person$/);
  assert.equal(cleaned("x".repeat(9_000)).length, TEXT_CHARS_MAX);
  assert.equal(cleaned("x" + "😀".repeat(9_000)).length, TEXT_CHARS_MAX - 1);
});

Deno.test("toLastSentenceEnd() finds the end of the last whole sentence", () => {
  const cases = [
    ["A person walks. He ca", "A person walks."],
    ["It is 3.5 m long", undefined],
    ["A person", undefined],
    ['He says "stop." Th', 'He says "stop."'],
    ["Stop!", "Stop!"],
    ['It says "Dr.', undefined],
    ['A van waits. It says "Dr.', "A van waits."],
  ] as const;
  for (const [text, end] of cases) assert.equal(toLastSentenceEnd(text), end);
});

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 900, size: "max" }),
  fc.array(
    fc.oneof(
      fc.constantFrom(
        ..."\"'`*_#>-. \n\u202e\u200d\ud83d\udc00\u0301".split(""),
        ...["Caption:", "Answer: ", "```", "<think>", "</think>", "1. ", "Sure, ", "“"],
        ..."“”„«»。！?…".split(""),
      ),
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.constant("word "),
      fc.constant("A person walks. "),
    ),
    { maxLength: 200, size: "max" },
  ).map((parts) => parts.join("")),
);

Deno.test("cleaned() of any text is bounded, one line, without what is invisible, and clean", () => {
  fc.assert(
    fc.property(hostile, (raw) => {
      const text = cleaned(raw);
      assert.ok(text.length <= TEXT_CHARS_MAX);
      assert.equal(text, text.trim());
      assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u);
      assert.ok(text.isWellFormed());
      // Marks of both scripts in one run end one sentence.
      const ends = /[.!?…。！？]+["'”’»)\]]*(?=\s|$)|[。！？]+/gu;
      assert.ok([...text.matchAll(ends)].length <= 2);
      assert.equal(cleaned(text), text);
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("cleaned() takes no long time over text made to slow it", () => {
  const slow = [
    "Caption: ",
    "- ",
    "\"'",
    "`",
    "**",
    "<think>",
    "Sure, ",
    "here is ",
    "“",
    ".",
  ];
  const startedMs = threadCpuMs();
  for (const part of slow) cleaned(part.repeat(20_000));
  for (const part of slow) cleaned("“\"'" + part.repeat(20_000) + "'\"”");
  assert.ok(threadCpuMs() - startedMs < 2_000);
});
