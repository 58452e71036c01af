import assert from "node:assert/strict";
import { AlertBoard } from "../base/alerts.ts";
import { systemClock } from "../base/clock.ts";
import { settings } from "../config/schema.ts";
import { openWords, type WordsParts } from "./words.ts";

function parts(): WordsParts {
  return {
    clock: systemClock,
    alerts: new AlertBoard(systemClock),
    near: [],
    pictureOf: () => Promise.resolve(undefined),
    wishOf: () => undefined,
  };
}

function settingsWith(more: Record<string, unknown>) {
  const cameras = { gate: { url: "scene:street" } };
  return settings.parse({ cameras, webhook: { url: "http://127.0.0.1:9/" }, ...more });
}

Deno.test("openWords() leaves nothing open when a part of it cannot be opened", async () => {
  const parsed = settingsWith({ speech: { engine: "command", command: ["nonesuch"] } });
  const broken = { ...parsed, ollama: { ...parsed.ollama, url: "http://%zz@[" } };
  const own = parts();
  await assert.rejects(openWords(broken, own));
  // A speaker that is open looks for its voice, and says that there is none.
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
  assert.deepEqual(own.alerts.list(), []);
});

Deno.test("openWords() opens nothing when words are left out", async () => {
  const silent = settingsWith({ words: { dslOnly: true } });
  assert.equal(await openWords(silent, parts()), undefined);
});
