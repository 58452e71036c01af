/**
 * Where figures are measured: the machine by its processor, the program by its version
 * and, in a checkout, its commit.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { runProgram } from "../base/subprocess.ts";
import { VERSION } from "../base/version.ts";
import type { BenchPlace } from "./bench_results.ts";

/** What cannot be found out is left out, or named by what Deno knows. */
export async function placeAndTime(clock: Clock, kernels: string): Promise<BenchPlace> {
  const commit = Deno.build.standalone ? undefined : await commitHere();
  return {
    machine: `${processorName()}, ${navigator.hardwareConcurrency} cores`,
    date: new Date(clock.utcMs()).toISOString().slice(0, 10),
    version: VERSION,
    ...(commit === undefined ? {} : { commit }),
    deno: Deno.version.deno,
    kernels,
  };
}

/** "AMD EPYC" on a PC, the board's name on a Raspberry Pi. */
function processorName(): string {
  try {
    const text = Deno.readTextFileSync("/proc/cpuinfo");
    const named = /^(?:model name|Model)\s*:\s*(.+)$/m.exec(text)?.[1];
    return named?.trim() ?? Deno.build.arch;
  } catch {
    return Deno.build.arch;
  }
}

/** The folder of the checkout, with a slash at its end; nothing is there in the one file. */
export function checkoutRoot(): string {
  return new URL("./bench_place.ts", import.meta.url).pathname
    .replace(/[^/]*\/[^/]*$/, "");
}

async function commitHere(): Promise<string | undefined> {
  const here = new URL("./bench_place.ts", import.meta.url).pathname;
  const folder = here.slice(0, here.lastIndexOf("/"));
  const command = ["git", "-C", folder, "rev-parse", "--short", "HEAD"];
  try {
    const limits = { timeoutMs: 5_000, outputBytesMax: 1_000 };
    const { code, stdout } = await runProgram(command, limits);
    return code === 0 ? stdout.trim() : undefined;
  } catch {
    // No git on this machine.
    return undefined;
  }
}
