import assert from "node:assert/strict";
import { MODEL_NAME } from "../classes/label.ts";
import { cameraSettings } from "../config/schema_camera.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { describe, PACKED_DESCRIPTION } from "../tests/support/own_model_folder.ts";
import { classModelOf, classWishOf } from "./classes.ts";

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

Deno.test("classModelOf() names who looks: nobody, the built-in detector, or one's own", () => {
  using folder = new TestFolder();
  const own = { classesModel: folder.path };
  assert.equal(classModelOf({ classes: "off", ...own }), undefined);
  assert.equal(classModelOf({ classes: "auto" }), MODEL_NAME);
  assert.equal(classModelOf({ classes: "auto", ...own }), "none", "nothing is there");
  describe(folder.path, PACKED_DESCRIPTION);
  assert.equal(classModelOf({ classes: "auto", ...own }), "packed/1");
});
