/**
 * Runs checks side by side and tells each one's findings in a fixed order, as soon as
 * those before it are told. A check that hangs or fails costs itself only.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import type { Check, CheckContext, Finding } from "./checks/check.ts";

/** What one check found. */
export interface Checked {
  readonly name: string;
  readonly findings: readonly Finding[];
}

/** @param tell called in the order of `checks` */
export async function runChecks(
  checks: readonly Check[],
  context: Omit<CheckContext, "signal">,
  tell: (checked: Checked) => void,
): Promise<void> {
  const running = checks.map((check) => runOne(check, context));
  for (const checked of running) tell(await checked);
}

async function runOne(
  check: Check,
  context: Omit<CheckContext, "signal">,
): Promise<Checked> {
  const { name, timeoutMs } = check;
  const ending = new AbortController();
  const late = lateAfter(context.clock, timeoutMs);
  using _timer = late.timer;
  try {
    // Not in our own turn: a check that throws at once is one that fails.
    const found = Promise.resolve().then(() =>
      check.run({ ...context, signal: ending.signal })
    );
    found.catch(() => {}); // after it was given up, nobody waits for its failure
    const findings = await Promise.race([found, late.promise]);
    return { name, findings: findings ?? [hangs(timeoutMs)] };
  } catch (thrown) {
    const words = `this check failed itself: ${wordsOf(thrown)}`;
    const toDo = "report it with streamware version --json";
    return { name, findings: [{ level: "broken", words, toDo }] };
  } finally {
    ending.abort();
  }
}

function hangs(timeoutMs: number): Finding {
  return {
    level: "broken",
    words: `nothing came of it within ${timeoutMs / 1_000} s: what it asks hangs`,
    toDo: "dmesg | tail -n 30; run streamware doctor again",
  };
}

function lateAfter(clock: Clock, delayMs: number) {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return { promise, timer: clock.after(delayMs, () => resolve(undefined)) };
}
