/**
 * Draws a camera's picture with what moves on it. No state: all of it is given.
 * Lengths are CSS pixels; the caller has scaled the context for the screen.
 * @module
 */
import { blobColour, FAINT, FONT_FAMILY, INK } from "./colours.ts";
import type { ChipNames } from "./chip_names.ts";
import type { ShownBlob } from "./past.ts";
import type { TrailPoint, Trails } from "./trails.ts";

export interface StageScene {
  readonly width: number;
  readonly height: number;
  readonly picture?: CanvasImageSource;
  /** Of the picture's own moment, as are the trails. */
  readonly blobs: readonly ShownBlob[];
  readonly trails: Trails;
  /** What the blobs are, as far as is known. */
  readonly names: ChipNames;
  /** Draws what lies on the picture and under the boxes. */
  beneath?(to: CanvasRenderingContext2D): void;
}

/**
 * Draws boxes, trails and picture; coordinates 0..1 are stretched over the canvas.
 */
export function drawStage(to: CanvasRenderingContext2D, scene: StageScene): void {
  const { width, height, picture } = scene;
  to.clearRect(0, 0, width, height);
  if (picture) {
    to.imageSmoothingQuality = "high";
    to.drawImage(picture, 0, 0, width, height);
    // A veil, so that thin coloured lines stand out from a bright street.
    to.fillStyle = "rgba(8, 11, 15, 0.22)";
    to.fillRect(0, 0, width, height);
  }
  scene.beneath?.(to);
  const isQuiet = (blob: ShownBlob) => blob.suppressed !== undefined;
  const quiet = new Set(scene.blobs.filter(isQuiet).map(({ id }) => id));
  for (const [id, points] of scene.trails) {
    if (!quiet.has(id)) drawTrail(to, scene, id, points);
  }
  for (const blob of scene.blobs) drawBox(to, scene, blob);
  for (const blob of scene.blobs) if (!isQuiet(blob)) drawArrow(to, scene, blob);
  const taken: Box[] = [];
  for (const blob of scene.blobs) drawChip(to, scene, blob, taken);
}

const TRAIL_WIDTH = 2.5;

/** Thinner and fainter the older: the eye reads the direction. */
function drawTrail(
  to: CanvasRenderingContext2D,
  scene: StageScene,
  id: number,
  points: readonly TrailPoint[],
): void {
  to.lineCap = "butt"; // round ends of pieces that shine through would make beads
  const at = points.map(({ x, y }) => [x * scene.width, y * scene.height] as const);
  for (let i = 0; i < points.length; i++) {
    const { youth } = points[i]!;
    to.strokeStyle = blobColour(id, 0.75 * youth);
    to.lineWidth = 0.75 + TRAIL_WIDTH * youth;
    // From half-way to half-way, round the point: the pieces meet without a corner.
    to.beginPath();
    to.moveTo(...middle(at[i - 1] ?? at[i]!, at[i]!));
    to.quadraticCurveTo(...at[i]!, ...middle(at[i]!, at[i + 1] ?? at[i]!));
    to.stroke();
  }
}

type Place = readonly [x: number, y: number];

