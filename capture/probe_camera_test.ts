import assert from "node:assert/strict";
import { readProbe } from "./probe_camera.ts";

Deno.test("readProbe() reads size, codec and rate of the first video", () => {
  const streams = [
    { codec_type: "audio", codec_name: "aac" },
    {
      codec_type: "video",
      codec_name: "h264",
      width: 1920,
      height: 1080,
      avg_frame_rate: "30000/1001",
    },
  ];
  assert.deepEqual(readProbe(JSON.stringify({ streams }), []), {
    kind: "pictures",
    codec: "h264",
    width: 1920,
    height: 1080,
    fps: 30,
  });
  const still = [{ ...streams[1], avg_frame_rate: "0/0" }];
  const probe = readProbe(JSON.stringify({ streams: still }), []);
  assert.equal(probe.kind === "pictures" && probe.fps, undefined);
});

Deno.test("readProbe() says why there is no picture", () => {
  const why = (stdout: string, stderr: readonly string[]) => {
    const probe = readProbe(stdout, stderr);
    return probe.kind === "none" && probe.why;
  };
  const refused =
    "[error] pipe:0: Server returned 401 Unauthorized (authorization failed)";
  assert.equal(why("{\n\n}", [refused]), "auth");
  assert.equal(why("", ["[error] pipe:0: Connection refused"]), "refused");
  const sound = JSON.stringify({ streams: [{ codec_type: "audio" }] });
  assert.equal(why(sound, []), "codec");
  assert.equal(why("", []), "no_bytes");
});
