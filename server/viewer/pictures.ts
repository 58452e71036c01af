/**
 * Which picture of a camera is shown, and of which moment the boxes on it are. Pure.
 * @module
 */
import { blobsAt, frameUpTo, type Past, type ShownBlob } from "./past.ts";
import { NO_TRAILS, type Trails, trailsAt } from "./trails.ts";

/** What is needed of a picture here. */
export interface Taken {
  /** Time of the frame in its source, microseconds. */
  readonly ptsUs: number;
  /** When it was taken and when it came, in the page's own time, ms. */
  readonly takenMs: number;
  readonly arrivedMs: number;
}

/** The newest picture, and the one before, which is shown until the newest can be. */
export interface Pictures<P extends Taken> {
  readonly newest?: P;
  readonly before?: P;
}

/** What is drawn over a picture. */
export interface Overlay {
  readonly blobs: readonly ShownBlob[];
  readonly trails: Trails;
}

export const NO_OVERLAY: Overlay = { blobs: [], trails: NO_TRAILS };

/** A picture may overtake what was found in it, but that comes in some 20 ms. */
const WAIT_FOR_BLOBS_MS = 300;
/** Pictures come four times a second: one that is older than this says so. */
const PICTURE_OLD_MS = 3_000;

/** The newest picture whose blobs are known; one that waits for them too long is shown. */
export function shownPicture<P extends Taken>(
  { newest, before }: Pictures<P>,
  past: Past,
  nowMs: number,
): P | undefined {
  if (!newest || !before) return newest;
  const waits = !isKnown(past, newest) && nowMs - newest.arrivedMs < WAIT_FOR_BLOBS_MS;
  return waits ? before : newest;
}

/** It is older than what is drawn on it: the boxes are the newest then. */
export function isPictureOld(picture: Taken, nowMs: number): boolean {
  return nowMs - picture.takenMs > PICTURE_OLD_MS;
}

/** The blobs and trails of the picture's own moment; the newest when there is none. */
export function overlayOf(picture: Taken | undefined, past: Past): Overlay {
  const ptsUs = picture?.ptsUs ?? past.at(-1)?.ptsUs;
  if (ptsUs === undefined) return NO_OVERLAY;
  return { blobs: blobsAt(past, ptsUs), trails: trailsAt(past, ptsUs) };
}

/** What was found last up to a picture of the video, as it was found: nothing between. */
export function overlayUpTo(
  ptsUs: number,
  past: Past,
): Overlay & { readonly ptsUs?: number } {
  const frame = frameUpTo(past, ptsUs);
  if (!frame) return NO_OVERLAY;
  const { blobs, ptsUs: foundUs } = frame;
  return { blobs, trails: trailsAt(past, foundUs), ptsUs: foundUs };
}

/** True when nothing that is still to come can change the picture's overlay. */
export function isKnown(past: Past, picture: Taken): boolean {
  return picture.ptsUs <= (past.at(-1)?.ptsUs ?? -Infinity);
}
