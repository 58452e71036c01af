/**
 * What a process holds, from /proc, over time: memory, descriptors, threads, children,
 * files in a folder. Judges nothing but how something grows.
 * @module
 */

export interface Holding {
  /** Seconds since the first one. */
  readonly atS: number;
  /**
   * Memory of its own in RAM, MB: what is shared with other programs, such as the code of
   * Deno, is not in it, and neither are children.
   */
  readonly memoryMb: number;
  readonly descriptors: number;
  readonly threads: number;
  readonly children: number;
  /** Children that have ended and that nobody has asked for. */
  readonly zombies: readonly number[];
  /** Files in the folder. */
  readonly files: number;
  readonly fileMb: number;
}

/** What `pid` holds now, and the files below `folder`. */
export function holdingOf(
  pid: number,
  { folder, atS }: { folder: string } & Pick<Holding, "atS">,
): Holding {
  const of = (name: string) => Deno.readTextFileSync(`/proc/${pid}/${name}`);
  const number = (text: string, pattern: RegExp) => Number(pattern.exec(text)![1]);
  const children = childrenOf(pid);
  const sizes = fileSizes(folder);
  return {
    atS,
    memoryMb: number(of("status"), /^RssAnon:\s+(\d+) kB$/m) / 1_024,
    threads: number(of("status"), /^Threads:\s+(\d+)$/m),
    descriptors: openDescriptors(pid),
    children: children.length,
    zombies: children.filter((child) => child.state === "Z").map(({ pid }) => pid),
    files: sizes.length,
    fileMb: sizes.reduce((sum, bytes) => sum + bytes, 0) / 1_048_576,
  };
}

/** Descriptors that a process has open; of itself with those that list them. */
export function openDescriptors(pid: number): number {
  return [...Deno.readDirSync(`/proc/${pid}/fd`)].length;
}

/** Bytes of each file below `folder`; one that goes meanwhile is not counted. */
export function fileSizes(folder: string): number[] {
  const entries = ifThere(() => [...Deno.readDirSync(folder)]) ?? [];
  return entries.flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    if (isDirectory) return fileSizes(path);
    const size = ifThere(() => Deno.statSync(path).size);
    return size === undefined ? [] : [size];
  });
}

/**
 * How fast values grow: the median of the slopes between all pairs (Theil and Sen), which
 * up to 29 % of wild values do not move. In the unit of the second number by the first's.
 */
export function robustSlope(points: readonly (readonly [number, number])[]): number {
  const slopes: number[] = [];
  points.forEach(([x, y], at) => {
    for (const [laterX, laterY] of points.slice(at + 1)) {
      if (laterX !== x) slopes.push((laterY - y) / (laterX - x));
    }
  });
  return medianOf(slopes);
}

/** NaN of none. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[half]!;
  return sorted.length === 0 ? NaN : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** At most `count` points: medians of as many parts of equal length. */
export function thinned(
  points: readonly (readonly [number, number])[],
  count: number,
): readonly (readonly [number, number])[] {
  const size = Math.max(1, Math.ceil(points.length / count));
  const parts = Array.from(
    { length: Math.ceil(points.length / size) },
    (_, at) => points.slice(at * size, (at + 1) * size),
  );
  return parts.map((part) =>
    [medianOf(part.map(([x]) => x)), medianOf(part.map(([, y]) => y))] as const
  );
}

function childrenOf(parent: number): { readonly pid: number; readonly state: string }[] {
  return [...Deno.readDirSync("/proc")].flatMap(({ name }) => {
    if (!/^\d+$/.test(name)) return [];
    const stat = ifThere(() => Deno.readTextFileSync(`/proc/${name}/stat`));
    const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (Number(fields?.[1]) !== parent) return [];
    return [{ pid: Number(name), state: fields![0]! }];
  });
}

function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
