/**
 * What a stream says of itself in its sequence parameter set: coding, size, depth
 * (ITU-T H.264, 7.3.2.1.1; H.265, 7.3.2.2). Reads no picture, and not what follows the
 * size in a set.
 * @module
 */

/** A stream's coding by FFmpeg's name. */
export type Codec = "h264" | "hevc";

/** What is equal for two pictures that one decoder and one player take as they are. */
export interface StreamShape {
  readonly codec: Codec;
  /** Pixels, of what is shown. */
  readonly width: number;
  readonly height: number;
  /** H.264: profile, constraints, level; H.265: the 12 bytes of `profile_tier_level`. */
  readonly profile: Uint8Array;
  /** 0: grey, 1: 4:2:0, 2: 4:2:2, 3: 4:4:4. */
  readonly chroma: number;
  readonly lumaBits: number;
  readonly chromaBits: number;
  /** H.265 only, as `hvcC` has them. */
  readonly layers: number;
  readonly isNested: boolean;
}

/** Beyond, it was no parameter set: the largest level's longest side, with room. */
const SIDE_PX_MAX = 16_888;

/**
 * Reads a set, header included, length and start code not.
 * @returns undefined when it is not whole, or nothing that can be
 */
export function shapeOf(set: Uint8Array, codec: Codec): StreamShape | undefined {
  try {
    const shape = codec === "h264" ? avcShape(set) : hevcShape(set);
    const { width, height } = shape;
    const isSide = (px: number) => px > 0 && px <= SIDE_PX_MAX;
    return isSide(width) && isSide(height) ? shape : undefined;
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined; // it ends too soon
    throw thrown;
  }
}

/** True when a decoder and a player need not be told anew. */
export function sameShape(a: StreamShape, b: StreamShape): boolean {
  return a.codec === b.codec && a.width === b.width && a.height === b.height &&
    a.chroma === b.chroma && a.lumaBits === b.lumaBits &&
    a.chromaBits === b.chromaBits &&
    a.profile.every((byte, at) => byte === b.profile[at]);
}

/** Profiles whose sets tell chroma and depth, and may hold scaling lists. */
const AVC_HIGH = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

function avcShape(set: Uint8Array): StreamShape {
  const bits = new Bits(payloadOf(set), 1);
  const profile = Uint8Array.of(bits.take(8), bits.take(8), bits.take(8));
  bits.golomb(); // its number
  let [chroma, lumaBits, chromaBits, isSeparate] = [1, 8, 8, 0];
  if (AVC_HIGH.includes(profile[0]!)) {
    chroma = bits.golomb();
    if (chroma === 3) isSeparate = bits.take(1);
    lumaBits = 8 + bits.golomb();
    chromaBits = 8 + bits.golomb();
    bits.take(1);
    if (bits.take(1)) skipScaling(bits, chroma === 3 ? 12 : 8);
  }
  bits.golomb(); // of frame numbers
  const order = bits.golomb();
  if (order === 0) bits.golomb();
  else if (order === 1) {
    bits.take(1);
    bits.golomb();
    bits.golomb();
    for (let left = bits.golomb(); left > 0; left--) bits.golomb();
  }
  bits.golomb(); // reference pictures
  bits.take(1);
  const columns = bits.golomb() + 1;
  const rows = bits.golomb() + 1;
  const isWhole = bits.take(1); // no fields
  if (!isWhole) bits.take(1);
  bits.take(1);
  const crop = bits.take(1) ? cropOf(bits) : { across: 0, down: 0 };
  const shown = isSeparate ? 0 : chroma;
  const [unitX, unitY] = [shown === 1 || shown === 2 ? 2 : 1, shown === 1 ? 2 : 1];
  const fields = isWhole ? 1 : 2;
  return {
    codec: "h264",
    width: 16 * columns - unitX * crop.across,
    height: 16 * rows * fields - unitY * fields * crop.down,
    ...{ profile, chroma, lumaBits, chromaBits, layers: 1, isNested: true },
  };
}

