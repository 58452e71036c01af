/**
 * Things that became a part of the scene, remembered for a day: where, what shape, and
 * what the ground looked like before them. So a parked car that drives off is the same
 * car, and leaves no ghost. Judges no tracks.
 * @module
 */
import { decodeBase64, encodeBase64 } from "../../base/base64.ts";
import type { Patch, Shape, WorkBox } from "../background_ground.ts";
import type { ModelView } from "../foreground.ts";
import type { PlaneShape } from "../regions.ts";
import type { Track } from "../tracking/track.ts";
import type { Sighting } from "../tracking/sighting.ts";

/** How long an absorbed thing keeps its id and its ground. */
export const REMEMBER_S = 24 * 3_600;
/** Things remembered; those absorbed first are forgotten for a further one, … */
export const ABSORBED_MAX = 64;
/** … and pixels of all their boxes: seven bytes each, 5 MB. */
const PIXELS_MAX = 750_000;
/** Pixels of all boxes in a snapshot: seven bytes each, as base64 some 500 kB. */
const SNAPSHOT_PX_MAX = 54_000;
/** Work pixels around a box whose light is compared with what it was. */
const RING_PX = 4;

export interface Absorbed {
  readonly id: number;
  /** Where it stood, as the tracker saw it last. */
  readonly seen: Sighting;
  /** The ground under it, before it came. */
  readonly ground: Patch;
  /** What it looks like: the same box. */
  readonly look: Patch;
  /** Non-zero where it covers the ground. */
  readonly shape: Shape;
  /** Pixels of the shape. */
  readonly pixels: number;
  /** Mean luma around it when it was absorbed, above black. */
  readonly ringLuma: number;
  ageS: number;
}

/** Survives JSON. */
export interface AbsorbedSnapshot {
  readonly id: number;
  readonly seen: Sighting;
  readonly box: WorkBox;
  /** Base64 of the ground's Y, U, V, the thing's, and the shape, one byte a pixel each. */
  readonly planes: readonly string[];
  readonly ringLuma: number;
  readonly ageS: number;
}

export class AbsorbedThings {
  #things: Absorbed[] = [];

  get all(): readonly Absorbed[] {
    return this.#things;
  }

  add(thing: Absorbed): void {
    this.#things = this.#things.filter(({ id }) => id !== thing.id);
    this.#things.push(thing);
    let pixels = this.#things.reduce((sum, { shape }) => sum + shape.length, 0);
    while (this.#things.length > ABSORBED_MAX || pixels > PIXELS_MAX) {
      pixels -= this.#things.shift()!.shape.length;
    }
  }

  remove(thing: Absorbed): void {
    this.#things = this.#things.filter((other) => other !== thing);
  }

  forgetAll(): void {
    this.#things = [];
  }

  /** The picture lies elsewhere, by whole work pixels. */
  shiftBy(dx: number, dy: number): void {
    this.#things = this.#things.map((thing) => ({
      ...thing,
      seen: { ...thing.seen, x: thing.seen.x + dx, foot: thing.seen.foot + dy },
      ground: shifted(thing.ground, dx, dy),
      look: shifted(thing.look, dx, dy),
    }));
  }

  passTime(dtS: number): void {
    let over = false;
    for (const thing of this.#things) {
      thing.ageS += dtS;
      over ||= thing.ageS > REMEMBER_S;
    }
    if (over) this.#things = this.#things.filter(({ ageS }) => ageS <= REMEMBER_S);
  }

  /** Of the things absorbed last, as many as `SNAPSHOT_PX_MAX` has room for. */
  snapshot(): AbsorbedSnapshot[] {
    let roomPx = SNAPSHOT_PX_MAX;
    const kept = this.#things.toReversed().filter(({ shape }) => {
      if (shape.length > roomPx) return false;
      roomPx -= shape.length;
      return true;
    });
    return kept.toReversed().map(({ id, seen, ground, look, shape, ringLuma, ageS }) => {
      const { left, top, width, height } = ground;
      const colours = [ground.y, ground.u, ground.v, look.y, look.u, look.v];
      const planes = [...colours, shape].map((plane) => encodeBase64(plane));
      return {
        ...{ id, seen, box: { left, top, width, height } },
        planes,
        ringLuma,
        ageS,
      };
    });
  }

  restore(kept: readonly AbsorbedSnapshot[]): void {
    this.#things = kept.slice(0, ABSORBED_MAX).flatMap((one) => restored(one));
  }
}

/** The box of a track and two pixels around it, as whole work pixels in the picture. */
export function boxOf(track: Track, { width, height }: PlaneShape): WorkBox {
  const left = Math.max(0, Math.floor(track.left) - 2);
  const top = Math.max(0, Math.floor(track.top) - 2);
  const right = Math.min(width, Math.ceil(track.right) + 2);
  const bottom = Math.min(height, Math.ceil(track.foot) + 2);
  return {
    left,
    top,
    width: Math.max(0, right - left),
    height: Math.max(0, bottom - top),
  };
}

