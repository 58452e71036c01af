/**
 * Cuts a stream of fragmented MP4, one frame a fragment, and changes a fragment's
 * times. Knows only the boxes that FFmpeg's `frag_every_frame` writes (ISO 14496-12).
 * @module
 */
import { Fault } from "../base/fault.ts";

/** What a decoder or a viewer needs before the first fragment. */
export interface InitSegment {
  readonly bytes: Uint8Array;
  /** Ticks per second of every time below. */
  readonly timescale: number;
  readonly width: number;
  readonly height: number;
}

/** One coded picture: a moof and its mdat as they came. */
export interface Packet {
  readonly bytes: Uint8Array;
  /** True: can be decoded without any other. */
  readonly key: boolean;
  /** In decoding order, ticks. */
  readonly dts: number;
  /** When it is shown, ticks. */
  readonly pts: number;
  /** When its last byte came, `Clock.monotonicMs`. */
  readonly arrivalMs: number;
  /** Where in `bytes` its times stand. */
  readonly places: TimePlaces;
}

interface TimePlaces {
  /** The decode time, 64 bits when `wide`. */
  readonly tfdt: number;
  readonly wide: boolean;
  /** The offset from decoding to showing, or -1 when there is none. */
  readonly composition: number;
}

export interface PacketTaker {
  init(init: InitSegment): void;
  packet(packet: Packet): void;
}

/** The largest box taken; a keyframe of an 8K camera has 2 to 4 MB. */
const BOX_BYTES_MAX = 32_000_000;

/** Room for what came and is not whole yet: that of most keyframes. */
const ROOM_BYTES = 1 << 18;
/** More than that is given back as soon as what needed it is cut. */
const ROOM_KEPT_BYTES_MAX = 1 << 20;

/** Cuts a byte stream into the init segment and one-frame fragments. */
export class Fmp4Splitter {
  readonly #taker: PacketTaker;
  #buffer = new Uint8Array(ROOM_BYTES);
  #end = 0;
  #init = new Uint8Array(0);

  constructor(taker: PacketTaker) {
    this.#taker = taker;
  }

  /** Bytes held for what is not whole yet; with nothing open 1 MB at most. */
  get roomBytes(): number {
    return this.#buffer.length;
  }

  /** @throws Fault corrupt when the bytes are not such a stream. */
  push(chunk: Uint8Array, arrivalMs: number): void {
    this.#append(chunk);
    let at = 0;
    while (true) {
      const used = this.#unit(at, arrivalMs);
      if (used === 0) break;
      at += used;
    }
    this.#keepFrom(at);
  }

  /** Forgets what was cut; one picture of a burst is no reason to hold its room for ever. */
  #keepFrom(at: number): void {
    const left = this.#end - at;
    if (this.#buffer.length > ROOM_KEPT_BYTES_MAX && left <= ROOM_BYTES) {
      const smaller = new Uint8Array(ROOM_BYTES);
      smaller.set(this.#buffer.subarray(at, this.#end));
      this.#buffer = smaller;
    } else this.#buffer.copyWithin(0, at, this.#end);
    this.#end = left;
  }

  #append(chunk: Uint8Array): void {
    const needed = this.#end + chunk.length;
    if (needed > this.#buffer.length) {
      const bigger = new Uint8Array(2 * needed);
      bigger.set(this.#buffer.subarray(0, this.#end));
      this.#buffer = bigger;
    }
    this.#buffer.set(chunk, this.#end);
    this.#end = needed;
  }

