/**
 * One message to many WebSocket clients, where a slow, silent or broken one costs the
 * others nothing. Knows nothing of what the messages say, nor of HTTP.
 * @module
 */
import type { Clock } from "../base/clock.ts";

/** What is needed of a socket: `WebSocket` fits. */
export type ClientSocket = Pick<
  WebSocket,
  "bufferedAmount" | "send" | "close" | "addEventListener"
>;

export interface BroadcastBounds {
  /** Sockets that may be open at once, those being closed included. */
  readonly clientsMax: number;
  /** Bytes that may wait for one client; beyond, messages are dropped for it. */
  readonly waitingBytesMax: number;
  /** How long a client may stay beyond that bound before it is closed. */
  readonly stalledMsMax: number;
}

/** Counters since the start; `clients` is now. */
export interface BroadcastCounts {
  readonly clients: number;
  /** Messages that were not sent to a client that could not keep up. */
  readonly dropped: number;
  /** Clients closed because they stalled. */
  readonly stalled: number;
  /** Clients closed because they talked too much. */
  readonly abusive: number;
}

/** Clients have nothing to say: beyond this they are closed. */
const HEARD_BYTES_MAX = 1_024;
/** A client may say this many things at once, and `HEARD_PER_SECOND` lastingly. */
const HEARD_BURST_MAX = 20;
const HEARD_PER_SECOND = 2;

const SWEEP_PERIOD_MS = 1_000;
/**
 * A socket that is not open by then never will be. Deno 2.9.5 tells nothing of one
 * whose client reset the connection in the handshake: without this, such clients
 * fill the house.
 */
const OPENING_MS_MAX = 10_000;

/** Close codes of RFC 6455, section 7.4.1, and of its registry. */
const GOING_AWAY = 1001;
const POLICY_VIOLATION = 1008;
const TRY_AGAIN_LATER = 1013;

/** A text, or bytes that nobody changes any more. */
export type Message = string | Uint8Array<ArrayBuffer>;

/** What a client gets first, in this order; undefined for nothing. */
export type Greeting = () => Message | readonly Message[] | undefined;

interface Client {
  readonly socket: ClientSocket;
  readonly greeting: Greeting;
  state: "opening" | "open" | "closing";
  /** A message was dropped since the client last kept up. */
  behind: boolean;
  /** `Clock.monotonicMs` of its coming. */
  readonly cameMs: number;
  /** `Clock.monotonicMs` since which it is beyond its bound. */
  stalledSinceMs: number | undefined;
  /** Leaky bucket of what it said. */
  heard: number;
}

export class Broadcast implements Disposable {
  readonly #clock: Clock;
  readonly #bounds: BroadcastBounds;
  readonly #clients = new Set<Client>();
  readonly #sweeping: Disposable;
  #closed = false;
  #dropped = 0;
  #stalled = 0;
  #abusive = 0;

  constructor(clock: Clock, bounds: BroadcastBounds) {
    this.#clock = clock;
    this.#bounds = bounds;
    this.#sweeping = clock.every(SWEEP_PERIOD_MS, () => this.#sweep());
  }

  get counts(): BroadcastCounts {
    return {
      clients: this.#clients.size,
      dropped: this.#dropped,
      stalled: this.#stalled,
      abusive: this.#abusive,
    };
  }

  /** True when no further client may be admitted. */
  get full(): boolean {
    return this.#closed || this.#clients.size >= this.#bounds.clientsMax;
  }

  /** True when a message would reach somebody. */
  get heeded(): boolean {
    return this.#clients.size > 0;
  }

