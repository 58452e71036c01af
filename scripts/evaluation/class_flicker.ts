/**
 * False motion for real: patches of a clip that changed a little where nothing that is
 * annotated moves: leaves, shadows, noise, light on what is parked. What a detector says
 * of them is wrong however right it is, as nothing there moved. Chooses boxes only.
 * @module
 */
import type { FrameFormat } from "../../capture/frame/frame.ts";
import type { FrameBox } from "./class_samples.ts";
import { intersectionOverUnion } from "./mot.ts";

/** A change of so many grey levels since some frames before counts. */
const CHANGE = 8;
const CELL_PX = 8;
/** Pixels of a cell that have to change. */
const CELL_CHANGED_MIN = 12;
/** Patches of fewer cells are noise that our analysis would not follow either. */
const CELLS_MIN = 3;

/** Boxes of touching cells in which `now` differs from `before`. */
export function changedPatches(
  now: Uint8Array,
  before: Uint8Array,
  { width, height }: FrameFormat,
): Omit<FrameBox, "frame">[] {
  const [across, down] = [Math.floor(width / CELL_PX), Math.floor(height / CELL_PX)];
  const changed = new Uint16Array(across * down);
  for (let y = 0; y < down * CELL_PX; y++) {
    for (let x = 0; x < across * CELL_PX; x++) {
      if (Math.abs(now[y * width + x]! - before[y * width + x]!) < CHANGE) continue;
      changed[Math.floor(y / CELL_PX) * across + Math.floor(x / CELL_PX)]!++;
    }
  }
  const patches: Omit<FrameBox, "frame">[] = [];
  for (let cell = 0; cell < changed.length; cell++) {
    const cells = takePatch(cell, changed, across);
    if (cells.length < CELLS_MIN) continue;
    const xs = cells.map((at) => at % across);
    const ys = cells.map((at) => Math.floor(at / across));
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    const [w, h] = [Math.max(...xs) + 1 - x, Math.max(...ys) + 1 - y];
    patches.push({ x: x * CELL_PX, y: y * CELL_PX, w: w * CELL_PX, h: h * CELL_PX });
  }
  return patches;
}

/** All cells that hang together with this one; they are cleared. */
function takePatch(first: number, changed: Uint16Array, across: number): number[] {
  const cells: number[] = [];
  const open = [first];
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    if ((changed[cell] ?? 0) < CELL_CHANGED_MIN) continue;
    changed[cell] = 0;
    cells.push(cell);
    const x = cell % across;
    if (x > 0) open.push(cell - 1);
    if (x < across - 1) open.push(cell + 1);
    open.push(cell - across, cell + across);
  }
  return cells;
}

/** Whether a patch keeps away from all of these, by half of their own size. */
export function isApart(
  patch: Omit<FrameBox, "frame">,
  objects: readonly FrameBox[],
): boolean {
  return objects.every(({ frame, x, y, w, h }) =>
    intersectionOverUnion(
      { ...patch, frame, id: 0 },
      { frame, id: 0, x: x - w / 2, y: y - h / 2, w: 2 * w, h: 2 * h },
    ) === 0
  );
}
