/**
 * `/ws`: says what happens as it happens, once formatted for all who listen.
 * Decides nothing: who may connect is `access.ts`, who is too slow is `broadcast.ts`.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { Broadcast, type BroadcastCounts, type Greeting } from "./broadcast.ts";
import type { LiveMessage } from "./live_protocol.ts";

/** What the page's socket needs to know of the rest. */
export interface LiveSocketParts {
  readonly clock: Clock;
  /** The whole picture of now, for a client that just came; `login` as it says there. */
  hello(login: boolean): Extract<LiveMessage, { type: "hello" }>;
  /** ms since the newest frame of each camera that ever had one. */
  frameAgesMs(): Readonly<Record<string, number>>;
}

/**
 * Pages and programs at once. Each may hold up to about 2.5 MB of kernel buffers
 * before we notice that it stalls (loopback, kernel 6.18): 256 that all stall at once
 * cost 640 MB of the kernel's until they are closed; 256 that read cost nothing.
 */
const CLIENTS_MAX = 256;
/** About ten frames of a busy street: who is further behind wants the newest only. */
const WAITING_BYTES_MAX = 65_536;
const STALLED_MS_MAX = 15_000;
const BEAT_PERIOD_MS = 1_000;

export class LiveSocket implements Disposable {
  readonly #parts: LiveSocketParts;
  readonly #broadcast: Broadcast;
  readonly #beating: Disposable;

  constructor(parts: LiveSocketParts) {
    const bounds = {
      clientsMax: CLIENTS_MAX,
      waitingBytesMax: WAITING_BYTES_MAX,
      stalledMsMax: STALLED_MS_MAX,
    };
    const { clock } = parts;
    this.#parts = parts;
    this.#broadcast = new Broadcast(clock, bounds);
    this.#beating = clock.every(BEAT_PERIOD_MS, () => {
      this.publish({ type: "beat", utcMs: clock.utcMs(), ages: parts.frameAgesMs() });
    });
  }

  get counts(): BroadcastCounts {
    return this.#broadcast.counts;
  }

  /**
   * The answer to a request for the socket: 101, or words why not.
   * @param login true for one who could log out
   */
  answer(request: Request, login: boolean): Response {
    const greeting = () => JSON.stringify(this.#parts.hello(login));
    return answerSocket(request, this.#broadcast, greeting);
  }

  /** Closes the sockets of all who are here: each has to log in again. */
  dismiss(): void {
    this.#broadcast.dismiss("Log in again");
  }

  publish(message: LiveMessage): void {
    if (this.#broadcast.heeded) this.#broadcast.send(JSON.stringify(message));
  }

  [Symbol.dispose](): void {
    this.#beating[Symbol.dispose]();
    this.#broadcast[Symbol.dispose]();
  }
}

/** Upgrades the request and admits its socket; otherwise says in words why not. */
export function answerSocket(
  request: Request,
  broadcast: Broadcast,
  greeting?: Greeting,
): Response {
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    const headers = { upgrade: "websocket" };
    return new Response("This address is a WebSocket\n", { status: 426, headers });
  }
  if (broadcast.full) {
    const headers = { "retry-after": "5" };
    return new Response("Too many viewers: try again later\n", { status: 503, headers });
  }
  try {
    const { socket, response } = Deno.upgradeWebSocket(request);
    broadcast.admit(socket, greeting);
    return response;
  } catch {
    return new Response("Not a whole WebSocket handshake\n", { status: 400 });
  }
}
