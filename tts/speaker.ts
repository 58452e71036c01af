/**
 * Says aloud what happens, one sentence after the other. What is worth saying is decided
 * by `speech_queue.ts`; how it sounds, by a voice and a player. Nobody waits for it.
 *
 * A box without sound is told of by an alert and tried again after growing waits, not
 * with every sentence.
 * @module
 */
import type { Alert, AlertBoard } from "../base/alerts.ts";
import { backoffMs, type BackoffPlan } from "../base/backoff.ts";
import { type Clock, sleep } from "../base/clock.ts";
import { Fault, wordsOf } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import { OpenWork } from "../base/open_work.ts";
import type { SpeechSettings } from "../config/schema.ts";
import type { Narration, NarrationOutlet, Told } from "../llm/narration.ts";
import { chooseVoice } from "./choose_voice.ts";
import { play } from "./player.ts";
import {
  SPEECH_FATES,
  type SpeechFate,
  SpeechQueue,
  type Waiting,
} from "./speech_queue.ts";
import { spokenText } from "./spoken_text.ts";
import type { Voice } from "./voice.ts";
import type { Wav } from "./wav.ts";

export interface SpeakerParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly alerts: Pick<AlertBoard, "raise" | "clear">;
  /** The engine is not `off`. */
  readonly settings: SpeechSettings;
  /** With more than one, the camera's name is said. */
  readonly cameraCount: number;
}

/** The two programs that make sound. */
export interface Sound {
  readonly choose: (signal: AbortSignal) => Promise<Voice>;
  readonly play: (wav: Wav, signal: AbortSignal) => Promise<void>;
}

/** Disposing it ends what sounds at once. */
export interface Speaker extends NarrationOutlet {
  /** How many sentences came to which end. */
  readonly counts: Readonly<Record<SpeechFate, number>>;
  /**
   * Done when all that was offered is said, or will not be, or when `signal` ends the
   * wait. For the end: a sentence that cannot be said now is not tried again.
   */
  drained(signal: AbortSignal): Promise<void>;
}

/** A sound card that is plugged in is heard within a minute. */
const RETRY: BackoffPlan = { firstMs: 2_000, maxMs: 60_000, jitter: 0 };

type Trouble = "speech.no_voice" | "speech.failing";

/** Starts to listen for sentences; a voice is looked for at once, without waiting. */
export function openSpeaker(
  parts: SpeakerParts,
  sound: Sound = soundOf(parts.settings),
): Speaker {
  return new QueuedSpeaker(parts, sound);
}

function soundOf(settings: SpeechSettings): Sound {
  return {
    choose: (signal) => chooseVoice(settings, { signal }),
    play: (wav, signal) => play(wav, settings.player, { signal }),
  };
}

class QueuedSpeaker implements Speaker {
  readonly #parts: SpeakerParts;
  readonly #sound: Sound;
  readonly #queue: SpeechQueue;
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;
  /** Sentences until they came to an end. */
  readonly #open = new OpenWork();
  /** Nobody waits for a card to be plugged in. */
  #isLast = false;
  #wake: () => void = () => {};
  #trouble: { readonly code: Trouble; readonly tries: number } | undefined;
  #retryAtMs = 0;
  readonly counts = Object.fromEntries(SPEECH_FATES.map((fate) => [fate, 0])) as Record<
    SpeechFate,
    number
  >;

  constructor(parts: SpeakerParts, sound: Sound) {
    this.#parts = parts;
    this.#sound = sound;
    const staleMs = parts.settings.staleS * 1_000;
    const onFate = (fate: SpeechFate, narration: Narration) => this.#end(fate, narration);
    this.#queue = new SpeechQueue({ staleMs, onFate });
    this.#done = this.#run();
  }

