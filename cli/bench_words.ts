/**
 * Measured figures as lines for a terminal. Pure.
 * @module
 */
import { BENCH_STAGES, type BenchFigures } from "./bench_measure.ts";
import type { BenchPlace } from "./bench_results.ts";

/** What was measured where. */
export function figuresHead(place: BenchPlace): string {
  const { machine, version, commit, deno, kernels } = place;
  const build = commit === undefined ? version : `${version} (${commit})`;
  return `${machine}; StreamWare ${build}, Deno ${deno}, kernels ${kernels}`;
}

/** One table: a line per stage, ms per frame. */
export function figuresLines(figures: BenchFigures): string[] {
  const { name, frames, stagesMs, cpuMs, garbageBytes } = figures;
  const ms = (value: number) => value.toFixed(3).padStart(9);
  return [
    "",
    `${name}: ${frames} ${frames === 1 ? "frame" : "frames"}, ${
      cpuMs.toFixed(3)
    } ms of CPU and ${(garbageBytes / 1_024).toFixed(1)} kB allocated per frame`,
    `  ${"ms per frame".padEnd(12)}${"p50".padStart(9)}${"p95".padStart(9)}${
      "p99".padStart(9)
    }`,
    ...BENCH_STAGES.map((stage) => {
      const { p50, p95, p99 } = stagesMs[stage];
      return `  ${stage.padEnd(12)}${ms(p50)}${ms(p95)}${ms(p99)}`;
    }),
  ];
}
