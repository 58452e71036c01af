/**
 * Runs rows of faults in a process of their own, so that the descriptors which are left
 * are theirs: those of `deno test` are of all the tests that run at once. Started by
 * capture_faults_test.ts with a `FaultOrder` as JSON; prints a `FaultReport`.
 * @module
 */
import type { FaultClips } from "./fault_clips.ts";
import { openDescriptors } from "./fault_measure.ts";
import { type FaultVerdict, runFault } from "./fault_rig.ts";
import { faultRows } from "./fault_rows.ts";

export interface FaultOrder {
  readonly clips: FaultClips;
  /** Of rows. */
  readonly names: readonly string[];
}

export interface FaultReport {
  readonly results: readonly FaultVerdict[];
  /** What failed, in words. */
  readonly wrong: readonly string[];
  /** Open at the end, and not at the beginning. */
  readonly descriptors: number;
}

/** Rows at once: they mostly wait. */
const AT_ONCE = 5;

async function run({ clips, names }: FaultOrder): Promise<FaultReport> {
  const waiting = faultRows(clips).filter(({ name }) => names.includes(name));
  const results: FaultVerdict[] = [];
  const wrong: string[] = [];
  const runNext = async () => {
    try {
      results.push(await runFault(waiting.shift()!));
    } catch (thrown) {
      wrong.push(thrown instanceof Error ? thrown.message : String(thrown));
    }
  };
  // What Deno opens once, for signals and for its first child, is open after one row.
  if (waiting.length > 0) await runNext();
  const before = openDescriptors(Deno.pid);
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (waiting.length > 0) await runNext();
  }));
  return { results, wrong, descriptors: openDescriptors(Deno.pid) - before };
}

if (import.meta.main) {
  console.log(JSON.stringify(await run(JSON.parse(Deno.args[0]!))));
}
