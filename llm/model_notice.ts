/**
 * What people are told while no model helps: one alert, with what to do, and a line in
 * the log when it changes. Decides nothing about models.
 * @module
 */
import type { AlertBoard } from "../base/alerts.ts";
import type { Log } from "../base/log.ts";
import { noModelWords as words } from "../messages/no_model_en.ts";
import { LOAD_MS } from "./ollama.ts";
import type { OllamaFailure } from "./ollama_failure.ts";

/** The alert that stands while no model helps. */
export const NO_MODEL = "words.no_model";

/** Why no model helps now. */
export interface Trouble {
  readonly why: string;
  readonly toDo: string;
}

export interface ModelNoticeParts {
  readonly log: Log;
  readonly alerts: Pick<AlertBoard, "raise" | "clear">;
}

export class ModelNotice {
  readonly #parts: ModelNoticeParts;
  /** What is wrong, a load that is waited for aside. */
  #standing: Trouble | undefined;
  /** The load that the alert speaks of; undefined: of no load. */
  #loading: Trouble | undefined;
  #logged = "";
  #loggedLoad = "";

  constructor(parts: ModelNoticeParts) {
    this.#parts = parts;
  }

  /** Why no model helps, in words; undefined while nothing stands. */
  get why(): string | undefined {
    return (this.#loading ?? this.#standing)?.why;
  }

  raise(trouble: Trouble): void {
    this.#loading = undefined;
    this.#standing = trouble;
    this.#show(trouble);
    this.#logOnce("words.no_model", { ...trouble });
  }

  /** A model is loading, and it takes long. Once a line, until a model helps again. */
  loading(trouble: Trouble): void {
    this.#loading = trouble;
    this.#show(trouble);
    if (this.#loggedLoad === trouble.why) return;
    this.#loggedLoad = trouble.why;
    this.#parts.log.info("words.loading", { ...trouble });
  }

  /** It is loaded: what was wrong before stands again, if anything was. */
  loaded(): void {
    if (!this.#loading) return;
    this.#loading = undefined;
    if (this.#standing) this.#show(this.#standing);
    else this.#parts.alerts.clear(NO_MODEL, "");
  }

  /** A model helps. */
  clear(model: string, why: string): void {
    this.#loading = this.#standing = undefined;
    this.#loggedLoad = "";
    this.#parts.alerts.clear(NO_MODEL, "");
    this.#logOnce("words.model", { model, why });
  }

  #show({ why, toDo }: Trouble): void {
    const alert = { code: NO_MODEL, subject: "", severity: "note" } as const;
    this.#parts.alerts.raise({ ...alert, words: words.words(why), toDo });
  }

  /** A line when it differs from the last one: not one per look or per question. */
  #logOnce(event: string, facts: Readonly<Record<string, string>>): void {
    const line = `${event} ${Object.values(facts).join("\n")}`;
    if (line === this.#logged) return;
    this.#logged = line;
    this.#parts.log.info(event, facts);
  }
}

/** The model loads, and is not slow yet. */
export function loadingTrouble(model: string): Trouble {
  return { why: words.loading(model), toDo: words.waitForLoad };
}

/** @param ms how long it has loaded already */
export function slowLoadTrouble(model: string, ms: number): Trouble {
  return { why: words.loadingSlowly(model, inMinutes(ms)), toDo: words.lookAtOllama };
}

/** The load was given up. */
export function lateLoadTrouble(model: string): Trouble {
  return { why: words.loadLate(model, inMinutes(LOAD_MS)), toDo: words.lookAtOllama };
}

interface Circumstances {
  readonly host: string;
  /** The model that was asked; undefined when none was. */
  readonly model: string | undefined;
  readonly deadlineS: number;
}

/** What a failure means for people, and what they can do. */
export function troubleOf(failure: OllamaFailure, of: Circumstances): Trouble {
  const { host, model, deadlineS } = of;
  switch (failure.kind) {
    case "unreachable":
    case "stranger":
    case "stopped":
      return { why: words.offline(host, failure.words), toDo: words.startOllama };
    case "late":
      return model === undefined
        ? { why: words.offline(host, failure.words), toDo: words.lookAtOllama }
        : { why: words.late(model, deadlineS), toDo: words.askLess };
    case "missing":
      return { why: failure.words, toDo: `ollama pull ${model ?? ""}`.trim() };
    case "blind":
    case "busy":
    case "broken":
    case "refused": {
      const why = model === undefined
        ? words.offline(host, failure.words)
        : words.failing(model, failure.words);
      return { why, toDo: words.lookAtOllama };
    }
  }
}

function inMinutes(ms: number): number {
  return Math.round(ms / 60_000);
}
