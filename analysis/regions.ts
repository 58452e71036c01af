/**
 * Groups touching foreground pixels into regions (8-connected).
 * Knows nothing of time or of objects: identity over frames is `tracking/`.
 * @module
 */
import { SetPixels } from "./set_pixels.ts";

/** Regions kept per frame. More than this: the smallest area asked for is doubled. */
export const REGIONS_MAX = 512;

export interface RegionLimits {
  /** Fewest pixels of a region; smaller ones are not listed. */
  readonly areaMin: number;
  /** Shortest run of a row that counts: 1 keeps all, 3 cuts slivers like an opening. */
  readonly runMin: number;
}

/** Size of the planes, pixels. */
export interface PlaneShape {
  readonly width: number;
  readonly height: number;
}

/** A box inside the planes, whole pixels; right and bottom are one past. */
export interface LabelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Bytes of 0 or 255; pixel (x, y) is at `y * stride + x`. */
export interface Mask {
  readonly mask: Uint8Array;
  readonly stride: number;
}

/**
 * Finds regions by runs and union-find; cost grows with the number of runs, not with
 * the picture. Buffers are kept, and grow only for a mask with more runs than any before.
 * Results are valid until the next `find`.
 */
export class RegionFinder {
  /** Regions listed by the last `find`, ordered by their first pixel. */
  count = 0;
  /** Foreground pixels of the last `find`, small regions included. */
  foreground = 0;
  readonly left = new Int32Array(REGIONS_MAX);
  readonly top = new Int32Array(REGIONS_MAX);
  /** One past the last column. */
  readonly right = new Int32Array(REGIONS_MAX);
  /** One past the last row. */
  readonly bottom = new Int32Array(REGIONS_MAX);
  readonly area = new Int32Array(REGIONS_MAX);
  /** The first run of each. */
  readonly #first = new Int32Array(REGIONS_MAX);
  /** The run that `labelAt` looks at next, and one past the last of its row. */
  #at = 0;
  #stop = 0;

  readonly #shape: PlaneShape;
  readonly #limits: RegionLimits;
  readonly #runs: Runs;
  /** Empty until somebody asks for labels. */
  #labels: Uint16Array = new Uint16Array();
  /** The labels are those of the last `find`. */
  #drawn = false;

  constructor(shape: PlaneShape, limits: RegionLimits) {
    this.#shape = shape;
    this.#limits = limits;
    this.#runs = new Runs(shape);
  }

