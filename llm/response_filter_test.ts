import assert from "node:assert/strict";
import fc from "fast-check";
import type { QuietReason } from "./narration.ts";
import { promptOf } from "./prompt.ts";
import { judgeAnswer } from "./response_filter.ts";

const DSL = [
  "FRAME 42 @ 07:25:04.200 t=1733901904200 pts=12.345678",
  "  BLOB id=1 pos=(0.300,0.400) size=(0.100,0.150) vel=(0.0200,0.0100) vel_s=(0.2000,0.1000)",
  "  EVENT type=ENTER blob=1 dir=LEFT since=1733901903900 since_frame=39",
];
const prompt = promptOf(DSL);

interface More {
  readonly recent?: readonly string[];
  readonly isWhole?: boolean;
}

function check(text: string, verdict: "speak" | QuietReason, more: More = {}): void {
  const { recent = [], isWhole = true } = more;
  const judged = judgeAnswer({ text, isWhole }, { prompt, recent });
  const said = judged.verdict.kind === "speak" ? "speak" : judged.verdict.reason;
  assert.equal(said, verdict, text);
}

Deno.test("judgeAnswer() tells what is said of the picture", () => {
  const sentences = [
    "A person in a red jacket walks up the path.",
    "A red car turns into the driveway",
    "A dog sits at the gate; no one else is visible.",
    "No people are visible, but a white van stands at the gate.",
    "There is no snow on the road, only a man with a shovel.",
    "A delivery driver leaves a parcel. The van waits behind.",
    "Two children play in an empty yard.",
    "A man carries something dark.",
    "red square",
  ];
  for (const sentence of sentences) check(sentence, "speak");
});

Deno.test("judgeAnswer() keeps empty answers quiet", () => {
  for (const text of ["", "  \n", "…", "\u200b\u200b", "```\n```", '""', "😀"]) {
    check(text, "empty");
  }
});

Deno.test("judgeAnswer() keeps answers quiet that say nothing, or say it to machines", () => {
  const answers = [
    "NOTHING",
    "I'm sorry, but I can't assist with that.",
    '{"caption": "A dog runs."}',
    '```json\n{"caption": "A dog runs."}\n```',
    '[{"text":"A man"}]',
    "person person person person person person person",
    "A person. A person. A person. A person, a person, a person.",
    "a dog runs, a dog runs, a dog runs",
  ];
  for (const answer of answers) check(answer, "boilerplate");
});

Deno.test("judgeAnswer() cuts a cut answer at its last sentence, if it has one", () => {
  const cut = { isWhole: false };
  check("A person walks left. The per", "speak", cut);
  check('{"caption": "A person', "unfinished", cut);
  check("person ".repeat(500), "unfinished", cut);
  check("Nothing. But the", "boilerplate", cut);
  const { text } = judgeAnswer(
    { text: "A person walks left. The per", isWhole: false },
    { prompt, recent: [] },
  );
  assert.equal(text, "A person walks left.");
});

Deno.test("judgeAnswer() keeps quiet what was told lately in other words of the same sense", () => {
  const recent = ["A person in a red jacket walks along the path."];
  check("A person walks along the path in a red jacket", "repeated", { recent });
  check("The person in the red jacket is walking on.", "speak", { recent });
  check("A dog runs along the path.", "speak", { recent });
});

Deno.test("judgeAnswer() takes any text without failing, and tells only text with letters", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 600, size: "max" }),
      fc.boolean(),
      (text, isWhole) => {
        const judged = judgeAnswer({ text, isWhole }, { prompt, recent: [text] });
        assert.doesNotMatch(judged.text, /\p{C}/u);
        if (judged.verdict.kind === "speak") assert.match(judged.text, /[\p{L}\p{N}]/u);
      },
    ),
    { numRuns: 200 },
  );
});
