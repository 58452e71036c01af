/**
 * Writes the description of a stream in its init segment: another one when the stream
 * itself says something else, and the name that players know H.265 by. Reads and writes
 * the boxes that FFmpeg writes (ISO 14496-12, 14496-15). Judges no stream.
 * @module
 */
import { lengthAt, PARAMETER_UNITS, unitKind, type UnitsOf } from "./coded_units.ts";
import type { InitSegment } from "./fmp4.ts";
import { type Codec, shapeOf, type StreamShape } from "./parameter_sets.ts";

/** A visual sample entry's fixed part: its boxes follow (ISO 14496-12, 12.1.3). */
const ENTRY_BYTES = 86;
const HOLDERS: Readonly<Record<string, number>> = {
  ...{ moov: 8, trak: 8, mdia: 8, minf: 8, stbl: 8, stsd: 16 },
  ...{ avc1: ENTRY_BYTES, avc3: ENTRY_BYTES, hvc1: ENTRY_BYTES, hev1: ENTRY_BYTES },
};
/** What they say of a picture is in its parameter sets as well, and there it is new. */
const STALE = ["pasp", "colr", "btrt", "clap", "fiel"];

/** Gives a box other bytes; undefined: it stays, or is looked into. */
type Rewrite = (name: string, box: Uint8Array) => Uint8Array | undefined;

/** Which coding the init segment describes; undefined: none that we know. */
export function describedCodec({ bytes }: Pick<InitSegment, "bytes">): Codec | undefined {
  if (findConfig(bytes, "avcC")) return "h264";
  return findConfig(bytes, "hvcC") ? "hevc" : undefined;
}

/** What the described stream's parameter set says; undefined when it holds none. */
export function describedShape(
  { bytes }: Pick<InitSegment, "bytes">,
  codec: Codec,
): StreamShape | undefined {
  const config = findConfig(bytes, codec === "h264" ? "avcC" : "hvcC");
  const set = config && (codec === "h264" ? avcSet(config) : hevcSet(config));
  return set && shapeOf(set, codec);
}

/** Undefined when it cannot be told which of the stream's pictures nobody needs. */
export function unitsOf(init: Pick<InitSegment, "bytes">): UnitsOf | undefined {
  const codec = describedCodec(init);
  return codec && describedShape(init, codec);
}

/**
 * The same track with other parameter sets.
 * @param units with at least a sequence and a picture parameter set; others are left out
 */
export function redescribed(
  init: InitSegment,
  shape: StreamShape,
  units: readonly Uint8Array[],
): InitSegment {
  const { codec, width, height } = shape;
  const config = codec === "h264" ? avcConfig(shape, units) : hevcConfig(shape, units);
  const name = codec === "h264" ? "avcC" : "hvcC";
  const bytes = rewritten(init.bytes, (found, box) => {
    if (found === name) return boxOf(name, config);
    if (STALE.includes(found)) return new Uint8Array(0);
    if (found === "tkhd") return withTrackSize(box, { width, height });
    return undefined;
  });
  return { ...init, bytes: withEntrySize(bytes, { width, height }), width, height };
}

/**
 * H.265 under the name `hvc1`, as Apple's players take no other one. It says that the
 * parameter sets stand in the description; that a camera repeats them disturbs nobody.
 */
export function knownToPlayers(init: InitSegment): InitSegment {
  const config = findConfig(init.bytes, "hvcC");
  if (!config || !hevcSet(config)) return init;
  const bytes = init.bytes.slice();
  const entry = entryAt(bytes);
  bytes.set(new TextEncoder().encode("hvc1"), entry + 4);
  const whole = findConfig(bytes, "hvcC")!;
  for (const at of hevcArrays(whole)) whole[at]! |= 0x80;
  return { ...init, bytes };
}

/** Every box within those that hold others, in order; what is not whole is left as it is. */
function rewritten(bytes: Uint8Array, rewrite: Rewrite): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    const size = lengthAt(bytes, at);
    if (size < 8 || at + size > bytes.length) break;
    const name = nameAt(bytes, at);
    const box = bytes.subarray(at, at + size);
    const fixed = HOLDERS[name];
    const other = rewrite(name, box);
    if (other) parts.push(other);
    else if (fixed === undefined || fixed > size) parts.push(box);
    else {
      const inner = rewritten(box.subarray(fixed), rewrite);
      const whole = joined([box.subarray(0, fixed), inner]);
      new DataView(whole.buffer).setUint32(0, whole.length);
      parts.push(whole);
    }
    at += size;
  }
  return joined([...parts, bytes.subarray(at)]);
}

/** What stands in the first box of this name; a view, not a copy. */
function findConfig(bytes: Uint8Array, wanted: string): Uint8Array | undefined {
  let found: Uint8Array | undefined;
  rewritten(bytes, (name, box) => {
    if (name === wanted) found ??= box.subarray(8);
    return undefined;
  });
  return found;
}

