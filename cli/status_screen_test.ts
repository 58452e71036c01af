import assert from "node:assert/strict";
import type { Alert } from "../base/alerts.ts";
import type { CameraStatus, ControlStatus } from "../server/control_protocol.ts";
import { statusScreen } from "./status_screen.ts";
import { COLUMNS, paintFor } from "./terminal_text.ts";

const NOW = Date.UTC(2026, 0, 4, 4, 0, 0);
const HOUR = 3_600_000;

const GATE: CameraStatus = {
  camera: "gate",
  source: "rtsp://192.168.1.21/stream1",
  state: "online",
  sinceUtcMs: NOW - 76 * HOUR,
  words: "Camera gate is online",
  analysedFps: 9.96,
  frameAgeMs: 40,
  size: { width: 640, height: 360 },
};

const WELL: ControlStatus = {
  version: 1,
  status: "well",
  why: "camera gate gives pictures",
  programVersion: "0.1.0",
  pid: 4711,
  startedUtcMs: NOW - 76 * HOUR,
  utcMs: NOW,
  urls: {
    pages: ["https://gatebox.local:8766/", "https://192.168.1.20:8766/"],
    original: "ws://localhost:8765/",
  },
  configFile: "/etc/streamware/streamware.yaml",
  memoryBytes: 212_000_000,
  cameras: [GATE],
  words: {
    author: "model",
    model: "qwen2.5vl:3b",
    words: "ready",
    last: { camera: "gate", text: "A person walks left.", utcMs: NOW - 180_000 },
  },
  outlets: [{ name: "voice", state: "working", words: "espeak-ng" }],
  alerts: [],
};

const OFFLINE: Alert = {
  code: "camera.offline",
  subject: "yard",
  severity: "critical",
  sinceUtcMs: NOW - 12 * 60_000,
  words: "Camera yard does not answer (rtsp://192.168.1.22/stream1)",
  toDo: "Check its power, its cable and the address",
};

const DEGRADED: ControlStatus = {
  ...WELL,
  status: "degraded",
  why: OFFLINE.words,
  cameras: [GATE, {
    camera: "yard",
    source: "rtsp://192.168.1.22/stream1",
    state: "offline",
    why: "no_bytes",
    sinceUtcMs: NOW - 12 * 60_000,
    words: "Camera yard does not answer: check its power, its cable and the address",
  }],
  outlets: [{
    name: "webhook",
    state: "failing",
    words: "POST to https://example.org/…",
    waiting: 4,
    lastFailure: { utcMs: NOW - 61_000, words: "it answered 500 after 3 tries" },
  }],
  alerts: [
    {
      code: "episode.silent",
      subject: "yard",
      severity: "warning",
      sinceUtcMs: NOW - 60_000,
      words: "Nothing was seen at yard today",
      toDo: "Mend the camera",
      dependsOn: "camera.offline",
    },
    OFFLINE,
  ],
};

function check(status: ControlStatus, golden: string): void {
  const lines = statusScreen(status, paintFor(false));
  assert.equal(`\n${lines.join("\n")}\n`, golden);
  for (const line of lines) assert.ok(line.length <= COLUMNS, line);
}

Deno.test("statusScreen() of a box that is well", () => {
  check(
    WELL,
    `
StreamWare 0.1.0 is well: camera gate gives pictures

  up        3 d 4 h, process 4711, 212 MB of memory
  page      https://gatebox.local:8766/
            https://192.168.1.20:8766/
  original  ws://localhost:8765/
  settings  /etc/streamware/streamware.yaml

Cameras
  gate      online      for 3 d 4 h     10.0 frames/s, 640x360, frame 40 ms old
            rtsp://192.168.1.21/stream1

Words
  qwen2.5vl:3b: ready
  last: gate, 3 min ago: A person walks left.

Outlets
  voice     working   espeak-ng
`,
  );
});

