/**
 * Scenes with true tracks that we have no footage of, made of footage that we have:
 * people close to the camera, dense crowds, short clips with people from the first frame.
 * "Composed" ones set cut-out people on a still background; "cropped" ones enlarge a
 * window of the footage. Scores nothing.
 * @module
 */
import { RandomStream } from "../../capture/scene/random.ts";
import type { TrackRow } from "./mot.ts";
import { type Picture, pictureOf, type Sprite, type Stretch } from "./proxy_sprites.ts";
import { decodeClip, framesOf, type VideoSize } from "./raw_video.ts";

/** A short clip in memory. */
export interface ProxyClip {
  readonly name: string;
  readonly size: VideoSize;
  readonly fps: number;
  /** yuv420p. */
  readonly frames: readonly Uint8Array[];
  readonly truth: readonly TrackRow[];
}

/** A kind of composed scene. Heights in pixels, speeds in body heights a second. */
export interface ComposedKind {
  readonly name: string;
  readonly size: VideoSize;
  readonly fps: number;
  readonly seconds: number;
  readonly people: number;
  /** Of a person whose foot stands at the picture's lower edge, and at `footMin`. */
  readonly heightNear: number;
  readonly heightFar: number;
  /** Highest foot point, as a share of the picture's height. */
  readonly footMin: number;
  readonly footMax: number;
  /** Part of the people who walk beside another. */
  readonly pairs: number;
  /** Part of the people who are in the picture from the first frame on. */
  readonly present: number;
}

const NEAR_SIZE = { width: 640, height: 480 };

export const COMPOSED_KINDS: readonly ComposedKind[] = [
  {
    ...{ name: "close", size: NEAR_SIZE, fps: 25, seconds: 3, people: 6 },
    ...{ heightNear: 330, heightFar: 170, footMin: 0.62, footMax: 0.98 },
    ...{ pairs: 0.4, present: 0.7 },
  },
  {
    ...{ name: "square", size: NEAR_SIZE, fps: 25, seconds: 7, people: 9 },
    ...{ heightNear: 280, heightFar: 140, footMin: 0.6, footMax: 0.95 },
    ...{ pairs: 0.4, present: 0.6 },
  },
  {
    ...{ name: "crowd", size: { width: 768, height: 576 }, fps: 8, seconds: 14 },
    ...{ people: 30, heightNear: 130, heightFar: 55, footMin: 0.35, footMax: 1 },
    ...{ pairs: 0.6, present: 0.8 },
  },
  {
    ...{ name: "crowd25", size: NEAR_SIZE, fps: 25, seconds: 5, people: 30 },
    ...{ heightNear: 110, heightFar: 45, footMin: 0.3, footMax: 1 },
    ...{ pairs: 0.6, present: 0.8 },
  },
];

/** What scenes are made of. */
export interface Material {
  readonly background: Picture;
  readonly stretches: readonly Stretch[];
}

/** One person on a straight way. */
interface Walker {
  readonly id: number;
  readonly stretch: Stretch;
  readonly mirrored: boolean;
  readonly phase: number;
  /** At second 0, pixels; pixels per second. */
  readonly x: number;
  readonly foot: number;
  readonly vx: number;
  readonly vy: number;
  /** Taller or smaller than others there. */
  readonly factor: number;
}

/** Frames a second of the footage that the people are cut from. */
const SPRITE_FPS = 10;
/** Camera noise, standard deviation of the luma. */
const NOISE = 1.5;
/** A true box counts while this share of it is inside the picture. */
const INSIDE_MIN = 0.4;

