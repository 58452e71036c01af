/**
 * What is said when no model helps with words, in English: one alert for all reasons.
 * @module
 */

export const noModelWords = {
  /** @param why in words, without a period */
  words: (why: string) =>
    `Sentences come from motion alone, as ${why}. A model that sees pictures would add ` +
    "what it is: a person with a parcel, a red car.",
  offline: (host: string, why: string) => `no Ollama answers at ${host}: ${why}`,
  failing: (model: string, why: string) => `the model ${model} fails: ${why}`,
  late: (model: string, seconds: number) =>
    `the model ${model} does not answer within ${seconds} s`,
  loading: (model: string) => `the model ${model} is loading`,
  loadingSlowly: (model: string, minutes: number) =>
    `the model ${model} is loading, for more than ${minutes} min by now`,
  loadLate: (model: string, minutes: number) =>
    `the model ${model} was not loaded within ${minutes} min`,
  startOllama: "Start it (systemctl start ollama), or set ollama.url to where it runs; " +
    "ollama.model: off asks none.",
  lookAtOllama: "Look at its log (journalctl -u ollama) and at `ollama ps`.",
  askLess: "Set a smaller ollama.model (ollama pull moondream) or a longer " +
    "ollama.deadline_s.",
  waitForLoad:
    "Wait: it is read from disk into memory; `ollama ps` lists it when it is there.",
} as const;

/** How words are made now: stands after the model's name, or "without a model". */
export const wordsStateWords = {
  off: "ollama.model is off",
  looking: (host: string) => `looks for Ollama at ${host}`,
  loading: "is loading; until it is there sentences come from motion alone",
  ready: "looks at pictures",
} as const;
