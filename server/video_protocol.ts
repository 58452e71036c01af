/**
 * What `/video/CAMERA` says: a camera's own coded pictures as they come, for a player in
 * the page. Version 1. Decides nothing about who gets them, and decodes none.
 *
 * A text frame, one JSON object (`VideoTold`), says what follows or why nothing does.
 * Then binary frames, each a header of `HEADER_BYTES` and a piece of fragmented MP4: the
 * init segment first, and again with each new stream, then one picture each, beginning
 * with a keyframe. Numbers are little-endian:
 *
 *     0  float64  PTS in microseconds, the one that stands in `frame` messages
 *     8  float64  PTS in microseconds as it stands in the fragment
 *    16  uint32   ms between its arrival at the box and its being sent
 *    20  uint32   1 can be decoded without any other; 2 is an init segment
 * @module
 */

/** What the text frame says. */
export type VideoTold =
  | {
    readonly type: "stream";
    readonly version: 1;
    /** As browsers ask for it: `avc1.4d401e`; absent when we do not know the coding. */
    readonly codec?: string;
    readonly width: number;
    readonly height: number;
  }
  /** `source`: there are no coded pictures of this camera, and nothing follows. */
  | { readonly type: "none"; readonly why: "source" };

/** A binary frame, cut. */
export interface VideoPiece {
  readonly kind: "init" | "picture";
  readonly ptsUs: number;
  /** PTS as it stands in `bytes`. */
  readonly ownUs: number;
  readonly ageMs: number;
  readonly key: boolean;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export const HEADER_BYTES = 24;
const KEY = 1;
const INIT = 2;

/** A binary frame of the pieces' bytes, which are copied. */
export function encodePiece(
  piece: Omit<VideoPiece, "bytes"> & { readonly bytes: Uint8Array },
): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(HEADER_BYTES + piece.bytes.length);
  const view = new DataView(message.buffer);
  view.setFloat64(0, piece.ptsUs, true);
  view.setFloat64(8, piece.ownUs, true);
  view.setUint32(16, Math.min(0xffffffff, Math.max(0, Math.round(piece.ageMs))), true);
  view.setUint32(20, (piece.key ? KEY : 0) | (piece.kind === "init" ? INIT : 0), true);
  message.set(piece.bytes, HEADER_BYTES);
  return message;
}

/** The piece in a binary frame; undefined when it is not whole. */
export function decodePiece(message: ArrayBuffer): VideoPiece | undefined {
  if (message.byteLength < HEADER_BYTES) return undefined;
  const view = new DataView(message);
  const flags = view.getUint32(20, true);
  return {
    kind: (flags & INIT) === 0 ? "picture" : "init",
    ptsUs: view.getFloat64(0, true),
    ownUs: view.getFloat64(8, true),
    ageMs: view.getUint32(16, true),
    key: (flags & KEY) !== 0,
    bytes: new Uint8Array(message, HEADER_BYTES),
  };
}
