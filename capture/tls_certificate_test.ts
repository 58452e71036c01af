import assert from "node:assert/strict";
import {
  certificateRule,
  fingerprintOf,
  firstCertificate,
  pipeArgs,
  refusalOf,
  refusalWords,
  tellsProved,
} from "./tls_certificate.ts";

const HEX = "0123456789abcdef".repeat(4);
const PAIRS = "01:23:45:67:89:AB:CD:EF:".repeat(4).slice(0, -1);

Deno.test("a certificate is judged by authorities unless one is pinned or none is asked for", () => {
  assert.deepEqual(certificateRule(), { kind: "verify" });
  assert.deepEqual(certificateRule("any"), { kind: "any" });
  for (const typed of [HEX, HEX.toUpperCase(), PAIRS, PAIRS.toLowerCase()]) {
    assert.deepEqual(certificateRule(typed), { kind: "pinned", fingerprint: PAIRS });
  }
});

Deno.test("the first certificate that is printed is the peer's, and has a fingerprint", async () => {
  const pem = (text: string) =>
    `-----BEGIN CERTIFICATE-----\n${btoa(text)}\n-----END CERTIFICATE-----\n`;
  const found = firstCertificate(`CONNECTED(3)\n---\n${pem("own")}\n${pem("authority")}`);
  assert.equal(new TextDecoder().decode(found?.der), "own");
  assert.equal(found?.pem, pem("own"));
  // `printf own | sha256sum`
  const fingerprint = await fingerprintOf(found!.der);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode("own"));
  assert.equal(
    fingerprint.replaceAll(":", "").toLowerCase(),
    new Uint8Array(digest).toHex(),
  );
  assert.equal(fingerprint.split(":").length, 32);
  assert.equal(firstCertificate("no certificate here"), undefined);
});

Deno.test("authorities vouch for the name or address in the URL; a pin trusts nothing else", () => {
  const flags = (host: string, file?: string) =>
    pipeArgs({ host, port: 322 }, file).join(" ");
  assert.match(flags("gate.lan"), /-servername gate\.lan .*-verify_hostname gate\.lan/);
  assert.match(flags("10.0.0.7"), /-noservername .*-verify_ip 10\.0\.0\.7/);
  assert.match(flags("[fe80::1]"), /-connect \[fe80::1\]:322 .*-verify_ip fe80::1/);
  assert.match(flags("gate.lan", "/a.pem"), /-CAfile \/a\.pem -no-CApath -no-CAstore/);
  assert.doesNotMatch(flags("gate.lan"), /partial_chain|no_check_time/);
  for (const file of [undefined, "/a.pem"]) {
    assert.match(flags("gate.lan", file), /-verify_return_error/);
  }
});

Deno.test("only OpenSSL's own verdict opens a pipe", () => {
  assert.ok(tellsProved("Verification: OK"));
  const lines = [
    "CONNECTION ESTABLISHED",
    "Verification error: self-signed certificate",
    "Peer certificate: CN = Verification: OK",
  ];
  assert.deepEqual(lines.filter(tellsProved), []);
});

Deno.test("a refusal says why, and what to set after what comparison", () => {
  const why = refusalOf([
    "depth=0 CN = x",
    "verify error:num=18:self-signed certificate",
  ]);
  assert.equal(why, "self-signed certificate");
  assert.equal(refusalOf(["connect:errno=111"]), undefined);
  const rule = certificateRule();
  const words = refusalWords({ rule, found: PAIRS, why: "self-signed" }, "gate");
  assert.match(words, /self-signed.*Compare.*cameras\.gate\.certificate to 01:23:/);
  const pinned = certificateRule(HEX);
  const other = refusalWords({ rule: pinned, found: "AA:BB", why: "" }, "gate");
  assert.match(other, /another certificate.*certificate to AA:BB; if not, somebody/);
});
