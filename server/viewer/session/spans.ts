/**
 * When something was there, so that a player can pass over the time between. Pure.
 * @module
 */

/** Both ends inclusive, ms. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** What is played. */
export interface Reel {
  /** All of it. */
  readonly span: Span;
  /** When something was there, in order of time. */
  readonly busy: readonly Span[];
}

/** Shorter holes are no quiet: somebody went behind a tree. */
const HOLE_MS = 6_000;
/** What is seen before something comes, and after it went. */
const MARGIN_MS = 1_500;

/** @param frames in order of time */
export function spansOf(
  frames: readonly {
    readonly tMs: number;
    readonly blobs: { readonly length: number };
  }[],
): readonly Span[] {
  const spans: Span[] = [];
  for (const { tMs, blobs } of frames) {
    if (blobs.length === 0) continue;
    const last = spans.at(-1);
    const startMs = tMs - MARGIN_MS;
    const endMs = tMs + MARGIN_MS;
    if (last && startMs - last.endMs < HOLE_MS) {
      spans[spans.length - 1] = { startMs: last.startMs, endMs };
    } else spans.push({ startMs, endMs });
  }
  return spans;
}

/** Where to go on from a moment in quiet: the next busy one, or the end. */
export function passQuiet(atMs: number, { busy, span }: Reel): number {
  const next = busy.find(({ endMs }) => endMs >= atMs);
  return next === undefined ? span.endMs : Math.max(atMs, next.startMs);
}
