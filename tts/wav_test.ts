import assert from "node:assert/strict";
import fc from "fast-check";
import { makeWav } from "../tests/support/speech.ts";
import { readWav } from "./wav.ts";

function check(bytes: Uint8Array<ArrayBuffer>, why: RegExp): void {
  const reading = readWav(bytes);
  assert.equal(reading.kind, "unusable");
  if (reading.kind === "unusable") assert.match(reading.why, why);
}

Deno.test("readWav() takes a whole WAV and tells its length", () => {
  const bytes = makeWav(500);
  assert.deepEqual(readWav(bytes), { kind: "whole", wav: { bytes, durationMs: 500 } });
});

Deno.test("readWav() writes the length that a writer to a pipe could not know", () => {
  const bytes = makeWav(500);
  for (const length of [0, 0x7fff_f000, 0xffff_ffff]) {
    const streamed = bytes.slice();
    new DataView(streamed.buffer).setUint32(4, length + 36, true);
    new DataView(streamed.buffer).setUint32(40, length, true);
    assert.deepEqual(readWav(streamed), {
      kind: "whole",
      wav: { bytes, durationMs: 500 },
    });
  }
});

Deno.test("readWav() leaves out half a sample at the end of a stream", () => {
  const bytes = makeWav(500);
  const streamed = new Uint8Array([...bytes, 7]);
  new DataView(streamed.buffer).setUint32(40, 0, true);
  const reading = readWav(streamed);
  assert.deepEqual(reading.kind === "whole" && reading.wav.bytes, bytes);
});

Deno.test("readWav() says why a WAV cannot be played", () => {
  const bytes = makeWav(500);
  check(new Uint8Array(0), /empty/);
  check(new TextEncoder().encode("Usage: voice [options] TEXT, and so on"), /begin/);
  check(bytes.slice(0, 20), /format/);
  check(bytes.slice(0, 44), /cut off: 0 of 22050 bytes/);
  check(bytes.slice(0, 9_000), /cut off: 8956 of 22050 bytes/);
  check(makeWav(0), /no sound/);
  check(makeWav(500, 0), /silence/);
});

Deno.test("readWav() never throws, whatever a program writes", () => {
  const wav = makeWav(100);
  const damaged = fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { maxLength: 12 }).map(
    (changes) => {
      const bytes = wav.slice();
      for (const [at, value] of changes) bytes[at] = value;
      return bytes;
    },
  );
  fc.assert(fc.property(fc.oneof(fc.uint8Array(), damaged), (bytes) => {
    const reading = readWav(new Uint8Array(bytes));
    if (reading.kind === "whole") assert.deepEqual(readWav(reading.wav.bytes), reading);
  }));
});
