/**
 * What a stage's run amounts to. Pure: everything that may hide a failure (a crash, a
 * file that threw, a report that is not there, no test at all) counts as a failure.
 * @module
 */
import { readJunit, type TestCase } from "./junit.ts";
import { readPretty, unfinishedTest } from "./pretty.ts";
import type { Stage } from "./stages.ts";

/** How the command of a stage ended. */
export interface StageRun {
  readonly code: number;
  readonly signal: string | null;
  /** Standard output and standard error, as they came, without colours. */
  readonly output: string;
  /** The JUnit report; empty when none was written. */
  readonly junit: string;
  readonly seconds: number;
  /** Command lines of processes that it left running. */
  readonly orphans: readonly string[];
  /** Why we ended it ourselves, if we did. */
  readonly stopped?: "time" | "interrupt";
}

/** One thing that failed, for the list at the end. */
export interface Failure {
  /** "file: test", or the stage's name. */
  readonly what: string;
  /** The first line of why. */
  readonly why: string;
  /** What else it says, from its beginning: the list has to do where the output is cut. */
  readonly more?: readonly string[];
}

export interface Outcome {
  readonly stage: string;
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
  readonly cases: readonly TestCase[];
  readonly seconds: number;
  readonly output: string;
  /** False when we stopped it: then what did not run says nothing. */
  readonly isWhole: boolean;
}

/** Counts a stage's run. */
export function judgeRun(stage: Stage, run: StageRun): Outcome {
  const cases = stage.kind === "tests" ? casesOf(run) : [];
  const failures: Failure[] = cases
    .filter((test) => test.outcome === "failed")
    .map((test) => ({
      what: `${test.file}: ${test.name}`,
      why: reasonOf(test.message),
      ...moreOf(test.message),
    }));
  if (stage.kind === "tests") failures.push(...silentFiles(stage.files, cases, run));
  const ended = howItEnded(run);
  if (ended !== undefined && (failures.length === 0 || run.stopped || run.signal)) {
    failures.push({
      what: stage.name,
      ...stage.kind === "check"
        ? { why: `${ended}: ${firstLine(run.output)}`, ...moreOf(run.output) }
        : { why: ended },
    });
  }
  for (const words of run.stopped ? [] : run.orphans) {
    failures.push({ what: stage.name, why: `left a process running: ${words}` });
  }
  const whole = stage.kind === "check" && failures.length === 0 ? 1 : 0;
  return {
    stage: stage.name,
    passed: whole + cases.filter((test) => test.outcome === "passed").length,
    skipped: cases.filter((test) => test.outcome === "skipped").length,
    failures,
    cases,
    seconds: run.seconds,
    output: run.output,
    isWhole: run.stopped === undefined && run.signal === null,
  };
}

/** From the report; when it was not written because we were stopped, from the output. */
function casesOf(run: StageRun): TestCase[] {
  const isCutOff = run.junit === "" && (run.stopped !== undefined || run.signal !== null);
  return isCutOff ? readPretty(run.output) : readJunit(run.junit);
}

/** Files that were to run and of which the report tells nothing: they threw, or are empty. */
function silentFiles(
  files: readonly string[],
  cases: readonly TestCase[],
  run: StageRun,
): Failure[] {
  if (run.stopped || run.signal) return [];
  const told = new Set(cases.map((test) => test.file));
  for (const [, alone, parallel] of run.output.matchAll(RAN)) {
    told.add(alone ?? parallel ?? "");
  }
  return files.filter((file) => !told.has(file)).map((file) => ({
    what: file,
    why: run.junit === "" ? "no report was written" : "no test of this file ran",
  }));
}

/** A file whose tests are declared in a suite is named by the output only. */
const RAN = /^(?:running [1-9]\d* tests? from \.\/(\S+)|\.\/(\S+) => )/gm;

function howItEnded(run: StageRun): string | undefined {
  const test = unfinishedTest(run.output);
  const during = test === undefined ? "" : `, during "${test}"`;
  if (run.stopped === "time") return `did not end in time and was stopped${during}`;
  if (run.stopped === "interrupt") return `was interrupted${during}`;
  if (run.signal !== null) return `was ended by ${run.signal}${during}`;
  if (run.code !== 0) return `ended with exit code ${run.code}`;
  return undefined;
}

/** The first line of a failure, and of a difference the first lines that differ. */
function reasonOf(message: string): string {
  const differing = message.split("\n")
    .filter((line) => /^[+-] /.test(line) && line !== "+ actual - expected")
    .slice(0, DIFFERING_LINES)
    .map((line) => line.replace(/ +/g, " "));
  return [firstLine(message), differing.join(" / ")].join(" ").trim();
}

const DIFFERING_LINES = 3;

/** Lines after the first one, as many as tell what a leak, a difference or a stack is. */
function moreOf(text: string): { readonly more?: readonly string[] } {
  const lines = text.split("\n").map((line) => line.trimEnd()).filter((line) =>
    line !== ""
  )
    .slice(1, MORE_LINES_MAX);
  if (lines.length === 0) return {};
  const short = (line: string) =>
    line.length <= MORE_CHARS_MAX ? line : `${line.slice(0, MORE_CHARS_MAX)} …`;
  return { more: lines.map(short) };
}

const MORE_LINES_MAX = 15;
/** Of a line: a page or a picture in a difference is one. */
const MORE_CHARS_MAX = 300;

function firstLine(text: string): string {
  return text.split("\n").find((line) => line.trim() !== "")?.trim() ?? "no reason told";
}
