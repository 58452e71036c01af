import assert from "node:assert/strict";
import { readWav } from "../../tts/wav.ts";
import { silence } from "./voice.ts";

Deno.test("silence() is a WAV that is whole, and holds nothing", () => {
  const { bytes, durationMs } = silence();
  assert.deepEqual(readWav(bytes), { kind: "unusable", why: "it holds silence only" });
  bytes[100] = 99;
  const heard = readWav(bytes);
  assert.equal(heard.kind === "whole" && heard.wav.durationMs, durationMs);
});
