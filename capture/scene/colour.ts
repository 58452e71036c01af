/**
 * Colours of drawn things: sRGB as people write it, BT.601 in video range as frames
 * hold it.
 * @module
 */

/** Red, green, blue, 0..255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Luma 16..235, chroma 16..240 around 128; not rounded. */
export type Yuv = readonly [y: number, u: number, v: number];

export function toYuv([r, g, b]: Rgb): Yuv {
  return [
    16 + 0.25679 * r + 0.50413 * g + 0.09791 * b,
    128 - 0.14822 * r - 0.29099 * g + 0.43922 * b,
    128 + 0.43922 * r - 0.36779 * g - 0.07143 * b,
  ];
}

/** `part` 0 is `a`, 1 is `b`. */
export function blend(a: Rgb, b: Rgb, part: number): Rgb {
  return [
    a[0] + (b[0] - a[0]) * part,
    a[1] + (b[1] - a[1]) * part,
    a[2] + (b[2] - a[2]) * part,
  ];
}

/** Brighter (above 1) or darker; colours above 255 are cut off. */
export function lit([r, g, b]: Rgb, light: number): Rgb {
  return [Math.min(255, r * light), Math.min(255, g * light), Math.min(255, b * light)];
}

/** Reads `#rrggbb`. */
export function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
