/** The lines were printed by FFmpeg 5.1.9 against real servers and real absences. */
import assert from "node:assert/strict";
import type { StateReason } from "../analysis/dsl/camera_state.ts";
import {
  isError,
  reasonOf,
  tellsDamage,
  tellsLoss,
  ticksBack,
  wantsProbing,
} from "./ffmpeg_words.ts";
import { natureOf } from "./probe.ts";
import { CAMERA_STATES, STATE_REASONS } from "../analysis/dsl/camera_state.ts";
import { stateWords } from "./state_words.ts";

const SAID: readonly (readonly [StateReason, ...string[]])[] = [
  [
    "refused",
    "[tcp @ 0x55c7b8b38cc0] [error] Connection to tcp://127.0.0.1:1?timeout=3000000 failed: Connection refused",
    "[error] pipe:0: Connection refused",
  ],
  [
    "dns",
    "[tcp @ 0x55df0b2f1cc0] [error] Failed to resolve hostname nonesuch.invalid: Name or service not known",
    "[error] pipe:0: Input/output error",
  ],
  [
    "auth",
    "[rtsp @ 0x555dab45d9c0] [error] method DESCRIBE failed: 401 Unauthorized",
    "[error] pipe:0: Server returned 401 Unauthorized (authorization failed)",
  ],
  ["auth", "[http @ 0x55989fa6a540] [warning] HTTP error 401 Unauthorized"],
  [
    "not_found",
    "[rtsp @ 0x55e01b35d9c0] [error] method DESCRIBE failed: 404 Not Found",
    "[error] pipe:0: Server returned 404 Not Found",
  ],
  [
    "tls",
    "[tls @ 0x55ea2b324cc0] [error] An unexpected TLS packet was received.",
    "[error] pipe:0: Input/output error",
  ],
  ["no_bytes", "[error] pipe:0: Invalid data found when processing input"],
  [
    "not_found",
    "[video4linux2,v4l2 @ 0x557be53ea8c0] [error] Cannot open video device /dev/video0: No such file or directory",
  ],
  ["codec", "[fatal] Stream map '0:v:0' matches no streams."],
  [
    "codec",
    "[h264 @ 0x5577304a54c0] [error] non-existing PPS 0 referenced",
    "[sdp @ 0x5577304a0a40] [warning] Could not find codec parameters for stream 0 (Video: h264, none): unspecified size",
    "[mp4 @ 0x5577304d9ec0] [error] dimensions not set",
  ],
  [
    "no_bytes",
    "[rtsp @ 0x55e01b35d9c0] [warning] RTP: missed 404 packets",
    "[error] pipe:0: Connection reset by peer",
  ],
  ["no_bytes"],
];

Deno.test("reasonOf() knows what FFmpeg says when a source cannot be had", () => {
  for (const [reason, ...lines] of SAID) assert.equal(reasonOf(lines), reason, lines[0]);
});

Deno.test("wantsProbing() is true only when too little of a stream was looked at", () => {
  assert.ok(wantsProbing(["[mp4 @ 0x5577304d9ec0] [error] dimensions not set"]));
  for (const [, ...lines] of SAID.slice(0, 5)) assert.ok(!wantsProbing(lines));
});

Deno.test("isError() leaves notes out", () => {
  assert.ok(isError("[h264 @ 0x1] [error] error while decoding MB 3 4"));
  assert.ok(
    !isError("[rtsp @ 0x1] [warning] Stream #0: not enough frames to estimate rate"),
  );
});

Deno.test("ticksBack() reads how far a stream's time jumped back", () => {
  const line = "[mp4 @ 0x5] [warning] Non-monotonous DTS in output stream 0:0; " +
    "previous: 360000, current: 96000; changing to 360001. This may result in " +
    "incorrect timestamps in the output file.";
  assert.equal(ticksBack(line), 264_000);
  assert.equal(ticksBack(line.replace("96000", "-4000")), 364_000);
  assert.equal(ticksBack("[mp4 @ 0x5] [warning] Timestamps are unset"), 0);
});

Deno.test("tellsLoss() knows what FFmpeg says of packets that did not come", () => {
  assert.ok(tellsLoss("[rtsp @ 0x1] [warning] RTP: missed 3 packets"));
  assert.ok(
    tellsLoss("[rtsp @ 0x1] [warning] max delay reached. need to consume packet"),
  );
  assert.ok(tellsLoss("[rtsp @ 0x1] [error] RTP: PT=60: bad cseq 1a2b expected=1a20"));
  assert.ok(!tellsLoss("[mp4 @ 0x1] [warning] Timestamps are unset in a packet"));
});

Deno.test("natureOf() tells pictures, files and live streams apart", () => {
  const said = (format: string) => [
    "[verbose] Opening 'pipe:0'",
    `[${format} @ 0x556c] [debug] Format ${format} probed with size=2048 and score=100`,
  ];
  assert.equal(natureOf(said("mpjpeg")).kind, "pictures");
  assert.equal(natureOf(said("mov,mp4,m4a,3gp,3g2,mj2")).kind, "file");
  assert.deepEqual(natureOf(said("mpegts")), { kind: "live" });
  assert.deepEqual(natureOf(said("hls")), { kind: "live", pieces: true });
  assert.deepEqual(natureOf(["[http @ 0x1] [warning] HTTP error 404 File not found"]), {
    kind: "unreachable",
    said: ["[http @ 0x1] [warning] HTTP error 404 File not found"],
  });
});

Deno.test("stateWords() has a sentence for every state and reason", () => {
  const place = { camera: "gate", source: "rtsp://h/x" };
  for (const state of CAMERA_STATES) {
    for (const why of [undefined, ...STATE_REASONS]) {
      const words = stateWords(state, why, place);
      assert.match(words, /^Camera gate/);
      assert.doesNotMatch(words, /undefined|\.$/);
    }
  }
});

Deno.test("tellsDamage() knows a damaged picture from a damaged packet", () => {
  assert.ok(tellsDamage("[warning] http://h/a.ts: corrupt decoded frame in stream 0"));
  const packet = "[warning] http://h/a.ts: corrupt input packet in stream 0";
  assert.ok(!tellsDamage(packet));
  assert.ok(tellsLoss(packet));
  assert.ok(!tellsDamage("[mjpeg @ 0x5651] [error] huffman table decode error"));
});
