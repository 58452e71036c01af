import assert from "node:assert/strict";
import { settings } from "../config/schema.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { type Checked, runChecks } from "./check_runner.ts";
import type { Check, CheckContext, Finding } from "./checks/check.ts";

const GOOD: Finding = { level: "good", words: "fine" };

function contextOf(clock: ManualClock): Omit<CheckContext, "signal"> {
  const places = {
    configFile: "/c",
    stateFolder: "/s",
    controlSocket: "/k",
    isSystem: false,
  };
  const none = {
    kind: "none",
    path: "/c",
    settings: settings.parse({ cameras: {} }),
  } as const;
  return { clock, places, configuration: none, program: undefined };
}

function checkOf(name: string, run: Check["run"], timeoutMs = 1_000): Check {
  return { name, timeoutMs, run };
}

Deno.test("runChecks() lets a check hang or throw without harm to the others", async () => {
  const clock = new ManualClock();
  let wasEnded = false;
  const hung = checkOf("hung", ({ signal }) => {
    signal.addEventListener("abort", () => wasEnded = true);
    return new Promise(() => {});
  }, 500);
  const throwing = checkOf("throwing", () => {
    throw new Error("no such thing");
  });
  const rejecting = checkOf("rejecting", () => Promise.reject(new Error("not today")));
  const good = checkOf("good", () => Promise.resolve([GOOD]));
  const told: Checked[] = [];
  const over = runChecks(
    [hung, throwing, rejecting, good],
    contextOf(clock),
    (checked) => {
      told.push(checked);
    },
  );
  clock.advance(500);
  await over;
  assert.deepEqual(told.map(({ name }) => name), [
    "hung",
    "throwing",
    "rejecting",
    "good",
  ]);
  const [one, two, three, four] = told.map(({ findings }) => findings[0]);
  assert.match(one?.words ?? "", /nothing came of it within 0.5 s/);
  assert.equal(wasEnded, true, "what hangs is told to end");
  assert.match(two?.words ?? "", /failed itself: no such thing/);
  assert.match(three?.words ?? "", /failed itself: not today/);
  assert.deepEqual(four, GOOD);
});

Deno.test("runChecks() runs side by side and tells in order, as soon as it can", async () => {
  const clock = new ManualClock();
  const first = Promise.withResolvers<readonly Finding[]>();
  const started: string[] = [];
  const told: string[] = [];
  const checks = [
    checkOf("quick", () => Promise.resolve([GOOD])),
    checkOf("slow", () => (started.push("slow"), first.promise)),
    checkOf("last", () => (started.push("last"), Promise.resolve([GOOD]))),
  ];
  const quick = Promise.withResolvers<void>();
  const over = runChecks(checks, contextOf(clock), ({ name }) => {
    told.push(name);
    quick.resolve();
  });
  await quick.promise;
  assert.deepEqual(started, ["slow", "last"]);
  assert.deepEqual(told, ["quick"]);
  first.resolve([GOOD]);
  await over;
  assert.deepEqual(told, ["quick", "slow", "last"]);
});
