/**
 * The words of the whole box: the outlets that the settings ask for, and the narrator
 * that fills them. Wiring; what is said and when is decided in `llm/`.
 * @module
 */
import type { EpisodeChange } from "../analysis/dsl/episode.ts";
import type { Observation } from "../analysis/dsl/observation.ts";
import type { AlertBoard } from "../base/alerts.ts";
import type { Clock } from "../base/clock.ts";
import { logFor } from "../base/log.ts";
import type { Crop } from "../capture/frame/crop.ts";
import type { Settings } from "../config/schema.ts";
import type { ClassWish } from "../llm/class_wish.ts";
import type { NarrationOutlet, Told } from "../llm/narration.ts";
import type { WordsState } from "../llm/model_desk.ts";
import { Narrator } from "../llm/narrator.ts";
import type { NarratorCounts } from "../llm/narrator_counts.ts";
import { openWebhook, type Webhook } from "../notify/webhook.ts";
import { openSpeaker, type Speaker } from "../tts/speaker.ts";

export interface WordsParts {
  readonly clock: Clock;
  readonly alerts: AlertBoard;
  /** Who takes every sentence at once and in memory: page, events, session page. */
  readonly near: readonly ((told: Told) => void)[];
  pictureOf(camera: string, track: number): Promise<Crop | undefined>;
  /** For which classes the words of a zone, or of the picture, are wanted; undefined: all. */
  wishOf(camera: string, zone: string | null): ClassWish | undefined;
}

/** How long the last words may take when every camera is over. */
const FINISH_MS = 60_000;

/** Disposing it stops every outlet, and the question to the model that is under way. */
export interface Words extends AsyncDisposable {
  observed(camera: string, observation: Observation): void;
  changed(camera: string, change: EpisodeChange): void;
  /** The box's clock was set by `stepMs`; before the observation that shows it. */
  clockWasSet(camera: string, stepMs: number): void;
  readonly counts: NarratorCounts;
  /** Who writes the sentences now, and how it goes. */
  readonly state: WordsState;
  /** Absent when the settings leave it out. */
  readonly speaker: Speaker | undefined;
  readonly webhook: Webhook | undefined;
  /**
   * When nothing more is observed: done when the model has answered what it was asked,
   * and all is said and posted, or given up. At most a minute; `signal` ends the wait.
   */
  finish(signal: AbortSignal): Promise<void>;
}

/** Undefined when words are left out. Nothing is left open when it throws. */
export async function openWords(
  settings: Settings,
  parts: WordsParts,
): Promise<Words | undefined> {
  if (settings.words.dslOnly) return undefined;
  const { clock, alerts } = parts;
  await using opened = new AsyncDisposableStack();
  // First, as it may refuse its URL.
  const webhook = settings.webhook.url === undefined
    ? undefined
    : opened.use(openWebhook({
      clock,
      log: logFor("webhook"),
      alerts,
      settings: settings.webhook,
      chance: Math.random,
    }));
  const speaker = settings.speech.engine === "off" ? undefined : opened.use(openSpeaker({
    clock,
    log: logFor("speech"),
    alerts,
    settings: settings.speech,
    cameraCount: Object.keys(settings.cameras).length,
  }));
  const far = [speaker, webhook].filter((outlet) => outlet !== undefined);
  const narrator = opened.use(
    new Narrator({
      clock,
      log: logFor("words"),
      alerts,
      settings: settings.ollama,
      pictureOf: (camera, track) => parts.pictureOf(camera, track),
      wishOf: (camera, zone) => parts.wishOf(camera, zone),
      outlets: [...parts.near.map(outletOf), ...far],
    }),
  );
  const owned = opened.move();
  return {
    observed: (camera, observation) => narrator.observed(camera, observation),
    changed: (camera, change) => narrator.changed(camera, change),
    counts: narrator.counts,
    clockWasSet: (camera, stepMs) => narrator.clockStepped(camera, stepMs),
    get state() {
      return narrator.state;
    },
    speaker,
    webhook,
    async finish(signal) {
      const enough = new AbortController();
      const end = () => enough.abort();
      using _late = clock.after(FINISH_MS, end);
      signal.addEventListener("abort", end);
      if (signal.aborted) end();
      await narrator.settled(enough.signal);
      await Promise.all([
        speaker?.drained(enough.signal),
        webhook?.drained(enough.signal),
      ]);
      signal.removeEventListener("abort", end);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function outletOf(take: (told: Told) => void): NarrationOutlet {
  return { offer: take, [Symbol.asyncDispose]: () => Promise.resolve() };
}
