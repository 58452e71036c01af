import assert from "node:assert/strict";
import { type AnswerHead, judgeAnswer, networkTrouble, timedOut } from "./answer.ts";

const NOW_MS = Date.UTC(2026, 0, 1, 12);

function judge(status: number, more: Partial<AnswerHead> = {}) {
  return judgeAnswer({ status, retryAfter: null, location: null, ...more }, NOW_MS);
}

Deno.test("judgeAnswer() tells what was taken, what to try again and what to give up", () => {
  for (const status of [200, 201, 202, 204]) {
    assert.equal(judge(status).kind, "delivered");
  }
  for (const status of [408, 429, 500, 502, 503, 504]) {
    assert.equal(judge(status).kind, "retry");
  }
  for (const status of [301, 307, 400, 401, 403, 404, 405, 410, 413, 422]) {
    assert.equal(judge(status).kind, "refused");
  }
});

Deno.test("judgeAnswer() waits as long as the receiver asks, within five minutes", () => {
  function check(retryAfter: string, afterMs: number | undefined): void {
    const outcome = judge(429, { retryAfter });
    assert.equal(outcome.kind === "retry" ? outcome.afterMs : -1, afterMs);
  }
  check("7", 7_000);
  check("0", 0);
  check("999999999", 300_000);
  check("Thu, 01 Jan 2026 12:00:30 GMT", 30_000);
  check("Thu, 01 Jan 2026 13:00:00 GMT", 300_000);
  check("Thu, 01 Jan 2026 11:00:00 GMT", undefined);
  check("soon", undefined);
  check("-5", undefined);
});

Deno.test("judgeAnswer() shows of a redirect's target scheme and host only", () => {
  const outcome = judge(307, { location: "https://else.example:8443/T0KEN?key=T0KEN" });
  assert.ok(outcome.kind === "refused");
  assert.equal(outcome.why, "it answers 307: it redirects to https://else.example:8443");
  for (const location of [null, "/T0KEN", "data:T0KEN", "https://"]) {
    assert.doesNotMatch(JSON.stringify(judge(302, { location })), /T0KEN/);
  }
});

Deno.test("judgeAnswer() says what to do about a refusal", () => {
  function check(status: number, toDo: RegExp): void {
    const outcome = judge(status);
    assert.match(outcome.kind === "refused" ? outcome.toDo : "", toDo);
  }
  check(401, /webhook\.token/);
  check(404, /webhook\.url/);
  check(413, /client_max_body_size/);
  check(422, /log/);
});

/** Deno 2.6 tells the reason in the message, Deno 2.9 in the cause. */
function checkNetwork(reason: string, why: RegExp): void {
  const words =
    `error sending request for url (https://h/T0KEN/dns?certificate=refused): ` +
    `client error (Connect): ${reason}`;
  const cause = new Error(words);
  for (const thrown of [new TypeError(words), new TypeError("fetch failed", { cause })]) {
    const outcome = networkTrouble(thrown);
    assert.ok(outcome.kind === "retry");
    assert.match(outcome.why, why);
    assert.doesNotMatch(JSON.stringify(outcome), /T0KEN/);
  }
}

Deno.test("networkTrouble() says in words what is wrong, and nothing of the URL", () => {
  checkNetwork("tcp connect error: Connection refused (os error 111)", /nobody listens/);
  checkNetwork("dns error: failed to lookup address information", /name is not known/);
  checkNetwork("invalid peer certificate: UnknownIssuer", /authority/);
  checkNetwork("invalid peer certificate: Expired", /not valid now/);
  checkNetwork("invalid peer certificate: NotValidForName", /another name/);
  checkNetwork("invalid peer certificate: CaUsedAsEndEntity", /authority's own/);
  checkNetwork("invalid peer certificate: BadEncoding", /can be checked/);
  checkNetwork("received corrupt message of type InvalidContentType", /not speak TLS/);
  checkNetwork("invalid HTTP version parsed", /not speak HTTP/);
  checkNetwork("connection closed before message completed", /closed the connection/);
  checkNetwork("something nobody has seen", /the request failed/);
});

Deno.test("timedOut() says how long was waited", () => {
  assert.match(JSON.stringify(timedOut(2_500)), /no answer within 2.5 s/);
});