export function composeScene(kind: ComposedKind, seed: number, of: Material): ProxyClip {
  const random = new RandomStream(seed, 77);
  const walkers = castOf(kind, of.stretches, random);
  const scene = backgroundFor(kind.size, of.background, random);
  const frames: Uint8Array[] = [];
  const truth: TrackRow[] = [];
  for (let number = 1; number <= kind.seconds * kind.fps; number++) {
    const s = (number - 1) / kind.fps;
    const canvas = {
      ...scene,
      y: scene.y.slice(),
      u: scene.u.slice(),
      v: scene.v.slice(),
    };
    const now = walkers.map((walker) => ({ walker, foot: walker.foot + walker.vy * s }));
    now.sort((a, b) => a.foot - b.foot);
    for (const { walker, foot } of now) {
      const sprite = spriteAt(walker, s);
      const scale = heightAt(kind, foot) * walker.factor / walker.stretch.height;
      const x = walker.x + walker.vx * s;
      paste(canvas, sprite, { x, foot, scale, mirrored: walker.mirrored });
      const row = truthRow(sprite, { x, foot, scale }, kind.size);
      if (row) truth.push({ frame: number, id: walker.id, ...row });
    }
    addNoise(canvas.y, random);
    frames.push(toYuv420(canvas));
  }
  const { size, fps } = kind;
  return { name: `${kind.name} ${seed}`, size, fps, frames, truth };
}

function heightAt(kind: ComposedKind, foot: number): number {
  const { height } = kind.size;
  const part = (foot / height - kind.footMin) / (1 - kind.footMin);
  return kind.heightFar + part * (kind.heightNear - kind.heightFar);
}

function castOf(
  kind: ComposedKind,
  stretches: readonly Stretch[],
  random: RandomStream,
): Walker[] {
  const walkers: Walker[] = [];
  const { width, height } = kind.size;
  const crowdWay = random.chance(0.5) ? 1 : -1;
  while (walkers.length < kind.people) {
    const stretch = stretches[Math.floor(random.next() * stretches.length)]!;
    const mate = walkers.at(-1);
    const beside = mate !== undefined && random.chance(kind.pairs);
    const foot = beside
      ? mate.foot + height * random.between(-0.02, 0.02)
      : height * random.between(kind.footMin, kind.footMax);
    const way = beside ? Math.sign(mate.vx) : random.chance(0.7) ? crowdWay : -crowdWay;
    const tall = heightAt(kind, foot);
    const vx = beside
      ? mate.vx * random.between(0.95, 1.05)
      : way * tall * random.between(0.5, 0.9);
    const present = random.chance(kind.present);
    const x = beside
      ? mate.x + tall * random.between(0.2, 0.42) * (random.chance(0.5) ? 1 : -1)
      : present
      ? width * random.between(0.05, 0.95)
      : (way > 0 ? 0 : width) - vx * random.between(0.3, 0.9 * kind.seconds);
    walkers.push({
      id: walkers.length + 1,
      stretch,
      mirrored: Math.sign(stretch.stepX) !== way,
      phase: random.next() * stretch.frames.length,
      ...{ x, foot, vx, vy: beside ? mate.vy : tall * random.between(-0.06, 0.06) },
      factor: random.between(0.92, 1.08),
    });
  }
  return walkers;
}

/** Forth and back through the stretch. */
function spriteAt(walker: Walker, s: number): Sprite {
  const { frames } = walker.stretch;
  const turn = 2 * frames.length - 2;
  const at = Math.floor(walker.phase + s * SPRITE_FPS) % turn;
  return frames[at < frames.length ? at : turn - at]!;
}

/** The background cropped to the shape of the scene, enlarged, from a random place. */
function backgroundFor(size: VideoSize, from: Picture, random: RandomStream): Picture {
  const share = random.between(0.5, 1);
  const scale = Math.min(from.width / size.width, from.height / size.height) * share;
  const offsetX = random.next() * (from.width - size.width * scale - 1);
  const offsetY = random.next() * (from.height - size.height * scale - 1);
  return resampled(from, size, { offsetX, offsetY, scale });
}

