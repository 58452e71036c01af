/**
 * A box as the tracker measures it: by its foot point, because where a foot stands tells
 * how near and so how large something is.
 * @module
 */
import type { PlaneShape } from "../regions.ts";

/** A box by the middle of its lower edge, work pixels. */
export interface FootBox {
  /** Horizontal middle. */
  readonly x: number;
  /** Lower edge. */
  readonly foot: number;
  readonly w: number;
  readonly h: number;
}

/** What of one object is seen in a frame, apart from all others. */
export interface Sighting extends FootBox {
  /** Foreground pixels. */
  readonly area: number;
  /** The picture's edge cuts it: its size is what is left of it, not what to expect. */
  readonly cut: boolean;
  /** Its left or right edge does, or its upper or lower; absent where nothing is known. */
  readonly cutAcross?: boolean;
  readonly cutUpright?: boolean;
}

/** Bounds of foreground; right and bottom are one past. */
export interface Cover {
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Foreground pixels. */
  area: number;
}

/** A box this near the edge touches it. */
const TOUCH_PX = 1;

export function sightingOf(cover: Cover, shape: PlaneShape): Sighting {
  const cutAcross = cover.left <= TOUCH_PX || cover.right >= shape.width - TOUCH_PX;
  const cutUpright = cover.top <= TOUCH_PX || cover.bottom >= shape.height - TOUCH_PX;
  return {
    x: (cover.left + cover.right) / 2,
    foot: cover.bottom,
    w: cover.right - cover.left,
    h: cover.bottom - cover.top,
    area: cover.area,
    ...{ cut: cutAcross || cutUpright, cutAcross, cutUpright },
  };
}