  /** Region index + 1, or 0, of pixel (x, y) at `y * width + x`; drawn when first asked for. */
  get labels(): Uint16Array {
    if (!this.#drawn) this.#drawLabels();
    return this.#labels;
  }

  /** `picture`: of the size given to the constructor. */
  find(picture: Mask): void {
    const runs = this.#runs;
    if (this.#drawn) this.#eraseLabels();
    runs.collect(picture, this.#shape, this.#limits.runMin);
    this.foreground = runs.pixels;
    runs.sumUp();
    this.#list(runs);
  }

  /** Writes the mask that was searched, 0 or 255, pixel (x, y) at `y * width + x`. */
  copyMask(into: Uint8Array): void {
    const { count, row, start, end } = this.#runs;
    const { width } = this.#shape;
    into.fill(0);
    for (let run = 0; run < count; run++) {
      const base = row[run]! * width;
      fillRun(into, 255, base + start[run]!, base + end[run]!);
    }
  }

  /**
   * Adds to `into[label]` how many pixels of a box carry each label but 0, of every pixel or
   * (`every` 2) of every second one of every second row, the box's first one among them.
   */
  countLabels(
    { left, top, right, bottom }: LabelBox,
    every: 1 | 2,
    into: Int32Array,
  ): void {
    const { firstOfRow, start, end, parent, region } = this.#runs;
    for (let y = top; y < bottom; y += every) {
      const stop = firstOfRow[y + 1]!;
      for (let run = firstOfRow[y]!; run < stop; run++) {
        const from = Math.max(start[run]!, left) - left;
        const to = Math.min(end[run]!, right) - left;
        if (to <= from) continue;
        const label = region[parent[run]!]!;
        if (label === 0) continue;
        into[label]! += every === 1 ? to - from : ((to + 1) >> 1) - ((from + 1) >> 1);
      }
    }
  }

  /** Column of a region's first pixel: the leftmost of its top row. */
  firstColumnOf(region: number): number {
    return this.#runs.start[this.#first[region]!]!;
  }

  /** Begins a row whose labels are asked for one by one, without drawing any. */
  startRow(y: number): void {
    const { firstOfRow } = this.#runs;
    this.#at = firstOfRow[y]!;
    this.#stop = firstOfRow[y + 1]!;
  }

  /** The label in the row that was started, as in `labels`; columns must be asked for from left to right. */
  labelAt(x: number): number {
    const { start, end, parent, region } = this.#runs;
    while (this.#at < this.#stop && end[this.#at]! <= x) this.#at++;
    if (this.#at === this.#stop || start[this.#at]! > x) return 0;
    return region[parent[this.#at]!]!;
  }

  /** Erases only what the last `find` gave labels to. */
  #eraseLabels(): void {
    this.#drawn = false;
    const { count, row, start, end } = this.#runs;
    const { width } = this.#shape;
    for (let run = 0; run < count; run++) {
      const base = row[run]! * width;
      fillRun(this.#labels, 0, base + start[run]!, base + end[run]!);
    }
  }

  #list(runs: Runs): void {
    let areaMin = this.#limits.areaMin;
    let listed = runs.countRootsOf(areaMin);
    while (listed > REGIONS_MAX) {
      areaMin = Math.max(2, areaMin * 2);
      listed = runs.countRootsOf(areaMin);
    }
    this.count = 0;
    for (let run = 0; run < runs.count; run++) {
      if (runs.parent[run] !== run) continue;
      runs.region[run] = 0;
      if (runs.area[run]! < areaMin) continue;
      const region = this.count++;
      runs.region[run] = region + 1;
      this.#first[region] = run;
      this.left[region] = runs.left[run]!;
      this.top[region] = runs.row[run]!;
      this.right[region] = runs.right[run]!;
      this.bottom[region] = runs.bottom[run]!;
      this.area[region] = runs.area[run]!;
    }
  }

  #drawLabels(): void {
    this.#drawn = true;
    const { count, row, start, end, parent, region } = this.#runs;
    const { width, height } = this.#shape;
    if (this.#labels.length === 0) this.#labels = new Uint16Array(width * height);
    for (let run = 0; run < count; run++) {
      const label = region[parent[run]!]!;
      if (label === 0) continue;
      const base = row[run]! * width;
      fillRun(this.#labels, label, base + start[run]!, base + end[run]!);
    }
  }
}

/** Runs that there is room for at first. A picture can have 38,000; most have some hundred. */
const RUNS_FIRST = 2_048;

/** Horizontal runs of a mask, joined into trees; a root carries its tree's sums. */
class Runs {
  count = 0;
  pixels = 0;
  row = new Uint16Array(RUNS_FIRST);
  start = new Uint16Array(RUNS_FIRST);
  /** One past the last column. */
  end = new Uint16Array(RUNS_FIRST);
  parent = new Int32Array(RUNS_FIRST);
  area = new Int32Array(RUNS_FIRST);
  left = new Uint16Array(RUNS_FIRST);
  right = new Uint16Array(RUNS_FIRST);
  bottom = new Uint16Array(RUNS_FIRST);
  region = new Uint16Array(RUNS_FIRST);
  /** The first run of each row or below it; one more than there are rows. */
  readonly firstOfRow: Int32Array;
  readonly #set = new SetPixels();

  constructor({ height }: PlaneShape) {
    this.firstOfRow = new Int32Array(height + 1);
  }

  /** Makes room for so many runs; those that are there stay. */
  #makeRoom(runs: number): void {
    if (runs <= this.start.length) return;
    const capacity = Math.max(runs, 2 * this.start.length);
    this.row = grown(this.row, new Uint16Array(capacity));
    this.start = grown(this.start, new Uint16Array(capacity));
    this.end = grown(this.end, new Uint16Array(capacity));
    this.parent = grown(this.parent, new Int32Array(capacity));
    this.area = grown(this.area, new Int32Array(capacity));
    this.left = grown(this.left, new Uint16Array(capacity));
    this.right = grown(this.right, new Uint16Array(capacity));
    this.bottom = grown(this.bottom, new Uint16Array(capacity));
    this.region = grown(this.region, new Uint16Array(capacity));
  }

  /** Reads the mask row after row; still pixels are leapt over by words. */
  collect(picture: Mask, shape: PlaneShape, runMin: number): void {
    const { mask, stride } = picture;
    const { width, height } = shape;
    const end = (height - 1) * stride + width;
    const set = this.#set;
    set.look(mask);
    this.count = 0;
    this.pixels = 0;
    let above = 0;
    let aboveEnd = 0;
    let lastRow = -1;
    let at = set.next(0, end);
    while (at < end) {
      const y = Math.floor(at / stride);
      const x = at - y * stride;
      if (x >= width) {
        at = set.next((y + 1) * stride, end);
        continue;
      }
      if (y !== lastRow) {
        // The row above is the one collected last, or empty.
        above = y === lastRow + 1 ? aboveEnd : this.count;
        aboveEnd = this.count;
        this.#makeRoom(this.count + ((width + 1) >> 1)); // every second pixel set
        while (lastRow < y) this.firstOfRow[++lastRow] = this.count;
      }
      const stop = set.endOfRun(at, y * stride + width);
      this.pixels += stop - at;
      if (stop - at >= runMin) {
        above = this.#add(y, x, x + stop - at, above, aboveEnd);
      }
      at = set.next(stop, end);
    }
    while (lastRow < height) this.firstOfRow[++lastRow] = this.count;
  }

  /** Adds a run and joins it to those above that touch it; gives where to go on above. */
  #add(y: number, start: number, end: number, above: number, aboveEnd: number): number {
    const index = this.count++;
    this.row[index] = y;
    this.start[index] = start;
    this.end[index] = end;
    this.parent[index] = index;
    let first = above;
    while (first < aboveEnd && this.end[first]! < start) first++;
    for (let over = first; over < aboveEnd; over++) {
      if (this.start[over]! > end) break;
      this.#join(over, index);
    }
    return first;
  }

  #root(run: number): number {
    const { parent } = this;
    while (parent[run] !== run) {
      parent[run] = parent[parent[run]!]!;
      run = parent[run]!;
    }
    return run;
  }

  /** The smaller index becomes the root, so that a root is its region's first run. */
  #join(a: number, b: number): void {
    const rootA = this.#root(a);
    const rootB = this.#root(b);
    if (rootA < rootB) this.parent[rootB] = rootA;
    else this.parent[rootA] = rootB;
  }

  /** Flattens the trees and gives each root the area and bounds of its tree. */
  sumUp(): void {
    for (let run = 0; run < this.count; run++) {
      const root = this.#root(run);
      this.parent[run] = root;
      const start = this.start[run]!;
      const end = this.end[run]!;
      if (root === run) {
        this.area[run] = end - start;
        this.left[run] = start;
        this.right[run] = end;
      } else {
        this.area[root]! += end - start;
        if (start < this.left[root]!) this.left[root] = start;
        if (end > this.right[root]!) this.right[root] = end;
      }
      this.bottom[root] = this.row[run]! + 1;
    }
  }

  countRootsOf(areaMin: number): number {
    let roots = 0;
    for (let run = 0; run < this.count; run++) {
      if (this.parent[run] === run && this.area[run]! >= areaMin) roots++;
    }
    return roots;
  }
}

function grown<Plane extends Uint16Array | Int32Array>(from: Plane, into: Plane): Plane {
  into.set(from);
  return into;
}

/** Runs are mostly short: shorter than what a call of `fill` costs. */
const FILL_BY_HAND = 40;

function fillRun(
  pixels: Uint8Array | Uint16Array,
  value: number,
  from: number,
  to: number,
): void {
  if (to - from > FILL_BY_HAND) pixels.fill(value, from, to);
  else for (let at = from; at < to; at++) pixels[at] = value;
}
