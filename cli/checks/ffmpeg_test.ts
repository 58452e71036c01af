import assert from "node:assert/strict";
import { judgeFfmpeg } from "./ffmpeg.ts";

Deno.test("judgeFfmpeg() names what is lacking, worse when no camera can be seen", () => {
  const whole = { version: "7.1", decoders: [], protocols: [] };
  assert.equal(judgeFfmpeg(whole).level, "good");
  const some = judgeFfmpeg({ ...whole, decoders: ["hevc"], protocols: ["tls"] });
  assert.equal(some.level, "warning");
  assert.equal(some.words, "7.1 lacks the decoder hevc, the protocol tls");
  assert.equal(judgeFfmpeg({ ...whole, decoders: ["h264"] }).level, "broken");
});
