/**
 * The cookie of one who logged in: nothing is remembered here, the cookie proves itself.
 * It says until when it is good, signed with a key that only this box has and with the
 * password's hash, so that another password ends every login. Pure.
 * @module
 */
import { createHmac, timingSafeEqual } from "node:crypto";

/** What signs. */
export interface Signer {
  /** 32 random bytes, kept over restarts. */
  readonly sessionKey: Uint8Array;
  readonly passwordHash: string;
}

export const SESSION_MS = 30 * 86_400_000;
/** How far a clock that was set back may leave a cookie beyond its term. */
const CLOCK_SLACK_MS = 86_400_000;
/** What Chromium and Firefox keep for one site; looking at all takes a millisecond. */
const COOKIES_MAX = 180;

/** What the cookie holds for one who logged in at `utcMs`. */
export function makeSession(signer: Signer, utcMs: number): string {
  const until = String(utcMs + SESSION_MS);
  return `${until}.${signatureOf(until, signer).toHex()}`;
}

/** True when `session` was made with this key, for this password, and is still good. */
export function isSession(session: string, signer: Signer, utcMs: number): boolean {
  const [, until = "", signature = ""] = /^(\d{1,16})\.([0-9a-f]{64})$/.exec(session) ??
    [];
  if (until === "") return false;
  const right = signatureOf(until, signer);
  if (!timingSafeEqual(Uint8Array.fromHex(signature), right)) return false;
  const leftMs = Number(until) - utcMs;
  return leftMs > 0 && leftMs <= SESSION_MS + CLOCK_SLACK_MS;
}

/** How a browser reaches us: TLS that is ours, or that of a proxy before us, or none. */
export type Line = "tls" | "proxied" | "plain";

/**
 * The sessions in a Cookie header, at most so many as browsers keep for one site: without
 * TLS a page of another port of the box can put cookies of our name before ours.
 */
export function sessionsIn(header: string | null, line: Line): readonly string[] {
  const prefix = `${cookieName(line)}=`;
  const pairs = (header ?? "").split(";").map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(prefix)).slice(0, COOKIES_MAX)
    .map((pair) => pair.slice(prefix.length));
}

/** The Set-Cookie header that brings `session`; an empty one takes it away. */
export function cookieFor(session: string, line: Line): string {
  const age = session === "" ? 0 : SESSION_MS / 1_000;
  const parts = [
    `${cookieName(line)}=${session}`,
    "Path=/",
    `Max-Age=${age}`,
    "HttpOnly",
    "SameSite=Strict",
  ];
  return [...parts, ...(line === "plain" ? [] : ["Secure"])].join("; ");
}

/** With the prefix a browser takes it only from us, over TLS, for the whole site. */
function cookieName(line: Line): string {
  return line === "tls" ? "__Host-streamware" : "streamware";
}

function signatureOf(until: string, { sessionKey, passwordHash }: Signer): Uint8Array {
  const mac = createHmac("sha256", sessionKey);
  return new Uint8Array(mac.update(`session\n${until}\n${passwordHash}`).digest());
}
