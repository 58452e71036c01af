/**
 * What an analyser knows, as one run of bytes: a line that says whose it is, what is
 * plain data, and the planes of the background model. Read with suspicion: whatever
 * stands in the bytes, `openSnapshot` gives a whole snapshot or a reason, and never
 * throws. Writes no files and knows no analyser.
 *
 * ```text
 *  0 magic "SWMODEL1"
 *  8 u32 version of this layout     12 u32 bytes in all
 * 16 u32 checksum of all after 20   20 u32 bytes of text (n)   24 u32 bytes of planes (m)
 * 28 text: JSON, UTF-8, n bytes     28 + n planes, m bytes; n makes that a multiple of 4
 * ```
 * All numbers are little endian.
 * @module
 */
import { assert } from "../base/assert.ts";

const MAGIC = "SWMODEL1";
/** Changes with the layout and with the shape of what stands in the text. */
const LAYOUT = 2;
const CHECKED_FROM = 20;
const TEXT_FROM = 28;
/** What fills the text up: JSON's own blank. */
const BLANK = 0x20;
/** More than any picture needs: 1 MB for tracks, 64 MB for planes. */
const TEXT_BYTES_MAX = 1_000_000;
const PLANE_BYTES_MAX = 64_000_000;

/** Whose a snapshot is: it is good for an analyser that says the same of itself. */
export interface SnapshotOwner {
  /** The version of the method. */
  readonly analyser: string;
  /** The digest of the settings that decide what is kept. */
  readonly settings: string;
  /** Of the frames, pixels. */
  readonly width: number;
  readonly height: number;
}

/** What is kept. */
export interface Snapshot<Data> {
  readonly owner: SnapshotOwner;
  /** Survives JSON. */
  readonly data: Data;
  readonly planes: Uint8Array;
}

/** Why a snapshot is not taken. */
export type SnapshotRefusal =
  | "damaged"
  | "other version"
  | "other settings"
  | "other size";

/** Either part is there. */
export type OpenedSnapshot =
  | { readonly snapshot: Snapshot<unknown>; readonly refused?: undefined }
  | { readonly refused: SnapshotRefusal; readonly snapshot?: undefined };

/**
 * A snapshot's bytes, one part after the other. Those of planes are the analyser's own
 * memory, so that nothing is copied: they are good until it looks at the next frame.
 */
export type SnapshotParts = readonly Uint8Array[];

/**
 * The bytes of a snapshot.
 * @param snapshot its planes in parts, each but the last of a multiple of four bytes
 */
export function packSnapshot(
  { owner, data, planes }: {
    readonly owner: SnapshotOwner;
    readonly data: unknown;
    readonly planes: SnapshotParts;
  },
): SnapshotParts {
  const text = new TextEncoder().encode(JSON.stringify({ owner, data }));
  const textBytes = Math.ceil(text.length / 4) * 4;
  const planeBytes = bytesIn(planes);
  const head = new Uint8Array(TEXT_FROM + textBytes).fill(BLANK, TEXT_FROM);
  const view = new DataView(head.buffer);
  head.set(new TextEncoder().encode(MAGIC));
  view.setUint32(8, LAYOUT, true);
  view.setUint32(12, head.length + planeBytes, true);
  view.setUint32(20, textBytes, true);
  view.setUint32(24, planeBytes, true);
  head.set(text, TEXT_FROM);
  view.setUint32(16, checksum([head.subarray(CHECKED_FROM), ...planes]), true);
  return [head, ...planes];
}

/** A snapshot in bytes of its own. */
export function wholeSnapshot(parts: SnapshotParts): Uint8Array {
  const bytes = new Uint8Array(bytesIn(parts));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export function bytesIn(parts: SnapshotParts): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

/**
 * What stands in the bytes, if they are whole and of this owner. The planes are a view
 * of the bytes. The shape of the data is what `packSnapshot` was given by this version.
 */
export function openSnapshot(bytes: Uint8Array, owner: SnapshotOwner): OpenedSnapshot {
  const head = readHead(bytes);
  if (head === undefined) return { refused: "damaged" };
  if (head.layout !== LAYOUT) return { refused: "other version" };
  const planesFrom = TEXT_FROM + head.textBytes;
  if (checksum([bytes.subarray(CHECKED_FROM)]) !== head.checksum) {
    return { refused: "damaged" };
  }
  const text = readText(bytes.subarray(TEXT_FROM, planesFrom));
  if (text === undefined) return { refused: "damaged" };
  const found = text.owner;
  if (found.analyser !== owner.analyser) return { refused: "other version" };
  if (found.width !== owner.width || found.height !== owner.height) {
    return { refused: "other size" };
  }
  if (found.settings !== owner.settings) return { refused: "other settings" };
  return { snapshot: { owner, data: text.data, planes: bytes.subarray(planesFrom) } };
}

interface Head {
  readonly layout: number;
  readonly checksum: number;
  readonly textBytes: number;
}

/** Undefined when the lengths do not fit together. */
function readHead(bytes: Uint8Array): Head | undefined {
  if (bytes.length < TEXT_FROM) return undefined;
  for (let at = 0; at < MAGIC.length; at++) {
    if (bytes[at] !== MAGIC.charCodeAt(at)) return undefined;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const textBytes = view.getUint32(20, true);
  const planeBytes = view.getUint32(24, true);
  if (textBytes > TEXT_BYTES_MAX || planeBytes > PLANE_BYTES_MAX) return undefined;
  const length = TEXT_FROM + textBytes + planeBytes;
  if (view.getUint32(12, true) !== length || bytes.length !== length) return undefined;
  return {
    layout: view.getUint32(8, true),
    checksum: view.getUint32(16, true),
    textBytes,
  };
}

function readText(
  bytes: Uint8Array,
): { readonly owner: SnapshotOwner; readonly data: unknown } | undefined {
  try {
    const text: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof text !== "object" || text === null) return undefined;
    if (!("owner" in text) || !("data" in text)) return undefined;
    const { owner, data } = text;
    if (typeof owner !== "object" || owner === null) return undefined;
    return { owner: owner as SnapshotOwner, data };
  } catch {
    return undefined;
  }
}

/**
 * FNV-1a over four bytes at a time: finds what a cut or a flipped bit does, and is no
 * defence against anybody. Any change of one word changes the sum.
 */
function checksum(parts: SnapshotParts): number {
  let hash = 0x811c9dc5;
  for (const [place, bytes] of parts.entries()) {
    const isLast = place === parts.length - 1;
    assert(isLast || bytes.length % 4 === 0, "words lie within a part");
    hash = checksumOf(bytes, hash);
  }
  return hash >>> 0;
}

function checksumOf(bytes: Uint8Array, before: number): number {
  const count = bytes.length >> 2;
  const words = wordsOf(bytes, count);
  let hash = before;
  for (let at = 0; at < count; at++) {
    hash = Math.imul(hash ^ words[at]!, 0x01000193);
    // A word's high bits would never reach the low ones.
    hash ^= hash >>> 15;
  }
  for (let at = 4 * count; at < bytes.length; at++) {
    hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  }
  return hash;
}

/** Little endian, as every machine Deno runs on: a view where they lie right for one. */
function wordsOf(bytes: Uint8Array, count: number): Int32Array {
  if (bytes.byteOffset % 4 === 0) {
    return new Int32Array(bytes.buffer, bytes.byteOffset, count);
  }
  return new Int32Array(bytes.slice(0, 4 * count).buffer);
}
