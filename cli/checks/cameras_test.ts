import assert from "node:assert/strict";
import type { StateReason } from "../../analysis/dsl/camera_state.ts";
import { judgeProbe, judgeWatched, largeFinding, missingFinding } from "./cameras.ts";

const PLACE = { camera: "gate", source: "rtsp://192.168.1.20/stream1" };

function failed(why: StateReason, source = PLACE.source) {
  return judgeProbe({ camera: "gate", source }, { kind: "none", why, said: "" });
}

Deno.test("judgeProbe() tells what a camera gives", () => {
  const pictures = {
    kind: "pictures",
    codec: "hevc",
    width: 1920,
    height: 1080,
  } as const;
  const finding = judgeProbe(PLACE, { ...pictures, fps: 25 });
  assert.equal(finding.words, "gate gives hevc pictures of 1920x1080, 25 a second");
  assert.equal(finding.level, "good");
});

Deno.test("judgeProbe() tells apart why there is none, with the line that shows it", () => {
  const lines: readonly [StateReason, RegExp, string][] = [
    [
      "auth",
      /does not accept user and password/,
      "set the camera's user and password in the settings file",
    ],
    ["dns", /host name that nobody knows/, "getent hosts 192.168.1.20"],
    [
      "refused",
      /refuses the connection/,
      "bash -c '< /dev/tcp/192.168.1.20/554' && echo it is open",
    ],
    ["no_bytes", /does not answer/, "ping -c 3 192.168.1.20"],
  ];
  for (const [why, words, toDo] of lines) {
    const finding = failed(why);
    assert.equal(finding.level, "broken");
    assert.match(finding.words, words);
    assert.equal(finding.toDo, toDo);
  }
  assert.equal(failed("no_bytes", "rtsp://[fe80::1]:8554/x").toDo, "ping -c 3 fe80::1");
  assert.equal(failed("not_found", "/srv/gate.mp4").toDo, "ls -l /srv/gate.mp4");
});

Deno.test("judgeWatched() believes the program that holds the session", () => {
  const camera = { ...PLACE, state: "online", sinceUtcMs: 0, words: "" } as const;
  const size = { width: 640, height: 360 };
  assert.equal(
    judgeWatched({ ...camera, analysedFps: 9.8, size }).words,
    "gate is watched by the running program: pictures of 640x360, 9.8 analysed a second",
  );
  assert.equal(judgeWatched({ ...camera, state: "frozen" }).level, "warning");
  assert.equal(judgeWatched({ ...camera, why: "quiet" }).level, "good");
  assert.equal(judgeWatched({ ...camera, why: "lost" }).level, "warning");
  assert.equal(judgeWatched({ ...camera, why: "heat" }).level, "warning");
  const words = "Camera gate, main stream, does not answer";
  const mainStream = { state: "offline", sinceUtcMs: 0, words } as const;
  assert.deepEqual(judgeWatched({ ...camera, mainStream }), {
    level: "warning",
    words,
    facts: { camera: "gate", state: "online" },
  });
});

Deno.test("missingFinding() tells of a file or device that is not there as of one", () => {
  const camera = "gate";
  assert.deepEqual(missingFinding({ camera, source: "/dev/video77" }), {
    level: "broken",
    words: "gate: /dev/video77 is not there",
    toDo: "ls -l /dev/video77",
  });
  assert.equal(missingFinding({ camera, source: "/dev/null" }), undefined);
});

Deno.test("largeFinding() says of a wide camera what a smaller stream saves, of others nothing", () => {
  const of = (width: number, codec = "h264") => {
    const pictures = { kind: "pictures", codec, width, height: 720, fps: 25 } as const;
    return largeFinding("gate", judgeProbe(PLACE, pictures));
  };
  const [finding] = of(2_560);
  assert.equal(finding?.level, "note");
  assert.match(finding!.words, /decoding 2560x720 .* takes about a third of that$/);
  assert.match(finding!.toDo!, /cameras\.gate\.analysis_url/);
  assert.deepEqual(of(1_280), []);
  assert.deepEqual(of(2_560, "mjpeg"), []);
  assert.deepEqual(largeFinding("gate", failed("refused")), []);
});
