import assert from "node:assert/strict";
import { type Clock, sleep, systemClock } from "../base/clock.ts";
import { mayBeIdle } from "../base/idle_priority.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { answerLine, type ChildAnswer, PROTOCOL_VERSION } from "./child_protocol.ts";
import { Classifier, type ClassifyOutcome, type ToldLabel } from "./classifier.ts";
import { BUILT_IN, SECOND } from "./detector_facts.ts";

const READY: ChildAnswer = {
  ...{ kind: "ready", protocol: PROTOCOL_VERSION, facts: BUILT_IN },
};

function looked(name: string, score: number): ChildAnswer {
  const scores = BUILT_IN.names.map((known) => known.name === name ? score : 0);
  return { kind: "looked", scores, tookMs: 5 };
}

function lookedAgain(name: string, score: number): ChildAnswer {
  const scores = SECOND.names.map((known) => known.name === name ? score : 0);
  return { kind: "looked", scores, tookMs: 5 };
}

const CROP = {
  format: { width: 8, height: 8 },
  pixels: new Uint8Array(96),
  area: { x: 0, y: 0, w: 8, h: 8 },
  motion: { x: 2, y: 2, w: 4, h: 4 },
};

/** A shell that stands in for the child: it prints these answers, then does `then`. */
function fakeChild(answers: readonly ChildAnswer[], then = ""): readonly string[] {
  const lines = answers.map((answer) => `printf '%s\\n' '${answerLine(answer).trim()}'`);
  return ["sh", "-c", [...lines, then].join("\n")];
}

/** Reads on, so that what is written to it goes somewhere, until it is killed. */
const LISTEN = "exec cat >/dev/null";

interface Told {
  readonly outcome: ClassifyOutcome;
  readonly labels: readonly ToldLabel<string>[];
}

async function classify(
  command: readonly string[],
  jobs: readonly (readonly [track: string, crops: number])[],
  more: {
    readonly limitMs?: number;
    readonly clock?: Clock;
    readonly onLabel?: () => void;
    readonly signal?: AbortSignal;
    readonly isNice?: boolean;
    readonly mayAskSecond?: () => boolean;
  } = {},
): Promise<Told> {
  const labels: ToldLabel<string>[] = [];
  const { limitMs = 60_000, clock = systemClock, onLabel, isNice = false } = more;
  const { mayAskSecond = () => true, ...rest } = more;
  const classifier = new Classifier({ command, limitMs, clock, isNice, mayAskSecond });
  const wanted = jobs.map(([track, count]) => ({
    track,
    crops: Array.from({ length: count }, () => CROP),
  }));
  const outcome = await classifier.classify(wanted, (told) => {
    labels.push(told);
    onLabel?.();
  }, rest);
  return { outcome, labels };
}

function shown({ labels }: Told): string[] {
  return labels.map(({ track, label, isFinal }) =>
    `${track} ${label.class} ${label.score.toFixed(2)} ${label.crops}${
      isFinal ? " final" : ""
    }`
  );
}

function checkFailed(
  { outcome }: Told,
  reason: string,
  words: RegExp,
  crops = 0,
): void {
  assert.equal(outcome.kind, "failed");
  assert.ok(outcome.kind === "failed");
  assert.deepEqual([outcome.reason, outcome.crops], [reason, crops]);
  assert.match(outcome.words, words);
}

Deno.test("classify() tells a track's label after each crop, and which is the last", async () => {
  const answers = [READY, looked("car", 0.9), looked("car", 0.5), looked("dog", 0.8)];
  const told = await classify(fakeChild(answers, LISTEN), [["a", 2], ["b", 0], ["c", 1]]);
  assert.deepEqual(shown(told), [
    "a vehicle 0.90 1",
    "a vehicle 0.70 2 final",
    "b unknown 0.00 0 final",
    "c animal 0.80 1 final",
  ]);
  assert.ok(told.outcome.kind === "done");
  assert.deepEqual([told.outcome.crops, told.outcome.cost.cropMs], [3, 5]);
});