/** Foreground of a box and one pixel around it: what is absorbed has no rim left. */
export function shapeOf(view: ModelView, box: WorkBox): Shape {
  const { mask, stride, width, height } = view;
  const shape = new Uint8Array(box.width * box.height);
  for (let row = 0; row < box.height; row++) {
    for (let column = 0; column < box.width; column++) {
      const x = box.left + column;
      const y = box.top + row;
      const i = y * stride + x;
      const covered = mask[i] !== 0 || (x > 0 && mask[i - 1] !== 0) ||
        (x + 1 < width && mask[i + 1] !== 0) || (y > 0 && mask[i - stride] !== 0) ||
        (y + 1 < height && mask[i + stride] !== 0);
      shape[row * box.width + column] = covered ? 255 : 0;
    }
  }
  return shape;
}

/** Mean luma of the model in a ring around a box, above black; 0 without a ring. */
export function ringLumaOf(
  { backY, stride, width, height }: ModelView,
  box: WorkBox,
): number {
  let sum = 0;
  let pixels = 0;
  const y1 = Math.min(height, box.top + box.height + RING_PX);
  const x1 = Math.min(width, box.left + box.width + RING_PX);
  for (let y = Math.max(0, box.top - RING_PX); y < y1; y++) {
    const inRows = y >= box.top && y < box.top + box.height;
    for (let x = Math.max(0, box.left - RING_PX); x < x1; x++) {
      if (inRows && x >= box.left && x < box.left + box.width) continue;
      sum += Math.max(0, backY[y * stride + x]! - BLACK);
      pixels++;
    }
  }
  return pixels === 0 ? 0 : sum / pixels;
}

/** The light of now against that in which a thing was absorbed, 1/3 … 3. */
export function lightOn(thing: Absorbed, view: ModelView): number {
  const now = ringLumaOf(view, thing.ground);
  if (thing.ringLuma < 1 || now < 1) return 1;
  return Math.min(GAIN_MAX, Math.max(1 / GAIN_MAX, now / thing.ringLuma));
}

/** The ground under a thing in the light of now. */
export function groundNow(thing: Absorbed, view: ModelView): Patch {
  const gain = lightOn(thing, view);
  return { ...thing.ground, y: thing.ground.y.map((luma) => inLight(luma, gain)) };
}

/**
 * The part of a thing that shows the ground before it, 0..1: of the pixels where the two
 * differ enough to tell, those that are near the ground and nearer to it than to the thing.
 */
export function uncovered(thing: Absorbed, view: ModelView): number {
  const { ground, look, shape } = thing;
  const { y, u, v, stride } = view;
  const gain = lightOn(thing, view);
  let told = 0;
  let shown = 0;
  for (let row = 0; row < ground.height; row++) {
    for (let column = 0; column < ground.width; column++) {
      const n = row * ground.width + column;
      if (shape[n] === 0) continue;
      const groundY = inLight(ground.y[n]!, gain);
      const lookY = inLight(look.y[n]!, gain);
      const apart = Math.abs(groundY - lookY) + Math.abs(ground.u[n]! - look.u[n]!) +
        Math.abs(ground.v[n]! - look.v[n]!);
      if (apart < TELLING) continue;
      told++;
      const i = (ground.top + row) * stride + ground.left + column;
      const toGround = Math.abs(y[i]! - groundY) + Math.abs(u[i]! - ground.u[n]!) +
        Math.abs(v[i]! - ground.v[n]!);
      const toLook = Math.abs(y[i]! - lookY) + Math.abs(u[i]! - look.u[n]!) +
        Math.abs(v[i]! - look.v[n]!);
      if (toGround < NEAR && toGround < toLook) shown++;
    }
  }
  return told === 0 ? 0 : shown / told;
}

function inLight(luma: number, gain: number): number {
  return Math.min(255, Math.round(BLACK + Math.max(0, luma - BLACK) * gain));
}

/** Sums of Y, U and V: thing and ground differ by as much where they can be told apart, … */
const TELLING = 24;
/** … and what is nearer than this to the ground shows it. */
const NEAR = 18;
const BLACK = 16;
/** Light that changed more than this says nothing of the ground. */
const GAIN_MAX = 3;

function shifted(patch: Patch, dx: number, dy: number): Patch {
  return { ...patch, left: patch.left + dx, top: patch.top + dy };
}

function restored(
  { id, seen, box, planes, ringLuma, ageS }: AbsorbedSnapshot,
): Absorbed[] {
  const bytes = planes.map((plane) => decodeBase64(plane));
  const [y, u, v, lookY, lookU, lookV, shape] = bytes;
  const length = box.width * box.height;
  if (!y || !u || !v || !lookY || !lookU || !lookV || !shape) return [];
  if (bytes.some((plane) => plane.length !== length)) return [];
  const pixels = shape.reduce((sum, one) => sum + (one === 0 ? 0 : 1), 0);
  const look = { ...box, y: lookY, u: lookU, v: lookV };
  return [{
    ...{ id, seen, ground: { ...box, y, u, v }, look, shape },
    ...{ pixels, ringLuma, ageS },
  }];
}
