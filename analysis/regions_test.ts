import assert from "node:assert/strict";
import fc from "fast-check";
import { RegionFinder, REGIONS_MAX } from "./regions.ts";

interface Found {
  readonly box: readonly [number, number, number, number];
  readonly area: number;
}

function find(rows: readonly string[], limits = { areaMin: 1, runMin: 1 }): Found[] {
  const width = rows[0]!.length;
  const stride = width + 3;
  const mask = new Uint8Array(stride * rows.length);
  rows.forEach((row, y) => {
    [...row].forEach((cell, x) => mask[y * stride + x] = cell === "#" ? 255 : 0);
    mask[y * stride + width] = 255; // beyond the picture: must not be looked at
  });
  const finder = new RegionFinder({ width, height: rows.length }, limits);
  finder.find({ mask, stride });
  return Array.from({ length: finder.count }, (_, i) => ({
    box: [finder.left[i]!, finder.top[i]!, finder.right[i]!, finder.bottom[i]!] as const,
    area: finder.area[i]!,
  }));
}

Deno.test("RegionFinder joins pixels that touch at a corner", () => {
  assert.deepEqual(find(["#...", ".#..", "..##"]), [{ box: [0, 0, 4, 3], area: 4 }]);
  assert.deepEqual(find(["..#", ".#.", "#.."]), [{ box: [0, 0, 3, 3], area: 3 }]);
});

Deno.test("RegionFinder keeps apart what a column or a row divides", () => {
  assert.equal(find(["##.##", "##.##"]).length, 2);
  assert.equal(find(["##", "..", "##"]).length, 2);
});

Deno.test("RegionFinder joins two arms that meet further down", () => {
  assert.deepEqual(find(["#...#", "#...#", "#####"]), [{ box: [0, 0, 5, 3], area: 9 }]);
});

Deno.test("RegionFinder leaves small regions out but counts their pixels", () => {
  const finder = new RegionFinder({ width: 4, height: 1 }, { areaMin: 2, runMin: 1 });
  finder.find({ mask: Uint8Array.from([255, 0, 255, 255]), stride: 4 });
  assert.equal(finder.count, 1);
  assert.equal(finder.foreground, 3);
  assert.deepEqual([...finder.labels], [0, 0, 1, 1]);
});

Deno.test("RegionFinder cuts slivers narrower than the shortest run", () => {
  assert.deepEqual(find(["##.###"], { areaMin: 1, runMin: 3 }), [
    { box: [3, 0, 6, 1], area: 3 },
  ]);
});

Deno.test("RegionFinder makes room for a mask with more runs than any before", () => {
  const [width, height] = [131, 100];
  const finder = new RegionFinder({ width, height }, { areaMin: 1, runMin: 1 });
  const lines = new Uint8Array(width * height).map((_, at) => at % width % 2 ? 0 : 255);
  finder.find({ mask: lines.map((_, at) => at < 3 ? 255 : 0), stride: width });
  assert.deepEqual([finder.count, finder.area[0]], [1, 3]);
  for (let again = 0; again < 2; again++) {
    finder.find({ mask: lines, stride: width });
    assert.equal(finder.count, 66);
    assert.deepEqual(new Set(finder.area.subarray(0, 66)), new Set([height]));
    assert.equal(finder.foreground, 66 * height);
    assert.deepEqual(
      finder.labels,
      Uint16Array.from(lines, (value, at) => value && 1 + (at % width) / 2),
    );
  }
});

Deno.test("RegionFinder forgets the last mask", () => {
  const finder = new RegionFinder({ width: 3, height: 1 }, { areaMin: 1, runMin: 1 });
  finder.find({ mask: Uint8Array.from([255, 255, 255]), stride: 3 });
  finder.find({ mask: Uint8Array.from([0, 255, 0]), stride: 3 });
  assert.deepEqual([...finder.labels], [0, 1, 0]);
});

Deno.test("RegionFinder raises its smallest area when there are too many regions", () => {
  const width = 4 * REGIONS_MAX;
  const mask = new Uint8Array(width).map((_, x) => x % 2 === 0 ? 255 : 0);
  mask.fill(255, 0, 9);
  const finder = new RegionFinder({ width, height: 1 }, { areaMin: 1, runMin: 1 });
  finder.find({ mask, stride: width });
  assert.deepEqual([finder.count, finder.area[0]], [1, 9]);
});

