/**
 * Whether a track went anywhere by itself: its box moved or grew by a part of its own
 * size since it was first seen. Pure; bounded.
 * @module
 */
import type { Blob } from "../analysis/dsl/observation.ts";

/** Of its own longer side: less is a lamp, a leaf, a shadow that crosses what stands. */
const TRAVEL_MIN = 0.25;
/** Factor by which its box grew or shrank: it came towards the camera, or went away. */
const AREA_GROWTH_MIN = 1.6;
/** As many as can be followed; 100 bytes each, of each camera. */
const TRACKS_MAX = 512;

/** Where it was first seen, and when last: in looks. */
interface Seen {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  lastLook: number;
  travelled: boolean;
}

export class OwnTravel {
  readonly #tracks = new Map<number, Seen>();
  #look = 0;

  /** Tracks that it remembers: those seen last. */
  get size(): number {
    return this.#tracks.size;
  }

  /** Takes the blobs of one frame. */
  see(blobs: readonly Blob[]): void {
    this.#look++;
    for (const blob of blobs) {
      if (blob.coast > 0) continue;
      const seen = this.#tracks.get(blob.id);
      if (!seen) {
        this.#begin(blob);
        continue;
      }
      seen.lastLook = this.#look;
      if (!seen.travelled) seen.travelled = isElsewhere(seen, blob);
    }
  }

  hasTravelled(track: number): boolean {
    return this.#tracks.get(track)?.travelled ?? false;
  }

  #begin({ id, x, y, w, h }: Blob): void {
    if (this.#tracks.size >= TRACKS_MAX) this.#forgetOne();
    this.#tracks.set(id, { x, y, w, h, lastLook: this.#look, travelled: false });
  }

  /** Not the oldest: somebody who stands there for hours is still followed. */
  #forgetOne(): void {
    let least: number | undefined;
    let leastLook = Infinity;
    for (const [track, { lastLook }] of this.#tracks) {
      if (lastLook < leastLook) [least, leastLook] = [track, lastLook];
    }
    if (least !== undefined) this.#tracks.delete(least);
  }
}

function isElsewhere(first: Seen, now: Blob): boolean {
  const side = Math.max(first.w, first.h, now.w, now.h);
  if (Math.hypot(now.x - first.x, now.y - first.y) >= TRAVEL_MIN * side) return true;
  const growth = (now.w * now.h) / Math.max(1e-9, first.w * first.h);
  return growth >= AREA_GROWTH_MIN || growth <= 1 / AREA_GROWTH_MIN;
}
