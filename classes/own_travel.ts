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
const TRACKS_MAX = 1_024;

interface Seen {
  readonly first: Blob;
  travelled: boolean;
}

export class OwnTravel {
  readonly #tracks = new Map<number, Seen>();

  /** Takes the blobs of one frame. */
  see(blobs: readonly Blob[]): void {
    for (const blob of blobs) {
      if (blob.coast > 0) continue;
      const seen = this.#tracks.get(blob.id);
      if (!seen) this.#begin(blob);
      else if (!seen.travelled) seen.travelled = isElsewhere(seen.first, blob);
    }
  }

  hasTravelled(track: number): boolean {
    return this.#tracks.get(track)?.travelled ?? false;
  }

  #begin(first: Blob): void {
    this.#tracks.set(first.id, { first, travelled: false });
    if (this.#tracks.size <= TRACKS_MAX) return;
    for (const oldest of this.#tracks.keys()) {
      this.#tracks.delete(oldest);
      return;
    }
  }
}

function isElsewhere(first: Blob, now: Blob): boolean {
  const side = Math.max(first.w, first.h, now.w, now.h);
  if (Math.hypot(now.x - first.x, now.y - first.y) >= TRAVEL_MIN * side) return true;
  const growth = (now.w * now.h) / Math.max(1e-9, first.w * first.h);
  return growth >= AREA_GROWTH_MIN || growth <= 1 / AREA_GROWTH_MIN;
}