/** Bilinear; `scale`: pixels of `from` per pixel of the result. */
function resampled(
  from: Picture,
  size: VideoSize,
  at: { readonly offsetX: number; readonly offsetY: number; readonly scale: number },
): Picture {
  const { offsetX, offsetY, scale } = at;
  const pixels = size.width * size.height;
  const into = {
    ...size,
    y: new Uint8Array(pixels),
    u: new Uint8Array(pixels),
    v: new Uint8Array(pixels),
  };
  for (let y = 0; y < size.height; y++) {
    const fromY = Math.min(from.height - 2, offsetY + y * scale);
    for (let x = 0; x < size.width; x++) {
      const fromX = Math.min(from.width - 2, offsetX + x * scale);
      for (const plane of ["y", "u", "v"] as const) {
        into[plane][y * size.width + x] = sample(from[plane], from.width, fromX, fromY);
      }
    }
  }
  return into;
}

interface Placed {
  readonly x: number;
  readonly foot: number;
  readonly scale: number;
}

function paste(
  canvas: Picture,
  sprite: Sprite,
  at: Placed & { readonly mirrored: boolean },
): void {
  const { x, foot, scale, mirrored } = at;
  const middle = sprite.box.x + sprite.box.w / 2;
  const reach = Math.max(middle, sprite.width - middle) * scale;
  const top = foot - (sprite.box.y + sprite.box.h) * scale;
  const x1 = Math.min(canvas.width, Math.ceil(x + reach));
  const y1 = Math.min(canvas.height, Math.ceil(top + sprite.height * scale));
  for (let row = Math.max(0, Math.floor(top)); row < y1; row++) {
    const fromY = (row - top) / scale;
    if (fromY < 0 || fromY > sprite.height - 2) continue;
    for (let column = Math.max(0, Math.floor(x - reach)); column < x1; column++) {
      const fromX = middle + (mirrored ? x - column : column - x) / scale;
      if (fromX < 0 || fromX > sprite.width - 2) continue;
      const alpha = sample(sprite.alpha, sprite.width, fromX, fromY) / 255;
      if (alpha < 0.02) continue;
      const to = row * canvas.width + column;
      for (const plane of ["y", "u", "v"] as const) {
        const value = sample(sprite[plane], sprite.width, fromX, fromY);
        canvas[plane][to] = canvas[plane][to]! + alpha * (value - canvas[plane][to]!);
      }
    }
  }
}

function truthRow(sprite: Sprite, at: Placed, size: VideoSize) {
  const w = sprite.box.w * at.scale;
  const h = sprite.box.h * at.scale;
  return clippedBox({ x: at.x - w / 2, y: at.foot - h, w, h }, size);
}

/** The part of a box inside the picture; undefined if that is too little of it. */
function clippedBox(
  box: { readonly x: number; readonly y: number; readonly w: number; readonly h: number },
  size: VideoSize,
) {
  const x = Math.max(0, box.x);
  const y = Math.max(0, box.y);
  const w = Math.min(size.width, box.x + box.w) - x;
  const h = Math.min(size.height, box.y + box.h) - y;
  if (w <= 0 || h <= 0 || w * h < INSIDE_MIN * box.w * box.h) return undefined;
  return { x, y, w, h };
}

function sample(plane: Uint8Array, width: number, x: number, y: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const at = y0 * width + x0;
  const partX = x - x0;
  const upper = plane[at]! + partX * (plane[at + 1]! - plane[at]!);
  const below = at + width;
  const lower = plane[below]! + partX * (plane[below + 1]! - plane[below]!);
  return upper + (y - y0) * (lower - upper);
}

function addNoise(plane: Uint8Array, random: RandomStream): void {
  const noise = Float64Array.from({ length: 1_021 }, () => NOISE * random.normal());
  for (let at = 0; at < plane.length; at++) {
    plane[at] = Math.max(
      0,
      Math.min(255, plane[at]! + noise[(at * 7 + (at >> 9)) % 1_021]!),
    );
  }
}

function toYuv420({ width, height, y, u, v }: Picture): Uint8Array {
  const pixels = width * height;
  const frame = new Uint8Array(pixels * 3 / 2);
  frame.set(y);
  const half = width >> 1;
  for (let row = 0; row < height >> 1; row++) {
    for (let column = 0; column < half; column++) {
      const from = 2 * row * width + 2 * column;
      frame[pixels + row * half + column] = u[from]!;
      frame[pixels + pixels / 4 + row * half + column] = v[from]!;
    }
  }
  return frame;
}

