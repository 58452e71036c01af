import assert from "node:assert/strict";
import { chooseModel, type InstalledModel } from "./model_choice.ts";

const GB = 1_000_000_000;

function model(name: string, more: Partial<InstalledModel> = {}): InstalledModel {
  return { name, sizeBytes: 4 * GB, canSee: true, isRemote: false, ...more };
}

const text = model("llama3.2:3b", { canSee: false, sizeBytes: GB });
const cloud = model("qwen3-vl:235b-cloud", { isRemote: true, sizeBytes: 384 });

function check(wanted: string, installed: readonly InstalledModel[], said: string): void {
  const choice = chooseModel(wanted, installed);
  const words = choice.kind === "chosen"
    ? `${choice.model}: ${choice.why}`
    : `none: ${choice.why}; ${choice.toDo}`;
  assert.equal(words, said);
}

Deno.test("chooseModel() takes a known small one that can see before others", () => {
  const installed = [
    text,
    model("llava:7b", { sizeBytes: 2 }),
    model("moondream:latest", { sizeBytes: 1 }),
    model("qwen2.5vl:3b-q8_0", { sizeBytes: 5 * GB }),
    model("Qwen2.5VL:3b", { sizeBytes: 3 * GB }),
  ];
  check(
    "auto",
    installed,
    "Qwen2.5VL:3b: of 4 that can see it describes pictures best for its size",
  );
});

Deno.test("chooseModel() takes the smallest when none is known", () => {
  const installed = [model("big:70b"), model("tiny:1b", { sizeBytes: GB }), text];
  check("auto", installed, "tiny:1b: of 2 that can see it is the smallest");
  check("auto", [text, model("x:1b")], "x:1b: it is the only one installed that can see");
});

Deno.test("chooseModel() never goes by the name alone", () => {
  const liar = model("moondream:latest", { canSee: false });
  check(
    "auto",
    [liar],
    "none: no installed model can see pictures; ollama pull qwen2.5vl:3b",
  );
});

Deno.test("chooseModel() sends no pictures to other machines unasked", () => {
  check(
    "auto",
    [cloud, text],
    "none: the only models that can see run elsewhere (qwen3-vl:235b-cloud), and pictures " +
      "stay here; ollama pull qwen2.5vl:3b",
  );
  check(
    "auto",
    [cloud, model("x:1b")],
    "x:1b: it is the only one installed that can see",
  );
  check(
    "qwen3-vl:235b-cloud",
    [cloud],
    "qwen3-vl:235b-cloud: it is the one asked for, and runs on another machine: pictures " +
      "go there",
  );
});

Deno.test("chooseModel() says how to get what is missing", () => {
  check("auto", [], "none: no model is installed; ollama pull qwen2.5vl:3b");
  check(
    "moondream",
    [text],
    'none: the model "moondream" is not installed; ollama pull moondream',
  );
});

Deno.test("chooseModel() takes the named one, as servers read names", () => {
  const installed = [model("Moondream:latest"), model("llava:7b")];
  check("moondream", installed, "Moondream:latest: it is the one asked for");
  check("LLaVA:7b", installed, "llava:7b: it is the one asked for");
  check(
    "llava",
    installed,
    'none: the model "llava" is not installed; ollama pull llava',
  );
});

Deno.test("chooseModel() refuses a named one that cannot see, and names one that can", () => {
  check(
    "llama3.2:3b",
    [text, model("llava:7b")],
    'none: the model "llama3.2:3b" cannot see pictures; Set ollama.model to auto or llava:7b.',
  );
  check(
    "llama3.2:3b",
    [text],
    'none: the model "llama3.2:3b" cannot see pictures; ollama pull qwen2.5vl:3b',
  );
});
