/** ONVIF against a simulated camera in a network of its own, through the real program. */
import assert from "node:assert/strict";
import { hasNetworkPairs, NetworkPair } from "../support/network_pair.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const CAMERA = `${ROOT}tests/support/onvif_camera.ts`;
const RUN = ["run", "-A", "--no-check"];
/** Letters that XML and URLs mind. */
const PASSWORD = 'p&s<s"#';

/** A simulated camera; disposing it kills it. */
async function startCamera(network: NetworkPair, ...oddities: string[]) {
  const [program, ...first] = network.on("camera");
  const told = [network.cameraAddress, "admin", PASSWORD, ...oddities];
  const camera = new Deno.Command(program, {
    args: [...first, Deno.execPath(), ...RUN, "--unstable-net", CAMERA, ...told],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = camera.stdout.getReader();
  const { value } = await reader.read();
  assert.match(new TextDecoder().decode(value), /ready/);
  return {
    async [Symbol.asyncDispose]() {
      camera.kill("SIGKILL");
      await camera.status;
      await reader.cancel();
    },
  };
}

/** Runs `streamware cameras find` on the box's side. */
async function find(
  network: NetworkPair,
  password: string | undefined,
  ...args: string[]
) {
  const [program, ...first] = network.on("box");
  const main = [...RUN, `${ROOT}main.ts`, "cameras", "find"];
  const child = new Deno.Command(program, {
    args: [...first, Deno.execPath(), ...main, "--wait", "1", ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  if (password !== undefined) {
    await writer.write(new TextEncoder().encode(`${password}\n`));
  }
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

Deno.test({
  name: "cameras find tells of a camera's streams, also among nonsense and repetition",
  ignore: !hasNetworkPairs,
  fn: async () => {
    using network = new NetworkPair();
    await using _camera = await startCamera(network, "garbage", "twice");
    const { code, stdout } = await find(network, PASSWORD, "--user", "admin", "--json");
    assert.equal(code, 0);
    const { asked, cameras } = JSON.parse(stdout);
    const box = { name: network.boxInterface, address: network.boxAddress };
    assert.deepEqual(asked, [box]);
    assert.equal(cameras.length, 1);
    const [camera] = cameras;
    assert.equal(camera.address, network.cameraAddress);
    assert.equal(camera.name, "Front Gate");
    assert.deepEqual(camera.streams, [
      {
        name: "main",
        codec: "H264",
        width: 2_560,
        height: 1_440,
        fps: 25,
        url: "rtsp://10.77.0.2:554/live/main?profile=0&unicast=true",
      },
      {
        name: "sub",
        codec: "H264",
        width: 640,
        height: 360,
        fps: 12,
        url: "rtsp://10.77.0.2:554/live/sub",
      },
    ]);
    assert.ok(!stdout.includes(PASSWORD));
  },
});

Deno.test({
  name: "cameras find tells a wrong password, and a camera that wants one, from silence",
  ignore: !hasNetworkPairs,
  fn: async () => {
    using network = new NetworkPair();
    await using _camera = await startCamera(network);
    const wrong = await find(network, "wrong", "--user", "admin");
    assert.match(wrong.stdout, /does not accept user admin with this password/);
    const none = await find(network, undefined);
    assert.equal(none.code, 0);
    assert.match(none.stdout, /wants a user and a password: .*--user admin/);
    assert.match(none.stderr, /Asking in swbox0 \(10\.77\.0\.1\)/);
  },
});

Deno.test({
  name: "cameras find says what to try when nothing answers, and ends with 1",
  ignore: !hasNetworkPairs,
  fn: async () => {
    using network = new NetworkPair();
    await using _camera = await startCamera(network, "mute");
    const { code, stdout } = await find(network, undefined);
    assert.equal(code, 1);
    assert.match(stdout, /No camera answered in swbox0 \(10\.77\.0\.1\)/);
    assert.match(stdout, /ONVIF off/);
  },
});

Deno.test({
  name: "cameras find gives up on a camera that never answers over HTTP, and says so",
  ignore: !hasNetworkPairs,
  fn: async () => {
    using network = new NetworkPair();
    await using _camera = await startCamera(network, "slow");
    const { code, stdout } = await find(network, PASSWORD, "--user", "admin");
    assert.equal(code, 0);
    assert.match(stdout, /It does not tell of its streams: no answer within 5 s/);
  },
});
