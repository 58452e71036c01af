import assert from "node:assert/strict";
import fc from "fast-check";
import { askableNetworks, readAnswer, readStream } from "./onvif.ts";

function answer(more: Record<string, unknown>) {
  const scopes = "onvif://www.onvif.org/type/video_encoder " +
    "onvif://www.onvif.org/name/Front%20Gate onvif://www.onvif.org/hardware/X-1";
  return { probeMatches: { probeMatch: { scopes, ...more } } };
}

Deno.test("readAnswer() reads name, model and service of a camera", () => {
  const XAddrs =
    "http://10.0.0.9/onvif/device_service http://10.0.0.5:8000/onvif/device_service";
  assert.deepEqual(readAnswer(answer({ XAddrs }), "10.0.0.5"), {
    name: "Front Gate",
    hardware: "X-1",
    address: "10.0.0.5",
    port: 8_000,
    path: "/onvif/device_service",
  });
});

Deno.test("readAnswer() never sends a login to another address than the one that answered", () => {
  const elsewhere = answer({ XAddrs: "http://203.0.113.7:81/steal" });
  const device = readAnswer(elsewhere, "10.0.0.5");
  assert.equal(device?.address, "10.0.0.5");
  assert.equal(device?.port, 81);
});

Deno.test("readAnswer() takes any answer for what it is, or for none", () => {
  assert.equal(readAnswer(answer({ XAddrs: "not a url" }), "10.0.0.5"), undefined);
  assert.equal(readAnswer(answer({}), "10.0.0.5"), undefined);
  const broken = answer({ XAddrs: "http://10.0.0.5/", scopes: 7 });
  assert.equal(readAnswer(broken, "10.0.0.5")?.name, undefined);
  fc.assert(fc.property(fc.anything(), fc.anything(), (whole, inner) => {
    readAnswer(whole, "10.0.0.5");
    const found = readAnswer({ probeMatches: { probeMatch: inner } }, "10.0.0.5");
    assert.ok(found === undefined || found.address === "10.0.0.5");
  }));
});

Deno.test("readStream() reads a profile, and leaves out what is no stream", () => {
  const encoder = { encoding: "H265", resolution: { width: 2_560, height: 1_440 } };
  const profile = { name: 1, videoEncoderConfiguration: encoder };
  assert.deepEqual(readStream(profile, { uri: "rtsp://10.0.0.5/1" }), {
    name: "1",
    codec: "H265",
    width: 2_560,
    height: 1_440,
    fps: undefined,
    url: "rtsp://10.0.0.5/1",
  });
  assert.equal(readStream({ name: "audio" }, { uri: "rtsp://10.0.0.5/1" }), undefined);
  assert.equal(readStream(profile, { uri: "file:///etc/passwd" }), undefined);
  assert.equal(readStream(profile, undefined), undefined);
});

Deno.test("askableNetworks() names each network with its first IPv4 address", () => {
  const networks = askableNetworks([
    { name: "lo", family: "IPv4", address: "127.0.0.1" },
    { name: "eth0", family: "IPv6", address: "fe80::1" },
    { name: "eth0", family: "IPv4", address: "192.168.1.5" },
    { name: "eth0", family: "IPv4", address: "192.168.1.6" },
  ]);
  assert.deepEqual(networks, [{ name: "eth0", address: "192.168.1.5" }]);
});