Deno.test("classify() runs an idle child, which shares the processor when it gets none", async () => {
  using folder = new TestFolder();
  const file = folder.file("policy");
  // Fields 41 and 19 of proc(5): the scheduling policy, of which 5 is idle, and nice.
  const script = `field() { cut -d" " -f$1 /proc/$$/stat; }
    field 41 > ${file}.new; mv ${file}.new ${file}
    until [ "$(field 41)" = 0 ]; do sleep .05; done
    [ "$(field 19)" -ge 10 ] || exit 8`;
  const [shell, flag, answers] = fakeChild([READY, looked("car", 0.9)], LISTEN);
  const clock = new ManualClock();
  const command = [shell!, flag!, `${script}\n${answers}`];
  const telling = classify(command, [["a", 1]], { isNice: true, clock });
  const begun = () => Deno.readTextFile(file).catch(() => undefined);
  let policy: string | undefined;
  while ((policy = await begun()) === undefined) await sleep(systemClock, 20);
  assert.equal(policy.trim(), await mayBeIdle() ? "5" : "0");
  clock.advance(2_000);
  assert.deepEqual(shown(await telling), ["a vehicle 0.90 1 final"]);
});

Deno.test("classify() reads scores by the names and the threshold of who is ready", async () => {
  const names = [{ name: "forklift", class: "vehicle" } as const];
  const facts = { model: "own/1", runtime: "a test", names, threshold: 0.7 };
  const ready: ChildAnswer = { kind: "ready", protocol: PROTOCOL_VERSION, facts };
  const scored = [0.69, 0.9].map((score): ChildAnswer => ({
    ...{ kind: "looked", scores: [score], tookMs: 1 },
  }));
  const told = await classify(fakeChild([ready, ...scored], LISTEN), [["a", 1], [
    "b",
    1,
  ]]);
  assert.deepEqual(shown(told), ["a unknown 0.69 1 final", "b vehicle 0.90 1 final"]);
  assert.equal(told.labels[1]!.label.detail, "forklift");
  assert.ok(told.outcome.kind === "done");
  assert.deepEqual(told.outcome.by, { model: "own/1", runtime: "a test" });
});

Deno.test("classify() asks the second detector about the same crops where the first says unknown", async () => {
  const answers = [
    ...[READY, looked("car", 0.2), looked("car", 0.1)],
    ...[lookedAgain("car", 0.6), lookedAgain("vehicle", 0.5), looked("dog", 0.9)],
  ];
  const told = await classify(fakeChild(answers, LISTEN), [["a", 2], ["b", 1]]);
  assert.deepEqual(shown(told), [
    "a unknown 0.20 1",
    "a vehicle 0.55 2 final",
    "b animal 0.90 1 final",
  ]);
  assert.ok(told.outcome.kind === "done");
  // Five looks of 5 ms at three crops.
  assert.deepEqual([told.outcome.crops, told.outcome.cost.cropMs], [3, 25 / 3]);
});

Deno.test("classify() asks nobody a second time who has no second opinion", async () => {
  const { hasSecond: _hasSecond, ...facts } = BUILT_IN;
  const ready = { kind: "ready", protocol: PROTOCOL_VERSION, facts } as const;
  const told = await classify(fakeChild([ready, looked("car", 0.2)], LISTEN), [["a", 1]]);
  assert.deepEqual(shown(told), ["a unknown 0.20 1 final"]);
});

Deno.test("classify() leaves what the first says where the second may not be asked", async () => {
  const answers = [READY, looked("car", 0.2), looked("dog", 0.9)];
  const told = await classify(fakeChild(answers, LISTEN), [["a", 1], ["b", 1]], {
    mayAskSecond: () => false,
  });
  assert.deepEqual(shown(told), ["a unknown 0.20 1 final", "b animal 0.90 1 final"]);
});

Deno.test("classify() tells both detectors' own labels where a job is thorough", async () => {
  const command = fakeChild([READY, looked("car", 0.9), lookedAgain("dog", 0.7)], LISTEN);
  const classifier = new Classifier({
    ...{ command, limitMs: 60_000, clock: systemClock, isNice: false },
  });
  const labels: string[] = [];
  const jobs = [{ track: "a", crops: [CROP], isThorough: true }];
  const outcome = await classifier.classify(
    jobs,
    ({ label, isFinal }) => void labels.push(`${label.class} ${isFinal}`),
  );
  assert.deepEqual([outcome.kind, labels], ["done", ["vehicle false", "animal true"]]);
});

