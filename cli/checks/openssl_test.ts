import assert from "node:assert/strict";
import { settings } from "../../config/schema.ts";
import { TestFolder } from "../../tests/support/clips.ts";
import { judgeOpenssl } from "./openssl.ts";

function judge(camera: Record<string, string>, path?: string) {
  return judgeOpenssl(settings.parse({ cameras: { gate: camera } }).cameras, path);
}

Deno.test("judgeOpenssl() misses it where a camera asks for TLS, and only there", () => {
  using folder = new TestFolder();
  const missing = (camera: Record<string, string>) => judge(camera, folder.path);
  const [finding] = missing({ url: "rtsps://h.lan/1" });
  assert.equal(finding?.level, "broken");
  assert.match(finding!.words, /openssl: it is not installed, and without it gate/);
  assert.match(finding!.toDo!, /openssl/);
  const both = { url: "rtsp://h.lan/1", analysisUrl: "rtsps://h.lan/2" };
  assert.equal(missing(both).length, 1);
  assert.equal(missing({ url: "https://h.lan/x.m3u8" }).length, 1);
  assert.deepEqual(missing({ url: "rtsp://h.lan/1" }), []);
  assert.deepEqual(missing({ url: "rtsps://h.lan/1", certificate: "any" }), []);
  assert.deepEqual(missing({ url: "scene:street" }), []);
});

Deno.test("judgeOpenssl() is content where it is there", () => {
  using folder = new TestFolder();
  Deno.writeTextFileSync(folder.file("openssl"), "#!/bin/sh\n", { mode: 0o755 });
  const [finding] = judge({ url: "rtsps://h.lan/1" }, folder.path);
  assert.deepEqual(finding, { level: "good", words: "judges the certificate of gate" });
});
