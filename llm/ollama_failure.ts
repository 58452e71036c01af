/**
 * What went wrong with a request to an Ollama server, as one of a few cases, each with
 * its words. Pure: reads what was thrown; asks nobody.
 * @module
 */
import { withoutCredentials } from "../base/secret.ts";

/**
 * `unreachable`: nobody answers there. `stranger`: somebody does, but no Ollama, such as
 * a proxy's page. `busy`: it refuses for now. `missing`: the model is not installed.
 * `blind`: the model cannot see. `broken`: it failed at it, as when its runner died.
 * `refused`: it takes no such request. `late`: not within the deadline. `stopped`: by us.
 */
export type FailureKind =
  | "unreachable"
  | "stranger"
  | "busy"
  | "missing"
  | "blind"
  | "broken"
  | "refused"
  | "late"
  | "stopped";

export interface OllamaFailure {
  readonly kind: FailureKind;
  /** For people and the log: no secret, one line, at most `WORDS_MAX`. */
  readonly words: string;
}

const WORDS_MAX = 200;

/** A status that is not 2xx, with the server's own text. */
export class StatusError extends Error {
  readonly status: number;
  readonly isJson: boolean;

  constructor(status: number, { text, isJson }: { text: string; isJson: boolean }) {
    super(text);
    this.name = "StatusError";
    this.status = status;
    this.isJson = isJson;
  }
}

/** What came is not what an Ollama server says. */
export class StrangerError extends Error {}

/** @param hasAnswered a status had come before it failed */
export function failureOf(thrown: unknown, hasAnswered: boolean): OllamaFailure {
  if (thrown instanceof StatusError) return ofStatus(thrown);
  const words = innermostWords(thrown);
  if (thrown instanceof StrangerError || thrown instanceof SyntaxError) {
    return failure("stranger", `what answers there is no Ollama server (${words})`);
  }
  if (hasAnswered) return failure("broken", `the answer broke off (${unwrapped(words)})`);
  return failure("unreachable", whyUnreachable(words));
}

/** A failure by its kind; `words` are for people and hold no secret. */
export function failure(kind: FailureKind, words: string): OllamaFailure {
  const line = withoutCredentials(words).replace(/[\p{C}\p{Z}\s]+/gu, " ").trim();
  return { kind, words: line.slice(0, WORDS_MAX) };
}

/** An error's own words: some come as JSON in a string, from the runner behind. */
export function unwrapped(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    const inside = fieldOf(value, "error") ?? value;
    const message = fieldOf(inside, "message") ?? inside;
    return typeof message === "string" ? unwrapped(message) : text;
  } catch {
    return text;
  }
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === "object" && value !== null
    ? Reflect.get(value, field)
    : undefined;
}

function ofStatus({ status, message, isJson }: StatusError): OllamaFailure {
  const words = unwrapped(message);
  const told = `status ${status}: ${words}`;
  if (!isJson) {
    const page = words.replace(/<[^>]*>/g, " ").trim();
    if (status === 403) {
      const why = "it refuses this host name: OLLAMA_HOST or a proxy must allow it";
      return failure("refused", `status 403, ${why}`);
    }
    return failure(
      "stranger",
      `no Ollama server answers there, status ${status}: ${page}`,
    );
  }
  if (status === 503) return failure("busy", told);
  if (status === 404 && /not found/i.test(words)) return failure("missing", words);
  if (/does not support (multimodal|image|vision)/i.test(words)) {
    return failure("blind", words);
  }
  return failure(status >= 500 ? "broken" : "refused", told);
}

/** Before the reason stand addresses, ports and the path of the URL: not for people. */
function whyUnreachable(told: string): string {
  const words = told.replace(/^.*client error \(\w+\): /s, "");
  if (/refused/i.test(words)) return "nobody listens there (connection refused)";
  if (/dns|lookup|resolve/i.test(words)) return "its name is not known (DNS)";
  if (/certificate|tls|ssl/i.test(words)) return "its certificate is not trusted (TLS)";
  if (/unreachable|no route/i.test(words)) return "there is no way to it on the network";
  if (/closed|reset|broken pipe/i.test(words)) {
    return "it closes the connection without an answer";
  }
  return `it cannot be reached (${words})`;
}

function innermostWords(thrown: unknown): string {
  let inner = thrown;
  for (let depth = 0; depth < 5; depth++) {
    if (!(inner instanceof Error) || inner.cause === undefined) break;
    inner = inner.cause;
  }
  return inner instanceof Error ? inner.message : String(inner);
}
