/**
 * One listening port: who may enter, what every answer carries, how it is shut.
 * Knows no routes. Loopback only.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { Fault, wordsOf } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import { judgeAccess } from "./access.ts";
import { findPortHolder, holderWords } from "./port_holder.ts";

export interface DoorParts {
  readonly clock: Clock;
  readonly log: Log;
  /** 0 takes a free one. */
  readonly port: number;
  answer(request: Request): Response | Promise<Response>;
}

/** A port that listens. Disposing it ends every connection at once. */
export interface Door extends AsyncDisposable {
  readonly port: number;
  /** Requests turned away by the access rules since the start. */
  readonly refused: number;
}

const HOSTNAME = "127.0.0.1";
/** Interfaces come and go (VPN, hotspot); asking the kernel costs a tenth of a ms. */
const ADDRESSES_KEPT_MS = 5_000;

/** @throws Fault `unavailable` when the port is taken, with its holder, or not allowed */
export function openDoor(parts: DoorParts): Door {
  const closing = new AbortController();
  const addresses = boxAddresses(parts.clock);
  let refused = 0;
  const server = listen(parts.port, {
    signal: closing.signal,
    handler: async (request) => {
      const access = judgeAccess(visitorOf(request), addresses);
      if (access.kind === "refused") {
        refused++;
        return withSecurityHeaders(new Response(`${access.words}\n`, { status: 403 }));
      }
      const response = await parts.answer(request);
      return response.status === 101 ? response : withSecurityHeaders(response);
    },
    onError: (thrown) => {
      parts.log.error("server.request_failed", { cause: wordsOf(thrown) });
      return new Response("Something is wrong here: see the log\n", { status: 500 });
    },
  });
  return {
    port: server.addr.port,
    get refused() {
      return refused;
    },
    [Symbol.asyncDispose]: () => {
      closing.abort();
      return server.finished;
    },
  };
}

interface Listening {
  readonly signal: AbortSignal;
  handler(request: Request): Promise<Response>;
  onError(thrown: unknown): Response;
}

function listen(port: number, to: Listening): Deno.HttpServer<Deno.NetAddr> {
  const { signal, onError } = to;
  const options = { hostname: HOSTNAME, port, signal, onError, onListen: () => {} };
  try {
    return Deno.serve(options, (request) => to.handler(request));
  } catch (cause) {
    if (cause instanceof Deno.errors.AddrInUse) throw busyFault(port, cause);
    const words = `Cannot listen on port ${port}: ${wordsOf(cause)}`;
    throw new Fault("unavailable", words, { cause });
  }
}

function busyFault(port: number, cause: unknown): Fault {
  const holder = holderWords(findPortHolder(port));
  return new Fault("unavailable", `Cannot listen on port ${port}: ${holder} has it`, {
    hint: "end that program, or take another port with --port (0 takes a free one)",
    cause,
  });
}

function visitorOf(request: Request) {
  return {
    host: request.headers.get("host"),
    origin: request.headers.get("origin"),
    socket: request.headers.has("upgrade"),
  };
}

function boxAddresses(clock: Clock): () => readonly string[] {
  let addresses: readonly string[] = [];
  let readAtMs = -Infinity;
  return () => {
    if (clock.monotonicMs() - readAtMs >= ADDRESSES_KEPT_MS) {
      addresses = Deno.networkInterfaces().map((network) => network.address);
      readAtMs = clock.monotonicMs();
    }
    return addresses;
  };
}

const SECURITY_HEADERS = {
  "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; " +
    "img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; " +
    "frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
};

function withSecurityHeaders(response: Response): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) headers.set(name, value);
  return new Response(response.body, { status: response.status, headers });
}
