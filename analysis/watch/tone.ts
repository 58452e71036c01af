/**
 * How the picture's tones lie against the reference: now = gain * before + offset, by
 * least squares over the means of cells. Light multiplies and leaves black where it is;
 * fog and water in the air pull every tone towards their own (Koschmieder's law of
 * visibility: now = before * t + veil * (1 - t)).
 * @module
 */
import type { Edges } from "./edges.ts";
import type { Measures } from "./measures.ts";

/** A cell with so many points of foreground shows something else. */
const COVERED_POINTS = 4;
/** Brighter cells are clipped: they follow no line. */
const CLIPPED = 236;
const CELLS_MIN = 12;
/** Less contrast between cells than this fixes no line, grey levels. */
const SPREAD_MIN = 8;
/** Tone of a veil in daylight; black is light going away, white gamma or clipping. */
const VEIL_MIN = 70;
const VEIL_MAX = 225;

/** A picture that changed by so many grey levels, along a line, is fitted once more … */
const REFIT_CHANGE = 1.5;
const REFIT_LIKENESS = 0.8;
/** … without cells that lie off the line by so many times the mean change. */
const REFIT_TIMES = 2;

export class Tone {
  gain = 1;
  offset = 0;
  /** Mean difference of the cells' tones, grey levels. */
  change = 0;
  /** How well the means of cells follow that line: their correlation, -1..1; 1 when nothing is known. */
  likeness = 1;

  /** @param wholePicture also what the mask covers, as when it covers nearly everything */
  fit(measures: Measures, edges: Edges, wholePicture: boolean): void {
    this.change = this.#fitWithin(measures, edges, { wholePicture, within: Infinity });
    if (this.change < REFIT_CHANGE || this.likeness < REFIT_LIKENESS) return;
    // What drove off or came to stand since the reference was taken lies off the line.
    this.#fitWithin(measures, edges, { wholePicture, within: REFIT_TIMES * this.change });
  }

  /** @returns mean difference of the cells' tones */
  #fitWithin(
    { cells, cellMask, cellLuma }: Measures,
    edges: Edges,
    { wholePicture, within }: { wholePicture: boolean; within: number },
  ): number {
    const { gain, offset } = this;
    let n = 0;
    let sumX = 0;
    let sumY = 0;
    let sumXX = 0;
    let sumYY = 0;
    let change = 0;
    let sumXY = 0;
    for (let cell = 0; cell < cells; cell++) {
      if (!wholePicture && cellMask[cell]! >= COVERED_POINTS) continue;
      const x = edges.cellLuma[cell]!;
      const y = cellLuma[cell]!;
      if (x > CLIPPED || y > CLIPPED) continue;
      const off = y - gain * x - offset;
      if (off > within || off < -within) continue;
      n++;
      change += x > y ? x - y : y - x;
      sumX += x;
      sumY += y;
      sumXX += x * x;
      sumYY += y * y;
      sumXY += x * y;
    }
    const spread = n * sumXX - sumX * sumX;
    const fixes = n >= CELLS_MIN && spread > n * n * SPREAD_MIN * SPREAD_MIN;
    this.gain = fixes ? (n * sumXY - sumX * sumY) / spread : 1;
    const spreadY = n * sumYY - sumY * sumY;
    const both = n * sumXY - sumX * sumY;
    this.likeness = fixes ? both / Math.sqrt(spread * Math.max(1, spreadY)) : 1;
    this.offset = fixes ? (sumY - this.gain * sumX) / n : 0;
    return n === 0 ? 0 : change / n;
  }

  /** Part of the contrast that a veil has taken, 0..1; 0 when light explains it. */
  get veil(): number {
    const part = 1 - this.gain;
    if (part < 0.02 || part > 0.98) return 0;
    const tone = this.offset / part;
    return tone >= VEIL_MIN && tone <= VEIL_MAX ? part : 0;
  }

  /** The same the other way: part of the contrast that a lifting veil gave back. */
  get clearing(): number {
    const part = 1 - 1 / Math.max(this.gain, 1e-3);
    if (part < 0.02 || part > 0.98) return 0;
    const tone = -this.offset / (this.gain - 1);
    return tone >= VEIL_MIN && tone <= VEIL_MAX ? part : 0;
  }
}
