import assert from "node:assert/strict";
import { loadSettings } from "./load.ts";
import { shownYaml } from "./shown.ts";

const TEXT = `cameras:
  a: {url: "rtsp://ada:hunter2@h/"}
  b: {url: "rtsp://ada:\${env:CAMERA}@h.de/"}
  c: {url: "http://h/v?user=ada&pwd=hunter2&x=1"}
  d: {url: "\${env:CAMERA}", user: u, password: hunter2}
webhook: {url: "https://h/hunter2", token: "\${env:CAMERA}"}
speech: {command: [say, "--key=\${env:CAMERA}"]}
`;

function load() {
  const env = (name: string) => name === "CAMERA" ? "http://hunter2/" : undefined;
  return loadSettings({ path: "/nowhere/s.yaml", text: TEXT, env });
}

Deno.test("settings are shown with references, and without what is secret", () => {
  const { shown } = load();
  const cameras = shown.cameras as Record<string, Record<string, unknown>>;
  assert.deepEqual(Object.values(cameras).map(({ url }) => url), [
    "rtsp://***@h/",
    "rtsp://ada:${env:CAMERA}@h.de/",
    "http://h/v?***",
    "${env:CAMERA}",
  ]);
  assert.equal(cameras.d!.password, "***");
  assert.deepEqual(shown.webhook, {
    url: "***",
    token: "${env:CAMERA}",
    timeout_s: 10,
    tries: 6,
  });
  assert.deepEqual((shown.speech as Record<string, unknown>).command, [
    "say",
    "--key=${env:CAMERA}",
  ]);
  assert.doesNotMatch(JSON.stringify(shown), /hunter2/);
});

Deno.test("settings as YAML say where each comes from", () => {
  const { shown, origins } = load();
  const lines = shownYaml(shown, origins).split("\n");
  assert.ok(lines.includes("    url: rtsp://***@h/ # line 2"));
  assert.ok(lines.includes("    loop: false # default"));
  assert.ok(lines.includes("    fps: 10 # default, cannot be replayed"));
  assert.ok(lines.includes("    min_size: 0 # default, can be replayed"));
  assert.ok(lines.includes('  command: [say, "--key=${env:CAMERA}"] # line 7'));
});
