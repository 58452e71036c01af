import assert from "node:assert/strict";
import type { CameraState } from "../analysis/dsl/camera_state.ts";
import { GATE } from "../tests/support/server_parts.ts";
import { isAlive, isReady, statusLine, type Watched } from "./supervision.ts";

function watched(
  state: CameraState,
  frameAgeMs: number | undefined,
  unanalysedMs = 0,
): Watched {
  return { view: { ...GATE, state: { state, sinceMs: 0 } }, frameAgeMs, unanalysedMs };
}

const FRESH = watched("online", 50);
const AWAY = watched("offline", undefined, 900_000);

Deno.test("isReady() waits for frames or for what is wrong, of every camera", () => {
  assert.equal(isReady([watched("connecting", undefined)]), false);
  assert.equal(isReady([FRESH, watched("connecting", undefined)]), false);
  assert.equal(isReady([FRESH, AWAY]), true);
  assert.equal(isReady([watched("stalled", undefined)]), true);
  assert.equal(isReady([watched("connecting", 40)]), true, "it came back before");
});

Deno.test("isAlive() is false only when frames come and none is analysed", () => {
  const stuck = watched("online", 50, 61_000);
  assert.equal(isAlive([FRESH]), true);
  assert.equal(isAlive([stuck]), false);
  assert.equal(isAlive([stuck, FRESH]), true, "the other camera's work goes on");
  assert.equal(isAlive([stuck, AWAY]), false);
  assert.equal(isAlive([AWAY]), true, "nothing to do is no hang");
  assert.equal(isAlive([watched("online", 9_000, 61_000)]), true, "no frames come");
});

Deno.test("statusLine() says how many cameras are online", () => {
  assert.equal(statusLine([FRESH, AWAY]), "1 of 2 cameras online");
  const seen = [watched("dirty", 50), watched("warmup", 50), watched("frozen", 50)];
  assert.equal(statusLine(seen), "2 of 3 cameras online", "those that give pictures");
  assert.equal(statusLine([AWAY]), "Camera gate: offline");
});
