import assert from "node:assert/strict";
import { boxNames, inUrl, isLoopback, reachable } from "./box.ts";

Deno.test("boxNames() gives the hostname, its .local and the settings' names, each once", () => {
  assert.deepEqual(boxNames("Shed", ["cams.example", "CAMS.example."]), [
    "shed",
    "shed.local",
    "cams.example",
  ]);
  assert.deepEqual(boxNames("shed.lan", []), ["shed.lan", "shed", "shed.local"]);
  assert.deepEqual(boxNames("shed.local", []), ["shed.local", "shed"]);
  assert.deepEqual(boxNames("", [".", "-x"]), []);
});

Deno.test("reachable() leaves out what only this box or this cable can use", () => {
  const all = [
    "127.0.0.1",
    "::1",
    "169.254.7.7",
    "fe80::1%eth0",
    "10.0.0.7",
    "2001:db8::5",
  ];
  assert.deepEqual(reachable(all), ["10.0.0.7", "2001:db8::5"]);
});

Deno.test("isLoopback() is not fooled by names that begin with an address", () => {
  for (const address of ["localhost", "127.0.0.1", "127.255.0.9", "::1"]) {
    assert.ok(isLoopback(address), address);
  }
  for (
    const address of ["127.0.0.1.example", "0.0.0.0", "::", "::2", "localhost.x", ""]
  ) {
    assert.ok(!isLoopback(address), address);
  }
});

Deno.test("inUrl() puts brackets around an IPv6 address only", () => {
  assert.deepEqual(["::1", "10.0.0.7", "shed"].map(inUrl), ["[::1]", "10.0.0.7", "shed"]);
});