function skipScaling(bits: Bits, lists: number): void {
  for (let list = 0; list < lists; list++) {
    if (!bits.take(1)) continue;
    let [last, next] = [8, 8];
    for (let left = list < 6 ? 16 : 64; left > 0; left--) {
      if (next !== 0) next = (last + bits.signed() + 256) % 256;
      if (next !== 0) last = next;
    }
  }
}

/** Bytes of `general_profile` up to the level. */
const HEVC_PROFILE_BYTES = 12;

function hevcShape(set: Uint8Array): StreamShape {
  const bits = new Bits(payloadOf(set), 2);
  bits.take(4);
  const layers = bits.take(3) + 1;
  const isNested = bits.take(1) === 1;
  const profile = Uint8Array.from(
    { length: HEVC_PROFILE_BYTES },
    () => bits.take(8),
  );
  if (layers > 1) skipLayers(bits, layers - 1);
  bits.golomb(); // its number
  const chroma = bits.golomb();
  const isSeparate = chroma === 3 && bits.take(1) === 1;
  const [width, height] = [bits.golomb(), bits.golomb()];
  const crop = bits.take(1) ? cropOf(bits) : { across: 0, down: 0 };
  const [unitX, unitY] = [
    !isSeparate && (chroma === 1 || chroma === 2) ? 2 : 1,
    !isSeparate && chroma === 1 ? 2 : 1,
  ];
  const lumaBits = 8 + bits.golomb();
  return {
    codec: "hevc",
    width: width - unitX * crop.across,
    height: height - unitY * crop.down,
    ...{ profile, chroma, lumaBits, chromaBits: 8 + bits.golomb(), layers, isNested },
  };
}

/** Profiles and levels of each layer below the highest. */
function skipLayers(bits: Bits, count: number): void {
  const present = Array.from({ length: count }, () => [bits.take(1), bits.take(1)]);
  bits.take(2 * (8 - count));
  for (const [hasProfile, hasLevel] of present) {
    for (let left = hasProfile ? 11 : 0; left > 0; left--) bits.take(8);
    if (hasLevel) bits.take(8);
  }
}

/** What is cut off on both sides together, in units of chroma. */
function cropOf(bits: Bits): { readonly across: number; readonly down: number } {
  const across = bits.golomb() + bits.golomb();
  return { across, down: bits.golomb() + bits.golomb() };
}

/** Without the bytes that keep start codes out (H.264, 7.4.1). */
function payloadOf(unit: Uint8Array): Uint8Array {
  const kept = new Uint8Array(unit.length);
  let [length, zeros] = [0, 0];
  for (const byte of unit) {
    const isGuard = zeros >= 2 && byte === 3;
    zeros = byte === 0 ? zeros + 1 : 0;
    if (!isGuard) kept[length++] = byte;
  }
  return kept.subarray(0, length);
}

/** @throws RangeError at the end of the bytes */
class Bits {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, fromByte: number) {
    this.#bytes = bytes;
    this.#at = 8 * fromByte;
  }

  /** An unsigned number of up to 31 bits. */
  take(count: number): number {
    let value = 0;
    for (let left = count; left > 0; left--) {
      const byte = this.#bytes[this.#at >> 3];
      if (byte === undefined) throw new RangeError("no more bits");
      value = 2 * value + ((byte >> (7 - (this.#at & 7))) & 1);
      this.#at++;
    }
    return value;
  }

  /** `ue(v)` (H.264, 9.1). */
  golomb(): number {
    let zeros = 0;
    while (this.take(1) === 0) if (++zeros > 31) throw new RangeError("no such number");
    return 2 ** zeros - 1 + this.take(zeros);
  }

  /** `se(v)`. */
  signed(): number {
    const number = this.golomb();
    return number % 2 === 1 ? (number + 1) / 2 : -number / 2;
  }
}
