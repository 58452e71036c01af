/**
 * Hands a camera's coded pictures to everyone who reads them: keeps the last ones, and
 * tells who listens. A listener that throws is let go, and no other one notices.
 * @module
 */
import type { InitSegment } from "./fmp4.ts";
import {
  type Held,
  PacketRing,
  type PacketRingBound,
  type RingPacket,
} from "./packet_ring.ts";
import type { CodedListener, CodedStream } from "./source.ts";

export class CodedFeed implements CodedStream {
  readonly ring: PacketRing;
  readonly #listeners = new Set<CodedListener>();

  constructor(bound: PacketRingBound) {
    this.ring = new PacketRing(bound);
  }

  listen(listener: CodedListener): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  /** A stream begins. */
  begin(init: InitSegment): void {
    this.ring.begin(init);
    this.#tell((listener) => listener.begins(init));
  }

  push(packet: RingPacket): Held {
    const held = { sequence: this.ring.push(packet), packet };
    this.#tell((listener) => listener.packet(held));
    return held;
  }

  #tell(what: (listener: CodedListener) => void): void {
    for (const listener of this.#listeners) {
      try {
        what(listener);
      } catch {
        this.#listeners.delete(listener);
      }
    }
  }
}