Deno.test("classify() tells no label of a track whose second look failed", async () => {
  const words = "Cannot read second.model: it is not there";
  const refusal = { kind: "refused", reason: "missing", words } as const;
  const told = await classify(fakeChild([READY, looked("car", 0.2), refusal], LISTEN), [
    ["a", 1],
  ]);
  assert.deepEqual(shown(told), []);
  checkFailed(told, "missing", /second\.model/, 1);
});

Deno.test("classify() of nothing ends well, also where the child was never asked", async () => {
  const { outcome } = await classify(fakeChild([READY], LISTEN), []);
  assert.equal(outcome.kind, "done");
});

Deno.test("classify() gives the reason of a child that refuses", async () => {
  const words = "Cannot read detector.model: it is not there";
  const refusal = { kind: "refused", reason: "missing", words } as const;
  checkFailed(
    await classify(fakeChild([refusal]), [["a", 1]]),
    "missing",
    /is not there/,
  );
});

Deno.test("classify() keeps the labels of a child that died, and gives its last words", async () => {
  const dying = fakeChild([READY, looked("car", 0.9)], "head -c 400; echo no more >&2");
  const told = await classify(dying, [["a", 3]]);
  assert.deepEqual(shown(told), ["a vehicle 0.90 1"]);
  checkFailed(told, "died", /no more/, 1);
});

Deno.test("classify() survives a child that is killed, and one that never reads", async () => {
  const killed = fakeChild([READY, looked("car", 0.9)], "kill -KILL $$");
  checkFailed(await classify(killed, [["a", 2]]), "died", /was killed .*memory/, 1);
  const gone = fakeChild([READY], "exec <&-; exit 0");
  checkFailed(await classify(gone, [["a", 2]]), "died", /exit code 0/);
});

Deno.test("classify() kills a child that hangs before it is ready, or afterwards", async () => {
  const limit = { limitMs: 300 };
  checkFailed(await classify(fakeChild([], LISTEN), [["a", 1]], limit), "late", /0\.3 s/);
  const clock = new ManualClock();
  const told = await classify(
    fakeChild([READY, looked("car", 0.9)], "trap '' TERM; " + LISTEN),
    [["a", 2]],
    { limitMs: 1_000, clock, onLabel: () => clock.advance(1_000) },
  );
  checkFailed(told, "late", /not done after 1 s/, 1);
  assert.deepEqual(shown(told), ["a vehicle 0.90 1"]);
});

Deno.test("classify() refuses what no child of ours says", async () => {
  const said = (text: string) => ["sh", "-c", `${text}\n${LISTEN}`];
  const other = '{"kind":"ready","protocol":99,"model":"x"}';
  for (const line of ["hello", other, '{"kind":"looked"}']) {
    const told = await classify(said(`printf '%s\\n' '${line}'`), [["a", 1]]);
    checkFailed(told, "garbled", /the child said/);
  }
  const few: ChildAnswer = { kind: "looked", scores: [0.9], tookMs: 1 };
  const short = await classify(fakeChild([READY, few], LISTEN), [["a", 1]]);
  checkFailed(short, "garbled", /the child said 1 scores/);
  const twice = await classify(fakeChild([READY, READY], LISTEN), [["a", 1]]);
  checkFailed(twice, "garbled", /the child said/);
});

Deno.test("classify() ends a child that does not stop talking", async () => {
  checkFailed(
    await classify(["sh", "-c", "exec yes"], [["a", 1]]),
    "garbled",
    /said|stop/,
  );
  const endless = await classify(["sh", "-c", "exec cat /dev/zero"], [["a", 1]]);
  checkFailed(endless, "garbled", /stop talking/);
});

Deno.test("classify() says when there is no such program", async () => {
  const told = await classify(["/no/such/program"], [["a", 1]]);
  checkFailed(told, "unstarted", /not installed/);
});

Deno.test("classify() ends with its signal, also one that was given before", async () => {
  const ending = new AbortController();
  const running = classify(fakeChild([], LISTEN), [["a", 1]], { signal: ending.signal });
  ending.abort();
  checkFailed(await running, "stopped", /nobody waits/);
  const told = await classify(fakeChild([READY], LISTEN), [["a", 1]], {
    signal: AbortSignal.abort(),
  });
  checkFailed(told, "stopped", /nobody waits/);
});