function middle(a: Place, b: Place): Place {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What is kept quiet has no colour of its own. */
function colourOf({ id, suppressed }: ShownBlob, opacity = 1): string {
  if (suppressed === undefined) return blobColour(id, opacity);
  return `rgb(139 151 165 / ${0.8 * opacity})`;
}

/** Dashed and faint while there is no evidence in the present frame, or kept quiet. */
function drawBox(to: CanvasRenderingContext2D, scene: StageScene, blob: ShownBlob): void {
  const box = boxOf(scene, blob);
  const coasting = blob.coast > 0;
  const dashed = coasting || blob.suppressed !== undefined;
  to.beginPath();
  to.roundRect(box.left, box.top, box.width, box.height, radiusOf(box));
  to.fillStyle = colourOf(blob, dashed ? 0.04 : 0.1);
  to.fill();
  to.setLineDash(dashed ? [5, 4] : []);
  to.lineWidth = 4;
  to.strokeStyle = "rgba(8, 11, 15, 0.35)";
  to.stroke();
  to.lineWidth = 2;
  to.strokeStyle = colourOf(blob, coasting ? 0.6 : 1);
  to.stroke();
  to.setLineDash([]);
}

/** How far ahead the arrow points: where the blob will be if it goes on like this. */
const ARROW_AHEAD_S = 0.8;
const ARROW_MIN = 9;
const ARROW_MAX = 90;
const HEAD = 7;

function drawArrow(
  to: CanvasRenderingContext2D,
  scene: StageScene,
  blob: ShownBlob,
): void {
  const dx = blob.vxPerS * ARROW_AHEAD_S * scene.width;
  const dy = blob.vyPerS * ARROW_AHEAD_S * scene.height;
  const length = Math.hypot(dx, dy);
  if (length < ARROW_MIN) return;
  const reach = Math.min(length, ARROW_MAX);
  to.save();
  to.translate(blob.x * scene.width, blob.y * scene.height);
  to.rotate(Math.atan2(dy, dx));
  to.lineWidth = 2;
  to.lineCap = "round";
  to.strokeStyle = to.fillStyle = blobColour(blob.id, blob.coast > 0 ? 0.6 : 1);
  to.beginPath();
  to.moveTo(0, 0);
  to.lineTo(reach - HEAD, 0);
  to.stroke();
  to.beginPath();
  to.moveTo(reach, 0);
  to.lineTo(reach - HEAD, -HEAD / 2);
  to.lineTo(reach - HEAD, HEAD / 2);
  to.fill();
  to.restore();
}

const CHIP_GAP = 3;
/** Below this width (a phone, one of several cameras) chips are smaller. */
const NARROW = 480;

/**
 * The id, or why it is kept quiet: above the box, or where there is room. Dark while
 * there is no evidence in the present frame; its letters can be read all the same.
 */
function drawChip(
  to: CanvasRenderingContext2D,
  scene: StageScene,
  blob: ShownBlob,
  taken: Box[],
): void {
  const [height, letters] = scene.width < NARROW ? [14, 10] : [18, 11];
  to.font = `600 ${letters}px ${FONT_FAMILY}`;
  const text = blob.suppressed ?? `${blob.id} ${scene.names.get(blob.id) ?? ""}`.trim();
  const width = Math.max(height, to.measureText(text).width + height / 2 + 2);
  const chip = placeChip(scene, boxOf(scene, blob), { width, height }, taken);
  taken.push(chip);
  const colour = blob.suppressed === undefined ? blobColour(blob.id) : FAINT;
  const isHollow = blob.coast > 0;
  to.beginPath();
  to.roundRect(chip.left, chip.top, width, height, height / 2);
  to.fillStyle = isHollow ? INK : colour;
  to.fill();
  to.fillStyle = isHollow ? colour : INK;
  to.textAlign = "center";
  to.textBaseline = "middle";
  to.fillText(text, chip.left + width / 2, chip.top + height / 2 + 0.5);
}

function placeChip(
  scene: StageScene,
  box: Box,
  chip: Pick<Box, "width" | "height">,
  taken: readonly Box[],
): Box {
  const inPicture = (left: number, top: number): Box => ({
    ...chip,
    left: Math.min(Math.max(2, left), scene.width - chip.width - 2),
    top: Math.min(Math.max(2, top), scene.height - chip.height - 2),
  });
  const above = box.top - chip.height - CHIP_GAP;
  const below = box.top + box.height + CHIP_GAP;
  const middle = box.left + (box.width - chip.width) / 2;
  const places = [
    inPicture(middle, above),
    inPicture(middle, below),
    inPicture(box.left + box.width + CHIP_GAP, box.top),
    inPicture(box.left - chip.width - CHIP_GAP, box.top),
  ];
  return places.find((place) => !taken.some((other) => overlap(place, other))) ??
    places[0]!;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.left + b.width && b.left < a.left + a.width &&
    a.top < b.top + b.height && b.top < a.top + a.height;
}

function radiusOf(box: Box): number {
  return Math.min(6, box.width / 4, box.height / 4);
}

function boxOf(scene: StageScene, blob: ShownBlob): Box {
  return {
    left: (blob.x - blob.w / 2) * scene.width,
    top: (blob.y - blob.h / 2) * scene.height,
    width: blob.w * scene.width,
    height: blob.h * scene.height,
  };
}
