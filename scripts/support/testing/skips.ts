/**
 * Judges skipped tests against tests/skips.json, where every skip has its reason.
 * Skips nothing itself: a test says `ignore:`, and this list says why that may be.
 * @module
 */
import type { TestCase } from "./junit.ts";

/** What has to be absent for a skip to be right. */
export const SKIP_CONDITIONS = {
  always: "cannot run here yet",
  "no-footage": "needs ../shared/footage, which is absent",
  "no-binary":
    "needs Deno's runtime base: ../shared/denort on an x64 machine, or a network",
  "no-boot": "needs root that may mount, systemd-container, systemd-sysv and dbus",
  "no-network": "needs root that may make network namespaces, and ip",
  "no-onnx": "needs a native ONNX Runtime: .toolchain/onnxruntime, or the system's",
  "not-full": "takes long: scripts/test --full",
} as const;
export type SkipCondition = keyof typeof SKIP_CONDITIONS;

/** A test that may be skipped while one of `when` holds. */
export interface AllowedSkip {
  readonly file: string;
  readonly test: string;
  readonly when: readonly SkipCondition[];
  readonly reason: string;
}

/** A test file that is not run on the Deno that our binary is built with. */
export interface NotCompiled {
  readonly file: string;
  readonly reason: string;
}

export interface Skips {
  readonly tests: readonly AllowedSkip[];
  readonly notOnCompileDeno: readonly NotCompiled[];
}

/** What is true of this run. */
export interface RunFacts {
  readonly footage: boolean;
  /** The one file can be built here. */
  readonly binary: boolean;
  /** A systemd can be booted beside ours: tests/support/nspawn.ts. */
  readonly boot: boolean;
  /** Network namespaces can be made: tests/support/network_pair.ts. */
  readonly network: boolean;
  /** There is a native ONNX Runtime: tests/support/onnx_runtime.ts. */
  readonly onnx: boolean;
  readonly full: boolean;
}

/**
 * Reads the text of tests/skips.json.
 * @throws TypeError naming the entry that is wrong.
 */
export function readSkips(text: string): Skips {
  const read: unknown = JSON.parse(text);
  return {
    tests: entriesOf(read, "tests").map((entry, index) => {
      const at = `tests[${index}]`;
      return {
        file: stringOf(entry, "file", at),
        test: stringOf(entry, "test", at),
        when: conditionsOf(entry, at),
        reason: stringOf(entry, "reason", at),
      };
    }),
    notOnCompileDeno: entriesOf(read, "notOnCompileDeno").map((entry, index) => {
      const at = `notOnCompileDeno[${index}]`;
      return { file: stringOf(entry, "file", at), reason: stringOf(entry, "reason", at) };
    }),
  };
}

/** What is wrong with the skips of a run, one sentence each. */
export function judgeSkips(
  run: { readonly cases: readonly TestCase[]; readonly facts: RunFacts },
  skips: Skips,
): string[] {
  const wrong: string[] = [];
  const allowed = new Map(
    skips.tests.map((entry) => [keyOf(entry.file, entry.test), entry]),
  );
  const seen = new Map<string, Set<TestCase["outcome"]>>();
  for (const { file, name, outcome } of run.cases) {
    const key = keyOf(file, name);
    const outcomes = seen.get(key) ?? new Set();
    seen.set(key, outcomes.add(outcome));
    const entry = allowed.get(key);
    if (outcome !== "skipped" || (entry && holds(entry.when, run.facts))) continue;
    wrong.push(
      entry
        ? `${key}: skipped, though "${entry.when.join('", "')}" is not so in this run`
        : `${key}: skipped without a reason in tests/skips.json`,
    );
  }
  for (const [key, entry] of allowed) {
    const outcomes = seen.get(key);
    if (!outcomes) {
      wrong.push(`${key}: listed in tests/skips.json, but there is no such test`);
    } else if (holds(entry.when, run.facts) && !outcomes.has("skipped")) {
      wrong.push(`${key}: listed in tests/skips.json, but it was not skipped`);
    }
  }
  return [...new Set(wrong)];
}

const CONDITIONS = Object.keys(SKIP_CONDITIONS).join(", ");

/** One word, or a list of them. */
function conditionsOf(entry: unknown, at: string): SkipCondition[] {
  const told = fieldOf(entry, "when");
  const words = Array.isArray(told) ? told : [stringOf(entry, "when", at)];
  return words.map((word) => {
    if (isCondition(word)) return word;
    throw new TypeError(
      `Cannot read ${at}: "when" is "${word}", not one of ${CONDITIONS}`,
    );
  });
}

function isCondition(text: unknown): text is SkipCondition {
  return typeof text === "string" && Object.hasOwn(SKIP_CONDITIONS, text);
}

function holds(when: readonly SkipCondition[], facts: RunFacts): boolean {
  return when.some((condition) => {
    switch (condition) {
      case "always":
        return true;
      case "no-footage":
        return !facts.footage;
      case "no-binary":
        return !facts.binary;
      case "no-boot":
        return !facts.boot;
      case "no-network":
        return !facts.network;
      case "no-onnx":
        return !facts.onnx;
      case "not-full":
        return !facts.full;
    }
  });
}

function keyOf(file: string, test: string): string {
  return `${file}: ${test}`;
}

function entriesOf(read: unknown, name: string): unknown[] {
  const list = fieldOf(read, name);
  if (!Array.isArray(list)) {
    throw new TypeError(`Cannot read skips: "${name}" is not a list`);
  }
  return list;
}

function stringOf(entry: unknown, name: string, at: string): string {
  const value = fieldOf(entry, name);
  if (typeof value !== "string" || value.trim() === "") {
    throw new TypeError(`Cannot read ${at}: "${name}" is missing or empty`);
  }
  return value;
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