/** Where the track's sample entry begins. */
function entryAt(bytes: Uint8Array): number {
  let at = 0;
  rewritten(bytes, (name, box) => {
    if (HOLDERS[name] === ENTRY_BYTES) at = box.byteOffset - bytes.byteOffset;
    return undefined;
  });
  return at;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** In 16.16 at the end of the box. */
function withTrackSize(box: Uint8Array, { width, height }: Size): Uint8Array {
  const other = box.slice();
  const view = new DataView(other.buffer);
  view.setUint32(other.length - 8, width * 0x10000);
  view.setUint32(other.length - 4, height * 0x10000);
  return other;
}

function withEntrySize(bytes: Uint8Array, { width, height }: Size): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const entry = entryAt(bytes);
  view.setUint16(entry + 32, width);
  view.setUint16(entry + 34, height);
  return bytes;
}

/** Profiles whose description does not end with the sets (ISO 14496-15, 5.3.3.1.2). */
const AVC_LONG = [100, 110, 122, 144];

function avcConfig(shape: StreamShape, units: readonly Uint8Array[]): Uint8Array {
  const { sequence, picture } = PARAMETER_UNITS.h264;
  const [sequences, pictures] = [ofKind(units, sequence), ofKind(units, picture)];
  const { profile, chroma, lumaBits, chromaBits } = shape;
  const isLong = AVC_LONG.includes(profile[0]!);
  return joined([
    Uint8Array.of(1, ...profile, 0xff, 0xe0 | sequences.length),
    ...sequences.map(sized),
    Uint8Array.of(pictures.length),
    ...pictures.map(sized),
    ...(isLong
      ? [Uint8Array.of(0xfc | chroma, 0xf8 | lumaBits - 8, 0xf8 | chromaBits - 8, 0)]
      : []),
  ]);

  function ofKind(all: readonly Uint8Array[], kind: number): Uint8Array[] {
    return all.filter((unit) => unitKind(unit[0]!, "h264") === kind).slice(0, 31);
  }
}

function avcSet(config: Uint8Array): Uint8Array | undefined {
  const count = (config[5] ?? 0) & 0x1f;
  return count > 0 ? unitAt(config, 6) : undefined;
}

/** Where the arrays of units begin (ISO 14496-15, 8.3.3.1.2). */
const HEVC_ARRAYS_AT = 23;

function hevcConfig(shape: StreamShape, units: readonly Uint8Array[]): Uint8Array {
  const { profile, chroma, lumaBits, chromaBits, layers, isNested } = shape;
  const arrays = Object.values(PARAMETER_UNITS.hevc).flatMap((kind) => {
    const these = units.filter((unit) => unitKind(unit[0]!, "hevc") === kind);
    if (these.length === 0) return [];
    return [joined([Uint8Array.of(0x80 | kind, 0, these.length), ...these.map(sized)])];
  });
  return joined([
    Uint8Array.of(1, ...profile, 0xf0, 0, 0xfc, 0xfc | chroma),
    Uint8Array.of(0xf8 | lumaBits - 8, 0xf8 | chromaBits - 8, 0, 0),
    Uint8Array.of(layers << 3 | (isNested ? 4 : 0) | 3, arrays.length),
    ...arrays,
  ]);
}

function hevcSet(config: Uint8Array): Uint8Array | undefined {
  const { sequence } = PARAMETER_UNITS.hevc;
  const at = hevcArrays(config).find((array) => (config[array]! & 0x3f) === sequence);
  return at === undefined ? undefined : unitAt(config, at + 3);
}

/** Where each array begins. */
function hevcArrays(config: Uint8Array): number[] {
  const places: number[] = [];
  let at = HEVC_ARRAYS_AT;
  for (let left = config[HEVC_ARRAYS_AT - 1] ?? 0; left > 0; left--) {
    if (at + 3 > config.length) break;
    places.push(at);
    let units = config[at + 1]! << 8 | config[at + 2]!;
    for (at += 3; units > 0 && at + 2 <= config.length; units--) {
      at += 2 + (config[at]! << 8 | config[at + 1]!);
    }
  }
  return places;
}

/** The unit behind the length in two bytes at `at`. */
function unitAt(config: Uint8Array, at: number): Uint8Array | undefined {
  const size = (config[at] ?? 0) << 8 | (config[at + 1] ?? 0);
  const unit = config.subarray(at + 2, at + 2 + size);
  return size > 0 && unit.length === size ? unit : undefined;
}

function sized(unit: Uint8Array): Uint8Array {
  return joined([Uint8Array.of(unit.length >> 8, unit.length & 0xff), unit]);
}

function boxOf(name: string, body: Uint8Array): Uint8Array {
  const box = new Uint8Array(8 + body.length);
  new DataView(box.buffer).setUint32(0, box.length);
  box.set(new TextEncoder().encode(name), 4);
  box.set(body, 8);
  return box;
}

function nameAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at + 4, at + 8));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
