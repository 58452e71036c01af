/**
 * The detector's anchors: the boxes that its outputs are relative to. As TensorFlow's
 * `ssd_anchor_generator` makes them for six maps, scales .2 to .95.
 * @module
 */

/** Numbers an anchor: middle's y and x, height, width, in parts of the picture. */
export const ANCHOR_NUMBERS = 4;

const MAP_SIDES = [19, 10, 5, 3, 2, 1];
const SCALE_LEAST = 0.2;
const SCALE_MOST = 0.95;

/** 1917 anchors, in the order of the network's outputs. */
export function ssdAnchors(): Float32Array {
  const numbers: number[] = [];
  MAP_SIDES.forEach((side, map) => {
    const shapes = shapesOf(map);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        for (const { scale, ratio } of shapes) {
          const root = Math.sqrt(ratio);
          numbers.push((y + 0.5) / side, (x + 0.5) / side, scale / root, scale * root);
        }
      }
    }
  });
  return new Float32Array(numbers);
}

interface Shape {
  readonly scale: number;
  /** Width by height. */
  readonly ratio: number;
}

/** The finest map has three smaller ones, so that it stays affordable. */
function shapesOf(map: number): Shape[] {
  const scale = scaleOf(map);
  if (map === 0) {
    return [{ scale: 0.1, ratio: 1 }, { scale, ratio: 2 }, { scale, ratio: 0.5 }];
  }
  const ratios = [1, 2, 0.5, 3, 1 / 3];
  const between = Math.sqrt(scale * scaleOf(map + 1));
  return [...ratios.map((ratio) => ({ scale, ratio })), { scale: between, ratio: 1 }];
}

function scaleOf(map: number): number {
  if (map === MAP_SIDES.length) return 1;
  return SCALE_LEAST + (SCALE_MOST - SCALE_LEAST) * map / (MAP_SIDES.length - 1);
}
