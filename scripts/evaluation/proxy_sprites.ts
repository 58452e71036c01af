/**
 * People cut out of footage whose true boxes are known, to be set into other scenes:
 * a still background (the median over time), and stretches in which one person is seen
 * alone. Composes nothing; that is `proxy_scenes.ts`.
 * @module
 */
import type { TrackRow } from "./mot.ts";
import { decodeClip, framesOf, type VideoSize } from "./raw_video.ts";

/** Planes of yuv420p brought to one size: chroma doubled. Index = y * width + x. */
export interface Picture extends VideoSize {
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

/** A cut-out: the picture of a box with room around it, and how much of it is person. */
export interface Sprite extends Picture {
  /** 0 scene … 255 person. */
  readonly alpha: Uint8Array;
  /** The true box inside the cut-out. */
  readonly box: { readonly x: number; readonly y: number; w: number; h: number };
}

/** One person seen alone over consecutive frames. */
export interface Stretch {
  readonly frames: readonly Sprite[];
  /** Mean height of the true boxes, pixels. */
  readonly height: number;
  /** Mean way to the right per frame, pixels. */
  readonly stepX: number;
}

/** Room around a box, as a share of its size. */
const ROOM = 0.2;
/** Every so many frames count for the median. */
const MEDIAN_EVERY = 7;
/** |dY|+|dU|+|dV| from here on is the person. */
const DIFFERENCE_MIN = 28;
/** Least share of the box that is person: less is hidden by a post. */
const FILL_MIN = 0.38;
const STRETCH_FRAMES_MIN = 14;
const STRETCH_FRAMES_MAX = 60;

/** The scene without people. */
export async function stillBackground(clip: string): Promise<Picture> {
  const kept: Uint8Array[] = [];
  const decoded = await decodeClip(clip, "yuv420p");
  const { width, height } = decoded.size;
  const bytes = width * height * 3 / 2;
  let number = 0;
  for await (const frame of framesOf(decoded.stream, bytes)) {
    if (number++ % MEDIAN_EVERY === 0) kept.push(frame.slice());
  }
  await decoded[Symbol.asyncDispose]();
  const median = new Uint8Array(bytes);
  const counts = new Uint16Array(256);
  for (let at = 0; at < bytes; at++) {
    counts.fill(0);
    for (const frame of kept) counts[frame[at]!]!++;
    let value = 0;
    for (let left = kept.length >> 1; left >= counts[value]!; value++) {
      left -= counts[value]!;
    }
    median[at] = value;
  }
  return pictureOf(median, decoded.size);
}

/** Stretches of people seen alone, ordered by frame and id. */
export async function cutOut(
  clip: string,
  truth: readonly TrackRow[],
  background: Picture,
): Promise<Stretch[]> {
  const decoded = await decodeClip(clip, "yuv420p");
  const open = new Map<number, Cut[]>();
  const done: Stretch[] = [];
  const close = (id: number) => {
    const cuts = open.get(id) ?? [];
    open.delete(id);
    if (cuts.length >= STRETCH_FRAMES_MIN) done.push(stretchOf(cuts));
  };
  let number = 0;
  const bytes = decoded.size.width * decoded.size.height * 3 / 2;
  for await (const frame of framesOf(decoded.stream, bytes)) {
    number++;
    const rows = truth.filter((row) => row.frame === number);
    const alone = rows.filter((row) => isAlone(row, rows, decoded.size));
    const picture = pictureOf(frame, decoded.size);
    const seen = new Set<number>();
    for (const row of alone) {
      const sprite = cut(picture, background, row);
      if (sprite === undefined) continue;
      seen.add(row.id);
      open.set(row.id, [...open.get(row.id) ?? [], { sprite, row }]);
      if (open.get(row.id)!.length === STRETCH_FRAMES_MAX) close(row.id);
    }
    for (const id of [...open.keys()]) if (!seen.has(id)) close(id);
  }
  await decoded[Symbol.asyncDispose]();
  for (const id of [...open.keys()]) close(id);
  return done;
}

interface Cut {
  readonly sprite: Sprite;
  readonly row: TrackRow;
}

function stretchOf(cuts: readonly Cut[]): Stretch {
  const first = cuts[0]!.row;
  const last = cuts.at(-1)!.row;
  return {
    frames: cuts.map(({ sprite }) => sprite),
    height: cuts.reduce((sum, { row }) => sum + row.h, 0) / cuts.length,
    stepX: (last.x + last.w / 2 - first.x - first.w / 2) / (cuts.length - 1),
  };
}

/** No other true box near, and all of it inside the picture. */
function isAlone(row: TrackRow, rows: readonly TrackRow[], size: VideoSize): boolean {
  const roomX = ROOM * row.w;
  const roomY = ROOM * row.h;
  if (row.x < roomX || row.x + row.w + roomX > size.width) return false;
  if (row.y < roomY || row.y + row.h + roomY > size.height) return false;
  return rows.every((other) =>
    other === row || other.x > row.x + row.w + roomX ||
    other.x + other.w < row.x - roomX ||
    other.y > row.y + row.h + roomY || other.y + other.h < row.y - roomY
  );
}

/** The cut-out of a true box, or undefined if too little of the person shows. */
function cut(picture: Picture, scene: Picture, row: TrackRow): Sprite | undefined {
  const left = Math.floor(row.x - ROOM * row.w);
  const top = Math.floor(row.y - ROOM * row.h);
  const width = Math.ceil(row.w * (1 + 2 * ROOM));
  const height = Math.ceil(row.h * (1 + 2 * ROOM));
  const sprite = {
    ...{ width, height },
    y: new Uint8Array(width * height),
    u: new Uint8Array(width * height),
    v: new Uint8Array(width * height),
    alpha: new Uint8Array(width * height),
    box: { x: row.x - left, y: row.y - top, w: row.w, h: row.h },
  };
  const differs = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = Math.min(picture.height - 1, top + y) * picture.width +
        Math.min(picture.width - 1, left + x);
      const to = y * width + x;
      for (const plane of ["y", "u", "v"] as const) {
        sprite[plane][to] = picture[plane][from]!;
      }
      const difference = Math.abs(picture.y[from]! - scene.y[from]!) +
        Math.abs(picture.u[from]! - scene.u[from]!) +
        Math.abs(picture.v[from]! - scene.v[from]!);
      differs[to] = Number(difference >= DIFFERENCE_MIN);
    }
  }
  let inside = 0;
  blurred(majority(differs, width, height), width, height).forEach((share, at) => {
    sprite.alpha[at] = Math.round(255 * share);
    if (share > 0.5) inside++;
  });
  return inside >= FILL_MIN * row.w * row.h ? sprite : undefined;
}

