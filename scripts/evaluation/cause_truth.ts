/**
 * True boxes of footage as stays: one map of boxes for each thing. Pure.
 * @module
 */
import type { PlacedBox } from "../../capture/scene/effect.ts";

/** A true box; `id` undefined where the truth has none. */
export interface BoxRow extends PlacedBox {
  readonly frame: number;
  readonly id?: number;
}

/** `frame,id,x,y,w,h,…`, frames from 1. */
export function readMotBoxes(text: string): BoxRow[] {
  return rowsOf(text).map(([frame, id, x, y, w, h]) => ({
    ...{ frame: frame!, id: id!, x: x!, y: y!, w: w!, h: h! },
  }));
}

/** `frame,x,y,w,h,area` with a line of names, frames from 1. */
export function readCsvBoxes(text: string): BoxRow[] {
  return rowsOf(text).map(([frame, x, y, w, h]) => ({
    ...{ frame: frame!, x: x!, y: y!, w: w!, h: h! },
  }));
}

function rowsOf(text: string): number[][] {
  return text.split("\n").filter((line) => /^\d/.test(line))
    .map((line) => line.split(",").map(Number));
}

interface Chain {
  readonly boxes: Map<number, PlacedBox>;
  last: PlacedBox;
  lastFrame: number;
}

/** Frames that a box without an id may be gone for and still be the same thing. */
const GAP_FRAMES = 4;
const OVERLAP_MIN = 0.2;

/** Boxes with ids by their id; others by how they overlap from frame to frame. */
export function linkBoxes(rows: readonly BoxRow[]): Map<number, PlacedBox>[] {
  const byId = new Map<number, Map<number, PlacedBox>>();
  const chains: Chain[] = [];
  for (const row of rows.toSorted((a, b) => a.frame - b.frame)) {
    if (row.id !== undefined) {
      const boxes = byId.get(row.id) ?? new Map<number, PlacedBox>();
      byId.set(row.id, boxes.set(row.frame, row));
      continue;
    }
    const best = bestChain(chains, row);
    if (best) {
      best.boxes.set(row.frame, row);
      best.last = row;
      best.lastFrame = row.frame;
    } else {
      const boxes = new Map<number, PlacedBox>([[row.frame, row]]);
      chains.push({ boxes, last: row, lastFrame: row.frame });
    }
  }
  return [...byId.values(), ...chains.map(({ boxes }) => boxes)];
}

function bestChain(chains: readonly Chain[], row: BoxRow): Chain | undefined {
  let best: Chain | undefined;
  let bestOverlap = OVERLAP_MIN;
  for (const chain of chains) {
    const gap = row.frame - chain.lastFrame;
    if (gap < 1 || gap > GAP_FRAMES) continue;
    const overlap = overlapOf(chain.last, row);
    if (overlap <= bestOverlap) continue;
    best = chain;
    bestOverlap = overlap;
  }
  return best;
}

/** Intersection over union. */
export function overlapOf(a: PlacedBox, b: PlacedBox): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  if (w <= 0 || h <= 0) return 0;
  return w * h / (a.w * a.h + b.w * b.h - w * h);
}

/** Whether a reported box is where a true one is: as a whole, in part, or as a group. */
export function isAt(reported: PlacedBox, truth: PlacedBox): boolean {
  if (overlapOf(reported, truth) >= 0.15) return true;
  if (holds(truth, middleOf(reported))) return true;
  const isGroup = reported.w * reported.h <= 6 * truth.w * truth.h;
  return isGroup && holds(reported, middleOf(truth));
}

function middleOf({ x, y, w, h }: PlacedBox) {
  return { x: x + w / 2, y: y + h / 2 };
}

function holds({ x, y, w, h }: PlacedBox, at: { x: number; y: number }): boolean {
  return at.x >= x && at.x <= x + w && at.y >= y && at.y <= y + h;
}