Deno.test("RegionFinder finds what a flood fill finds", () => {
  const pixels = fc.array(fc.boolean(), { minLength: 60, maxLength: 60 });
  fc.assert(fc.property(pixels, (set) => {
    const rows = Array.from(
      { length: 6 },
      (_, y) => set.slice(y * 10, y * 10 + 10).map((on) => on ? "#" : ".").join(""),
    );
    const areas = find(rows).map((region) => region.area).sort();
    assert.deepEqual(areas, flood(rows).sort());
  }));
});

/** Areas by the plainest method there is. */
function flood(rows: readonly string[]): number[] {
  const left = new Set<string>();
  rows.forEach((row, y) =>
    [...row].forEach((cell, x) => cell === "#" && left.add(`${x},${y}`))
  );
  const areas: number[] = [];
  for (const start of left) {
    const open = [start];
    left.delete(start);
    let area = 0;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      area++;
      const [x, y] = at.split(",").map(Number) as [number, number];
      for (let n = 0; n < 9; n++) {
        const key = `${x - 1 + n % 3},${y - 1 + Math.floor(n / 3)}`;
        if (left.delete(key)) open.push(key);
      }
    }
    areas.push(area);
  }
  return areas;
}

Deno.test("RegionFinder counts the labels of a box as one would pixel by pixel", () => {
  const width = 23;
  const height = 9;
  const place = fc.record({
    left: fc.nat(width),
    right: fc.nat(width),
    top: fc.nat(height),
    bottom: fc.nat(height),
    every: fc.constantFrom(1 as const, 2 as const),
  });
  const bits = fc.array(fc.boolean(), { minLength: width * height });
  fc.assert(fc.property(bits, place, (set, { left, right, top, bottom, every }) => {
    const finder = new RegionFinder({ width, height }, { areaMin: 2, runMin: 1 });
    const mask = Uint8Array.from({ length: width * height }, (_, i) => set[i] ? 255 : 0);
    // An earlier, fuller mask must not show through.
    finder.find({ mask: new Uint8Array(width * height).fill(255), stride: width });
    finder.find({ mask, stride: width });
    const expected = new Int32Array(REGIONS_MAX + 1);
    for (let y = top; y < bottom; y += every) {
      for (let x = left; x < right; x += every) {
        expected[finder.labels[y * width + x]!]!++;
      }
    }
    expected[0] = 0;
    const counted = new Int32Array(REGIONS_MAX + 1);
    finder.countLabels({ left, top, right, bottom }, every, counted);
    assert.deepEqual(counted, expected);
  }));
});

Deno.test("RegionFinder tells labels along a row without drawing them, and where regions begin", () => {
  const width = 21;
  const height = 7;
  const bits = fc.array(fc.boolean(), { minLength: width * height });
  const steps = fc.record({
    x: fc.integer({ min: 1, max: 4 }),
    runMin: fc.constantFrom(1, 2),
  });
  fc.assert(fc.property(bits, steps, (set, { x: step, runMin }) => {
    const finder = new RegionFinder({ width, height }, { areaMin: 3, runMin });
    const mask = Uint8Array.from({ length: width * height }, (_, i) => set[i] ? 255 : 0);
    finder.find({ mask, stride: width });
    const told = Array.from({ length: height }, (_, y) => {
      finder.startRow(y);
      return Array.from(
        { length: width },
        (_, x) => x % step === 0 ? finder.labelAt(x) : 0,
      );
    });
    const { labels } = finder;
    const drawn = Array.from(
      { length: height },
      (_, y) =>
        Array.from(
          labels.subarray(y * width, (y + 1) * width),
          (label, x) => x % step === 0 ? label : 0,
        ),
    );
    assert.deepEqual(told, drawn);
    for (let region = 0; region < finder.count; region++) {
      const first = finder.top[region]! * width + finder.firstColumnOf(region);
      assert.equal(labels.indexOf(region + 1), first);
    }
  }));
});