Deno.test("statusScreen() of a degraded box puts the cause first and what hangs on it below", () => {
  check(
    DEGRADED,
    `
StreamWare 0.1.0 is degraded: Camera yard does not answer
                              (rtsp://192.168.1.22/stream1)

  up        3 d 4 h, process 4711, 212 MB of memory
  page      https://gatebox.local:8766/
            https://192.168.1.20:8766/
  original  ws://localhost:8765/
  settings  /etc/streamware/streamware.yaml

Cameras
  gate      online      for 3 d 4 h     10.0 frames/s, 640x360, frame 40 ms old
            rtsp://192.168.1.21/stream1
  yard      offline     for 12 min
            rtsp://192.168.1.22/stream1

Words
  qwen2.5vl:3b: ready
  last: gate, 3 min ago: A person walks left.

Outlets
  webhook   failing   POST to https://example.org/…, 4 waiting
                      last failure 1 min ago: it answered 500 after 3 tries

Alerts
  critical  camera.offline yard, for 12 min
            Camera yard does not answer (rtsp://192.168.1.22/stream1)
            -> Check its power, its cable and the address
    warning   episode.silent yard, for 1 min
              Nothing was seen at yard today
              -> Mend the camera
`,
  );
});

Deno.test("statusScreen() of a box that is down, without words and settings", () => {
  const { configFile: _file, words: _words, memoryBytes: _bytes, ...rest } = WELL;
  check(
    {
      ...rest,
      status: "down",
      why: "no camera gives pictures: Camera gate: connecting to rtsp://192.168.1.21/x",
      urls: { pages: ["http://localhost:8766/"] },
      startedUtcMs: NOW - 2_000,
      cameras: [{
        camera: "gate",
        source: "rtsp://192.168.1.21/x",
        state: "connecting",
        sinceUtcMs: NOW - 2_000,
        words: "Camera gate: connecting to rtsp://192.168.1.21/x",
      }],
      outlets: [],
    },
    `
StreamWare 0.1.0 is down: no camera gives pictures: Camera gate: connecting to
                          rtsp://192.168.1.21/x

  up        2 s, process 4711
  page      http://localhost:8766/
  settings  none: flags and defaults

Cameras
  gate      connecting  for 2 s
            rtsp://192.168.1.21/x
            Camera gate: connecting to rtsp://192.168.1.21/x

Words
  off: motion DSL only
`,
  );
});

Deno.test("statusScreen() tells alerts that name each other, each once", () => {
  const one = { ...OFFLINE, code: "a.a", dependsOn: "b.b" };
  const other = { ...OFFLINE, code: "b.b", dependsOn: "a.a" };
  const lines = statusScreen({ ...WELL, alerts: [one, other] }, paintFor(false));
  assert.equal(lines.filter((line) => line.includes("a.a yard")).length, 1);
  assert.equal(lines.filter((line) => line.includes("b.b yard")).length, 1);
});

Deno.test("statusScreen() lets no camera or model write to the terminal", () => {
  const evil = "\x1b]0;owned\x07\x1b[2J";
  const screen = statusScreen({
    ...WELL,
    why: evil,
    configFile: evil,
    cameras: [{ ...GATE, source: evil, words: evil, state: "frozen" }],
    words: {
      author: "model",
      model: evil,
      words: evil,
      last: { camera: "gate", text: evil, utcMs: NOW },
    },
    outlets: [{ name: "voice", state: "failing", words: evil }],
    alerts: [{ ...OFFLINE, subject: evil, words: evil, toDo: evil }],
  }, paintFor(false));
  // deno-lint-ignore no-control-regex -- looking for them is the point
  assert.doesNotMatch(screen.join(""), /[\u0000-\u001f]/);
});

Deno.test("a camera of which only keyframes are decoded says so", () => {
  const words =
    "Camera gate is online; only its keyframes are looked at, as nothing moves";
  const screenOf = (camera: CameraStatus) =>
    statusScreen({ ...WELL, cameras: [camera] }, paintFor(false)).join(" ")
      .replace(/\s+/g, " ");
  const idle = screenOf({ ...GATE, rung: "keys", why: "quiet", words });
  assert.ok(idle.includes(words), idle);
  const full = screenOf({ ...GATE, rung: "full" });
  assert.ok(!full.includes(GATE.words), "what is as it should be needs no words");
});
