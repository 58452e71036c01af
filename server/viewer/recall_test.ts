import assert from "node:assert/strict";
import fc from "fast-check";
import { readRecent } from "./recall.ts";

Deno.test("readRecent() takes what has the form of ours, and never throws", () => {
  const recent = { camera: "gate", startedUtcMs: 1, events: [], motion: [] };
  assert.equal(readRecent(recent), recent);
  for (const other of [null, undefined, 7, "x", [], {}, { events: [] }, { motion: [] }]) {
    assert.equal(readRecent(other), undefined);
  }
  fc.assert(fc.property(fc.anything(), (value) => void readRecent(value)));
});
