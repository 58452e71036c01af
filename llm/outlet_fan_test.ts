import assert from "node:assert/strict";
import { NarratorStage } from "../tests/support/narrator_stage.ts";

Deno.test("OutletFan: an outlet that throws costs nobody a sentence, and one line", async () => {
  const rude = {
    offer: () => {
      throw new Error("disk full");
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  await using stage = new NarratorStage("http://127.0.0.1:9", {
    settings: { model: "off" },
    before: [rude],
  });
  for (const id of [1, 2, 3]) {
    stage.change("opened", { id, track: id });
    await stage.until("it is told", () => stage.told.length === id);
  }
  assert.deepEqual(stage.logged, ["words.outlet_failed outlet=0 words=disk full"]);
});
