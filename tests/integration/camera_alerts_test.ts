import assert from "node:assert/strict";
import { STATE_REASONS } from "../../analysis/dsl/camera_state.ts";
import { stateWords } from "../../capture/state_words.ts";
import { cameraAlertChange } from "../../server/camera_alerts.ts";

Deno.test("every reason for which a camera is offline makes an alert that says what to do", () => {
  const source = "rtsp://192.168.1.20:554/stream1?***";
  for (const why of STATE_REASONS) {
    const words = stateWords("offline", why, { camera: "gate", source });
    const state = { state: "offline", sinceMs: 1, why } as const;
    const { raise } = cameraAlertChange({ camera: "gate", state, words });
    assert.equal(raise?.words.includes(": "), false, raise?.words);
    assert.ok(raise?.words.endsWith(` (${source})`), raise?.words);
    assert.match(raise?.toDo ?? "", /^[A-Z].{15}/);
    assert.equal(raise?.toDo.includes(source), false, raise?.toDo);
  }
});
