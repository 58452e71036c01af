/**
 * Figures that are kept from run to run, a JSON line each, and what was lost since the
 * last ones of the same machine. Measures nothing.
 * @module
 */
import { Fault, wordsOf } from "../base/fault.ts";
import type { BenchFigures } from "./bench_measure.ts";

/** Where, when and with what something was measured. */
export interface BenchPlace {
  /** Figures of another machine tell nothing about this one's. */
  readonly machine: string;
  /** `2026-11-22`. */
  readonly date: string;
  readonly version: string;
  /** Absent outside of a checkout. */
  readonly commit?: string;
  readonly deno: string;
  readonly kernels: string;
}

export type BenchRecord = BenchPlace & BenchFigures;

/** From this much of the CPU that was kept on it is a loss: a fifth. A busy machine is none. */
const LOSS = 1.2;

/**
 * The last record that was kept of the same machine, kernels and frames.
 * @throws Fault when the file is there and cannot be read
 */
export function lastKept(path: string, like: BenchRecord): BenchRecord | undefined {
  return readLines(path)
    .map((line, at) => recordOf(line, { path, number: at + 1 }))
    .findLast(({ machine, kernels, name }) =>
      machine === like.machine && kernels === like.kernels && name === like.name
    );
}

function recordOf(
  line: string,
  { path, number }: { readonly path: string; readonly number: number },
): BenchRecord {
  try {
    return JSON.parse(line) as BenchRecord;
  } catch {
    throw new Fault(
      "unavailable",
      `Cannot read ${path}: line ${number} holds no figures`,
      {
        hint: "it was cut while it was written: remove the line",
      },
    );
  }
}

/** @throws Fault when the file cannot be written */
export function keepRecord(path: string, record: BenchPlace): void {
  try {
    Deno.writeTextFileSync(path, `${JSON.stringify(record)}\n`, { append: true });
  } catch (thrown) {
    throw new Fault("unavailable", `Cannot keep figures in ${path}: ${wordsOf(thrown)}`);
  }
}

/** What was lost in words; undefined when it is less than a fifth, or nothing was kept. */
export function lossWords(
  now: BenchRecord,
  kept: BenchRecord | undefined,
): string | undefined {
  if (kept === undefined) return undefined;
  const [is, was] = [now.cpuMs, kept.cpuMs];
  if (is < LOSS * was) return undefined;
  const part = Math.round(100 * (is / was - 1));
  const when = kept.commit === undefined ? kept.date : `${kept.date}, ${kept.commit}`;
  return `${now.name}: slower by ${part} %, ${is.toFixed(3)} ms and not ${
    was.toFixed(3)
  } ms of CPU as on ${when}`;
}

function readLines(path: string): string[] {
  try {
    return Deno.readTextFileSync(path).split("\n").filter((line) => line !== "");
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return [];
    throw new Fault("unavailable", `Cannot read ${path}: ${wordsOf(thrown)}`);
  }
}
