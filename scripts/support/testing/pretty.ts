/**
 * Reads what `deno test` prints while it runs: all there is when it was stopped, as its
 * JUnit report is written at the end only.
 * @module
 */
import type { TestCase } from "./junit.ts";

/** Tests that were over, in order; steps are not told apart from them. */
export function readPretty(output: string): TestCase[] {
  const cases: TestCase[] = [];
  let file = "";
  for (const line of output.split("\n")) {
    file = /^running \d+ tests? from \.\/(\S+)/.exec(line)?.[1] ?? file;
    const over = /^(?:\.\/(\S+) => )?(.+) \.\.\. (ok|FAILED|ignored)\b/.exec(line);
    if (!over) continue;
    const [, parallelFile = file, name = "", word = ""] = over;
    cases.push({
      file: parallelFile,
      name,
      outcome: word === "ok" ? "passed" : word === "ignored" ? "skipped" : "failed",
      message: word === "FAILED" ? "failed before the stage was stopped" : "",
      seconds: 0,
    });
  }
  return cases;
}

/** The test that had begun and was not over, as far as the output tells. */
export function unfinishedTest(output: string): string | undefined {
  const slow = [...output.matchAll(/'([^'\n]+)' has been running for over/g)].at(-1)?.[1];
  if (slow !== undefined) return slow;
  const last = output.trimEnd().split("\n").at(-1) ?? "";
  return /^(.+) \.\.\.$/.exec(last)?.[1];
}
