/**
 * Who may talk to us, decided from the request's head alone: no clock, no I/O. Whether
 * one has logged in is another question: `login.ts`.
 *
 * A page of another site can make a browser send us requests; it cannot choose the
 * `Host` and `Origin` that the browser writes. A name that was rebound to this box
 * (DNS rebinding) arrives with that name as Host, and is turned away here.
 * @module
 */
import { isLoopback, nameOf } from "./box.ts";

/** The parts of a request that decide. */
export interface Visitor {
  /** The Host header as it came. */
  readonly host: string | null;
  /** The Origin header as it came; null when it is not from a browser. */
  readonly origin: string | null;
  /** True for one that asks for a WebSocket or wants to change something. */
  readonly acts: boolean;
}

/** What a door demands of who comes. */
export interface AccessRules {
  /** This box's interfaces' addresses; only asked for when the host is not loopback. */
  boxAddresses(): readonly string[];
  /** Names that Host may be beside addresses and localhost, as `nameOf` gives them. */
  readonly names: readonly string[];
  /**
   * Names under which a proxy on this box shows our page, over TLS at port 443. They are
   * good as Origin, which a page cannot choose, and only beside a Host that is ours: a
   * page of a name that was rebound to us has that name in both.
   */
  readonly proxyNames: readonly string[];
  /** True where the door speaks TLS. */
  readonly tls: boolean;
  /**
   * True where a cookie opens: cookies know neither ports nor schemes, so a page of
   * another port of this box, or one that came without TLS, is another site too.
   * Otherwise the original's viewers may come from any port.
   */
  readonly samePort: boolean;
}

export type Access =
  | { readonly kind: "let in" }
  | { readonly kind: "refused"; readonly words: string };

/** Whether a request may come further, by its head alone. */
export function judgeAccess(visitor: Visitor, rules: AccessRules): Access {
  const host = visitor.host === null ? undefined : hostnameOf(visitor.host);
  if (host === undefined) return refused("the Host header is missing or damaged");
  if (!isOurs(host, rules)) {
    const names = rules.names.length > 0 ? ", nor a name of it (server.names)" : "";
    return refused(`"${host}" is neither loopback nor an address of this box${names}`);
  }
  if (!visitor.acts || visitor.origin === null) return { kind: "let in" };
  if (!isSameSite(visitor.origin, visitor.host!, rules)) {
    return refused(`a page of another site ("${clipped(visitor.origin)}") asks`);
  }
  return { kind: "let in" };
}

/** The hostname of a Host header in its normal form, or undefined when damaged. */
function hostnameOf(host: string): string | undefined {
  if (!/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test(host)) return undefined;
  return URL.parse(`http://${host}`)?.hostname;
}

/** `host` is in URL's normal form: 127.1 has become 127.0.0.1. */
function isOurs(host: string, rules: AccessRules): boolean {
  return isLoopback(host.replace(/^\[|\]$/g, "")) || rules.names.includes(nameOf(host)) ||
    isOneOf(host, rules.boxAddresses());
}

function isOneOf(host: string, addresses: readonly string[]): boolean {
  return addresses.some((address) => {
    const bare = address.replace(/%.*$/, "");
    return hostnameOf(bare.includes(":") ? `[${bare}]` : bare) === host;
  });
}

function isSameSite(origin: string, host: string, rules: AccessRules): boolean {
  const [, place] = /^https?:\/\/([^/?#@\s]+)$/i.exec(origin) ?? [];
  if (place === undefined || hostnameOf(place) === undefined) return false;
  const site = URL.parse(origin)?.origin;
  const isProxy = rules.proxyNames.some((name) => site === `https://${nameOf(name)}`);
  if (isProxy) return true;
  if (!rules.samePort) return hostnameOf(place) === hostnameOf(host);
  return site === URL.parse(`${rules.tls ? "https" : "http"}://${host}`)?.origin;
}

function refused(why: string): Access {
  return { kind: "refused", words: `Refused: ${why}` };
}

function clipped(text: string): string {
  return text.length > 80 ? text.slice(0, 80) + "…" : text;
}
