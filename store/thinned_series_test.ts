import assert from "node:assert/strict";
import fc from "fast-check";
import { keepWithin, ThinnedSeries } from "./thinned_series.ts";

function series(...entries: readonly string[]): ThinnedSeries {
  const made = new ThinnedSeries();
  for (const json of entries) made.push({ json, marks: json.startsWith("!") });
  return made;
}

Deno.test("ThinnedSeries.thin() halves what is old, and leaves what is new and marked", () => {
  const one = series("0", "1", "2", "!3", "4", "5", "6", "7", "8", "9");
  one.thin();
  assert.deepEqual(one.pieces(), ["0", "2", "!3", "4", "5", "6", "7", "8", "9"]);
  one.thin();
  assert.deepEqual(one.pieces(), ["0", "2", "!3", "4", "6", "7", "8", "9"]);
  assert.equal(one.dropped, 2);
});

Deno.test("ThinnedSeries.thin() gives up the oldest when all is marked", () => {
  const one = series("!1", "!2", "!3");
  one.thin();
  assert.deepEqual(one.pieces(), ["!2", "!3"]);
});

Deno.test("ThinnedSeries.thin() gives up a sixteenth at least, whatever is marked", () => {
  const marked = fc.array(fc.boolean(), { minLength: 1, maxLength: 200 });
  fc.assert(fc.property(marked, fc.nat(12), (marks, times) => {
    const one = series(...marks.map((isMark, i) => isMark ? `!${i}` : `${i}`));
    for (let time = 0; time <= times && one.length > 0; time++) {
      const before = one.length;
      one.thin();
      assert.ok(before - one.length >= Math.max(1, Math.floor(before / 16)));
    }
  }));
});

Deno.test("ThinnedSeries keeps something of every time, however much comes", () => {
  const one = series();
  for (let i = 0; i < 20_000; i++) {
    one.push({ json: String(i).padStart(6, "0"), marks: false });
    keepWithin(1_200, [one]);
  }
  const kept = one.pieces().map(Number);
  assert.ok(kept.length >= 100 && kept.length <= 200, `${kept.length}`);
  const gaps = kept.slice(1).map((at, i) => at - kept[i]!);
  assert.equal(kept[0], 0);
  assert.ok(Math.max(...gaps) < 600, `a hole of ${Math.max(...gaps)}`);
  assert.deepEqual(new Set(gaps.slice(-50)), new Set([1]), "what is new is whole");
  assert.equal(one.dropped + one.length, 20_000);
});

Deno.test("keepWithin() holds its bound over several, and thins the longest", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 40 });
  fc.assert(fc.property(fc.array(lengths, { maxLength: 4 }), (all) => {
    const made = all.map((list) => series(...list.map((length) => "x".repeat(length))));
    keepWithin(300, made);
    const total = made.reduce((sum, { characters }) => sum + characters, 0);
    assert.ok(total <= 300);
    for (const one of made) {
      assert.equal(one.characters, one.pieces().join("").length);
    }
  }));
  const [long, short] = [series(..."abcdefgh"), series("x")];
  keepWithin(7, [long, short]);
  assert.equal(short.dropped, 0);
});
