/**
 * Is there an Ollama, and a model that can look at pictures?
 * @module
 */
import { chooseModel, type InstalledModel } from "../../llm/model_choice.ts";
import { OllamaServer } from "../../llm/ollama.ts";
import type { Check, CheckContext, Finding } from "./check.ts";

export const check: Check = { name: "ollama", timeoutMs: 15_000, run };

async function run({ configuration, clock, signal }: CheckContext) {
  const { ollama, words } = configuration.settings;
  if (words.dslOnly || ollama.model === "off") {
    const said = words.dslOnly ? "words are left out" : "no model is asked";
    return [{ level: "good", words: `${said}, by the settings` }] as const;
  }
  const server = new OllamaServer(ollama.url, clock);
  const there = await server.isThere(signal);
  if (there.kind === "failed") {
    return [{
      level: "note",
      words: `${server.host}: ${there.failure.words}; sentences are made without a model`,
      toDo:
        "sudo systemctl status ollama; how to get it: https://ollama.com/download/linux",
    }] as const;
  }
  const installed = await server.installed(signal, ollama.model);
  if (installed.kind === "failed") {
    const said = `${server.host} does not say which models it has: `;
    const toDo = "journalctl -u ollama -n 50";
    return [{ level: "warning", words: said + installed.failure.words, toDo }] as const;
  }
  return [judgeModels(installed.value, { wanted: ollama.model, version: there.value })];
}

/** Which of the installed models would be asked, or what to pull. */
export function judgeModels(
  installed: readonly InstalledModel[],
  { wanted, version }: { readonly wanted: string; readonly version: string },
): Finding {
  const seeing = installed.filter(({ canSee }) => canSee).map(({ name }) => name);
  const facts = { version, models: installed.length, seeing: seeing.join(" ") };
  const choice = chooseModel(wanted, installed);
  const has =
    `Ollama ${version} has ${installed.length} models, ${seeing.length} can see`;
  if (choice.kind === "none") {
    // Asked for by name and not there is a mistake; none at all is a choice.
    const level = wanted === "auto" ? "note" : "warning";
    return { level, words: `${has}; ${choice.why}`, toDo: choice.toDo, facts };
  }
  const words = `${has}; ${choice.model} looks at pictures: ${choice.why}`;
  return { level: "good", words, facts: { ...facts, chosen: choice.model } };
}
