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
import { wordsStateWords as stateWords } from "../messages/no_model_en.ts";
import { HourlyBudget } from "./hourly_budget.ts";
import { chooseModel } from "./model_choice.ts";
import { type ModelAnswer, OllamaServer, type Outcome } from "./ollama.ts";
import {
  lateLoadTrouble,
  loadingTrouble,
  ModelNotice,
  slowLoadTrouble,
  type Trouble,
  troubleOf,
} from "./model_notice.ts";
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

/** `open`: a question will be asked; `spent`: this camera's share of the hour is used up. */
export type DeskState = "open" | "closed" | "spent";

/** More wait in vain: at 15 s a picture the eighth comes two minutes late. */
const WAITING_MAX = 8;
/** How soon a server that failed is looked for again, and at last every 30 s. */
const LOOK_AGAIN: BackoffPlan = { firstMs: 2_000, maxMs: 30_000, jitter: 0 };
/** How soon a server that is busy with loads is asked again. */
const BUSY: BackoffPlan = { firstMs: 1_000, maxMs: 10_000, jitter: 0 };
/** While nothing is asked the server is looked at so often. */
const IDLE_LOOK_MS = 60_000;
/** A load that takes longer than this is told of, ms: a loaded model answers at once. */
const LOAD_TOLD_MS = 5_000;
/** From then on it is not a matter of waiting, ms. */
const LOAD_SLOW_MS = 120_000;
/** So many questions in a row without an answer: it does not help. */
const STRIKES_MAX = 3;
/** How often one question is asked again when the server broke at it. */
const BROKEN_MAX = 2;
/** No chance is needed where one asks one. */
const NO_CHANCE = 0.5;

interface Found {
  readonly kind: "model";
  readonly model: string;
  readonly digest: string;
  readonly why: string;
}

/** Where we are. In `ready` with a trouble it is tried again, and has not answered yet. */
type Phase =
  | { readonly kind: "looking" }
  | { readonly kind: "loading"; readonly model: string }
  | { readonly kind: "ready"; readonly model: string };

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

/** Who makes the words now, for people. */
export interface WordsState {
  /** `model`: one looks at pictures; `template`: sentences come from motion alone. */
  readonly author: "model" | "template";
  /** The model that was chosen; absent while there is none. */
  readonly model?: string;
  /** How it is, without a period. */
  readonly words: string;
}

export class ModelDesk<Q extends Question> implements AsyncDisposable {
  readonly #parts: ModelDeskParts<Q>;
  readonly #server: OllamaServer;
  readonly #waiting = new QuestionQueue<Q>(WAITING_MAX);
  readonly #budget: HourlyBudget;
  readonly #notice: ModelNotice;
  readonly #stop = new AbortController();
  readonly #working: Promise<void>;
  /** Models, with their digest, that said they cannot see although they were listed as if. */
  readonly #blind = new Map<string, string>();
  #wake: AbortController | undefined;
  #phase: Phase = { kind: "looking" };
  #strikes = 0;

  constructor(parts: ModelDeskParts<Q>) {
    this.#parts = parts;
    this.#server = new OllamaServer(parts.settings.url, parts.clock);
    this.#budget = new HourlyBudget(parts.settings.perHour);
    this.#notice = new ModelNotice(parts);
    this.#working = this.#work();
  }

