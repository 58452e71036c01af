import assert from "node:assert/strict";
import { type Seen, StateTeller } from "./states.ts";

function told(seen: readonly Seen[]): string[] {
  const teller = new StateTeller();
  return seen.flatMap((one, at) => {
    const line = teller.step(one, 1_000 * at);
    return line ? [`${line.sinceMs} ${line.state} ${line.why ?? ""}`.trim()] : [];
  });
}

Deno.test("StateTeller tells each change once, with its time", () => {
  const seen = ["warmup", "warmup", "online", "covered", "covered", "online"] as const;
  assert.deepEqual(told(seen.map((state) => ({ state, score: 0.9 }))), [
    ...["0 warmup", "2000 online", "3000 covered", "5000 online"],
  ]);
});

Deno.test("StateTeller tells a state anew when its reason is another, not when its score is", () => {
  const frozen = { state: "frozen", score: 1 } as const;
  assert.deepEqual(
    told([
      { ...frozen, why: "equal" },
      { ...frozen, why: "equal", score: 0.5 },
      { ...frozen, why: "clock_only" },
    ]),
    ["0 frozen equal", "2000 frozen clock_only"],
  );
});

Deno.test("StateTeller rounds the score to two decimals and leaves it out where there is none", () => {
  const teller = new StateTeller();
  assert.deepEqual(teller.step({ state: "dirty", score: 0.87654 }, 40), {
    ...{ state: "dirty", sinceMs: 40, score: 0.88 },
  });
  assert.deepEqual(teller.step({ state: "online" }, 80), {
    state: "online",
    sinceMs: 80,
  });
});
