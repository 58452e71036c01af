import assert from "node:assert/strict";
import { judgeModels } from "./ollama.ts";

const SEEING = {
  name: "moondream:latest",
  sizeBytes: 1e9,
  canSee: true,
  isRemote: false,
};
const BLIND = { ...SEEING, name: "llama3.2:1b", canSee: false };

Deno.test("judgeModels() says which model is chosen, or what to pull", () => {
  const of = (models: readonly typeof SEEING[], wanted = "auto") =>
    judgeModels(models, { wanted, version: "0.33.0" });
  const chosen = of([BLIND, SEEING]);
  assert.equal(chosen.level, "good");
  assert.match(
    chosen.words,
    /has 2 models, 1 can see; moondream:latest looks at pictures/,
  );
  assert.equal(chosen.facts?.chosen, "moondream:latest");
  const none = of([BLIND]);
  assert.equal(none.level, "note");
  assert.match(none.toDo ?? "", /^ollama pull /);
  const missing = of([SEEING], "gemma3:4b");
  assert.deepEqual([missing.level, missing.toDo], ["warning", "ollama pull gemma3:4b"]);
});
