/**
 * Who may talk to us, decided from the request's head alone: no clock, no I/O.
 *
 * A page of another site can make a browser send us requests; it cannot choose the
 * `Host` and `Origin` that the browser writes. A name that was rebound to 127.0.0.1
 * (DNS rebinding) arrives with that name as Host, and is turned away here.
 * @module
 */

/** The parts of a request that decide. */
export interface Visitor {
  /** The Host header as it came. */
  readonly host: string | null;
  /** The Origin header as it came; null when it is not from a browser. */
  readonly origin: string | null;
  /** True for a request that asks for a WebSocket. */
  readonly socket: boolean;
}

export type Access =
  | { readonly kind: "let in" }
  | { readonly kind: "refused"; readonly words: string };

/**
 * @param boxAddresses the addresses of this box's network interfaces; only asked for
 * when the host is not loopback
 */
export function judgeAccess(
  visitor: Visitor,
  boxAddresses: () => readonly string[],
): Access {
  const host = visitor.host === null ? undefined : hostnameOf(visitor.host);
  if (host === undefined) return refused("the Host header is missing or damaged");
  if (!isLoopback(host) && !isOneOf(host, boxAddresses())) {
    return refused(`"${host}" is neither loopback nor an address of this box`);
  }
  if (!visitor.socket || visitor.origin === null) return { kind: "let in" };
  if (originHostname(visitor.origin) !== host) {
    return refused(`a page of another site ("${clipped(visitor.origin)}") asks`);
  }
  return { kind: "let in" };
}

/** The hostname of a Host header in its normal form, or undefined when damaged. */
function hostnameOf(host: string): string | undefined {
  if (!/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test(host)) return undefined;
  return URL.parse(`http://${host}`)?.hostname;
}

function originHostname(origin: string): string | undefined {
  const match = /^https?:\/\/([^/?#@\s]+)$/i.exec(origin);
  return match?.[1] === undefined ? undefined : hostnameOf(match[1]);
}

/** `host` is in URL's normal form: 127.1 has become 127.0.0.1. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

function isOneOf(host: string, addresses: readonly string[]): boolean {
  return addresses.some((address) => {
    const bare = address.replace(/%.*$/, "");
    return hostnameOf(bare.includes(":") ? `[${bare}]` : bare) === host;
  });
}

function refused(why: string): Access {
  return { kind: "refused", words: `Refused: ${why}` };
}

function clipped(text: string): string {
  return text.length > 80 ? text.slice(0, 80) + "…" : text;
}
