import assert from "node:assert/strict";
import fc from "fast-check";
import { readRecent } from "./recall.ts";

Deno.test("readRecent() takes what has the form of ours, and never throws", () => {
  const lists = { events: [], motion: [], narrations: [], unreported: [] };
  const recent = { camera: "gate", startedUtcMs: 1, ...lists };
  assert.equal(readRecent(recent), recent);
  for (const other of [null, undefined, 7, "x", [], {}]) {
    assert.equal(readRecent(other), undefined);
  }
  for (const name of Object.keys(lists)) {
    assert.equal(readRecent({ ...recent, [name]: undefined }), undefined, name);
  }
  fc.assert(fc.property(fc.anything(), (value) => void readRecent(value)));
});
