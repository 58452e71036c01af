/**
 * The units (NAL) that a coded picture is made of, as they stand in an mdat: each after
 * its length in four bytes. Decodes nothing.
 * @module
 */
import type { Codec } from "./parameter_sets.ts";

/** Kinds of units, by their codings' own numbers (H.264, table 7-1; H.265, table 7-1). */
export const PARAMETER_UNITS = {
  h264: { sequence: 7, picture: 8 },
  hevc: { video: 32, sequence: 33, picture: 34 },
} as const;

/** The kind of unit whose first byte this is. */
export function unitKind(firstByte: number, codec: Codec): number {
  return codec === "h264" ? firstByte & 0x1f : (firstByte >> 1) & 0x3f;
}

/** True for a unit that holds a part of a picture. */
export function isPicturePart(kind: number, codec: Codec): boolean {
  return codec === "h264" ? kind >= 1 && kind <= 5 : kind <= 31;
}

/** Units that stand before the picture's first part, without their lengths; not copied. */
export function unitsBefore(packet: Uint8Array, codec: Codec): Uint8Array[] {
  const units: Uint8Array[] = [];
  for (let at = dataAt(packet); at + 4 < packet.length;) {
    const size = lengthAt(packet, at);
    if (isPicturePart(unitKind(packet[at + 4]!, codec), codec)) break;
    if (size === 0 || at + 4 + size > packet.length) break;
    units.push(packet.subarray(at + 4, at + 4 + size));
    at += 4 + size;
  }
  return units;
}

/** Where the data of a fragment begins: behind its moof and the head of its mdat. */
export function dataAt(packet: Uint8Array): number {
  return lengthAt(packet, 0) + 8;
}

/** A length in four bytes. */
export function lengthAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) |
    bytes[at + 3]!) >>> 0;
}

/** A stream, as far as one must know it to tell which pictures nobody needs. */
export interface UnitsOf {
  readonly codec: Codec;
  /** Temporal layers of H.265, as its parameter set says. */
  readonly layers: number;
}

/**
 * True when no other picture is built on this one. H.264: `nal_ref_idc` is 0 (7.4.1).
 * H.265: a sub-layer non-reference picture (7.4.2.2: even types up to 14) of the highest
 * layer, as one of a lower layer may be built upon by those above it. Told by its first
 * part, as all parts of a picture say the same. Allocates nothing.
 */
export function isSpare(packet: Uint8Array, { codec, layers }: UnitsOf): boolean {
  for (let at = dataAt(packet); at + 5 < packet.length;) {
    const head = packet[at + 4]!;
    const kind = unitKind(head, codec);
    if (isPicturePart(kind, codec)) {
      if (codec === "h264") return (head & 0x60) === 0;
      // The second byte ends with the layer's number, counted from 1.
      return kind <= 14 && kind % 2 === 0 && (packet[at + 5]! & 0x7) === layers;
    }
    const size = lengthAt(packet, at);
    if (size === 0) return false;
    at += 4 + size;
  }
  return false;
}
