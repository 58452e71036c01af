import assert from "node:assert/strict";
import { scriptedObservation } from "../tests/support/scripted_observation.ts";
import { isQuiet } from "./quiet.ts";

const NOTHING = { ...scriptedObservation({ frame: 1 }), regions: 0 };

Deno.test("a frame in which nothing moves and nobody is known is quiet", () => {
  assert.equal(isQuiet(NOTHING), true);
  assert.equal(isQuiet({ ...NOTHING, regions: 1 }), false);
});

Deno.test("who stands still keeps the camera up", () => {
  const standing = scriptedObservation({
    frame: 1,
    blobs: [{ id: 1, vx: 0, vxPerS: 0 }],
  });
  assert.equal(isQuiet({ ...standing, regions: 0 }), false);
});

Deno.test("a lasting state of the lens is no unrest, one of the picture is", () => {
  const state = (state: "dirty" | "frozen") => ({
    ...NOTHING,
    states: [{ state, sinceMs: 0 }],
  });
  assert.equal(isQuiet(state("dirty")), true);
  assert.equal(isQuiet(state("frozen")), false);
});
