/**
 * Makes the DSL's numbers of what is followed: boxes, outlines, paths and events of one
 * frame, fixed-point. Judges nothing and keeps nothing but its buffers.
 * @module
 */
import type { FrameFormat } from "../capture/frame/frame.ts";
import { fixed } from "./dsl/fixed.ts";
import type { Blob, Edge, MotionEvent, Track as TrackLine } from "./dsl/observation.ts";
import type { Foreground } from "./foreground.ts";
import type { Life, LifeEvent } from "./motion_events.ts";
import { OutlineTracer } from "./outline.ts";
import type { Moment, Track } from "./tracking/track.ts";
import type { WorkSize } from "./work_size.ts";

/** A box in pixels of the frame, top-left corner, 1 decimal, inside the picture. */
export interface TrackRow {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export class Observing {
  readonly #format: FrameFormat;
  readonly #work: WorkSize;
  readonly #outlines = new OutlineTracer();

  constructor(format: FrameFormat, work: WorkSize) {
    this.#format = format;
    this.#work = work;
  }

  rowOf(track: Track): TrackRow {
    const { width, height } = this.#format;
    const { divisor } = this.#work;
    const x = fixed(clamp(track.left * divisor, 0, width), 1);
    const y = fixed(clamp(track.top * divisor, 0, height), 1);
    const right = fixed(clamp(track.right * divisor, 0, width), 1);
    const bottom = fixed(clamp(track.foot * divisor, 0, height), 1);
    return { id: track.id, x, y, w: fixed(right - x, 1), h: fixed(bottom - y, 1) };
  }

  /** @param dtS seconds since the last frame: speeds per frame are those of this step */
  blobOf(track: Track, life: Life | undefined, dtS: number): Blob {
    const { width, height } = this.#format;
    const { divisor } = this.#work;
    const row = this.rowOf(track);
    const stands = life?.moving === false;
    const vx = stands ? 0 : track.vx * divisor / width;
    const vy = stands ? 0 : track.vy * divisor / height;
    const blob = {
      id: track.id,
      x: fixed((row.x + row.w / 2) / width, 3),
      y: fixed((row.y + row.h / 2) / height, 3),
      w: fixed(row.w / width, 3),
      h: fixed(row.h / height, 3),
      vx: fixed(vx * dtS, 4),
      vy: fixed(vy * dtS, 4),
      vxPerS: fixed(vx, 4),
      vyPerS: fixed(vy, 4),
      coast: track.coast,
    };
    const { suppressed } = track;
    return suppressed ? { ...blob, suppressed: suppressed.cause } : blob;
  }

  edgeOf(track: Track, picture: Foreground): Edge {
    const outline = this.#outlines.trace(picture, {
      left: clamp(Math.floor(track.left), 0, picture.width),
      top: clamp(Math.floor(track.top), 0, picture.height),
      right: clamp(Math.ceil(track.right), 0, picture.width),
      bottom: clamp(Math.ceil(track.foot), 0, picture.height),
    });
    return {
      blob: track.id,
      points: outline.points,
      areaPx: outline.area * this.#work.divisor * this.#work.divisor,
      complexity: fixed(outline.complexity, 2),
    };
  }

  /** @param dtS seconds since the last frame: the least time that a path takes */
  lineOf(track: Track, life: Life | undefined, dtS: number): TrackLine {
    const dist = life?.path ?? 0;
    return {
      blob: track.id,
      frames: track.hits,
      dist: fixed(dist, 4),
      speed: fixed(dist / Math.max(1, track.hits), 4),
      speedPerS: fixed(dist / Math.max(track.ageS, dtS), 4),
      moving: life?.moving ?? true,
    };
  }
}

export function toMotionEvent(event: LifeEvent, frame: number): MotionEvent {
  const named: MotionEvent = {
    type: event.type,
    blob: event.track,
    dir: event.dir,
    ...(event.with === undefined ? {} : { with: event.with }),
  };
  const since: Moment | undefined = event.since;
  if (since === undefined || since.frame >= frame) return named;
  const { type, blob, dir } = named;
  // Another program's frames have no number here.
  const began = {
    sinceMs: fixed(since.tMs, 0),
    ...(since.frame > 0 ? { sinceFrame: since.frame } : {}),
  };
  return {
    type,
    blob,
    dir,
    ...began,
    ...(event.with === undefined ? {} : { with: event.with }),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
