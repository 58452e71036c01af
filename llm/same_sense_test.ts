import assert from "node:assert/strict";
import { saysTheSame } from "./same_sense.ts";

Deno.test("saysTheSame() looks through order, little words and the form of a verb", () => {
  const pairs = [
    [
      "A person in a red jacket walks along the path.",
      "A person walks along the path in a red jacket",
    ],
    ["A person stands at the door.", "A person at the door is standing."],
    ["A man carries a bag.", "The man is carrying a bag"],
    ["A dog runs, a dog.", "The picture shows a dog running."],
    ["A car closes in.", "A car is closing in."],
    ["Two dogs.", "two dogs"],
  ] as const;
  for (const [one, other] of pairs) {
    assert.equal(saysTheSame(one, other), true, other);
    assert.equal(saysTheSame(other, one), true, other);
  }
});

Deno.test("saysTheSame() takes one word of sense more, fewer or other for another thing", () => {
  const path = "A man in a dark jacket and jeans is walking slowly along the stone path";
  const pairs = [
    [`${path} carrying a parcel.`, `${path} carrying a knife.`],
    [`${path}.`, `${path} with a knife.`],
    [
      "A man is climbing over the white wooden fence next to the parked car.",
      "A man is standing over the white wooden fence next to the parked car.",
    ],
    ["A man climbs over the fence.", "A man climbs to the fence."],
    ["A car drives from left to right.", "A car drives from right to left."],
    ["A man chases a dog.", "A dog chases a man."],
    ["A man gets into the car.", "A man gets out of the car."],
    ["The door is open.", "The door is not open."],
    ["The garage door is open.", "The garage door is closed."],
    ["A dog runs.", "Dogs run."],
    ["A man closes the gate.", "A man locks the gate."],
    ["One car waits.", "7 cars wait."],
    ["A red car waits.", "A blue car waits."],
    ["", ""],
    ["the", "a"],
  ] as const;
  for (const [one, other] of pairs) {
    assert.equal(saysTheSame(one, other), false, other);
    assert.equal(saysTheSame(other, one), false, other);
  }
});
