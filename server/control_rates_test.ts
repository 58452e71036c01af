import assert from "node:assert/strict";
import { FrameRates } from "./control_rates.ts";

Deno.test("FrameRates.of() is unknown before there are two counts of a camera", () => {
  const rates = new FrameRates();
  assert.equal(rates.of("gate"), undefined);
  rates.step({ gate: 5 }, 0);
  assert.equal(rates.of("gate"), undefined);
  rates.step({ gate: 15, yard: 3 }, 1_000);
  assert.equal(rates.of("gate"), 10);
  assert.equal(rates.of("yard"), undefined);
});

Deno.test("FrameRates.of() looks at the last ten seconds only, and never below nothing", () => {
  const rates = new FrameRates();
  let frames = 0;
  for (let second = 0; second <= 60; second++) {
    frames += second <= 40 ? 25 : 0.5;
    rates.step({ gate: frames }, second * 1_000);
  }
  assert.equal(rates.of("gate"), 0.5);
  rates.step({ gate: 0 }, 61_000);
  assert.equal(rates.of("gate"), 0);
});
