import assert from "node:assert/strict";
import fc from "fast-check";
import { StreamMatch, StreamZero } from "./stream_match.ts";

/** Plays a stream whose zero is at `zeroMs`: pictures arrive `waysMs` and two intervals late. */
function played(
  zeroMs: number,
  intervalMs: number,
  waysMs: readonly number[],
): StreamZero {
  const zero = new StreamZero();
  for (const [at, wayMs] of waysMs.entries()) {
    const ptsMs = at * intervalMs;
    const arrivalMs = zeroMs + ptsMs + 2 * intervalMs + wayMs;
    zero.step({ ptsMs, arrivalMs, intervalMs });
  }
  return zero;
}

Deno.test("two streams of a camera agree as far as their fastest ways do, whatever the rest", () => {
  const ways = fc.array(fc.integer({ min: 0, max: 400 }), {
    minLength: 20,
    maxLength: 60,
  });
  fc.assert(
    fc.property(ways, ways, fc.integer({ min: 0, max: 1e6 }), (one, other, lagMs) => {
      // Of each stream at least one picture comes without delay.
      const own = played(5_000 + lagMs, 40, [...one, 0]).atMs!;
      const others = played(5_000, 100, [...other, 0]).atMs!;
      const { shiftMs } = new StreamMatch().at(
        { intervalMs: 40, key: true },
        { ownMs: own, otherMs: others },
      );
      // A picture taken at the same moment has a time smaller by `lagMs` in its own stream.
      assert.ok(Math.abs(shiftMs - lagMs) < 1e-6, `${shiftMs} for ${lagMs}`);
    }),
  );
});

Deno.test("StreamZero knows nothing before a picture, and keeps what it knew until the next one", () => {
  const zero = new StreamZero();
  assert.equal(zero.atMs, undefined);
  zero.step({ ptsMs: 0, arrivalMs: 100, intervalMs: 40 });
  assert.equal(zero.atMs, 20);
  zero.reset();
  assert.equal(zero.atMs, 20);
  zero.step({ ptsMs: 0, arrivalMs: 500, intervalMs: 40 });
  assert.equal(zero.atMs, 420);
});

Deno.test("StreamMatch moves at keyframes only, and not for less than half an interval", () => {
  const match = new StreamMatch();
  const at = (key: boolean, ownMs: number, otherMs: number | undefined = 1_000) =>
    match.at({ intervalMs: 40, key }, { ownMs, otherMs });
  assert.deepEqual(at(true, 3_000), { shiftMs: 2_000, begins: false });
  assert.deepEqual(at(false, 2_970), { shiftMs: 2_000, begins: false });
  assert.deepEqual(at(true, 2_985), { shiftMs: 2_000, begins: false });
  assert.deepEqual(at(true, 2_970), { shiftMs: 1_970, begins: false });
});

Deno.test("StreamMatch says when times before and after do not belong together", () => {
  const match = new StreamMatch();
  const at = (ownMs: number, otherMs: number | undefined) =>
    match.at({ intervalMs: 40, key: true }, { ownMs, otherMs });
  assert.deepEqual(at(3_000, undefined), { shiftMs: 3_000, begins: false });
  assert.equal(match.isMatched, false);
  assert.deepEqual(at(3_000, 1_000), { shiftMs: 2_000, begins: true });
  assert.equal(match.isMatched, true);
  assert.deepEqual(at(2_900, 1_000), { shiftMs: 1_900, begins: true });
  assert.deepEqual(at(3_500, 1_000), { shiftMs: 2_500, begins: false });
});
