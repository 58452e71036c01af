import assert from "node:assert/strict";
import { judgeDecoding } from "./decoding.ts";

Deno.test("judgeDecoding() says so when there is no clip to try hardware with", async () => {
  const failed = { code: 1, signal: null, stdout: "", stderr: [] };
  const [finding] = await judgeDecoding(() => Promise.resolve(failed), undefined);
  assert.equal(finding?.level, "note");
  assert.match(finding!.words, /hardware was not tried/);
});
