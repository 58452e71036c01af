import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type AgeEvidence,
  frameAgeMs,
  type Freshness,
  freshness,
  hearAge,
  NO_EVIDENCE,
  seeFrame,
} from "./frame_age.ts";

Deno.test("frameAgeMs() knows nothing before the first frame", () => {
  assert.equal(frameAgeMs(NO_EVIDENCE, 1_000), undefined);
});

Deno.test("frameAgeMs() counts from what the box said when no frame came here", () => {
  const evidence = hearAge(NO_EVIDENCE, 60_000, 1_000);
  assert.equal(frameAgeMs(evidence, 4_000), 63_000);
});

Deno.test("frameAgeMs() adds how old frames are when they arrive", () => {
  let evidence = seeFrame(NO_EVIDENCE, 1_000);
  evidence = hearAge(evidence, 250, 1_050);
  assert.equal(frameAgeMs(evidence, 1_050), 250);
  evidence = seeFrame(evidence, 1_100);
  assert.equal(frameAgeMs(evidence, 1_100), 200);
  assert.equal(frameAgeMs(evidence, 1_150), 250);
});

Deno.test("frameAgeMs() believes what it sees when the box speaks of newer frames", () => {
  let evidence = seeFrame(NO_EVIDENCE, 1_000);
  evidence = hearAge(evidence, 40, 9_000);
  assert.equal(frameAgeMs(evidence, 9_000), 8_000);
});

Deno.test("frameAgeMs() grows as fast as time while no frame comes, whatever is said", () => {
  const told = fc.record({ ageMs: fc.nat(60_000), afterMs: fc.nat(5_000) });
  fc.assert(fc.property(fc.array(told), fc.nat(100_000), (tellings, waitMs) => {
    let nowMs = 0;
    let evidence: AgeEvidence = seeFrame(NO_EVIDENCE, nowMs);
    for (const { ageMs, afterMs } of tellings) {
      nowMs += afterMs;
      evidence = hearAge(evidence, ageMs, nowMs);
    }
    const age = frameAgeMs(evidence, nowMs)!;
    assert.ok(age >= nowMs, "never younger than what is seen");
    assert.equal(frameAgeMs(evidence, nowMs + waitMs), age + waitMs);
  }));
});

Deno.test("freshness() allows a slow camera its pace", () => {
  const cases: [number | undefined, number | undefined, Freshness][] = [
    [undefined, 10, "none"],
    [0, 10, "fresh"],
    [1_999, 10, "fresh"],
    [2_000, 10, "late"],
    [4_999, 10, "late"],
    [5_000, 10, "stale"],
    [5_000, undefined, "stale"],
    [5_000, 0, "stale"],
    [14_999, 0.2, "fresh"],
    [15_000, 0.2, "late"],
    [30_000, 0.2, "stale"],
  ];
  for (const [ageMs, fps, expected] of cases) {
    assert.equal(freshness(ageMs, fps), expected, `${ageMs} ms at ${fps}/s`);
  }
});
