import assert from "node:assert/strict";
import {
  CAMERA_STATES,
  type CameraState,
  givesPictures,
} from "../analysis/dsl/camera_state.ts";
import { CameraSight } from "./camera_sight.ts";

function line(state: CameraState, sinceMs = 0) {
  return { state, sinceMs };
}

Deno.test("CameraSight shows what pictures show while they come, and ends with them", () => {
  const sight = new CameraSight("gate", 5);
  assert.equal(sight.now.state.state, "connecting");
  sight.told(line("online"), "it gives pictures");
  assert.equal(sight.seen([line("covered", 7)]), true);
  assert.deepEqual(sight.now.state, line("covered", 7));
  assert.match(sight.now.words, /^Camera gate is covered: /);
  sight.told(line("offline"), "it does not answer");
  assert.equal(sight.now.state.state, "offline", "no pictures: nothing is covered");
  sight.told(line("online"), "it gives pictures");
  assert.equal(sight.now.state.state, "covered", "nobody has said it is over");
  assert.equal(sight.seen([line("online")]), true);
  assert.equal(sight.now.words, "it gives pictures");
});

Deno.test("a covered camera gives pictures, a frozen one none that are new", () => {
  const giving = CAMERA_STATES.filter(givesPictures);
  assert.deepEqual(giving, [
    ...["online", "warmup", "covered", "defocused", "dirty", "moved"],
  ]);
});

Deno.test("CameraSight says that nothing changed when nothing did", () => {
  const sight = new CameraSight("gate", 0);
  sight.told(line("online"), "it gives pictures");
  assert.equal(sight.seen([]), false);
  assert.equal(sight.seen([line("clock_step")]), false);
  assert.equal(sight.seen([line("online")]), false);
});
