/**
 * `../runs.ts`: the same runs and the same forest, found from 64 pixels at a time as
 * bits.
 * @module
 */
import { rowRuns, runEnd, runParent, runStart, stride, width } from "./address.ts";
import { bytesOf } from "./blocks.ts";

const WORD: i32 = 64;

/** As `findRuns()` there: runs of `value` in rows `from` to `to`; gives their number. */
export function findRuns(plane: usize, value: i32, from: i32, to: i32): i32 {
  const columns = width();
  const rowBytes = stride();
  let runs = 0;
  let above = 0;
  for (let row = from; row < to; row++) {
    store<i32>(rowRuns() + 4 * row, runs);
    const first = runs;
    let open = -1;
    for (let column = 0; column < columns; column += WORD) {
      const at = plane + row * rowBytes + column;
      const bits = wordOf(at, value, columns - column);
      let changes: u64 = bits ^ (bits << 1);
      if (open >= 0) changes ^= 1;
      while (changes !== 0) {
        const where = column + (ctz<u64>(changes) as i32);
        changes &= changes - 1;
        if (open < 0) {
          open = where;
          continue;
        }
        above = addRun(runs++, open, where, above, first);
        open = -1;
      }
    }
    if (open >= 0) above = addRun(runs++, open, columns, above, first);
    above = first;
  }
  store<i32>(rowRuns() + 4 * to, runs);
  return runs;
}

/** Bit n is set where pixel n of the 64 at an address has the value; `left` of them count. */
function wordOf(at: usize, value: i32, left: i32): u64 {
  const wanted = bytesOf(value);
  let bits: u64 = 0;
  for (let block = 0; block < WORD && block < left; block += 16) {
    const here = i8x16.bitmask(i8x16.eq(v128.load(at + block), wanted));
    bits |= (here as u64) << (block as u64);
  }
  return left >= WORD ? bits : bits & (((1 as u64) << (left as u64)) - 1);
}

/** Joins a new run to those above that it touches; gives where to go on above. */
function addRun(run: i32, start: i32, end: i32, above: i32, aboveEnd: i32): i32 {
  store<i32>(runStart() + 4 * run, start);
  store<i32>(runEnd() + 4 * run, end);
  store<i32>(runParent() + 4 * run, run);
  while (above < aboveEnd && load<i32>(runEnd() + 4 * above) <= start) above++;
  for (let other = above; other < aboveEnd; other++) {
    if (load<i32>(runStart() + 4 * other) >= end) break;
    join(other, run);
  }
  return above;
}

/** The first run of the part that `run` belongs to. */
export function rootOf(run: i32): i32 {
  const parents = runParent();
  let here = run;
  let parent = load<i32>(parents + 4 * here);
  while (parent !== here) {
    const grand = load<i32>(parents + 4 * parent);
    store<i32>(parents + 4 * here, grand);
    here = grand;
    parent = load<i32>(parents + 4 * here);
  }
  return here;
}

function join(one: i32, other: i32): void {
  const a = rootOf(one);
  const b = rootOf(other);
  if (a < b) store<i32>(runParent() + 4 * b, a);
  else store<i32>(runParent() + 4 * a, b);
}
