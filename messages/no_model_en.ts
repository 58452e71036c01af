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
  startOllama: "Start it (systemctl start ollama), or set ollama.url to where it runs; " +
    "ollama.model: off asks none.",
  lookAtOllama: "Look at its log (journalctl -u ollama) and at `ollama ps`.",
  askLess: "Set a smaller ollama.model (ollama pull moondream) or a longer " +
    "ollama.deadline_s.",
} as const;