/** A window of footage, enlarged to 640x480. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly firstFrame: number;
}

const WINDOW = { width: 256, height: 192 };
const WINDOW_SCALE = NEAR_SIZE.width / WINDOW.width;
const WINDOW_FRAMES = 100;
const WINDOW_STEP_PX = 32;
const WINDOW_STEP_FRAMES = 25;

/** Windows with people in the first frame and many after it, the fullest first. */
export function busyWindows(
  truth: readonly TrackRow[],
  size: VideoSize,
  count: number,
): Window[] {
  const lastFrame = Math.max(...truth.map((row) => row.frame)) - WINDOW_FRAMES;
  const found: { window: Window; boxes: number }[] = [];
  for (let firstFrame = 1; firstFrame <= lastFrame; firstFrame += WINDOW_STEP_FRAMES) {
    for (let y = 0; y <= size.height - WINDOW.height; y += WINDOW_STEP_PX) {
      for (let x = 0; x <= size.width - WINDOW.width; x += WINDOW_STEP_PX) {
        const window = { x, y, firstFrame };
        const rows = truthInWindow(truth, window);
        const atStart = rows.filter((row) => row.frame === 1).length;
        if (atStart >= 2) found.push({ window, boxes: rows.length });
      }
    }
  }
  found.sort((a, b) => b.boxes - a.boxes);
  const chosen: Window[] = [];
  for (const { window } of found) {
    const isNew = chosen.every((other) =>
      Math.abs(other.firstFrame - window.firstFrame) >= WINDOW_FRAMES ||
      Math.abs(other.x - window.x) >= WINDOW.width ||
      Math.abs(other.y - window.y) >= WINDOW.height
    );
    if (isNew) chosen.push(window);
    if (chosen.length === count) break;
  }
  return chosen;
}

function truthInWindow(truth: readonly TrackRow[], window: Window): TrackRow[] {
  return truth.flatMap((row) => {
    const frame = row.frame - window.firstFrame + 1;
    if (frame < 1 || frame > WINDOW_FRAMES) return [];
    const box = clippedBox({ ...row, x: row.x - window.x, y: row.y - window.y }, WINDOW);
    return box ? [{ frame, id: row.id, ...box }] : [];
  });
}

/** Cuts windows out of a clip in one pass. `fps`: of the footage. */
export async function cropScenes(
  clip: string,
  truth: readonly TrackRow[],
  of: { readonly windows: readonly Window[]; readonly fps: number },
): Promise<ProxyClip[]> {
  const frames = of.windows.map(() => [] as Uint8Array[]);
  const decoded = await decodeClip(clip, "yuv420p");
  const { width, height } = decoded.size;
  let number = 0;
  for await (const frame of framesOf(decoded.stream, width * height * 3 / 2)) {
    number++;
    const shown = of.windows.filter(({ firstFrame }) =>
      number >= firstFrame && number < firstFrame + WINDOW_FRAMES
    );
    if (shown.length === 0) continue;
    const picture = pictureOf(frame, decoded.size);
    for (const window of shown) {
      const enlarged = { offsetX: window.x, offsetY: window.y, scale: 1 / WINDOW_SCALE };
      frames[of.windows.indexOf(window)]!
        .push(toYuv420(resampled(picture, NEAR_SIZE, enlarged)));
    }
  }
  await decoded[Symbol.asyncDispose]();
  return of.windows.map((window, index) => ({
    name: `crop ${window.x},${window.y}@${window.firstFrame}`,
    size: NEAR_SIZE,
    fps: of.fps,
    frames: frames[index]!,
    truth: truthInWindow(truth, window).map((row) => ({
      ...row,
      x: row.x * WINDOW_SCALE,
      y: row.y * WINDOW_SCALE,
      w: row.w * WINDOW_SCALE,
      h: row.h * WINDOW_SCALE,
    })),
  }));
}
