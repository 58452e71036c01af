import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { type FlagValues, settingFlags, settingsFromFlags } from "./flags.ts";

function problemsOf(values: FlagValues): string {
  try {
    settingsFromFlags(values);
  } catch (thrown) {
    assert.ok(thrown instanceof Fault);
    assert.equal(thrown.kind, "usage");
    return thrown.message;
  }
  return "";
}

Deno.test("settingsFromFlags() fills in every default", () => {
  const { cameras, server, words } = settingsFromFlags({ "--url": "scene:street" });
  assert.deepEqual(cameras.main, {
    url: "scene:street",
    fps: 10,
    width: 640,
    loop: false,
    seed: 1,
    sensitivity: 5,
    minSize: 0,
    absorbAfter: 300,
    certificate: "verify",
    transport: "auto",
    decode: "software",
    idleAfter: 20,
    unknown: "tell",
    zones: {},
    masks: {},
    lines: {},
  });
  assert.equal(server.port, 8766);
  assert.equal(server.originalPort, 8765);
  assert.equal(words.dslOnly, false);
});

Deno.test("settingsFromFlags() reads numbers and switches", () => {
  const read = settingsFromFlags({ "--url": "a.mp4", "--fps": "2.5", "--loop": true });
  assert.equal(read.cameras.main?.fps, 2.5);
  assert.equal(read.cameras.main?.loop, true);
});

Deno.test("settingsFromFlags() names every problem at once", () => {
  assert.equal(
    problemsOf({ "--fps": "0", "--width": "wide", "--log-level": "loud" }),
    "Cannot start: --url is missing; --fps must be at least 0.2, was 0; " +
      '--width must be a number, was "wide"; ' +
      '--log-level must be one of debug, info, warning, error, was "loud"',
  );
});

Deno.test("settingsFromFlags() refuses what only looks like a number", () => {
  for (const text of ["", " ", "NaN", "1e999", "10fps", "0x10000"]) {
    assert.notEqual(problemsOf({ "--url": "a", "--width": text }), "", text);
  }
  assert.match(problemsOf({ "--url": "a", "--width": "100.5" }), /whole number/);
});

Deno.test("settingFlags() gives every flag once, with a sentence", () => {
  const flags = settingFlags();
  assert.equal(new Set(flags.map(({ flag }) => flag)).size, flags.length);
  for (const { flag, doc } of flags) {
    assert.match(flag, /^--[a-z-]+$/);
    assert.match(doc, /^[A-Z].*\.$/, flag);
  }
});
