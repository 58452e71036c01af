/**
 * Where questions for a model are handed in: finds a server and a model that can see,
 * asks one question at a time, and goes on looking when none helps. Nobody waits here:
 * a question is taken or not, its reply is told later. Judges no answers.
 * @module
 */
import type { AlertBoard } from "../base/alerts.ts";
import { backoffMs, type BackoffPlan } from "../base/backoff.ts";
import { type Clock, sleep } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import type { OllamaSettings } from "../config/schema.ts";
import { noModelWords as words } from "../messages/no_model_en.ts";
import { HourlyBudget } from "./hourly_budget.ts";
import { chooseModel } from "./model_choice.ts";
import { type ModelAnswer, OllamaServer, type Outcome } from "./ollama.ts";
import { failure, type FailureKind, type OllamaFailure } from "./ollama_failure.ts";
import type { Prompt } from "./prompt.ts";
import { QuestionQueue } from "./question_queue.ts";

export interface Question {
  readonly camera: string;
  readonly prompt: Prompt;
  /** A whole JPEG. */
  readonly picture: Uint8Array<ArrayBuffer>;
  /** `Clock.monotonicMs` when it was handed in: its deadline counts from here. */
  readonly askedMs: number;
}

/** How a question ended. `tookMs` counts from handing it in. */
export type Reply =
  | {
    readonly kind: "answered";
    readonly answer: ModelAnswer;
    readonly model: string;
    readonly tookMs: number;
  }
  | {
    readonly kind: "late";
    /** As far as it came. */
    readonly text: string;
    readonly model: string;
    readonly tookMs: number;
  }
  | { readonly kind: "failed" }
  /** It was never asked: others came before it. */
  | { readonly kind: "dropped" };

export interface ModelDeskParts<Q extends Question> {
  readonly clock: Clock;
  readonly log: Log;
  readonly alerts: Pick<AlertBoard, "raise" | "clear">;
  readonly settings: OllamaSettings;
  /** A question is being shown to the model. */
  asking(question: Q): void;
  /** Each question that was taken is replied to once, unless the desk closes. */
  replied(question: Q, reply: Reply): void;
}

/** `open`: a question will be asked; `spent`: not before the hour is over. */
export type DeskState = "open" | "closed" | "spent";

/** The alert that stands while no model helps. */
export const NO_MODEL = "words.no_model";

/** More wait in vain: at 15 s a picture the eighth comes two minutes late. */
const WAITING_MAX = 8;
/** How soon a server that failed is looked for again, and at last every 30 s. */
const LOOK_AGAIN: BackoffPlan = { firstMs: 2_000, maxMs: 30_000, jitter: 0 };
/** How soon a server that is busy with loads is asked again. */
const BUSY: BackoffPlan = { firstMs: 1_000, maxMs: 10_000, jitter: 0 };
/** While nothing is asked the server is looked at so often. */
const IDLE_LOOK_MS = 60_000;
/** So many questions in a row without an answer: it does not help. */
const STRIKES_MAX = 3;
/** How often one question is asked again when the server broke at it. */
const BROKEN_MAX = 2;
/** No chance is needed where one asks one. */
const NO_CHANCE = 0.5;

/** Why no model helps now. */
interface Trouble {
  readonly why: string;
  readonly toDo: string;
}

interface Found {
  readonly kind: "model";
  readonly model: string;
  readonly why: string;
}

interface NotFound extends Trouble {
  readonly kind: "none";
}

interface Addressed {
  readonly model: string;
  readonly onText: (soFar: string) => void;
}

/** Failures that the next question would meet, too: others are strikes. */
const IS_OVER: ReadonlySet<FailureKind> = new Set(
  ["unreachable", "stranger", "missing", "blind"],
);

export class ModelDesk<Q extends Question> implements AsyncDisposable {
  readonly #parts: ModelDeskParts<Q>;
  readonly #server: OllamaServer;
  readonly #waiting = new QuestionQueue<Q>(WAITING_MAX);
  readonly #budget: HourlyBudget;
  readonly #stop = new AbortController();
  readonly #working: Promise<void>;
  /** Models that said they cannot see although they were listed as if. */
  readonly #blind = new Set<string>();
  #wake: AbortController | undefined;
  /** The model that is asked; undefined while there is none. */
  #model: string | undefined;
  #logged = "";
  #strikes = 0;