  /** Once that a car came is enough: that it is a truck stands on the page. */
  offer({ narration }: Told): void {
    if (narration.isRefined) return;
    this.#open.begin();
    if (this.#stop.signal.aborted) return this.#end("stopped", narration);
    this.#queue.put(narration, this.#parts.clock.monotonicMs());
    this.#wake();
  }

  async drained(signal: AbortSignal): Promise<void> {
    this.#isLast = true;
    if (this.#trouble) this.#queue.clear();
    await this.#open.none(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#wake();
    await this.#done;
    const dropped = this.#queue.length;
    if (dropped > 0) this.#parts.log.info("speech.stopped", { dropped });
    this.#queue.clear();
  }

  async #run(): Promise<void> {
    const { clock } = this.#parts;
    const { signal } = this.#stop;
    let voice: Voice | undefined;
    while (!signal.aborted) {
      const nowMs = clock.monotonicMs();
      if (nowMs < this.#retryAtMs) await sleep(clock, this.#retryAtMs - nowMs, signal);
      else if (voice === undefined) voice = await this.#choose();
      else if (this.#queue.waitMs(nowMs) !== 0) await this.#woken(nowMs);
      else {
        const next = this.#queue.next(nowMs);
        if (next && !await this.#say(next, voice)) voice = undefined;
      }
    }
  }

  /** Until the first sentence is due, or another comes. */
  async #woken(nowMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    const waitMs = this.#queue.waitMs(nowMs);
    using _due = waitMs === undefined
      ? undefined
      : this.#parts.clock.after(waitMs, resolve);
    await promise;
  }

  async #choose(): Promise<Voice | undefined> {
    const { signal } = this.#stop;
    try {
      const voice = await this.#sound.choose(signal);
      this.#parts.log.info("speech.voice", { voice: voice.name, note: voice.note });
      if (this.#trouble?.code === "speech.no_voice") this.#mend();
      return voice;
    } catch (thrown) {
      if (!signal.aborted) this.#fail("speech.no_voice", thrown);
      return undefined;
    }
  }

  /** @returns false when another voice should be looked for */
  async #say(waiting: Waiting, voice: Voice): Promise<boolean> {
    const { clock, cameraCount, settings } = this.#parts;
    const { narration } = waiting;
    const { signal } = this.#stop;
    const limits = { signal, timeoutMs: settings.staleS * 1_000 };
    let wav: Wav | undefined;
    try {
      wav = await voice.say(spokenText(narration, cameraCount > 1), limits);
      if (this.#queue.isStale(waiting, clock.monotonicMs())) {
        this.#end("stale", narration);
        return true;
      }
      await this.#sound.play(wav, signal);
      this.#mend();
      this.#queue.said(narration, clock.monotonicMs());
      this.#end("spoken", narration);
      return true;
    } catch (thrown) {
      this.#end(signal.aborted ? "stopped" : "failed", narration);
      if (!signal.aborted) this.#fail("speech.failing", thrown);
      return wav !== undefined;
    }
  }

  #end(fate: SpeechFate, narration: Narration): void {
    this.#open.end();
    this.counts[fate]++;
    const { camera, episode, moment, author } = narration;
    const facts = { fate, camera, episode, moment, author: author.kind };
    this.#parts.log.debug("speech.sentence", facts);
  }

  #fail(code: Trouble, thrown: unknown): void {
    const { clock, alerts, log } = this.#parts;
    const was = this.#trouble;
    const tries = was?.code === code ? was.tries + 1 : 1;
    if (was && was.code !== code) alerts.clear(was.code, "");
    this.#trouble = { code, tries };
    const waitMs = backoffMs(RETRY, tries, 0.5);
    this.#retryAtMs = clock.monotonicMs() + waitMs;
    alerts.raise(alertOf(code, thrown));
    log.warn(code, { cause: wordsOf(thrown), tries, retryMs: waitMs });
    if (this.#isLast) this.#queue.clear();
  }

  #mend(): void {
    if (!this.#trouble) return;
    this.#parts.alerts.clear(this.#trouble.code, "");
    this.#parts.log.info("speech.works", { after: this.#trouble.code });
    this.#trouble = undefined;
  }
}

function alertOf(code: Trouble, thrown: unknown): Omit<Alert, "sinceUtcMs"> {
  return {
    code,
    subject: "",
    severity: "warning",
    words: `Nothing is said aloud: ${wordsOf(thrown)}`,
    toDo: (thrown instanceof Fault ? thrown.hint : undefined) ??
      "Look into the log; set speech.engine to off when this box shall be silent.",
  };
}
