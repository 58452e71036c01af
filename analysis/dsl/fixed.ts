/**
 * Fixed-point numbers: the value that the text shows is the value that is kept.
 * @module
 */

/** `value` rounded half away from zero to `decimals`; never -0, never NaN. */
export function fixed(value: number, decimals: number): number {
  if (!Number.isFinite(value)) return 0;
  const scale = 10 ** decimals;
  const rounded = Math.sign(value) * Math.round(Math.abs(value) * scale) / scale;
  return rounded === 0 ? 0 : rounded;
}
