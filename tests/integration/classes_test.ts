/**
 * The classifier's child as the program starts it, and what may befall it on a box.
 */
import assert from "node:assert/strict";
import { systemClock } from "../../base/clock.ts";
import { readAnswer } from "../../classes/child_protocol.ts";
import { Classifier } from "../../classes/classifier.ts";
import { knownPicture } from "../../classes/known_picture.ts";
import { classifierCommand } from "../../classes/own_command.ts";
import { testClassifier } from "../../classes/self_check.ts";
import { finish } from "../support/program.ts";

const LIMIT_MS = 60_000;

function classifierOf(command: readonly string[], limitMs = LIMIT_MS): Classifier {
  return new Classifier({ command, limitMs, clock: systemClock, isNice: false });
}

Deno.test("the program's own child sees what is in the known picture", async () => {
  const test = await testClassifier(classifierOf(classifierCommand()));
  assert.equal(test.kind, "passed", JSON.stringify(test));
});

Deno.test("a child that gets too little memory costs its labels only", async () => {
  const limited = [
    "sh",
    "-c",
    'ulimit -v 600000; exec "$@"',
    "sh",
    ...classifierCommand(),
  ];
  const test = await testClassifier(classifierOf(limited));
  assert.ok(test.kind === "failed", JSON.stringify(test));
  assert.ok(["died", "failed"].includes(test.reason), test.words);
});

Deno.test("a child that is killed amid its work leaves the labels that it gave", async () => {
  const crops = new Array(40).fill(knownPicture());
  const labels: number[] = [];
  const ending = new AbortController();
  const outcome = await classifierOf(classifierCommand()).classify(
    [{ track: 1, crops }],
    ({ label }) => {
      labels.push(label.crops);
      if (labels.length === 2) ending.abort();
    },
    { signal: ending.signal },
  );
  assert.ok(outcome.kind === "failed" && outcome.reason === "stopped");
  assert.deepEqual(labels, [1, 2]);
});

Deno.test("classify-crops ends well when nobody asks it anything, and is not for people", async () => {
  const { code, stdout } = await finish(["classify-crops"]);
  assert.equal(code, 0);
  assert.equal(readAnswer(stdout.trim())?.kind, "ready");
  assert.ok(!(await finish(["--help"])).stdout.includes("classify-crops"));
});
