import assert from "node:assert/strict";
import { silentLog } from "../base/log.ts";
import { DecodeWay } from "./decode_way.ts";
import type { Codec } from "./parameter_sets.ts";
import type { Chosen, DecodeSetting } from "./source.ts";

/** A way, and what finds out for it: answers come when `tell` is called. */
function wayOf(set: DecodeSetting | undefined) {
  const asked: Codec[] = [];
  const answers: ((chosen: Chosen) => void)[] = [];
  const chooser = {
    of: (codec: Codec) => {
      asked.push(codec);
      const { promise, resolve } = Promise.withResolvers<Chosen>();
      answers.push(resolve);
      return promise;
    },
  };
  const way = new DecodeWay({ camera: "gate", set, chooser, log: silentLog });
  const tell = async (at: number, decode: Chosen["decode"]) => {
    answers[at]!({ decode, words: `tried: ${decode}` });
    await Promise.resolve();
  };
  return { way, asked, tell };
}

Deno.test("DecodeWay takes what is set, and asks nobody", () => {
  for (const set of [undefined, "software", "vaapi"] as const) {
    const { way, asked } = wayOf(set);
    way.begin("h264");
    assert.equal(way.now.decode, set ?? "software");
    assert.deepEqual(asked, []);
  }
});

Deno.test("DecodeWay with auto is software until the best is known, once a coding", async () => {
  const { way, asked, tell } = wayOf("auto");
  way.begin("h264");
  way.begin("h264");
  assert.deepEqual(asked, ["h264"]);
  assert.equal(way.now.decode, "software");
  await tell(0, "vaapi");
  assert.deepEqual(way.now, { decode: "vaapi", words: "tried: vaapi" });
});

Deno.test("DecodeWay forgets an answer for a coding that is over", async () => {
  const { way, asked, tell } = wayOf("auto");
  way.begin("h264");
  way.begin("hevc");
  await tell(0, "vaapi");
  assert.equal(way.now.decode, "software");
  await tell(1, "cuda");
  assert.equal(way.now.decode, "cuda");
  assert.deepEqual(asked, ["h264", "hevc"]);
});

Deno.test("DecodeWay leaves hardware that failed for good, whatever is found later", async () => {
  const { way, tell } = wayOf("auto");
  way.begin("h264");
  assert.equal(way.failed(), false, "software has nothing else");
  await tell(0, "vaapi");
  assert.equal(way.failed(), true);
  assert.deepEqual(way.now, {
    decode: "software",
    words: "vaapi failed: software is used",
  });
  way.begin("hevc");
  await tell(1, "vaapi");
  assert.equal(way.now.decode, "software");
  assert.equal(way.failed(), false);
});
