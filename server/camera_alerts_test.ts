import assert from "node:assert/strict";
import type { CameraState } from "../analysis/dsl/camera_state.ts";
import { seenStateWords } from "../messages/seen_state_en.ts";
import {
  CAMERA_ALERT_CODES,
  cameraAlertChange,
  mainStreamAlert,
} from "./camera_alerts.ts";

function change(state: CameraState, words: string) {
  return cameraAlertChange({ camera: "gate", state: { state, sinceMs: 1 }, words });
}

Deno.test("cameraAlertChange() says what is wrong and, apart from it, what helps", () => {
  const auth = "Camera gate does not accept user and password: check both, and that " +
    "the user may view (rtsp://192.168.1.20/stream1)";
  assert.deepEqual(change("offline", auth), {
    raise: {
      code: "camera.offline",
      subject: "gate",
      severity: "critical",
      words:
        "Camera gate does not accept user and password (rtsp://192.168.1.20/stream1)",
      toDo: "Check both, and that the user may view",
    },
    clear: CAMERA_ALERT_CODES.filter((code) => code !== "camera.offline"),
  });
  const noBytes = "Camera gate does not answer: check its power (/srv/a clip: b.mp4)";
  const file = change("offline", noBytes);
  assert.equal(file.raise?.words, "Camera gate does not answer (/srv/a clip: b.mp4)");
  assert.equal(file.raise?.toDo, "Check its power");
});

Deno.test("cameraAlertChange() warns of a camera that stalls or freezes", () => {
  const stalled =
    change("stalled", "Camera gate is connected: a new connection is tried").raise;
  assert.equal(stalled?.code, "camera.stalled");
  assert.equal(stalled?.severity, "warning");
  assert.equal(stalled?.words, "Camera gate is connected");
  assert.match(stalled?.toDo ?? "", /a new connection is tried/);
  const frozen = change("frozen", "Camera gate is frozen: restart it").raise;
  assert.equal(frozen?.words, "Camera gate is frozen");
  assert.equal(frozen?.toDo, "Restart the camera");
});

const SEEN = [
  ["covered", "critical", /^See what is in front of its lens/],
  ["defocused", "warning", /^Clean its lens/],
  ["dirty", "note", /^Clean it$/],
  ["moved", "warning", /^Turn it back, or draw its zones/],
] as const;
for (const [state, severity, toDo] of SEEN) {
  Deno.test(`cameraAlertChange() raises what the pictures show: ${state}`, () => {
    const { raise, clear } = change(state, seenStateWords(state, "gate"));
    assert.equal(raise?.code, `camera.${state}`);
    assert.equal(raise?.severity, severity);
    assert.match(raise?.words ?? "", /^Camera gate [a-z ]+$/);
    assert.match(raise?.toDo ?? "", toDo);
    assert.ok(clear.includes("camera.offline"));
  });
}

Deno.test("cameraAlertChange() keeps one alert of a camera that comes and goes", () => {
  const raised = (["offline", "online"] as const).map((state) => {
    const words = `Camera gate was lost 4 times: restart it (rtsp://h/x)`;
    return cameraAlertChange({
      camera: "gate",
      state: { state, sinceMs: 1, why: "lost" },
      words,
    });
  });
  for (const { raise, clear } of raised) {
    assert.equal(raise?.code, "camera.unsteady");
    assert.equal(raise?.toDo, "Restart it");
    assert.match(raise?.words ?? "", /lost 4 times/);
    assert.ok(!clear.includes("camera.unsteady"));
  }
});

Deno.test("cameraAlertChange() clears all of a camera that is there", () => {
  for (const state of ["online", "connecting", "doubtful", "warmup"] as const) {
    assert.deepEqual(change(state, "Camera gate is somehow"), {
      clear: [...CAMERA_ALERT_CODES],
    });
  }
});

Deno.test("mainStreamAlert() tells of a main stream that is away while the other one goes on", () => {
  const words = "Camera gate, main stream, refuses: is it on? (rtsp://h/1)";
  const of = (state: CameraState, isThere: boolean) =>
    mainStreamAlert({
      ...{ camera: "gate", state: { state, sinceMs: 1 }, words: "somehow" },
      mainStream: { isThere, sinceMs: 2, words },
    });
  const alert = of("online", false);
  assert.equal(alert?.code, "camera.main_stream");
  assert.equal(alert?.subject, "gate");
  assert.match(alert.words, /^Camera gate, main stream, refuses \(rtsp:\/\/h\/1\)\. /);
  assert.equal(alert.toDo, "Is it on?");
  assert.equal(of("online", true), undefined);
  assert.equal(of("offline", false), undefined, "its own alert says it");
  const single = {
    camera: "gate",
    state: { state: "online", sinceMs: 1 },
    words,
  } as const;
  assert.equal(mainStreamAlert(single), undefined);
});
