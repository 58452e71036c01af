/**
 * The colours that are drawn on canvas. Those of the page are in `viewer.css`.
 * @module
 */

/** Between the hues of two ids in turn: the golden angle keeps neighbours apart. */
const HUE_STEP_DEG = 137.508;
/** Turns id 1 into a clear blue-green rather than a warning's red. */
const HUE_START_DEG = 60;

/** Ids 13, 21 or 34 apart have nearly one hue: their lightness tells them apart. */
const LIGHTNESS_STEP = 0.57;
const LIGHTNESS_MIN = 0.73;
const LIGHTNESS_SPAN = 0.17;

/** The colour of a blob: the same for the same id for ever, bright on dark pictures. */
export function blobColour(id: number, opacity = 1): string {
  const hueDeg = (HUE_START_DEG + id * HUE_STEP_DEG) % 360;
  const lightness = LIGHTNESS_MIN + LIGHTNESS_SPAN * ((id * LIGHTNESS_STEP) % 1);
  return `oklch(${lightness.toFixed(3)} 0.14 ${hueDeg.toFixed(1)} / ${
    opacity.toFixed(3)
  })`;
}

export const INK = "#0a0d11";
export const PAPER = "#e8edf3";
export const FAINT = "#8b97a5";
export const GRID = "rgba(139, 151, 165, 0.16)";
export const CURVE = "#64d3e4";
/** What people drew: what is watched, what is ignored, what is crossed. */
export const ZONE_COLOUR = "#64d3e4";
export const MASK_COLOUR = "#aab4c0";
export const LINE_COLOUR = "#ffd166";

/** The system's own letters, as on the rest of the page. */
export const FONT_FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
