import assert from "node:assert/strict";
import { isEcho } from "./echo.ts";
import { promptOf } from "./prompt.ts";

const DSL = [
  "FRAME 42 @ 07:25:04.200 t=1733901904200 pts=12.345678",
  "  BLOB id=1 pos=(0.300,0.400) size=(0.100,0.150) vel=(0.0200,0.0100) vel_s=(0.2000,0.1000)",
  "  EVENT type=ENTER blob=1 dir=LEFT since=1733901903900 since_frame=39",
];
const prompt = promptOf(DSL);

Deno.test("isEcho() knows the question that comes back, whole or in part", () => {
  const answers = [
    prompt.user,
    prompt.system,
    "What is in the picture, and what is it doing?",
    "Facts measured from motion.",
    "Facts measured from motion, without looking at the picture: a walker.",
    "Do not repeat the facts, do not mention numbers.",
  ];
  for (const answer of answers) assert.equal(isEcho(answer, prompt), true, answer);
});

Deno.test("isEcho() knows lines, fields and values of the DSL", () => {
  const answers = [
    ...DSL,
    "BLOB id=1 pos=(0.300,0.400) size=(0.100,0.150)",
    "The facts are motion_pct=5.2% regions=2",
    "The BLOB with id=3 moves to the right.",
    "blob 3 moves left",
    "TRACK 3 enters.",
    "FRAME 12: a person walks.",
    "A person (id=3) walks at position 0.5.",
    "A person is at pos 0.51, 0.33 with size 0.1.",
    "A person is walking from left to right at 0.512, 0.330.",
  ];
  for (const answer of answers) assert.equal(isEcho(answer, prompt), true, answer);
});

Deno.test("isEcho() takes no sentence for the question", () => {
  const sentences = [
    "A person walks; what it is doing is raking leaves.",
    "A man takes a picture of the house.",
    "A train stands on track 3.",
    "A white blob moves in the dark.",
    "A man carries a picture frame.",
    "A child's bicycle lies at 3.5 metres.",
    "A sign says 0.99 euro.",
    "Two people at the gate.",
    "The camera is touched by a hand.",
    "A dog",
    "",
  ];
  for (const sentence of sentences) {
    assert.equal(isEcho(sentence, prompt), false, sentence);
  }
});
