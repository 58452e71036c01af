import assert from "node:assert/strict";
import {
  extendHistory,
  HISTORY_SECONDS,
  type MotionHistory,
  recallHistory,
  scaleTop,
  shownSeconds,
} from "./motion_history.ts";

function after(...readings: readonly [nowMs: number, pct: number][]): MotionHistory {
  return readings.reduce<MotionHistory>(
    (history, [nowMs, pct]) => extendHistory(history, pct, nowMs),
    [],
  );
}

Deno.test("extendHistory() keeps the strongest motion of each second", () => {
  assert.deepEqual(after([1_000, 2], [1_500, 5], [1_900, 3], [2_000, 1]), [
    { second: 1, peakPct: 5 },
    { second: 2, peakPct: 1 },
  ]);
});

Deno.test("extendHistory() leaves seconds without a frame out", () => {
  assert.deepEqual(after([1_000, 0], [9_000, 0]).map(({ second }) => second), [1, 9]);
});

Deno.test("extendHistory() forgets what is older than it shows", () => {
  let history: MotionHistory = [];
  for (let second = 0; second < 1_000; second++) {
    history = extendHistory(history, 1, second * 1_000);
  }
  assert.equal(history.length, HISTORY_SECONDS);
  assert.equal(history[0]?.second, 1_000 - HISTORY_SECONDS);
});

Deno.test("recallHistory() takes what the program saw, and keeps what only the page did", () => {
  const was = after([10_000, 9], [100_000, 1], [102_000, 2], [104_000, 7]);
  const recalled = [4, 3, 2].map((secondsAgo) => ({ secondsAgo, peakPct: 5 }));
  assert.deepEqual(recallHistory(was, recalled, 104_500), [
    { second: 10, peakPct: 9 },
    { second: 100, peakPct: 5 },
    { second: 101, peakPct: 5 },
    { second: 102, peakPct: 5 },
    { second: 104, peakPct: 7 },
  ]);
  assert.equal(recallHistory(was, [], 104_500), was);
});

Deno.test("recallHistory() goes back before the page was opened, five minutes at most", () => {
  const recalled = [300, 299, 1].map((secondsAgo) => ({ secondsAgo, peakPct: 5 }));
  const seconds = recallHistory([], recalled, 2_000).map(({ second }) => second);
  assert.deepEqual(seconds, [-297, 1]);
});

Deno.test("scaleTop() is the smallest round top that holds everything", () => {
  for (const [pct, top] of [[0, 2], [2, 2], [2.1, 5], [37, 50], [100, 100]] as const) {
    assert.equal(scaleTop(after([0, 1], [1_000, pct])), top);
  }
});

Deno.test("shownSeconds() grows with what there is to show", () => {
  const cases = [[0, 60], [60, 60], [61, 120], [121, 300], [300, 300]] as const;
  assert.equal(shownSeconds([], 5), 60);
  for (const [have, span] of cases) {
    assert.equal(shownSeconds(after([0, 1]), have), span);
  }
});