  /**
   * Takes a socket in; it may still be opening.
   * @param greeting what it gets first, and again when it has caught up after messages
   * were dropped for it; with what comes then it must say all that is still of use
   */
  admit(socket: ClientSocket, greeting: Greeting = () => undefined): void {
    const client: Client = {
      socket,
      greeting,
      state: "opening",
      behind: false,
      cameMs: this.#clock.monotonicMs(),
      stalledSinceMs: undefined,
      heard: 0,
    };
    this.#clients.add(client);
    socket.addEventListener("open", () => this.#opened(client));
    socket.addEventListener("message", (event) => this.#hear(client, event.data));
    socket.addEventListener("error", () => this.#close(client, GOING_AWAY, ""));
    socket.addEventListener("close", () => this.#clients.delete(client));
  }

  /**
   * Sends `message` to every client that keeps up. Never waits, never throws.
   * @param whole false for one that says nothing without those before it: who lost
   * some gets none until the next whole one
   */
  send(message: Message, whole = true): void {
    for (const client of this.#clients) {
      if (client.state === "open") this.#sendTo(client, message, whole);
    }
  }

  /** Closes every client that is here; others may come. */
  dismiss(reason: string): void {
    for (const client of this.#clients) this.#close(client, POLICY_VIOLATION, reason);
  }

  /** Tells every client that we go. Their sockets close when they answer, or never. */
  [Symbol.dispose](): void {
    this.#closed = true;
    this.#sweeping[Symbol.dispose]();
    for (const client of this.#clients) {
      this.#close(client, GOING_AWAY, "StreamWare stops");
    }
  }

  #opened(client: Client): void {
    if (client.state !== "opening") return;
    client.state = "open";
    this.#greet(client);
  }

  #greet(client: Client): void {
    this.#attempt(client, client.greeting);
  }

  #sendTo(client: Client, message: Message, whole: boolean): void {
    if (client.socket.bufferedAmount > this.#bounds.waitingBytesMax) {
      client.stalledSinceMs ??= this.#clock.monotonicMs();
      client.behind = true;
      this.#dropped++;
      return;
    }
    client.stalledSinceMs = undefined;
    if (client.behind) {
      if (!whole) {
        this.#dropped++;
        return;
      }
      client.behind = false;
      this.#greet(client);
    }
    this.#attempt(client, () => message);
  }

  /** What goes wrong with one client ends that client only. */
  #attempt(client: Client, make: Greeting): void {
    try {
      const made = make() ?? [];
      const isOne = typeof made === "string" || made instanceof Uint8Array;
      for (const message of isOne ? [made] : made) client.socket.send(message);
    } catch {
      this.#close(client, GOING_AWAY, "");
    }
  }

  #hear(client: Client, said: unknown): void {
    client.heard++;
    if (client.state !== "open") return;
    if (bytesOf(said) <= HEARD_BYTES_MAX && client.heard <= HEARD_BURST_MAX) return;
    this.#abusive++;
    this.#close(client, POLICY_VIOLATION, "This socket only speaks; it does not listen");
  }

  #sweep(): void {
    const nowMs = this.#clock.monotonicMs();
    for (const client of this.#clients) {
      client.heard = Math.max(0, client.heard - HEARD_PER_SECOND);
      if (client.state === "opening" && nowMs - client.cameMs > OPENING_MS_MAX) {
        this.#close(client, GOING_AWAY, "");
        this.#clients.delete(client);
      }
      if (client.state !== "open") continue;
      if (client.socket.bufferedAmount <= this.#bounds.waitingBytesMax) {
        client.stalledSinceMs = undefined;
      } else {
        client.stalledSinceMs ??= nowMs;
        if (nowMs - client.stalledSinceMs < this.#bounds.stalledMsMax) continue;
        this.#stalled++;
        this.#close(client, TRY_AGAIN_LATER, "Too slow: connect again");
      }
    }
  }

  /** The socket counts until it is closed: a stalled peer may hold it open long. */
  #close(client: Client, code: number, reason: string): void {
    if (client.state === "closing") return;
    client.state = "closing";
    try {
      client.socket.close(code, reason);
    } catch {
      this.#clients.delete(client); // was never open
    }
  }
}

function bytesOf(said: unknown): number {
  if (typeof said === "string") return said.length;
  if (said instanceof ArrayBuffer) return said.byteLength;
  return said instanceof Blob ? said.size : Infinity;
}
