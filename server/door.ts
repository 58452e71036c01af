/**
 * One listening port: who may enter, what every answer carries, how it is shut.
 * Knows no routes and no passwords.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { Fault, wordsOf } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import type { Secret } from "../base/secret.ts";
import { type AccessRules, judgeAccess } from "./access.ts";
import { boxAddresses, reachable } from "./box.ts";
import { findPortHolder, holderWords } from "./port_holder.ts";

export interface DoorParts {
  readonly clock: Clock;
  readonly log: Log;
  /** An address of this box, or all of one kind: 0.0.0.0, ::. */
  readonly hostname: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** With it the port speaks TLS, and nothing else. */
  readonly tls?: { readonly certPem: string; readonly keyPem: Secret };
  readonly rules: Pick<AccessRules, "names" | "proxyNames" | "samePort">;
  /** @param address whose request it is */
  answer(request: Request, address: string): Response | Promise<Response>;
}

/** A port that listens. Disposing it ends every connection at once. */
export interface Door extends AsyncDisposable {
  readonly port: number;
  /** Requests turned away by the access rules since the start. */
  readonly refused: number;
}

/**
 * @throws Fault `unavailable` when the port is taken, with its holder, or not allowed, or
 * when the address is not of this box
 */
export function openDoor(parts: DoorParts): Door {
  const closing = new AbortController();
  const tls = parts.tls !== undefined;
  const rules = { ...parts.rules, tls, boxAddresses: boxAddresses(parts.clock) };
  let refused = 0;
  const server = listen(parts, {
    signal: closing.signal,
    handler: async (request, address) => {
      const access = judgeAccess(visitorOf(request, tls), rules);
      if (access.kind === "refused") {
        refused++;
        return withSecurityHeaders(new Response(`${access.words}\n`, { status: 403 }));
      }
      const response = await parts.answer(request, address);
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
  handler(request: Request, address: string): Promise<Response>;
  onError(thrown: unknown): Response;
}

function listen(parts: DoorParts, to: Listening): Deno.HttpServer<Deno.NetAddr> {
  const { hostname, port, tls } = parts;
  const { signal, onError } = to;
  const options = { hostname, port, signal, onError, onListen: () => {} };
  const secret = tls && { cert: tls.certPem, key: tls.keyPem.reveal() };
  try {
    return Deno.serve(
      { ...options, ...secret },
      (request, { remoteAddr }) => to.handler(request, remoteAddr.hostname),
    );
  } catch (cause) {
    throw listenFault(hostname, port, cause);
  }
}

function listenFault(hostname: string, port: number, cause: unknown): Fault {
  if (cause instanceof Deno.errors.AddrInUse) {
    const holder = holderWords(findPortHolder(port));
    return new Fault("unavailable", `Cannot listen on port ${port}: ${holder} has it`, {
      hint: "end that program, or take another port with --port (0 takes a free one)",
      cause,
    });
  }
  if (cause instanceof Deno.errors.AddrNotAvailable) {
    const own = reachable(Deno.networkInterfaces().map(({ address }) => address));
    const words = `Cannot listen on ${hostname}: this box does not have that address`;
    return new Fault("unavailable", words, {
      hint: `set server.listen to 0.0.0.0, or to one it has: ${own.join(", ") || "none"}`,
      cause,
    });
  }
  const words = `Cannot listen on ${hostname}, port ${port}: ${wordsOf(cause)}`;
  return new Fault("unavailable", words, { cause });
}

/** Under TLS browsers speak HTTP/2, which has the host in the address, and no header. */
function visitorOf(request: Request, tls: boolean) {
  const host = request.headers.get("host");
  return {
    host: host === null && tls ? URL.parse(request.url)?.host ?? null : host,
    origin: request.headers.get("origin"),
    acts: request.headers.has("upgrade") || !/^(GET|HEAD)$/.test(request.method),
  };
}

/**
 * Referrer: a form's POST tells its Origin only where its page may tell its address. HSTS
 * is not among them: nobody could get past a certificate that was made anew.
 */
const SECURITY_HEADERS = {
  "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; " +
    "img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; " +
    "frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
};

/** What an answer has of them itself stays as it is. */
function withSecurityHeaders(response: Response): Response {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  return response;
}
