import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { RELEASED_UTC_MS } from "../base/version.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { type CertificateOptions, ensureCertificate } from "./certificate.ts";

const DAY_MS = 86_400_000;
const NOW_MS = RELEASED_UTC_MS + DAY_MS;

function optionsIn(folder: TestFolder, changes: Partial<CertificateOptions> = {}) {
  return {
    stateFolder: folder.path,
    names: ["Cameras.Example"],
    addresses: ["192.168.1.20", "fe80::1%eth0", "2001:db8::5", "127.0.0.1"],
    clock: new ManualClock(NOW_MS),
    hostname: "shed",
    ...changes,
  };
}

Deno.test("ensureCertificate() makes one for every name and address, for ten years", async () => {
  using folder = new TestFolder();
  const made = await ensureCertificate(optionsIn(folder));
  const read = new X509Certificate(made.certPem);
  for (const name of ["shed", "shed.local", "cameras.example", "localhost"]) {
    assert.equal(read.checkHost(name), name);
  }
  assert.equal(read.checkHost("other.example"), undefined);
  assert.match(made.fingerprint, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  assert.equal(made.fingerprint, read.fingerprint256);
  const der = made.certPem.replaceAll(/-----[A-Z ]+-----|\s/g, "");
  const hash = await crypto.subtle.digest("SHA-256", Uint8Array.fromBase64(der));
  const sha256 = new Uint8Array(hash).toHex().toUpperCase();
  assert.equal(made.fingerprint.replaceAll(":", ""), sha256);
  assert.equal(made.notAfterUtcMs, NOW_MS + 3_650 * DAY_MS);
  assert.equal(made.madeBecause, "there was none");
  assert.equal(`${made.keyPem}`, "***");
  assert.equal(Deno.statSync(folder.file("tls/key.pem")).mode! & 0o777, 0o600);
});

Deno.test("ensureCertificate() keeps the fingerprint when addresses, time or settings move", async () => {
  using folder = new TestFolder();
  const { fingerprint } = await ensureCertificate(optionsIn(folder));
  for (
    const changes of [
      {},
      { addresses: ["10.0.0.7"] },
      { addresses: [] },
      { names: [] },
      { names: ["CAMERAS.example."] },
      { clock: new ManualClock(NOW_MS + 3_500 * DAY_MS) },
      { clock: new ManualClock(0) },
    ]
  ) {
    const kept = await ensureCertificate(optionsIn(folder, changes));
    assert.equal(kept.fingerprint, fingerprint, JSON.stringify(changes));
    assert.equal(kept.madeBecause, undefined);
  }
});

Deno.test("ensureCertificate() makes a new one when a name is missing or time runs out, and says so", async () => {
  using folder = new TestFolder();
  const fingerprints = new Set([
    (await ensureCertificate(optionsIn(folder))).fingerprint,
  ]);
  const late = new ManualClock(NOW_MS + 3_600 * DAY_MS);
  for (
    const [changes, why] of [
      [{ names: ["door.example"] }, /name door\.example/],
      [{ hostname: "barn" }, /name barn/],
      [{ hostname: "barn", names: [], clock: late }, /runs out/],
    ] as const
  ) {
    const made = await ensureCertificate(optionsIn(folder, changes));
    assert.match(made.madeBecause!, why);
    fingerprints.add(made.fingerprint);
  }
  assert.equal(fingerprints.size, 4);
});

Deno.test("ensureCertificate() makes one that stays, before the box knows what year it is", async () => {
  using folder = new TestFolder();
  const clock = new ManualClock(0);
  const made = await ensureCertificate(optionsIn(folder, { clock }));
  assert.equal(made.notAfterUtcMs, RELEASED_UTC_MS + 3_650 * DAY_MS);
  const kept = await ensureCertificate(optionsIn(folder));
  assert.deepEqual([kept.fingerprint, kept.madeBecause], [made.fingerprint, undefined]);
});

Deno.test("ensureCertificate() replaces a damaged certificate, or one whose key is another's", async () => {
  using folder = new TestFolder();
  using other = new TestFolder();
  await ensureCertificate(optionsIn(folder));
  await ensureCertificate(optionsIn(other));
  Deno.copyFileSync(other.file("tls/key.pem"), folder.file("tls/key.pem"));
  const remade = await ensureCertificate(optionsIn(folder));
  assert.match(remade.madeBecause!, /damaged \(its key is another one\)/);
  for (const name of ["tls/key.pem", "tls/certificate.pem"]) {
    Deno.writeTextFileSync(folder.file(name), "-----BEGIN");
    const again = await ensureCertificate(optionsIn(folder));
    assert.match(again.madeBecause!, /damaged/);
    assert.ok(!again.madeBecause!.includes("PRIVATE"));
  }
  Deno.removeSync(folder.file("tls/key.pem"));
  const last = await ensureCertificate(optionsIn(folder));
  assert.equal(last.madeBecause, "there was none");
});
