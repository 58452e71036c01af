/**
 * Sparse looks at one frame that all judges of the picture share: what changed since the
 * last frame, what differs from the model, and how it is spread. Judges nothing.
 *
 * About 3,000 points on a grid, in cells of about 16 by 16 pixels, whatever the size:
 * a share of them is known to about a hundredth, at a twentieth of a look at all pixels.
 * @module
 */
import type { ModelView } from "../foreground.ts";
import type { PlaneShape } from "../regions.ts";

const POINTS = 3_000;
/** Points look at neighbours this far away, so they stay inside by as much. */
const REACH = 2;
/** Points of a cell along each axis. */
const CELL_POINTS = 4;

/** Grey levels that tell a change from a sensor's noise (deviation about 2). */
const FLICKER = 8;
/** A flicker also differs from the model. */
const FLICKER_MODEL = 6;
const FLICKER_BESIDE = 5;
/** A cell with so many points of foreground belongs to an object. */
const OBJECT_POINTS = 3;

/** Shares of all points, 0..1, unless said otherwise. Valid until the next `look`. */
export class Measures {
  readonly points: number;
  readonly cells: number;
  readonly columns: number;
  readonly rows: number;
  /** Grid points along x; the others are full rows of so many. */
  readonly across: number;
  /** Pixels between two points. */
  readonly step: number;
  /** Where the points lie: `y * stride + x`. */
  readonly at: Int32Array;
  /** The cell of each point. */
  readonly cellOf: Uint16Array;

  /** Luma as in the last frame, to the grey level. */
  equal = 0;
  /** Points that are not, counted. */
  differing = 0;
  /** Mean change of luma, to and fro, where it changed by no more than noise; grey levels. */
  grain = 0;
  /** Luma that changed by more than noise. */
  changed = 0;
  /** Foreground, before and after cleaning. */
  raw = 0;
  mask = 0;
  /** Brighter, or darker, than both the last frame and the model. */
  up = 0;
  down = 0;
  /** Of those brighter: neighbours above and below, left and right that are so too. */
  vertical = 0;
  horizontal = 0;
  /** Of the cells without an object, those that flicker against as many as chance would hit. */
  spread = 0;
  /** Mean luma of frame and model. */
  luma = 0;
  modelLuma = 0;
  /** Mean colour of frame and model: |U - 128| + |V - 128|, grey levels. */
  chroma = 0;
  modelChroma = 0;
  /** Frames looked at. */
  frames = 0;
  /** Points of a cell that changed in this frame. */
  readonly cellChanged: Uint8Array;
  /** Points of a cell that are not equal to the last frame. */
  readonly cellDiffers: Uint8Array;
  /** Points of a cell that the mask says move. */
  readonly cellMask: Uint8Array;
  /** Mean luma of a cell's points. */
  readonly cellLuma: Float32Array;
  /** Points of a cell, at most 16. */
  readonly cellPoints: Uint8Array;

  readonly #last: Uint8Array;
  readonly #cellUp: Uint8Array;
  readonly #cellDown: Uint8Array;
  readonly #cellVertical: Uint8Array;
  readonly #cellHorizontal: Uint8Array;

  /** @param stride of the views that will be looked at */
  constructor(shape: PlaneShape, stride: number) {
    const { width, height } = shape;
    const step = Math.max(1, Math.floor(Math.sqrt(width * height / POINTS)));
    const margin = Math.min(REACH + 1, (Math.min(width, height) - 1) >> 1);
    const across = Math.max(1, Math.ceil((width - 2 * margin) / step));
    const down = Math.max(1, Math.ceil((height - 2 * margin) / step));
    this.step = step;
    this.across = across;
    this.points = across * down;
    this.columns = Math.ceil(across / CELL_POINTS);
    this.rows = Math.ceil(down / CELL_POINTS);
    this.cells = this.columns * this.rows;
    this.at = new Int32Array(this.points);
    this.cellOf = new Uint16Array(this.points);
    this.#last = new Uint8Array(this.points);
    this.#cellUp = new Uint8Array(this.cells);
    this.#cellDown = new Uint8Array(this.cells);
    this.#cellVertical = new Uint8Array(this.cells);
    this.#cellHorizontal = new Uint8Array(this.cells);
    this.cellChanged = new Uint8Array(this.cells);
    this.cellDiffers = new Uint8Array(this.cells);
    this.cellMask = new Uint8Array(this.cells);
    this.cellPoints = new Uint8Array(this.cells);
    this.cellLuma = new Float32Array(this.cells);
    for (let point = 0; point < this.points; point++) {
      const row = Math.floor(point / across);
      const column = point - row * across;
      this.at[point] = (margin + row * step) * stride + margin + column * step;
      const cell = Math.floor(row / CELL_POINTS) * this.columns +
        Math.floor(column / CELL_POINTS);
      this.cellOf[point] = cell;
      this.cellPoints[cell]!++;
    }
  }