  /** Takes one box, or a moof with its mdat; returns its size, 0 when it is not whole. */
  #unit(at: number, arrivalMs: number): number {
    const size = this.#wholeBox(at);
    if (size === 0) return 0;
    switch (boxName(this.#buffer, at)) {
      case "ftyp":
        this.#init = this.#buffer.slice(at, at + size);
        return size;
      case "moov":
        this.#taker.init(
          readInit(joined(this.#init, this.#buffer.subarray(at, at + size))),
        );
        return size;
      case "moof": {
        const dataSize = this.#wholeBox(at + size);
        if (dataSize === 0) return 0;
        const bytes = this.#buffer.slice(at, at + size + dataSize);
        this.#taker.packet(readPacket(bytes, arrivalMs));
        return bytes.length;
      }
      default:
        return size; // styp, sidx, mfra: nothing we need.
    }
  }

  #wholeBox(at: number): number {
    if (at + 8 > this.#end) return 0;
    const size = word(this.#buffer, at);
    if (size < 8 || size > BOX_BYTES_MAX) {
      throw new Fault(
        "corrupt",
        `Cannot cut the camera's stream: a box of ${size} bytes`,
      );
    }
    return at + size > this.#end ? 0 : size;
  }
}

/**
 * The same fragment with other times, in two parts: a new moof, and the packet's own
 * mdat, which is not copied. The times come out of the decoder with the frame.
 */
export function relabelled(
  packet: Packet,
  dts: number,
  pts: number,
): readonly [Uint8Array, Uint8Array] {
  const headerBytes = word(packet.bytes, 0);
  const header = packet.bytes.slice(0, headerBytes);
  const view = new DataView(header.buffer);
  const { tfdt, wide, composition } = packet.places;
  // Without a composition offset the frame is shown when it is decoded.
  const decode = composition < 0 ? pts : dts;
  if (wide) view.setBigUint64(tfdt, BigInt(decode));
  else view.setUint32(tfdt, decode);
  if (composition >= 0) view.setInt32(composition, pts - dts);
  return [header, packet.bytes.subarray(headerBytes)];
}

function readInit(bytes: Uint8Array): InitSegment {
  const header = findBox(bytes, ["moov", "trak", "mdia", "mdhd"]);
  const track = findBox(bytes, ["moov", "trak", "tkhd"]);
  // Version 1 boxes have 64-bit times before the fields we read.
  const timescaleAt = header + (bytes[header + 8] ? 28 : 20);
  const widthAt = track + (bytes[track + 8] ? 96 : 84);
  const timescale = word(bytes, timescaleAt);
  if (timescale === 0) throw new Fault("corrupt", "Cannot use the stream: no timescale");
  const size = {
    width: word(bytes, widthAt) >>> 16,
    height: word(bytes, widthAt + 4) >>> 16,
  };
  return { bytes, timescale, ...size };
}

const SAMPLE_IS_NO_SYNC = 0x10000;

function readPacket(bytes: Uint8Array, arrivalMs: number): Packet {
  const header = findBox(bytes, ["moof", "traf", "tfhd"]);
  const decode = findBox(bytes, ["moof", "traf", "tfdt"]);
  const run = findBox(bytes, ["moof", "traf", "trun"]);
  const defaults = optionalFields(
    bytes,
    header + 16,
    word(bytes, header + 8),
    TFHD_FIELDS,
  );
  // The trun's own optional fields, then those of its one sample.
  const sample = optionalFields(bytes, run + 16, word(bytes, run + 8), TRUN_FIELDS);
  const flagsAt = sample.get(0x400) ?? sample.get(0x4) ?? defaults.get(0x20);
  const flags = flagsAt === undefined ? 0 : word(bytes, flagsAt);
  const composition = sample.get(0x800) ?? -1;
  const wide = bytes[decode + 8] === 1;
  const dts = wide
    ? word(bytes, decode + 12) * 2 ** 32 + word(bytes, decode + 16)
    : word(bytes, decode + 12);
  const pts = dts + (composition < 0 ? 0 : word(bytes, composition) | 0);
  const places = { tfdt: decode + 12, wide, composition };
  return { bytes, key: (flags & SAMPLE_IS_NO_SYNC) === 0, dts, pts, arrivalMs, places };
}

/** Optional fields in the order they stand: the flag that says they are there, bytes. */
const TFHD_FIELDS = [[0x1, 8], [0x2, 4], [0x8, 4], [0x10, 4], [0x20, 4]] as const;
const TRUN_FIELDS = [[0x1, 4], [0x4, 4], [0x100, 4], [0x200, 4], [0x400, 4], [
  0x800,
  4,
]] as const;

function optionalFields(
  bytes: Uint8Array,
  from: number,
  flags: number,
  fields: readonly (readonly [number, number])[],
): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  let at = from;
  for (const [flag, size] of fields) {
    if ((flags & flag) === 0) continue;
    if (at + size > bytes.length) throw lostBox("trun");
    places.set(flag, at);
    at += size;
  }
  return places;
}

/** Where the box at `path` begins; only the first of a name is looked into. */
function findBox(bytes: Uint8Array, path: readonly string[]): number {
  let from = 0;
  let to = bytes.length;
  for (const [depth, name] of path.entries()) {
    let at = from;
    while (at + 8 <= to && boxName(bytes, at) !== name) {
      const size = word(bytes, at);
      if (size < 8) throw lostBox(name);
      at += size;
    }
    if (at + 8 > to) throw lostBox(name);
    if (depth === path.length - 1) return at;
    from = at + 8;
    to = Math.min(to, at + word(bytes, at));
  }
  throw lostBox(path.join("/"));
}

function lostBox(name: string): Fault {
  return new Fault("corrupt", `Cannot cut the camera's stream: no whole ${name} box`);
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) |
    bytes[at + 3]!) >>> 0;
}

function boxName(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(
    bytes[at + 4]!,
    bytes[at + 5]!,
    bytes[at + 6]!,
    bytes[at + 7]!,
  );
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
