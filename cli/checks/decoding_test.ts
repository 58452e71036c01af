import assert from "node:assert/strict";
import { silentLog } from "../../base/log.ts";
import { DecodeWay } from "../../capture/decode_way.ts";
import { judgeDecoding, judgeInUse } from "./decoding.ts";

Deno.test("judgeDecoding() says so when there is no clip to try hardware with", async () => {
  const failed = { code: 1, signal: null, stdout: "", stderr: [] };
  const [finding] = await judgeDecoding(() => Promise.resolve(failed), undefined);
  assert.equal(finding?.level, "note");
  assert.match(finding!.words, /hardware was not tried/);
});

Deno.test("judgeInUse() tells of hardware that decodes, and of hardware that failed", () => {
  const of = (by: string, words: string) =>
    judgeInUse([{ camera: "gate", decoding: { by, words } }]);
  assert.deepEqual(of("software", "as it is set"), []);
  assert.deepEqual(judgeInUse([{ camera: "yard" }]), []);
  const [good] = of("vaapi", "as it is set");
  assert.deepEqual(good, { level: "good", words: "gate: vaapi, as it is set" });
  const way = new DecodeWay({ camera: "gate", set: "cuda", log: silentLog });
  way.failed();
  const [bad] = of(way.now.decode, way.now.words);
  assert.equal(bad?.level, "warning");
  assert.match(bad!.toDo!, /cameras\.gate\.decode: software/);
});