/** 1 where most of the 5x5 around is 1. */
function majority(from: Uint8Array, width: number, height: number): Uint8Array {
  return Uint8Array.from(
    meanAround(from, width, height, 2),
    (mean) => Number(mean > 0.5),
  );
}

function blurred(from: Uint8Array, width: number, height: number): Float64Array {
  return meanAround(from, width, height, 1);
}

function meanAround(
  from: Uint8Array,
  width: number,
  height: number,
  radius: number,
): Float64Array {
  const means = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let dy = -radius; dy <= radius; dy++) {
        for (let dx = -radius; dx <= radius; dx++) {
          const atX = x + dx;
          const atY = y + dy;
          if (atX < 0 || atY < 0 || atX >= width || atY >= height) continue;
          sum += from[atY * width + atX]!;
        }
      }
      means[y * width + x] = sum / (2 * radius + 1) ** 2;
    }
  }
  return means;
}

/** The planes of a yuv420p frame, chroma doubled. */
export function pictureOf(frame: Uint8Array, { width, height }: VideoSize): Picture {
  const pixels = width * height;
  const half = width >> 1;
  const u = new Uint8Array(pixels);
  const v = new Uint8Array(pixels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y >> 1) * half + (x >> 1);
      u[y * width + x] = frame[pixels + at]!;
      v[y * width + x] = frame[pixels + pixels / 4 + at]!;
    }
  }
  return { width, height, y: frame.slice(0, pixels), u, v };
}
