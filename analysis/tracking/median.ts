/**
 * The median without sorting: quickselect (Hoare, Algorithm 65: Find, 1961), in place and
 * without garbage, in time that grows with the number of values.
 * @module
 */

/** Of the first `count` values, which it reorders; the mean of the middle two of an even number. */
export function medianOf(values: Float64Array, count: number): number {
  if (count === 0) return 0;
  const middle = count >> 1;
  select(values, middle, count);
  if (count % 2 === 1) return values[middle]!;
  let below = values[0]!;
  for (let i = 1; i < middle; i++) below = Math.max(below, values[i]!);
  return (below + values[middle]!) / 2;
}

/** Afterwards the value at `wanted` is the one that sorting would put there; none before it is larger. */
function select(values: Float64Array, wanted: number, count: number): void {
  let from = 0;
  let to = count - 1;
  while (from < to) {
    const pivot = values[(from + to) >> 1]!;
    let i = from;
    let j = to;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const moved = values[i]!;
      values[i] = values[j]!;
      values[j] = moved;
      i++;
      j--;
    }
    if (wanted <= j) to = j;
    else if (wanted >= i) from = i;
    else return;
  }
}