  /** One frame, in order of time. */
  look(view: ModelView): void {
    const { at, across, cellOf, points, step } = this;
    const { cellChanged, cellDiffers, cellMask, cellLuma } = this;
    const { y, backY, raw, mask } = view;
    const last = this.#last;
    const first = this.frames++ === 0;
    let differing = 0;
    let changed = 0;
    let grain = 0;
    let drift = 0;
    let rawPoints = 0;
    let maskPoints = 0;
    let luma = 0;
    let modelLuma = 0;
    this.#clear();
    if (first) {
      for (let point = 0; point < points; point++) {
        last[point] = y[at[point]!]!;
      }
    }
    for (let from = 0; from < points;) {
      // The next points of a row that lie in one cell.
      const column = from % across;
      const to = from + Math.min(CELL_POINTS, across - column);
      const cell = cellOf[from]!;
      let lumaHere = 0, differHere = 0, changedHere = 0, maskHere = 0;
      for (let point = from, i = at[from]!; point < to; point++, i += step) {
        const now = y[i]!;
        const off = now - backY[i]!;
        lumaHere += now;
        modelLuma += now - off;
        // Without a branch: noise goes either way, and none could be foreseen.
        const change = now - last[point]!;
        const size = Math.abs(change);
        last[point] = now;
        differHere += Math.min(1, size);
        rawPoints += raw[i]! & 1;
        maskHere += mask[i]! & 1;
        grain += size;
        drift += change;
        if (size <= FLICKER) continue;
        grain -= size;
        drift -= change;
        changedHere++;
        this.#flicker(view, i, { cell, change, off });
      }
      from = to;
      luma += lumaHere;
      cellLuma[cell]! += lumaHere;
      differing += differHere;
      cellDiffers[cell] = cellDiffers[cell]! + differHere;
      maskPoints += maskHere;
      cellMask[cell] = cellMask[cell]! + maskHere;
      changed += changedHere;
      cellChanged[cell] = cellChanged[cell]! + changedHere;
    }
    this.differing = differing;
    this.equal = first ? 0 : 1 - differing / points;
    this.grain = (grain - Math.abs(drift)) / points;
    this.changed = changed / points;
    this.raw = rawPoints / points;
    this.mask = maskPoints / points;
    this.luma = luma / points;
    this.modelLuma = modelLuma / points;
    this.#average();
    this.#endFlicker();
    this.#colour(view);
  }

  /** Share of the points that the mask has now, 0..1: it may have been cleared since the look. */
  shareOf({ mask }: ModelView): number {
    const { at, points } = this;
    let set = 0;
    for (let point = 0; point < points; point++) if (mask[at[point]!] !== 0) set++;
    return set / points;
  }

  #clear(): void {
    this.cellChanged.fill(0);
    this.cellDiffers.fill(0);
    this.cellMask.fill(0);
    this.cellLuma.fill(0);
    this.#cellUp.fill(0);
    this.#cellDown.fill(0);
    this.#cellVertical.fill(0);
    this.#cellHorizontal.fill(0);
  }

  #flicker(
    { y, backY, stride }: ModelView,
    i: number,
    { cell, change, off }: { cell: number; change: number; off: number },
  ): void {
    if (change < 0) {
      if (off >= -FLICKER_MODEL) return;
      this.#cellDown[cell]!++;
      return;
    }
    if (off <= FLICKER_MODEL) return;
    this.#cellUp[cell]!++;
    if (isBrightAt(y, backY, { i: i - REACH * stride, across: 1 })) {
      this.#cellVertical[cell]!++;
    }
    if (isBrightAt(y, backY, { i: i + REACH * stride, across: 1 })) {
      this.#cellVertical[cell]!++;
    }
    if (isBrightAt(y, backY, { i: i - REACH, across: stride })) {
      this.#cellHorizontal[cell]!++;
    }
    if (isBrightAt(y, backY, { i: i + REACH, across: stride })) {
      this.#cellHorizontal[cell]!++;
    }
  }

  #average(): void {
    const { cellLuma, cellPoints } = this;
    for (let cell = 0; cell < this.cells; cell++) {
      cellLuma[cell] = cellLuma[cell]! / Math.max(1, cellPoints[cell]!);
    }
  }

  /** Sums up the cells that no object covers. */
  #endFlicker(): void {
    let up = 0;
    let down = 0;
    let vertical = 0;
    let horizontal = 0;
    let cells = 0;
    let hit = 0;
    for (let cell = 0; cell < this.cells; cell++) {
      if (this.cellMask[cell]! >= OBJECT_POINTS) continue;
      const hits = this.#cellUp[cell]! + this.#cellDown[cell]!;
      cells++;
      if (hits === 0) continue;
      hit++;
      up += this.#cellUp[cell]!;
      down += this.#cellDown[cell]!;
      vertical += this.#cellVertical[cell]!;
      horizontal += this.#cellHorizontal[cell]!;
    }
    const chance = cells * (1 - Math.exp(-(up + down) / Math.max(1, cells)));
    this.spread = hit === 0 ? 0 : Math.min(1, hit / chance);
    this.vertical = up === 0 ? 0 : vertical / (2 * up);
    this.horizontal = up === 0 ? 0 : horizontal / (2 * up);
    const points = Math.max(1, this.points * cells / this.cells);
    this.up = up / points;
    this.down = down / points;
  }

  /** Every eighth point is enough for a mean. */
  #colour({ u, v, meanU, meanV }: ModelView): void {
    const { at, points } = this;
    let now = 0;
    let model = 0;
    let count = 0;
    for (let point = 3; point < points; point += 8) {
      const i = at[point]!;
      now += Math.abs(u[i]! - 128) + Math.abs(v[i]! - 128);
      model += Math.abs((meanU[i]! >> 8) - 128) + Math.abs((meanV[i]! >> 8) - 128);
      count++;
    }
    this.chroma = count === 0 ? 0 : now / count;
    this.modelChroma = count === 0 ? 0 : model / count;
  }
}

/** Whether one of three pixels in a row is brighter than the model: streaks lean. */
function isBrightAt(
  y: Uint8Array,
  backY: Uint8Array,
  { i, across }: { i: number; across: number },
): boolean {
  return y[i]! - backY[i]! > FLICKER_BESIDE ||
    y[i - across]! - backY[i - across]! > FLICKER_BESIDE ||
    y[i + across]! - backY[i + across]! > FLICKER_BESIDE;
}
