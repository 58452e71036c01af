/**
 * Pictures on their way from the socket into a player that takes one piece at a time:
 * in order, from a keyframe on, and when it takes too long only the newest. Pure.
 * @module
 */
import type { VideoPiece } from "../video_protocol.ts";

/** What a player is given at once. */
export interface Batch {
  /** What is added to the times in `bytes` so that they are the source's own, seconds. */
  readonly offsetS: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Older ones wait no longer than this for a player, microseconds. */
const WAIT_US_MAX = 1_500_000;

export class VideoQueue {
  #pieces: VideoPiece[] = [];
  /** A keyframe is still to come. */
  #isBefore = true;

  /** Pictures that were left out since the start, as the player was too slow. */
  skipped = 0;

  push(piece: VideoPiece): void {
    if (piece.kind === "init") {
      this.#isBefore = true;
      this.#pieces = [piece];
      return;
    }
    if (this.#isBefore && !piece.key) return;
    this.#isBefore = false;
    this.#pieces.push(piece);
    this.#skip(piece);
  }

  /** The next batch; undefined when nothing waits. An init segment comes by itself. */
  take(): Batch | undefined {
    const [first] = this.#pieces;
    if (!first) return undefined;
    const offsetUs = first.ptsUs - first.ownUs;
    const fits = ({ kind, ptsUs, ownUs }: VideoPiece) =>
      first.kind === "picture" && kind === "picture" && ptsUs - ownUs === offsetUs;
    const end = this.#pieces.findIndex((piece, at) => at > 0 && !fits(piece));
    const taken = this.#pieces.splice(0, end < 0 ? this.#pieces.length : end);
    return { offsetS: offsetUs / 1e6, bytes: joined(taken) };
  }

  /** Newest wins: what waits too long before the newest keyframe is left out. */
  #skip(newest: VideoPiece): void {
    const at = this.#pieces.findIndex(({ kind }) => kind === "picture");
    if (newest.ptsUs - this.#pieces[at]!.ptsUs <= WAIT_US_MAX) return;
    const key = this.#pieces.findLastIndex((piece) => piece.key);
    if (key <= at) return;
    this.skipped += this.#pieces.splice(at, key - at).length;
  }
}

function joined(pieces: readonly VideoPiece[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let at = 0;
  for (const { bytes } of pieces) {
    all.set(bytes, at);
    at += bytes.length;
  }
  return all;
}
