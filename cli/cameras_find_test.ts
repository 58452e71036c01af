import assert from "node:assert/strict";
import { systemClock } from "../base/clock.ts";
import { Secret } from "../base/secret.ts";
import type { OnvifDevice, OnvifStream } from "../capture/onvif.ts";
import { loadSettings } from "../config/load.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { KeptOutput } from "../tests/support/kept_output.ts";
import { type Asker, DEFAULTS_ASKER } from "./ask.ts";
import { findCameras, type FindParts } from "./cameras_find.ts";
import { namesOf, settingsLines, smallerOf } from "./cameras_words.ts";

const GATE: OnvifDevice = {
  name: "Front Gate",
  hardware: "X-1",
  address: "10.0.0.5",
  port: 80,
  path: "/onvif/device_service",
};

function stream(
  name: string,
  width: number,
  url = `rtsp://10.0.0.5/${name}`,
): OnvifStream {
  return { name, codec: "H264", width, height: width * 9 / 16, fps: 25, url };
}

const STREAMS = [stream("main", 2_560), stream("sub", 640)];

/** A network with one camera that wants `ada` with `secret`. */
function parts(output: KeptOutput, more: Partial<FindParts> = {}): FindParts {
  return {
    output,
    asker: DEFAULTS_ASKER,
    clock: systemClock,
    networks: [{ name: "eth0", address: "10.0.0.1" }],
    find: () => Promise.resolve([GATE]),
    ask: (_device, login) =>
      Promise.resolve(
        login?.user === "ada" && login.password.reveal() === "secret"
          ? { kind: "streams", streams: STREAMS }
          : { kind: "none", why: "auth", said: "" },
      ),
    ...more,
  };
}

const ADA: Asker = {
  ...DEFAULTS_ASKER,
  isInteractive: true,
  text: () => Promise.resolve("ada"),
  password: () => Promise.resolve(new Secret("secret")),
};

Deno.test("cameras find asks a person once for a login, and shows the streams", async () => {
  const output = new KeptOutput();
  assert.equal(await findCameras({}, parts(output, { asker: ADA })), 0);
  assert.match(output.text, /^Front Gate \(X-1\) at 10\.0\.0\.5/);
  assert.match(output.text, /main {2}H264 {2}2560x1440 {2}25 a second/);
  assert.ok(!output.text.includes("secret:"), "no password is printed");
  assert.match(output.text, /password: \$\{file:front-gate_password\}/);
});

Deno.test("cameras find asks nobody for --json, and says why there are no streams", async () => {
  const output = new KeptOutput();
  assert.equal(await findCameras({ "--json": true }, parts(output, { asker: ADA })), 0);
  const { cameras } = JSON.parse(output.text);
  assert.equal(cameras[0].why, "auth");
  assert.deepEqual(cameras[0].streams, []);
  assert.deepEqual(output.remarks, []);
});

Deno.test("cameras find refuses a network that is not there", async () => {
  const wrong = findCameras({ "--interface": "eth9" }, parts(new KeptOutput()));
  await assert.rejects(
    wrong,
    /Cannot look for cameras in eth9: there is no such network/,
  );
  const none = findCameras({}, parts(new KeptOutput(), { networks: [] }));
  await assert.rejects(none, /no network with an IPv4 address/);
});

Deno.test("cameras find ends with 1 when nobody answers, and names who was asked", async () => {
  const output = new KeptOutput();
  const find = () => Promise.resolve([]);
  assert.equal(await findCameras({}, parts(output, { find })), 1);
  assert.match(output.text, /^No camera answered in eth0 \(10\.0\.0\.1\)/);
});

Deno.test("the lines for the settings file can be read back, whatever the camera says", async () => {
  using folder = new TestFolder();
  const odd = 'rtsp://10.0.0.5/a?x=1&y="#: ${env:HOME}\n- z';
  const main = stream("main", 2_560, odd);
  const lines = settingsLines([main, stream("sub", 640)], { name: "gate", user: 'a"b' });
  const path = folder.file("streamware.yaml");
  const text = ["cameras:", ...lines.map((line) => `  ${line}`), ""].join("\n");
  await Deno.writeTextFile(path, text);
  await Deno.writeTextFile(folder.file("gate_password"), "secret", { mode: 0o600 });
  const { cameras } = loadSettings({ path, env: () => undefined }).settings;
  assert.equal(cameras.gate?.url, odd.replace("\n", " "));
  assert.equal(cameras.gate?.analysisUrl, "rtsp://10.0.0.5/sub");
  assert.equal(cameras.gate?.user, 'a"b');
  assert.equal(cameras.gate?.password?.reveal(), "secret");
});

Deno.test("smallerOf() takes the widest useful stream below a wide one", () => {
  const wide = stream("main", 2_560);
  const streams = [stream("phone", 176), stream("sub", 640)];
  assert.equal(smallerOf(wide, streams)?.name, "sub");
  assert.equal(smallerOf(stream("main", 1_280), streams), undefined);
  assert.equal(smallerOf(wide, [stream("phone", 176)]), undefined);
  assert.equal(smallerOf(wide, [stream("web", 640, "http://10.0.0.5/x")]), undefined);
});

Deno.test("namesOf() gives each camera a name of its own that settings take", () => {
  const named = (name: string | undefined) => ({
    device: { ...GATE, name },
    answer: { kind: "streams", streams: [] } as const,
  });
  const names = namesOf([
    named("Front Gate"),
    named("Front Gate"),
    named("門"),
    named(undefined),
  ]);
  assert.deepEqual(names, ["front-gate", "front-gate-2", "camera", "camera-2"]);
});
