/**
 * Tells when a stream becomes another one while its session goes on: cameras change size
 * or profile without a word, in the parameter sets before a keyframe. Whoever reads is
 * told as of a new stream. A change of coding needs a new session by RTSP's own rules.
 * @module
 */
import { PARAMETER_UNITS, unitKind, unitsBefore } from "./coded_units.ts";
import type { InitSegment, Packet, PacketTaker } from "./fmp4.ts";
import { type Codec, sameShape, shapeOf, type StreamShape } from "./parameter_sets.ts";
import {
  describedCodec,
  describedShape,
  knownToPlayers,
  redescribed,
} from "./stream_description.ts";

/** Passes on what comes, with a new init segment before a keyframe of another shape. */
export class StreamTurns implements PacketTaker {
  readonly #taker: PacketTaker;
  #init: InitSegment | undefined;
  #codec: Codec | undefined;
  #shape: StreamShape | undefined;
  /** The last sequence parameter set that was looked at. */
  #set: Uint8Array | undefined;

  constructor(taker: PacketTaker) {
    this.#taker = taker;
  }

  init(init: InitSegment): void {
    this.#codec = describedCodec(init);
    this.#shape = this.#codec && describedShape(init, this.#codec);
    this.#set = undefined;
    this.#begin(init);
  }

  packet(packet: Packet): void {
    if (packet.key) this.#look(packet);
    this.#taker.packet(packet);
  }

  #begin(init: InitSegment): void {
    this.#init = knownToPlayers(init);
    this.#taker.init(this.#init);
  }

  /** Sets that say the same shape in other words are left to the decoders. */
  #look({ bytes }: Packet): void {
    const codec = this.#codec;
    if (!codec || !this.#init) return;
    const { sequence, picture } = PARAMETER_UNITS[codec];
    const units = unitsBefore(bytes, codec);
    const ofKind = (kind: number) =>
      units.find((unit) => unitKind(unit[0]!, codec) === kind);
    const set = ofKind(sequence);
    if (!set || !ofKind(picture) || sameBytes(set, this.#set)) return;
    this.#set = set;
    const shape = shapeOf(set, codec);
    if (!shape || (this.#shape && sameShape(shape, this.#shape))) return;
    this.#shape = shape;
    this.#begin(redescribed(this.#init, shape, units));
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return a.length === b?.length && a.every((byte, at) => byte === b[at]);
}