  constructor(parts: ModelDeskParts<Q>) {
    this.#parts = parts;
    this.#server = new OllamaServer(parts.settings.url, parts.clock);
    this.#budget = new HourlyBudget(parts.settings.perHour);
    this.#working = this.#work();
  }

  /** The model that is asked; undefined while there is none. */
  get model(): string | undefined {
    return this.#model;
  }

  get state(): DeskState {
    if (this.#model === undefined) return "closed";
    return this.#budget.hasLeft(this.#parts.clock.monotonicMs()) ? "open" : "spent";
  }

  /** Takes the question, when `state` is open; another may give way to it. */
  offer(question: Q): void {
    const lost = this.state === "open" ? this.#waiting.push(question) : question;
    if (lost) this.#parts.replied(lost, { kind: "dropped" });
    this.#wake?.abort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#wake?.abort();
    await this.#working;
  }

  async #work(): Promise<void> {
    const { clock, log } = this.#parts;
    for (let misses = 1; !this.#stop.signal.aborted; misses++) {
      let trouble: Trouble | undefined;
      try {
        const found = await this.#look();
        if (found.kind === "model" && this.#strikes === 0) misses = 1;
        trouble = found.kind === "model" ? await this.#serve(found) : found;
      } catch (thrown) {
        log.error("words.desk_failed", { words: wordsOf(thrown) });
      }
      this.#close();
      if (this.#stop.signal.aborted) return;
      if (trouble) this.#complain(trouble);
      await sleep(clock, backoffMs(LOOK_AGAIN, misses, NO_CHANCE), this.#stop.signal);
    }
  }

  /** A model that is loaded, or why there is none. */
  async #look(): Promise<Found | NotFound> {
    const { signal } = this.#stop;
    const listed = await this.#server.installed(signal);
    if (listed.kind === "failed") {
      return { kind: "none", ...this.#troubleOf(listed.failure) };
    }
    const seeing = listed.value.map((model) =>
      this.#blind.has(model.name) ? { ...model, canSee: false } : model
    );
    const choice = chooseModel(this.#parts.settings.model, seeing);
    if (choice.kind === "none") return choice;
    const { model, why } = choice;
    const loaded = await this.#server.load(model, signal);
    if (loaded.kind === "done") return { kind: "model", model, why };
    return { kind: "none", ...this.#troubleOf(loaded.failure, model) };
  }

  /** Asks what is handed in. @returns why the model helps no more */
  async #serve({ model, why }: Found): Promise<Trouble | undefined> {
    this.#model = model;
    if (this.#strikes === 0) this.#wellAgain(model, why);
    while (!this.#stop.signal.aborted) {
      const question = this.#waiting.next();
      const trouble = question
        ? await this.#answer(question, model)
        : await this.#watch();
      if (trouble) return trouble;
    }
    return undefined;
  }

  /** Waits for a question. @returns what is wrong with a server that went meanwhile */
  async #watch(): Promise<Trouble | undefined> {
    const wake = new AbortController();
    this.#wake = wake;
    await sleep(this.#parts.clock, IDLE_LOOK_MS, wake.signal);
    this.#wake = undefined;
    if (wake.signal.aborted) return undefined;
    const alive = await this.#server.isThere(this.#stop.signal);
    return alive.kind === "failed" ? this.#troubleOf(alive.failure) : undefined;
  }

  /** @returns why another model or server has to be looked for, if so */
  async #answer(question: Q, model: string): Promise<Trouble | undefined> {
    const { clock, replied } = this.#parts;
    const took = () => clock.monotonicMs() - question.askedMs;
    if (this.#leftMs(question) <= 0) {
      replied(question, { kind: "late", text: "", model, tookMs: took() });
      return undefined;
    }
    if (!this.#budget.spend(clock.monotonicMs())) {
      replied(question, { kind: "dropped" });
      return undefined;
    }
    this.#parts.asking(question);
    let text = "";
    const onText = (soFar: string) => void (text = soFar);
    const outcome = await this.#askUntilLate(question, { model, onText });
    if (outcome.kind === "done") {
      if (this.#strikes > 0) this.#wellAgain(model, "it answers again");
      this.#strikes = 0;
      const answer = outcome.value;
      replied(question, { kind: "answered", answer, model, tookMs: took() });
      return undefined;
    }
    const { failure } = outcome;
    if (failure.kind === "stopped") return undefined;
    const late: Reply = { kind: "late", text, model, tookMs: took() };
    replied(question, failure.kind === "late" ? late : { kind: "failed" });
    if (failure.kind === "blind") this.#blind.add(model);
    const isOver = IS_OVER.has(failure.kind) || ++this.#strikes >= STRIKES_MAX;
    return isOver ? this.#troubleOf(failure, model) : undefined;
  }

  /** Asks, and again where that can help, within the question's deadline. */
  async #askUntilLate(question: Q, of: Addressed): Promise<Outcome<ModelAnswer>> {
    const { clock } = this.#parts;
    const { signal } = this.#stop;
    let [busy, broken] = [0, 0];
    while (true) {
      const outcome = await this.#askOnce(question, of);
      if (outcome.kind === "done") return outcome;
      const { kind, words } = outcome.failure;
      if (kind === "busy") {
        const waitMs = backoffMs(BUSY, ++busy, NO_CHANCE);
        await sleep(clock, Math.min(waitMs, this.#leftMs(question)), signal);
      } else if (kind === "broken" && ++broken <= BROKEN_MAX) {
        const isStuck = broken === BROKEN_MAX || /chunk not found/i.test(words);
        if (isStuck) await this.#server.unload(of.model, signal);
      } else return outcome;
    }
  }

  /** Loads first: a load that is left is thrown away, and has more time than a question. */
  async #askOnce(question: Q, of: Addressed): Promise<Outcome<ModelAnswer>> {
    const { signal } = this.#stop;
    const { prompt, picture } = question;
    const isEarly = this.#leftMs(question) > 0;
    const loaded = isEarly ? await this.#server.load(of.model, signal) : undefined;
    if (loaded?.kind === "failed") return loaded;
    const deadlineMs = this.#leftMs(question);
    if (deadlineMs > 0) {
      return await this.#server.ask({ ...of, prompt, picture, deadlineMs }, signal);
    }
    return { kind: "failed", failure: failure("late", "it came too late") };
  }

  #leftMs({ askedMs }: Q): number {
    const waitedMs = this.#parts.clock.monotonicMs() - askedMs;
    return this.#parts.settings.deadlineS * 1_000 - waitedMs;
  }

  /** No more is taken, and what waits is not asked. */
  #close(): void {
    this.#model = undefined;
    for (const question of this.#waiting.clear()) {
      this.#parts.replied(question, { kind: "dropped" });
    }
  }

  #troubleOf(failure: OllamaFailure, model = ""): Trouble {
    switch (failure.kind) {
      case "unreachable":
      case "stranger":
      case "stopped":
        return {
          why: words.offline(this.#server.host, failure.words),
          toDo: words.startOllama,
        };
      case "late": {
        const why = model === ""
          ? words.offline(this.#server.host, failure.words)
          : words.late(model, this.#parts.settings.deadlineS);
        return { why, toDo: model === "" ? words.lookAtOllama : words.askLess };
      }
      case "missing":
        return { why: failure.words, toDo: `ollama pull ${model}` };
      case "blind":
      case "busy":
      case "broken":
      case "refused":
        return { why: words.failing(model, failure.words), toDo: words.lookAtOllama };
    }
  }

  #wellAgain(model: string, why: string): void {
    this.#parts.alerts.clear(NO_MODEL, "");
    this.#logOnce("words.model", { model, why });
  }

  #complain({ why, toDo }: Trouble): void {
    const alert = { code: NO_MODEL, subject: "", severity: "note" } as const;
    this.#parts.alerts.raise({ ...alert, words: words.words(why), toDo });
    this.#logOnce("words.no_model", { why, toDo });
  }

  /** A line when it differs from the last one: not one per look or per question. */
  #logOnce(event: string, facts: Readonly<Record<string, string>>): void {
    const line = `${event} ${Object.values(facts).join("\n")}`;
    if (line === this.#logged) return;
    this.#logged = line;
    this.#parts.log.info(event, facts);
  }
}
