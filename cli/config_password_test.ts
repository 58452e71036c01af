import assert from "node:assert/strict";
import { Secret } from "../base/secret.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { KeptOutput } from "../tests/support/kept_output.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { setPassword } from "./config_password.ts";

async function said(folder: TestFolder): Promise<string> {
  const output = new KeptOutput();
  await setPassword(new Secret("a long word"), {
    places: {
      configFile: folder.file("streamware.yaml"),
      stateFolder: folder.file("state"),
    },
    output,
    clock: new ManualClock(),
    cost: { logN: 2, r: 8, p: 1 },
  });
  return output.text;
}

Deno.test("config password says when a running program knows the password", async () => {
  using folder = new TestFolder();
  assert.match(await said(folder), /knows it after a restart: sudo systemctl restart/);
  assert.match(await said(folder), /takes it at once, and all have to log in again\.$/);
  Deno.writeTextFileSync(folder.file("state/password"), "damaged");
  assert.match(await said(folder), /takes it at once/);
});

Deno.test("config password tells the certificate's fingerprint beyond loopback only", async () => {
  using folder = new TestFolder();
  const path = folder.file("streamware.yaml");
  const camera = "cameras: {a: {url: 'rtsp://h/', user: '${env:NONE}'}}\n";
  Deno.writeTextFileSync(path, camera);
  assert.doesNotMatch(await said(folder), /fingerprint/);
  Deno.writeTextFileSync(path, `${camera}server: {listen: 0.0.0.0}\n`);
  const first = /fingerprint \(SHA-256\):\n {2}(([0-9A-F]{2}:){31}[0-9A-F]{2})$/
    .exec(await said(folder))?.[1];
  assert.ok(first);
  assert.ok((await said(folder)).endsWith(first), "the one that browsers show stays");
});
