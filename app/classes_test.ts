import assert from "node:assert/strict";
import { cameraSettings } from "../config/schema_camera.ts";
import { classWishOf } from "./classes.ts";

const points = [[0, 0], [1, 0], [1, 1]];

Deno.test("classWishOf() takes a zone's own wish before that of its camera", () => {
  const front = cameraSettings.parse({
    url: "scene:street",
    classes: ["person"],
    unknown: "quiet",
    zones: {
      porch: { points },
      road: { points, classes: ["vehicle"], unknown: "tell" },
      yard: { points, classes: ["animal"] },
    },
  });
  const wish = (zone: string | null) =>
    classWishOf({ cameras: { front } }, { camera: "front", zone });
  assert.deepEqual(wish(null), { classes: ["person"], unknown: "quiet" });
  assert.deepEqual(wish("porch"), { classes: ["person"], unknown: "quiet" });
  assert.deepEqual(wish("road"), { classes: ["vehicle"], unknown: "tell" });
  assert.deepEqual(wish("yard"), { classes: ["animal"], unknown: "quiet" });
});

Deno.test("classWishOf() wishes for all where nothing is asked for", () => {
  const front = cameraSettings.parse({
    url: "scene:street",
    zones: { porch: { points, classes: ["person"] }, yard: { points } },
  });
  const wish = (camera: string, zone: string | null) =>
    classWishOf({ cameras: { front } }, { camera, zone });
  assert.equal(wish("front", null), undefined, "a zone's wish is not the picture's");
  assert.equal(wish("front", "yard"), undefined);
  assert.deepEqual(wish("front", "porch"), { classes: ["person"], unknown: "tell" });
  assert.equal(wish("back", null), undefined);
});
