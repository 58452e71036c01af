import assert from "node:assert/strict";
import fc from "fast-check";
import {
  cookieFor,
  isSession,
  makeSession,
  SESSION_MS,
  sessionsIn,
  type Signer,
} from "./session_cookie.ts";

const SIGNER: Signer = {
  sessionKey: new Uint8Array(32).fill(7),
  passwordHash: "$scrypt$one",
};
const NOW_MS = Date.UTC(2026, 0, 1);

Deno.test("isSession() knows a session until its day has come, and not after", () => {
  fc.assert(fc.property(fc.nat(4e12), fc.nat(2 * SESSION_MS), (madeMs, laterMs) => {
    const session = makeSession(SIGNER, madeMs);
    assert.equal(isSession(session, SIGNER, madeMs + laterMs), laterMs < SESSION_MS);
  }));
});

Deno.test("isSession() refuses a session of another password, key or box clock", () => {
  const session = makeSession(SIGNER, NOW_MS);
  const changed = { ...SIGNER, passwordHash: "$scrypt$two" };
  assert.ok(!isSession(session, changed, NOW_MS));
  const other = { ...SIGNER, sessionKey: new Uint8Array(32).fill(8) };
  assert.ok(!isSession(session, other, NOW_MS));
  assert.ok(!isSession(session, SIGNER, NOW_MS - 5 * 365 * 86_400_000));
});

Deno.test("isSession() refuses whatever was changed in a session", () => {
  const session = makeSession(SIGNER, NOW_MS);
  const place = fc.nat(session.length - 1);
  fc.assert(fc.property(place, fc.string({ maxLength: 3 }), (at, text) => {
    const forged = session.slice(0, at) + text + session.slice(at + 1);
    assert.equal(isSession(forged, SIGNER, NOW_MS), forged === session);
  }));
  fc.assert(fc.property(fc.string(), (text) => !isSession(text, SIGNER, NOW_MS)));
  const [until, signature] = session.split(".");
  for (
    const forged of [`${Number(until) + 1}.${signature}`, `0${session}`, `${until}.`]
  ) {
    assert.ok(!isSession(forged, SIGNER, NOW_MS), forged);
  }
});

Deno.test("sessionsIn() finds what cookieFor() set, among other cookies", () => {
  const session = makeSession(SIGNER, NOW_MS);
  for (const line of ["tls", "plain", "proxied"] as const) {
    const pair = cookieFor(session, line).split(";")[0]!;
    assert.deepEqual(sessionsIn(`a=b; ${pair};c=d`, line), [session]);
    const other = line === "tls" ? "plain" : "tls";
    assert.deepEqual(sessionsIn(pair, other), [], "not under the other's name");
    assert.deepEqual(sessionsIn(`x${pair}`, line), []);
  }
  assert.deepEqual(sessionsIn(null, "tls"), []);
  assert.deepEqual(sessionsIn("", "tls"), []);
});

Deno.test("sessionsIn() finds one behind all that a browser can hold of others", () => {
  const planted = Array<string>(179).fill("streamware=planted");
  const header = [...planted, "streamware=good"].join("; ");
  assert.equal(sessionsIn(header, "plain").at(-1), "good");
  assert.equal(sessionsIn(`${header}; ${header}`, "plain").length, 180);
});

Deno.test("cookieFor() lets no script, no other site and no plain line have it", () => {
  const cookie = cookieFor("x", "tls");
  for (
    const part of ["HttpOnly", "SameSite=Strict", "Secure", "Path=/", "Max-Age=2592000"]
  ) {
    assert.ok(cookie.split("; ").includes(part), part);
  }
  assert.ok(!cookie.includes("Domain"));
  assert.ok(cookieFor("x", "proxied").includes("Secure"), "never without TLS again");
  assert.ok(!cookieFor("x", "plain").includes("Secure"), "a browser would drop it");
  assert.match(cookieFor("", "tls"), /Max-Age=0/);
});
