import assert from "node:assert/strict";
import fc from "fast-check";
import {
  cookieFor,
  isSession,
  makeSession,
  SESSION_MS,
  sessionIn,
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

Deno.test("sessionIn() finds what cookieFor() set, among other cookies", () => {
  const session = makeSession(SIGNER, NOW_MS);
  for (const secure of [true, false]) {
    const pair = cookieFor(session, secure).split(";")[0]!;
    assert.equal(sessionIn(`a=b; ${pair};c=d`, secure), session);
    assert.equal(sessionIn(pair, !secure), undefined, "not under the other's name");
    assert.equal(sessionIn(`x${pair}`, secure), undefined);
  }
  assert.equal(sessionIn(null, true), undefined);
  assert.equal(sessionIn("", true), undefined);
});

Deno.test("cookieFor() lets no script, no other site and no plain line have it", () => {
  const cookie = cookieFor("x", true);
  for (
    const part of ["HttpOnly", "SameSite=Strict", "Secure", "Path=/", "Max-Age=2592000"]
  ) {
    assert.ok(cookie.split("; ").includes(part), part);
  }
  assert.ok(!cookie.includes("Domain"));
  assert.ok(!cookieFor("x", false).includes("Secure"), "a browser would drop it");
  assert.match(cookieFor("", true), /Max-Age=0/);
});
