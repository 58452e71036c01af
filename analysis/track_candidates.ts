/**
 * Keeps, for each track, a few pieces of colour frames that a small detector may be asked
 * about: each shows it well, and they are apart in time, so that one bad moment, a
 * crossing, a lamp, does not decide. Square with room around, as such detectors are
 * trained on whole scenes.
 *
 * Cuts what was decoded anyway; asks nobody: that is `classes/`.
 * @module
 */
import type { TrackView } from "../capture/frame/crop.ts";
import { cutOut, type PixelBox, pixelBox } from "../capture/frame/cut_out.ts";
import type { FrameFormat } from "../capture/frame/frame.ts";
import { areaToKeep } from "../classes/crop_area.ts";
import type { Blob, Observation } from "./dsl/observation.ts";
import { sharpShare, worthOf } from "./picture_worth.ts";

/** Views of one track at most; three are looked at: docs/design/classes.md. */
const VIEWS_MAX = 4;
/** Views of all tracks together, bytes: as many as about 20 whole 640x480 frames. */
const BYTES_MAX = 9_000_000;
/** A track that was not seen for so long is forgotten: its stay is over and judged. */
const KEPT_MS = 90_000;
/** Two views are apart by this share of the time that the track was seen … */
const APART = 0.1;
/** … and by so much, ms: nothing looks different sooner. */
const APART_MS_MIN = 300;
/** It must be this much better to be worth a copy. */
const BETTER = 1.15;

interface Kept {
  views: TrackView[];
  readonly firstMs: number;
  seenMs: number;
}

export class TrackCandidates {
  readonly #format: FrameFormat;
  readonly #kept = new Map<number, Kept>();
  #bytes = 0;

  constructor(format: FrameFormat) {
    this.#format = format;
  }

  /**
   * Looks at a frame, whose pixels (yuv420p) are lent.
   * @param observation of this very frame
   */
  offer(pixels: Uint8Array, observation: Observation): void {
    const nowMs = observation.ptsUs / 1_000;
    for (const blob of observation.blobs) {
      if (blob.coast > 0 || blob.suppressed !== undefined) continue;
      const kept = this.#of(blob.id, nowMs);
      kept.seenMs = nowMs;
      const place = placeFor(kept, nowMs);
      // The most it could be worth, before pixels are read.
      const hope = worthOf(blob, this.#format, observation.blobs);
      if (hope === 0 || hope < place.scoreMin) continue;
      const box = pixelBox(blob, this.#format);
      const score = hope * sharpShare(pixels, this.#format, box);
      if (score >= place.scoreMin) {
        this.#put(
          kept,
          place.instead,
          this.#viewOf(pixels, { blob, box, score, observation }),
        );
      }
    }
    this.#forget(nowMs);
  }

  /** The best first; empty for a track that never was seen well enough. */
  of(track: number): readonly TrackView[] {
    const { views } = this.#kept.get(track) ?? { views: [] };
    return views.toSorted((a, b) => b.score - a.score);
  }

  #of(track: number, nowMs: number): Kept {
    const kept = this.#kept.get(track) ?? { views: [], firstMs: nowMs, seenMs: nowMs };
    this.#kept.set(track, kept);
    return kept;
  }

  #put(kept: Kept, instead: readonly TrackView[], view: TrackView): void {
    kept.views = kept.views.filter((each) => !instead.includes(each));
    kept.views.push(view);
    this.#bytes += view.pixels.length;
    for (const each of instead) this.#bytes -= each.pixels.length;
    // Who was seen longest ago gives way.
    while (this.#bytes > BYTES_MAX) {
      const others = [...this.#kept].filter(([, { views }]) => views.length > 0);
      const [track] = others.reduce((a, b) => b[1].seenMs < a[1].seenMs ? b : a);
      this.#drop(track);
    }
  }

  #viewOf(
    pixels: Uint8Array,
    { blob, box, score, observation }: {
      readonly blob: Blob;
      readonly box: PixelBox;
      readonly score: number;
      readonly observation: Observation;
    },
  ): TrackView {
    const { x, y, w, h } = areaToKeep(boxOf(box), this.#format);
    const area = { left: x, top: y, width: w, height: h };
    const { ptsUs, tMs } = observation;
    const cut = cutOut(pixels, this.#format, area);
    return { track: blob.id, ...cut, ptsUs, tMs, score, area, box };
  }

  #forget(nowMs: number): void {
    for (const [track, { seenMs }] of this.#kept) {
      if (nowMs - seenMs > KEPT_MS) this.#drop(track);
    }
  }

  #drop(track: number): void {
    for (const { pixels } of this.#kept.get(track)?.views ?? []) {
      this.#bytes -= pixels.length;
    }
    this.#kept.delete(track);
  }
}

/** Which views a new one would replace, and the least that it must be worth. */
function placeFor(
  { views, firstMs }: Kept,
  nowMs: number,
): { readonly instead: readonly TrackView[]; readonly scoreMin: number } {
  const apartMs = Math.max(APART_MS_MIN, APART * (nowMs - firstMs));
  const near = views.filter(({ ptsUs }) => nowMs - ptsUs / 1_000 < apartMs);
  if (near.length > 0) {
    return replacing(
      near,
      Math.max(...near.map(({ score }) => score)),
    );
  }
  if (views.length < VIEWS_MAX) return { instead: [], scoreMin: Number.MIN_VALUE };
  const worst = views.reduce((a, b) => b.score < a.score ? b : a);
  return replacing([worst], worst.score);
}

function replacing(instead: readonly TrackView[], score: number) {
  return { instead, scoreMin: score * BETTER };
}

function boxOf({ left, top, width, height }: PixelBox) {
  return { x: left, y: top, w: width, h: height };
}
