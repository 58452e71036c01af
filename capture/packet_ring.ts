/**
 * Coded pictures of the last seconds, for every reader: a decoder that begins anew, the
 * live view, stills and clips. Holds whole GOPs; decodes nothing.
 * @module
 */
import type { InitSegment, Packet } from "./fmp4.ts";

/** A packet and what was decided about it when it came. */
export interface RingPacket extends Packet {
  /** Counts on over sessions; see `FrameStamp.ptsUs`. */
  readonly ptsUs: number;
  /** Its picture is to be decoded into a frame. */
  readonly wanted: boolean;
  /** Pictures that it is built on are missing. */
  readonly torn: boolean;
  /** The camera's usual time between pictures, ms; 0 while unknown. */
  readonly intervalMs: number;
}

/** A packet and its place in the stream. */
export interface Held {
  readonly sequence: number;
  readonly packet: RingPacket;
}

export interface PacketRingBound {
  readonly seconds: number;
  readonly bytesMax: number;
}

/** Drops the oldest GOP when over its bound. Sequences count from 0 and go on for ever. */
export class PacketRing {
  readonly #bound: PacketRingBound;
  #init: InitSegment | undefined;
  #packets: RingPacket[] = [];
  /** Sequence of the first packet held. */
  #first = 0;
  #bytes = 0;

  constructor(bound: PacketRingBound) {
    this.#bound = bound;
  }

  get init(): InitSegment | undefined {
    return this.#init;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#packets.length;
  }

  /** A new stream begins: what was held is of no use any more. */
  begin(init: InitSegment): void {
    this.#init = init;
    this.#first += this.#packets.length;
    this.#packets = [];
    this.#bytes = 0;
  }

  /** Adds a packet and returns its sequence. */
  push(packet: RingPacket): number {
    this.#packets.push(packet);
    this.#bytes += packet.bytes.length;
    const sequence = this.#first + this.#packets.length - 1;
    while (this.#packets.length > 1 && this.#isOver(packet)) this.#dropGop();
    return sequence;
  }

  /**
   * The newest GOP from its keyframe on, with sequences; empty when its keyframe
   * is gone (a GOP longer than the ring) or has not come.
   */
  newestGop(): readonly Held[] {
    return this.#from(this.#packets.findLastIndex((packet) => packet.key));
  }

  /**
   * Everything from the last keyframe on that is shown at `ptsUs` or before; from the
   * oldest keyframe held when that one is gone. Empty when there is none.
   */
  from(ptsUs: number): readonly Held[] {
    const isBefore = (packet: RingPacket) => packet.key && packet.ptsUs <= ptsUs;
    const at = this.#packets.findLastIndex(isBefore);
    return this.#from(at >= 0 ? at : this.#packets.findIndex((packet) => packet.key));
  }

  #from(at: number): readonly Held[] {
    if (at < 0) return [];
    return this.#packets.slice(at).map((packet, index) => ({
      sequence: this.#first + at + index,
      packet,
    }));
  }

  #isOver(newest: RingPacket): boolean {
    const heldMs = newest.arrivalMs - this.#packets[0]!.arrivalMs;
    return this.#bytes > this.#bound.bytesMax || heldMs > this.#bound.seconds * 1_000;
  }

  #dropGop(): void {
    const next = this.#packets.findIndex((packet, index) => index > 0 && packet.key);
    const dropped = this.#packets.splice(0, next < 0 ? this.#packets.length : next);
    this.#first += dropped.length;
    for (const packet of dropped) this.#bytes -= packet.bytes.length;
  }
}
