/**
 * One Ollama server: what is installed, load and unload a model, one question at a time.
 * Every request has its deadline and can be stopped; what fails is one of the cases of
 * `ollama_failure.ts`, never thrown. Which model is asked, and when, is decided elsewhere.
 * @module
 */
import { type ChatRequest, Ollama } from "ollama";
import { basicLogin } from "../base/basic_login.ts";
import type { Clock } from "../base/clock.ts";
import { type InstalledModel, isCalled } from "./model_choice.ts";
import {
  failure,
  failureOf,
  type OllamaFailure,
  StrangerError,
} from "./ollama_failure.ts";
import { TimedRequest, type TimedRequestOptions } from "./ollama_fetch.ts";
import type { Prompt } from "./prompt.ts";

/** What was wanted, or why it cannot be had. */
export type Outcome<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "failed"; readonly failure: OllamaFailure };

export interface Asking {
  readonly model: string;
  readonly prompt: Prompt;
  /** A whole JPEG. */
  readonly picture: Uint8Array<ArrayBuffer>;
  /** ms from now. */
  readonly deadlineMs: number;
  /** Told of the text so far whenever more has come, at most `ANSWER_CHARS_MAX`. */
  onText?(textSoFar: string): void;
}

export interface ModelAnswer {
  readonly text: string;
  /** False: it reached its length, or talked on until we left. */
  readonly isWhole: boolean;
}

/** Lists and versions come in milliseconds, also while a model works. */
const LOOK_MS = 5_000;
/** Ollama's own patience with a load; a timeout shorter than a load never gets a model. */
export const LOAD_MS = 300_000;
/** From then on we leave: two sentences are wanted. */
const ANSWER_CHARS_MAX = 4_000;
/** Of an old server more models are not asked one by one whether they can see. */
const SHOWN_MAX = 64;

/** The model stays loaded between the episodes of a busy hour, and goes in a quiet one. */
const KEEP_ALIVE = "10m";

/**
 * The same for load and question, as another context size loads the model again. Without
 * chance, so that the same picture gives the same words; 120 tokens are some four
 * sentences.
 */
const OPTIONS = { num_ctx: 4_096, num_predict: 120, temperature: 0, seed: 1 } as const;

export class OllamaServer {
  readonly #clock: Clock;
  readonly #address: string;
  readonly #host: string;
  readonly #headers: Record<string, string>;

  /** @param url http or https; user and password in it are sent as Basic authorization */
  constructor(url: string, clock: Clock) {
    this.#clock = clock;
    const at = new URL(url);
    const authorization = basicLogin(at);
    this.#headers = authorization === undefined ? {} : { authorization };
    this.#host = `${at.protocol}//${at.host}`;
    this.#address = this.#host + at.pathname.replace(/\/+$/, "");
  }

  /** Scheme and host: the only part of the URL that may be shown. */
  get host(): string {
    return this.#host;
  }

