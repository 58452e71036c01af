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
import { ManualClock } from "../support/manual_clock.ts";
import { descendants, finish } from "../support/program.ts";

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

/** The child of this very call: others may run beside it. */
async function classifyAndSend(signal: "SIGKILL" | "SIGSTOP") {
  const mark = `STREAMWARE_TEST_CHILD=${crypto.randomUUID()}`;
  const isMarked = (pid: number) => {
    try {
      return Deno.readTextFileSync(`/proc/${pid}/environ`).includes(mark);
    } catch {
      return false; // it ended between the two looks
    }
  };
  const labels: number[] = [];
  let pid = 0;
  const clock = new ManualClock();
  const command = ["env", mark, ...classifierCommand()];
  const outcome = await new Classifier({
    command,
    limitMs: LIMIT_MS,
    clock,
    isNice: false,
  })
    .classify([{ track: 1, crops: new Array(200).fill(knownPicture()) }], ({ label }) => {
      labels.push(label.crops);
      if (labels.length !== 2) return;
      pid = descendants(Deno.pid).find(isMarked)!;
      Deno.kill(pid, signal);
      // The time for a hanging one is over at once; a killed one is waited for.
      if (signal === "SIGSTOP") clock.advance(LIMIT_MS);
    });
  return { outcome, labels, isGone: !descendants(Deno.pid).includes(pid) };
}

Deno.test("a child that somebody kills amid its work has died, and its labels stay", async () => {
  const { outcome, labels, isGone } = await classifyAndSend("SIGKILL");
  assert.ok(outcome.kind === "failed" && outcome.reason === "died", outcome.kind);
  assert.match(outcome.words, /was killed|ended before/);
  assert.ok(labels.length >= 2 && outcome.crops === labels.length, `${labels}`);
  assert.ok(isGone);
});

Deno.test("a child that hangs amid its work is late, killed, and its labels stay", async () => {
  const { outcome, labels, isGone } = await classifyAndSend("SIGSTOP");
  assert.ok(outcome.kind === "failed" && outcome.reason === "late", outcome.kind);
  assert.ok(labels.length >= 2 && outcome.crops === labels.length, `${labels}`);
  assert.ok(isGone);
});

Deno.test("classify-crops ends well when nobody asks it anything, and is not for people", async () => {
  const { code, stdout } = await finish(["classify-crops"]);
  assert.equal(code, 0);
  assert.equal(readAnswer(stdout.trim())?.kind, "ready");
  assert.ok(!(await finish(["--help"])).stdout.includes("classify-crops"));
});
