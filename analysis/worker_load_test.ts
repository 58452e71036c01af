import assert from "node:assert/strict";
import { LoadMeter } from "./worker_load.ts";

Deno.test("LoadMeter guesses by size and rate until it has measured", () => {
  const meter = new LoadMeter(10);
  assert.equal(meter.load, 0);
  meter.format({ width: 640, height: 480 });
  assert.equal(meter.load, 2.5);
  for (let ms = 0; ms <= 5_000; ms += 100) meter.spent(4, ms);
  assert.ok(Math.abs(meter.load - 40) < 2, `${meter.load} ms a second`);
  meter.format({ width: 3840, height: 2160 });
  assert.ok(meter.load < 50, "what was measured stands");
});

Deno.test("LoadMeter follows a change within some spans, and one slow frame does not make a load", () => {
  const meter = new LoadMeter(10);
  const run = (fromMs: number, costMs: number) => {
    for (let ms = fromMs; ms < fromMs + 20_000; ms += 100) meter.spent(costMs, ms);
  };
  run(0, 1);
  meter.spent(200, 20_000);
  run(20_100, 1);
  assert.ok(meter.load < 30, `${meter.load} ms a second`);
  run(40_100, 9);
  assert.ok(meter.load > 70, `${meter.load} ms a second`);
});