  /** Asks for its version: the cheapest sign of life. */
  async isThere(signal: AbortSignal): Promise<Outcome<string>> {
    return await this.#request({ deadlineMs: LOOK_MS, signal }, async (client) => {
      const { version } = await client.version();
      if (typeof version !== "string") throw new StrangerError("it has no version");
      return version;
    });
  }

  /**
   * All installed models. An old server is asked for each whether it can see: for so many
   * that it takes no long time, and for the `wanted` one.
   */
  async installed(
    signal: AbortSignal,
    wanted = "",
  ): Promise<Outcome<readonly InstalledModel[]>> {
    const listed = await this.#request(
      { deadlineMs: LOOK_MS, signal },
      async (client) => {
        const { models }: { models: unknown } = await client.list();
        if (!Array.isArray(models)) throw new StrangerError("it lists no models");
        return models.map(readListed).filter((model) => model !== undefined);
      },
    );
    if (listed.kind === "failed") return listed;
    const models: InstalledModel[] = [];
    let shown = 0;
    for (const { capabilities, ...model } of listed.value) {
      let can = capabilities ?? [];
      if (!capabilities && (shown++ < SHOWN_MAX || isCalled(model.name, wanted))) {
        const told = await this.#capabilitiesOf(model.name, signal);
        if (told.kind === "failed") return told;
        can = told.value;
      }
      models.push({ ...model, canSee: can.includes("vision") });
    }
    return { kind: "done", value: models };
  }

  /** Loads the model, or keeps it loaded. Takes minutes on a slow disk. */
  async load(model: string, signal: AbortSignal): Promise<Outcome<void>> {
    return await this.#request({ deadlineMs: LOAD_MS, signal }, async (client) => {
      const request = { model, prompt: "", stream: false as const };
      await client.generate({ ...request, keep_alive: KEEP_ALIVE, options: OPTIONS });
    });
  }

  /** Takes the model out of memory: cures a server whose cache of prompts is damaged. */
  async unload(model: string, signal: AbortSignal): Promise<Outcome<void>> {
    return await this.#request({ deadlineMs: LOOK_MS, signal }, async (client) => {
      await client.generate({ model, prompt: "", stream: false, keep_alive: 0 });
    });
  }

  async ask(asking: Asking, signal: AbortSignal): Promise<Outcome<ModelAnswer>> {
    const { deadlineMs } = asking;
    const of = { deadlineMs, signal, isStream: true };
    return await this.#request(of, async (client) => {
      let text = "";
      for await (const part of await client.chat(chatOf(asking))) {
        const more: unknown = part.message?.content;
        if (typeof more === "string") text += more.slice(0, ANSWER_CHARS_MAX);
        text = text.slice(0, ANSWER_CHARS_MAX);
        asking.onText?.(text);
        if (text.length >= ANSWER_CHARS_MAX) return { text, isWhole: false };
        if (part.done) return { text, isWhole: part.done_reason !== "length" };
      }
      return { text, isWhole: false };
    });
  }

  async #capabilitiesOf(
    model: string,
    signal: AbortSignal,
  ): Promise<Outcome<readonly string[]>> {
    const shown = await this.#request({ deadlineMs: LOOK_MS, signal }, async (client) => {
      const { capabilities }: { capabilities: unknown } = await client.show({ model });
      return readWords(capabilities) ?? [];
    });
    // A damaged file cannot even be shown, and one may go while we look.
    const isGone = shown.kind === "failed" &&
      (shown.failure.kind === "broken" || shown.failure.kind === "missing");
    return isGone ? { kind: "done", value: [] } : shown;
  }

  async #request<T>(
    of: TimedRequestOptions,
    act: (client: Ollama) => Promise<T>,
  ): Promise<Outcome<T>> {
    using request = new TimedRequest(this.#clock, of);
    const [host, headers] = [this.#address, this.#headers];
    const client = new Ollama({ host, headers, fetch: request.fetch });
    try {
      return { kind: "done", value: await act(client) };
    } catch (thrown) {
      if (of.signal.aborted) return failed(failure("stopped", "we stopped it"));
      if (!request.isLate) return failed(failureOf(thrown, request.hasAnswered));
      const seconds = Math.round(of.deadlineMs / 1_000);
      return failed(failure("late", `no answer within ${seconds} s`));
    }
  }
}

function failed<T>(of: OllamaFailure): Outcome<T> {
  return { kind: "failed", failure: of };
}

function chatOf({ model, prompt, picture }: Asking): ChatRequest & { stream: true } {
  const user = { role: "user", content: prompt.user, images: [picture] };
  return {
    model,
    stream: true,
    // Thinking aloud costs a small box its deadline.
    think: false,
    keep_alive: KEEP_ALIVE,
    options: OPTIONS,
    messages: [{ role: "system", content: prompt.system }, user],
  };
}

interface ListedModel {
  readonly name: string;
  readonly sizeBytes: number;
  readonly isRemote: boolean;
  readonly digest: string;
  readonly capabilities: readonly string[] | undefined;
}

/** Servers before 0.33 say nothing of capabilities in their list. */
function readListed(listed: unknown): ListedModel | undefined {
  if (typeof listed !== "object" || listed === null) return undefined;
  const { name, size, digest, capabilities } = Object(listed);
  const { remote_host: host, remote_model: model } = Object(listed);
  if (typeof name !== "string" || name.length > NAME_CHARS_MAX) return undefined;
  const isCloud = /[:-]cloud$/i.test(name) || isText(host) || isText(model);
  return {
    name,
    sizeBytes: typeof size === "number" ? size : 0,
    isRemote: isCloud,
    digest: isText(digest) ? digest : "",
    capabilities: readWords(capabilities),
  };
}

const NAME_CHARS_MAX = 256;

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function readWords(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((word) => typeof word === "string");
}
