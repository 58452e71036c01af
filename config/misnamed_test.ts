import assert from "node:assert/strict";
import { CAMERA, load, problemsOf } from "../tests/support/settings_text.ts";
import { ConfigFault } from "./problems.ts";

Deno.test("a mistyped name hides nothing of what is wrong below it", () => {
  const text = `camera:
  front:
    url: rtps://h/
    sensitivty: 40
    zoness:
      Door 1: {points: [[0, 0], [1, 0], [1, 1]], sensitivity: 99}
    zones:
      gate: {points: [[2, 2], [3, 2], [3, 3]]}
analysys: {match_radius: 100, regionArea: 0.04%}
`;
  assert.deepEqual(problemsOf(text), [
    "1:1 camera: is no setting: did you mean cameras?",
    "3:10 camera.front.url: begins with rtps://: did you mean rtsp://?",
    "4:5 camera.front.sensitivty: is no setting: did you mean sensitivity?",
    "4:17 camera.front.sensitivty: must be at most 10, is 40",
    "5:5 camera.front.zoness: is no setting: did you mean zones?",
    "6:7 camera.front.zoness.Door 1: must be named with a-z, 0-9, - and _, at most 32 " +
    "of them, and begin with a letter or digit: write door_1",
    "6:63 camera.front.zoness.Door 1.sensitivity: must be at most 10, is 99",
    "8:24 camera.front.zones.gate.points: must be 0..1 of the picture, are pixels: 320 " +
    "of a width of 640 is 0.5",
    "9:1 analysys: is no setting: did you mean analysis?",
    "9:26 analysys.match_radius: must be at most 30, is 100",
    "9:31 analysys.regionArea: is no setting: did you mean region_area?",
    "9:43 analysys.regionArea: must be a number without a unit: write 0.04",
  ]);
});

Deno.test("a mistyped name beside the right one is told, and the right one holds", () => {
  assert.deepEqual(problemsOf(`${CAMERA}    fps: 5\n    fsp: 500\n`), [
    "5:5 cameras.front.fsp: is no setting: did you mean fps?",
  ]);
  assert.deepEqual(problemsOf(`${CAMERA}camera: {front: {url: scene:x}}\n`), [
    "4:1 camera: is no setting: did you mean cameras?",
  ]);
});

Deno.test("what flags replace is not looked at under a mistyped name either", () => {
  const text = "camera: {front: {fps: 500}}\n";
  assert.throws(() => load(text, { "--url": "scene:street" }), (thrown) => {
    assert.ok(thrown instanceof ConfigFault);
    assert.deepEqual(thrown.problems.map(({ path }) => path), ["camera"]);
    return true;
  });
});
