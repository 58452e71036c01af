import assert from "node:assert/strict";
import { fakeOllama } from "../tests/support/fake_ollama.ts";
import type { WordsState } from "./model_desk.ts";
import { ownLoopback } from "../tests/support/own_loopback.ts";
import { NarratorStage } from "../tests/support/narrator_stage.ts";

const model = "vision:latest";
const loading = {
  author: "template",
  model,
  words: "is loading; until it is there sentences come from motion alone",
};
const ready = { author: "model", model, words: "looks at pictures" };

Deno.test("a desk says that no model is wanted", async () => {
  await using stage = new NarratorStage("http://127.0.0.1:9", {
    settings: { model: "off" },
  });
  assert.deepEqual(stage.narrator.state, {
    author: "template",
    words: "ollama.model is off",
  });
});

Deno.test("a desk says where it looks, and why no model helps", async () => {
  await using stage = new NarratorStage("http://me:secret@127.0.0.1:9/path?token=x");
  assert.deepEqual(stage.narrator.state, {
    author: "template",
    words: "looks for Ollama at http://127.0.0.1:9",
  });
  await stage.until("the alert stands", () => stage.alerts.length === 1);
  const { author, words } = stage.narrator.state;
  assert.equal(author, "template");
  assert.match(words, /^no Ollama answers at http:\/\/127\.0\.0\.1:9: ./);
  assert.doesNotMatch(stage.alerts.join() + stage.logged.join(), /secret|token/);
});

Deno.test("a desk tells of a load that hangs: that it loads, that it is slow, that it is given up", async () => {
  await using ollama = await fakeOllama({ usual: { loadMs: 2e9 } });
  await using stage = new NarratorStage(ollama.url);
  await stage.until("it loads", () => ollama.seen.length === 1);
  assert.deepEqual(stage.narrator.state, loading);
  assert.equal(modelOf(stage.narrator.state), undefined);
  stage.clock.advance(4_999);
  assert.deepEqual(stage.alerts, []);
  stage.clock.advance(1);
  assert.match(
    stage.alerts[0]!,
    /as the model vision:latest is loading\. A .* \| Wait: /,
  );
  stage.visit(1);
  await stage.until("the template told", () => stage.told.length === 1);
  stage.clock.advance(115_000);
  assert.match(stage.alerts[0]!, /is loading, for more than 2 min by now\. .*journalctl/);
  assert.deepEqual(stage.narrator.state, loading);
  stage.clock.advance(180_000);
  const given = /the model vision:latest was not loaded within 5 min\. .*journalctl/;
  await stage.until("it is given up", () => given.test(stage.alerts[0]!));
  assert.equal(modelOf(stage.narrator.state), undefined);
  assert.match(stage.narrator.state.words, /was not loaded within 5 min$/);
});

Deno.test("a desk takes the load of a model back when it is there", async () => {
  const load = Promise.withResolvers<void>();
  await using ollama = await fakeOllama({ usual: { loaded: () => load.promise } });
  await using stage = new NarratorStage(ollama.url);
  await stage.until("it loads", () => ollama.seen.length === 1);
  stage.clock.advance(5_000);
  assert.equal(stage.alerts.length, 1);
  load.resolve();
  await stage.ready();
  assert.deepEqual([stage.alerts.length, stage.narrator.state], [0, ready]);
  assert.equal(modelOf(stage.narrator.state), model);
});

Deno.test("a desk tells of a load between two questions, and answers when it is over", async () => {
  let loaded = Promise.resolve();
  await using ollama = await fakeOllama({ usual: { loaded: () => loaded } });
  await using stage = new NarratorStage(ollama.url);
  await stage.ready();
  const load = Promise.withResolvers<void>();
  loaded = load.promise;
  const unload = JSON.stringify({ model: "vision", keep_alive: 0 });
  const generate = { method: "POST", body: unload };
  await (await fetch(`${ollama.url}/api/generate`, generate)).text();
  stage.visit(1);
  await stage.until("it loads again", () => ollama.seen.length === 3);
  assert.deepEqual(stage.narrator.state, ready);
  stage.clock.advance(5_000);
  assert.deepEqual(stage.narrator.state, loading);
  assert.match(stage.alerts[0]!, /is loading/);
  load.resolve();
  await stage.until("it answered", () => stage.narrator.counts.answered === 1);
  assert.deepEqual([stage.alerts.length, stage.narrator.state], [0, ready]);
});

Deno.test("a desk asks a model again that could not see, once another one has its name", async () => {
  const address = ownLoopback();
  const first = await fakeOllama({ address });
  const error = "model does not support multimodal requests";
  first.script({ fail: { status: 400, error } });
  await using stage = new NarratorStage(first.url);
  await stage.ready();
  stage.visit(1);
  await stage.until("it failed", () => stage.narrator.counts.failed === 1);
  const blind = () => /no installed model can see/.test(stage.alerts[0] ?? "");
  await stage.passing("the alert stands", blind);
  assert.equal(modelOf(stage.narrator.state), undefined);
  await first.stop();
  await using _pulled = await fakeOllama({ address, port: first.port, edition: "2" });
  await stage.passing("the alert is gone", () => stage.alerts.length === 0);
  assert.deepEqual(stage.narrator.state, ready);
});

Deno.test("a desk is asked for each camera's share of the hour", async () => {
  await using ollama = await fakeOllama();
  await using stage = new NarratorStage(ollama.url, { settings: { perHour: 1 } });
  await stage.ready();
  for (let track = 1; track <= 6; track++) {
    stage.visit(track, "street");
    await stage.until("it is settled", () => {
      const { answered, dropped } = stage.narrator.counts;
      return answered + dropped === track;
    });
  }
  const { answered } = stage.narrator.counts;
  stage.visit(1, "yard");
  await stage.until("the other", () => stage.narrator.counts.answered === answered + 1);
});

/** The model that looks at pictures now; undefined while none helps. */
function modelOf({ author, model }: WordsState): string | undefined {
  return author === "model" ? model : undefined;
}