  get state(): WordsState {
    const phase = this.#phase;
    const { why } = this.#notice;
    if (phase.kind === "looking") {
      const words = why ?? stateWords.looking(this.#server.host);
      return { author: "template", words };
    }
    const { model } = phase;
    if (phase.kind === "loading") {
      return { author: "template", model, words: stateWords.loading };
    }
    const author = why === undefined ? "model" : "template";
    return { author, model, words: why ?? stateWords.ready };
  }

  stateFor(camera: string): DeskState {
    if (this.#phase.kind !== "ready") return "closed";
    const nowMs = this.#parts.clock.monotonicMs();
    return this.#budget.hasLeft(camera, nowMs) ? "open" : "spent";
  }

  /** Takes the question, when its camera's state is open; another may give way to it. */
  offer(question: Q): void {
    const isOpen = this.stateFor(question.camera) === "open";
    const lost = isOpen ? this.#waiting.push(question) : question;
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
      if (trouble) this.#notice.raise(trouble);
      await sleep(clock, backoffMs(LOOK_AGAIN, misses, NO_CHANCE), this.#stop.signal);
    }
  }

  /** A model that is loaded, or why there is none. */
  async #look(): Promise<Found | NotFound> {
    const { signal } = this.#stop;
    const wanted = this.#parts.settings.model;
    const listed = await this.#server.installed(signal, wanted);
    if (listed.kind === "failed") {
      return { kind: "none", ...this.#troubleOf(listed.failure) };
    }
    const seeing = listed.value.map((model) =>
      this.#blind.get(model.name) === model.digest ? { ...model, canSee: false } : model
    );
    const choice = chooseModel(wanted, seeing);
    if (choice.kind === "none") return choice;
    const { model, why } = choice;
    const digest = seeing.find(({ name }) => name === model)?.digest ?? "";
    this.#phase = { kind: "loading", model };
    const loaded = await this.#load(model);
    if (loaded.kind === "done") return { kind: "model", model, digest, why };
    const { failure } = loaded;
    const isLate = failure.kind === "late";
    const trouble = isLate ? lateLoadTrouble(model) : this.#troubleOf(failure, model);
    return { kind: "none", ...trouble };
  }

  /** Asks what is handed in. @returns why the model helps no more */
  async #serve({ model, digest, why }: Found): Promise<Trouble | undefined> {
    this.#phase = { kind: "ready", model };
    if (this.#strikes === 0) this.#notice.clear(model, why);
    while (!this.#stop.signal.aborted) {
      const question = this.#waiting.next();
      const trouble = question
        ? await this.#answer(question, { model, digest })
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
  async #answer(
    question: Q,
    { model, digest }: Pick<Found, "model" | "digest">,
  ): Promise<Trouble | undefined> {
    const { clock, replied } = this.#parts;
    const took = () => clock.monotonicMs() - question.askedMs;
    if (this.#leftMs(question) <= 0) {
      replied(question, { kind: "late", text: "", model, tookMs: took() });
      return undefined;
    }
    if (!this.#budget.spend(question.camera, clock.monotonicMs())) {
      replied(question, { kind: "dropped" });
      return undefined;
    }
    this.#parts.asking(question);
    let text = "";
    const onText = (soFar: string) => void (text = soFar);
    const outcome = await this.#askUntilLate(question, { model, onText });
    if (outcome.kind === "done") {
      if (this.#strikes > 0) this.#notice.clear(model, "it answers again");
      this.#strikes = 0;
      const answer = outcome.value;
      replied(question, { kind: "answered", answer, model, tookMs: took() });
      return undefined;
    }
    const { failure } = outcome;
    if (failure.kind === "stopped") return undefined;
    const late: Reply = { kind: "late", text, model, tookMs: took() };
    replied(question, failure.kind === "late" ? late : { kind: "failed" });
    if (failure.kind === "blind") this.#blind.set(model, digest);
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
    const loaded = isEarly ? await this.#load(of.model) : undefined;
    if (loaded?.kind === "failed") return loaded;
    const deadlineMs = this.#leftMs(question);
    if (deadlineMs > 0) {
      return await this.#server.ask({ ...of, prompt, picture, deadlineMs }, signal);
    }
    return { kind: "failed", failure: failure("late", "it came too late") };
  }

  /** Says so when it takes long: nothing is looked at until it is done. */
  async #load(model: string): Promise<Outcome<void>> {
    const { clock } = this.#parts;
    const before = this.#phase;
    const tellAfter = (ms: number, trouble: Trouble) =>
      clock.after(ms, () => {
        this.#phase = { kind: "loading", model };
        this.#notice.loading(trouble);
      });
    using _long = tellAfter(LOAD_TOLD_MS, loadingTrouble(model));
    using _slow = tellAfter(LOAD_SLOW_MS, slowLoadTrouble(model, LOAD_SLOW_MS));
    const loaded = await this.#server.load(model, this.#stop.signal);
    this.#phase = before;
    if (loaded.kind === "done") this.#notice.loaded();
    return loaded;
  }

  #leftMs({ askedMs }: Q): number {
    const waitedMs = this.#parts.clock.monotonicMs() - askedMs;
    return this.#parts.settings.deadlineS * 1_000 - waitedMs;
  }

  /** No more is taken, and what waits is not asked. */
  #close(): void {
    this.#phase = { kind: "looking" };
    for (const question of this.#waiting.clear()) {
      this.#parts.replied(question, { kind: "dropped" });
    }
  }

  #troubleOf(failure: OllamaFailure, model?: string): Trouble {
    const { deadlineS } = this.#parts.settings;
    return troubleOf(failure, { host: this.#server.host, model, deadlineS });
  }
}
