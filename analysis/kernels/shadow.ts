/**
 * Passes B and C: cast shadows are not motion.
 *
 * B. A shadow dims what lies under it by one factor and keeps its colour and its
 * texture. With f and b the luma of frame and model above black (16), a raw pixel
 * is a shadow when
 *
 *   110 / 256 < f / b < 248 / 256,   |U - meanU| + |V - meanV| < 8,   and
 *   |f / b - fj / bj| small for the four neighbours j two pixels away,
 *
 * the last as |f * bj - fj * b| < 10 * b, so that nothing is divided. A darker
 * limit of 70 / 256 cost recall (.99 to .885 on cdnet_pedestrians); three of four
 * neighbours was worse on clips that were not tuned on. At a shadow's own rim the
 * texture of a neighbour is another, so a pixel that only fails there is a shadow, too,
 * when at least 10 of the 5x5 around it pass: cdnet_pedestrians .9587 -> .9598, the same
 * with more shadows drawn into it .690 -> .700, drawn ones indoors .884 -> .895. With 6
 * these gain more (.9611, .730, .901), but people on pets2009 lose .006 of their recall.
 *
 * C. Dark clothes pass that test here and there; a shadow passes it nearly
 * everywhere. So a shadow is dropped from the foreground only where in 5x5
 * 8 * (shadow pixels) >= 5 * (raw pixels). Shadows that stay in the foreground are
 * still kept from being learned (pass H), or dark clothes would be absorbed.
 * @module
 */
import { COLUMN_GUARD, type Planes } from "./planes.ts";

const BLACK = 16;
const DARKEST_256 = 110;
const BRIGHTEST_256 = 248;
const CHROMA_MAX = 8;
const TEXTURE_MAX = 10;
/** Rows and columns to each side that agree on a shadow. */
const AGREE_RADIUS = 2;

/** Of 5x5: that many shadows make one of a pixel whose texture alone says otherwise. */
const RIM_NEEDS = 10;

export function findShadows(planes: Planes): void {
  findSure(planes);
  addRims(planes);
}

/** `shadow` where all is as a shadow makes it, `candidate` where all but the texture is. */
function findSure(planes: Planes): void {
  const { y, u, v, raw, shadow, candidate, meanU, meanV, backY } = planes;
  const { width, height, stride, origin } = planes;
  for (let row = 0; row < height; row++) {
    const start = origin + row * stride;
    for (let i = start; i < start + width; i++) {
      if (raw[i] === 0) {
        shadow[i] = 0;
        candidate[i] = 0;
        continue;
      }
      const front = Math.max(0, y[i]! - BLACK);
      const back = Math.max(0, backY[i]! - BLACK);
      const dimmed = front * 256 > back * DARKEST_256 &&
        front * 256 < back * BRIGHTEST_256;
      const pixel = i - origin;
      const chroma = Math.abs(u[i]! - (meanU[pixel]! >> 8)) +
        Math.abs(v[i]! - (meanV[pixel]! >> 8));
      const likely = dimmed && chroma < CHROMA_MAX;
      const sure = likely &&
        sameTexture(y, backY, i - 2, front, back) &&
        sameTexture(y, backY, i + 2, front, back) &&
        sameTexture(y, backY, i - 2 * stride, front, back) &&
        sameTexture(y, backY, i + 2 * stride, front, back);
      shadow[i] = sure ? 255 : 0;
      candidate[i] = likely ? 255 : 0;
    }
  }
}

/** Adds to `shadow` those of `candidate` that have enough of it around them. */
function addRims(planes: Planes): void {
  const { shadow, candidate, columns } = planes;
  const { width, height, stride, origin } = planes;
  columns.fill(0);
  const first = origin - AGREE_RADIUS * stride;
  for (let row = 0; row < AGREE_RADIUS; row++) addRow(planes, origin + row * stride, 1);
  for (let row = 0; row < height; row++) {
    const start = origin + row * stride;
    addRow(planes, start + AGREE_RADIUS * stride, 1);
    let window = columns[COLUMN_GUARD]! + columns[COLUMN_GUARD + 1]!;
    for (let column = 0; column < width; column++) {
      const middle = COLUMN_GUARD + column;
      window += columns[middle + AGREE_RADIUS]!;
      const i = start + column;
      const known = shadow[i] !== 0 || (window >> 16) >= RIM_NEEDS;
      // The counts still need `shadow` as it was.
      candidate[i] = known ? candidate[i]! : 0;
      window -= columns[middle - AGREE_RADIUS]!;
    }
    addRow(planes, first + row * stride, -1);
  }
  shadow.set(candidate);
}

/** True when the neighbour `j` is dimmed by about the same factor, front / back. */
function sameTexture(
  y: Uint8Array,
  backY: Uint8Array,
  j: number,
  front: number,
  back: number,
): boolean {
  const frontThere = Math.max(0, y[j]! - BLACK);
  const backThere = Math.max(0, backY[j]! - BLACK);
  return Math.abs(front * backThere - frontThere * back) < TEXTURE_MAX * back;
}

export function dropShadows(planes: Planes): void {
  const { raw, shadow, candidate, columns } = planes;
  const { width, height, stride, origin } = planes;
  // Both counts in one number: shadows in the high half, raw pixels in the low.
  columns.fill(0);
  const first = origin - AGREE_RADIUS * stride;
  for (let row = 0; row < AGREE_RADIUS; row++) addRow(planes, origin + row * stride, 1);
  for (let row = 0; row < height; row++) {
    const start = origin + row * stride;
    addRow(planes, start + AGREE_RADIUS * stride, 1);
    let window = columns[COLUMN_GUARD]! + columns[COLUMN_GUARD + 1]!;
    for (let column = 0; column < width; column++) {
      const middle = COLUMN_GUARD + column;
      window += columns[middle + AGREE_RADIUS]!;
      const i = start + column;
      const agreed = shadow[i] !== 0 && 8 * (window >> 16) >= 5 * (window & 0xffff);
      candidate[i] = agreed ? 0 : raw[i]!;
      window -= columns[middle - AGREE_RADIUS]!;
    }
    addRow(planes, first + row * stride, -1);
  }
}

/** Adds a row's set pixels to the column counts, or takes them away. */
function addRow(planes: Planes, start: number, sign: number): void {
  const { raw, shadow, columns, width } = planes;
  for (let column = 0; column < width; column++) {
    const i = start + column;
    columns[COLUMN_GUARD + column] = columns[COLUMN_GUARD + column]! +
      sign * ((raw[i]! & 1) + ((shadow[i]! & 1) << 16));
  }
}
