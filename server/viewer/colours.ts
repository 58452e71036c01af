/**
 * The colours that are drawn on canvas. Those of the page are in `viewer.css`.
 * @module
 */

/** Between the hues of two ids in turn: the golden angle keeps neighbours apart. */
const HUE_STEP_DEG = 137.508;
/** Turns id 1 into a clear blue-green rather than a warning's red. */
const HUE_START_DEG = 60;

/** The colour of a blob: the same for the same id for ever, bright on dark pictures. */
export function blobColour(id: number, opacity = 1): string {
  const hueDeg = (HUE_START_DEG + id * HUE_STEP_DEG) % 360;
  return `oklch(0.83 0.14 ${hueDeg.toFixed(1)} / ${opacity.toFixed(3)})`;
}

export const INK = "#0a0d11";
export const PAPER = "#e8edf3";
export const FAINT = "#8b97a5";
export const GRID = "rgba(139, 151, 165, 0.16)";
export const CURVE = "#64d3e4";

/** The system's own letters, as on the rest of the page. */
export const FONT_FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
