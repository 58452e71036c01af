/**
 * Draws what is laid over a camera's picture on demand: how restless it is as warm
 * colours, and the zones, masks and lines that people drew. No state: all of it is given.
 * @module
 */
import type { CameraPlaces, DrawnPlace, HeatView } from "../live_protocol.ts";
import { FONT_FAMILY, INK, LINE_COLOUR, MASK_COLOUR, ZONE_COLOUR } from "./colours.ts";

export interface LayersScene {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly places?: CameraPlaces;
  readonly heat?: HeatView;
}

/** Draws over what is there; coordinates 0..1 are stretched over the canvas. */
export function drawLayers(to: CanvasRenderingContext2D, scene: LayersScene): void {
  if (scene.heat) drawHeat(to, scene, scene.heat);
  if (!scene.places) return;
  for (const mask of scene.places.masks) drawArea(to, scene, mask, "mask");
  for (const zone of scene.places.zones) drawArea(to, scene, zone, "zone");
  for (const line of scene.places.lines) drawLine(to, scene, line);
}

/**
 * Cells are tenths of a grey level: two and a half is a sensor by day, eleven a dark
 * night or leaves in the wind.
 */
const CALM = 25;
const RESTLESS = 110;
const MASKED = 255;
const OPACITY_MAX = 0.72;

function drawHeat(
  to: CanvasRenderingContext2D,
  { width, height }: LayersScene,
  { columns, rows, cells }: HeatView,
): void {
  const grid = new OffscreenCanvas(columns, rows);
  const image = new ImageData(columns, rows);
  cells.forEach((cell, i) => image.data.set(colourOf(cell), 4 * i));
  grid.getContext("2d")!.putImageData(image, 0, 0);
  to.imageSmoothingEnabled = true;
  to.imageSmoothingQuality = "high";
  to.drawImage(grid, 0, 0, width, height);
}

/** From nothing over amber to red, the stronger the warmer: the legend's ramp too. */
function colourOf(cell: number): readonly number[] {
  if (cell === MASKED) return [0, 0, 0, 0];
  const share = Math.min(1, Math.max(0, (cell - CALM) / (RESTLESS - CALM)));
  const green = Math.round(190 - 130 * share);
  return [255, green, 50, Math.round(255 * OPACITY_MAX * share)];
}

function drawArea(
  to: CanvasRenderingContext2D,
  scene: LayersScene,
  { name, points }: DrawnPlace,
  kind: "mask" | "zone",
): void {
  const isMask = kind === "mask";
  const colour = isMask ? MASK_COLOUR : ZONE_COLOUR;
  trace(to, scene, points);
  to.closePath();
  to.fillStyle = isMask ? "rgb(8 11 15 / 0.6)" : "rgb(100 211 228 / 0.08)";
  to.fill("evenodd");
  stroke(to, colour, isMask ? [6, 5] : []);
  drawName(to, scene, { name, at: points[0]!, colour });
}

function drawLine(
  to: CanvasRenderingContext2D,
  scene: LayersScene,
  { name, points }: DrawnPlace,
): void {
  trace(to, scene, points);
  stroke(to, LINE_COLOUR, []);
  drawName(to, scene, { name, at: points[0]!, colour: LINE_COLOUR });
}

function trace(
  to: CanvasRenderingContext2D,
  { width, height }: LayersScene,
  points: DrawnPlace["points"],
): void {
  to.beginPath();
  points.forEach(({ x, y }, i) =>
    i === 0 ? to.moveTo(x * width, y * height) : to.lineTo(x * width, y * height)
  );
}

/** On a dark edge, so that it stands out from any picture. */
function stroke(
  to: CanvasRenderingContext2D,
  colour: string,
  dash: readonly number[],
): void {
  to.lineJoin = "round";
  to.lineWidth = 4;
  to.strokeStyle = "rgb(8 11 15 / 0.5)";
  to.stroke();
  to.setLineDash([...dash]);
  to.lineWidth = 2;
  to.strokeStyle = colour;
  to.stroke();
  to.setLineDash([]);
}

const NAME_HEIGHT = 18;

/** At its first corner, kept inside the picture. */
function drawName(
  to: CanvasRenderingContext2D,
  { width, height }: LayersScene,
  { name, at, colour }: {
    readonly name: string;
    readonly at: DrawnPlace["points"][number];
    readonly colour: string;
  },
): void {
  to.font = `600 11px ${FONT_FAMILY}`;
  const wide = to.measureText(name).width + 12;
  const left = Math.min(Math.max(2, at.x * width + 4), width - wide - 2);
  const top = Math.min(Math.max(2, at.y * height + 4), height - NAME_HEIGHT - 2);
  to.beginPath();
  to.roundRect(left, top, wide, NAME_HEIGHT, 4);
  to.fillStyle = colour;
  to.fill();
  to.fillStyle = INK;
  to.textAlign = "left";
  to.textBaseline = "middle";
  to.fillText(name, left + 6, top + NAME_HEIGHT / 2 + 0.5);
}
