import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { benchCommand } from "./bench.ts";
import { BENCH_STAGES, type BenchFigures } from "./bench_measure.ts";
import { figuresLines } from "./bench_words.ts";

Deno.test("bench analysis measures at least one frame, and says so", async () => {
  const [analysis] = benchCommand.subcommands;
  for (const frames of ["0", "1.5", "many", "100001"]) {
    await assert.rejects(async () => {
      await analysis!.run("", { "--frames": frames });
    }, (error: unknown) => {
      assert.ok(error instanceof Fault);
      const words = "give a whole number from 1 to 100000";
      assert.equal(error.message, `Cannot use --frames "${frames}": ${words}`);
      return true;
    });
  }
});

Deno.test("one measured frame is told as one", () => {
  const none = { p50: 0, p95: 0, p99: 0 };
  const stagesMs = Object.fromEntries(BENCH_STAGES.map((stage) => [stage, none]));
  const figures = {
    ...{ name: "gate.mp4", cpuMs: 0.5, garbageBytes: 2_048 },
    stagesMs: stagesMs as BenchFigures["stagesMs"],
  };
  const lineOf = (frames: number) => figuresLines({ ...figures, frames })[1];
  const rest = "0.500 ms of CPU and 2.0 kB allocated per frame";
  assert.equal(lineOf(1), `gate.mp4: 1 frame, ${rest}`);
  assert.equal(lineOf(2), `gate.mp4: 2 frames, ${rest}`);
});
