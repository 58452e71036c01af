/**
 * Episodes to words: a template's sentence at once, a model's when it comes. Decides
 * when something is told and who is asked; the words themselves, the model and the
 * judging of its answers are other files. Nothing here waits for a model.
 * @module
 */
import type { Episode, EpisodeChange } from "../analysis/dsl/episode.ts";
import type { Observation } from "../analysis/dsl/observation.ts";
import type { AlertBoard } from "../base/alerts.ts";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import { OpenWork } from "../base/open_work.ts";
import type { Crop } from "../capture/frame/crop.ts";
import type { OllamaSettings } from "../config/schema.ts";
import { isTimeToAsk, LastLooks } from "./asking_time.ts";
import {
  CameraStories,
  episodeNow,
  type Running,
  suppressedOf,
} from "./camera_stories.ts";
import { cleaned } from "./cleaned_text.ts";
import { type ClassWish, wishFor } from "./class_wish.ts";
import type { Story } from "./episode_story.ts";
import { wordsStateWords } from "../messages/no_model_en.ts";
import {
  type DeskState,
  ModelDesk,
  type Question,
  type Reply,
  type WordsState,
} from "./model_desk.ts";
import type { Author, Moment, Narration, NarrationOutlet, Verdict } from "./narration.ts";
import { noCounts } from "./narrator_counts.ts";
import { OutletFan } from "./outlet_fan.ts";
import { promptOf } from "./prompt.ts";
import { judgeAnswer } from "./response_filter.ts";
import { StoryPictures } from "./story_pictures.ts";
import { nameOf, type Occasion, templateSentence } from "./template.ts";

export interface NarratorParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly alerts: Pick<AlertBoard, "raise" | "clear">;
  readonly settings: OllamaSettings;
  /** The best picture of a track so far; undefined when there is none. */
  pictureOf(camera: string, track: number): Promise<Crop | undefined>;
  /** For which classes the words of a zone, or of the picture, are wanted; undefined: all. */
  wishOf?(camera: string, zone: string | null): ClassWish | undefined;
  readonly outlets: readonly NarrationOutlet[];
}

/** A sentence waits so long for its picture, ms. */
const PICTURE_MS = 250;
/** A question waits longer: without a picture there is none. */
const PICTURE_TO_ASK_MS = 2_000;
/** Sentences of one camera that wait for their pictures. */
const TELLING_MAX = 32;
/** What a model said lately: so many, for so long, per camera. */
const RECENT_MAX = 8;
const RECENT_MS = 600_000;

/** One camera's line of words. */
interface CameraWords {
  readonly stories: CameraStories;
  /** Sentences go out in their order: each waits for the one before. */
  telling: Promise<void>;
  waiting: number;
  recent: { readonly text: string; readonly atMs: number }[];
}

interface EpisodeQuestion extends Question {
  readonly running: Running;
  readonly story: Story;
}

/** What a sentence is made of. */
interface Sentence {
  readonly story: Story;
  readonly moment: Moment;
  readonly isRefined?: boolean;
  readonly author: Author;
  readonly text: string;
  readonly verdict: Verdict;
}

export class Narrator implements AsyncDisposable {
  readonly counts = noCounts();
  readonly #parts: NarratorParts;
  readonly #cameras = new Map<string, CameraWords>();
  readonly #desk: ModelDesk<EpisodeQuestion> | undefined;
  readonly #outlets: OutletFan;
  readonly #stop = new AbortController();
  /** Questions until their answer, and sentences until they are told. */
  readonly #open = new OpenWork();
  #lastId = 0;
  readonly #pictures: StoryPictures;
  readonly #lastLooks: LastLooks;

  constructor(parts: NarratorParts) {
    this.#parts = parts;
    this.#outlets = new OutletFan(parts.outlets, parts.log);
    this.#pictures = new StoryPictures(parts, this.#stop.signal);
    this.#lastLooks = new LastLooks(parts.clock, this.#open);
    const isOff = parts.settings.model === "off";
    this.#desk = isOff ? undefined : new ModelDesk<EpisodeQuestion>({
      ...parts,
      asking: () => void this.counts.asked++,
      replied: (question, reply) => {
        try {
          this.#replied(question, reply);
        } finally {
          this.#open.end();
        }
      },
    });
  }

  /** How words are made now, for the status. */
  get state(): WordsState {
    return this.#desk?.state ?? { author: "template", words: wordsStateWords.off };
  }

  /** Takes every frame's observation, before the changes that were made of it. */
  observed(camera: string, observation: Observation): void {
    if (this.#stop.signal.aborted) return;
    const { stories } = this.#wordsOf(camera);
    for (const { running, occasion } of stories.observed(observation)) {
      const moment = occasion === "opened" ? "opened" : "growing";
      this.#tellTemplate(camera, running, { occasion, moment });
    }
    for (const running of stories.inPicture()) {
      const { story } = running;
      if (running.asking === "not-yet" && isTimeToAsk(story)) this.#ask(camera, running);
    }
  }

  changed(camera: string, { kind, episode }: EpisodeChange): void {
    if (this.#stop.signal.aborted) return;
    const { stories } = this.#wordsOf(camera);
    if (kind === "opened") {
      const { running, lost } = stories.opened(episode);
      if (lost) this.counts.dropped++;
      const occasion = { occasion: "opened", moment: "opened" } as const;
      const isNews = running.story.suppressed === null && episode.enter !== null;
      if (isNews && !running.isHeld) {
        this.#tellTemplate(camera, running, occasion);
      }
      return;
    }
    if (kind === "classified") return this.#classified(camera, episode);
    const running = stories.closed(episode);
    if (episode.suppressed !== null || isTakenIn(episode)) return;
    if (running.isHeld) {
      this.counts.flickers++;
      this.#parts.log.debug("words.flicker", { camera, episode: episode.id });
      return;
    }
    this.#tellTemplate(camera, running, { occasion: "closed", moment: "closed" });
    if (episode.zone !== null || running.asking === "over") return;
    const isOpen = this.#stateFor(camera) !== "closed";
    if (isOpen && episode.classified?.state === "waiting") {
      this.#lastLooks.wait(running, () => this.#ask(camera, running));
    } else this.#ask(camera, running);
  }

  /**
   * The clock of the observations was set: from the camera's next one on it is later by
   * `shiftMs`, earlier when that is negative. Tell it before that one.
   */
  clockStepped(camera: string, shiftMs: number): void {
    this.#cameras.get(camera)?.stories.shift(shiftMs);
  }

  /** Done when no question is open and all is told, or when `signal` ends the wait. */
  async settled(signal: AbortSignal): Promise<void> {
    await this.#open.none(signal);
  }

  /** Stops what a model is at; words that wait for a picture go without it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#lastLooks[Symbol.dispose]();
    const telling = [...this.#cameras.values()].map((words) => words.telling);
    await Promise.all([this.#desk?.[Symbol.asyncDispose](), ...telling]);
  }

  #wordsOf(camera: string): CameraWords {
    const known = this.#cameras.get(camera);
    if (known) return known;
    const fresh: CameraWords = {
      stories: new CameraStories(),
      telling: Promise.resolve(),
      waiting: 0,
      recent: [],
    };
    this.#cameras.set(camera, fresh);
    return fresh;
  }

  /** It is known now what it is: it is told of again by its name, or at last. */
  #classified(camera: string, episode: Episode): void {
    const running = this.#wordsOf(camera).stories.classified(episode);
    if (!running || running.isHeld || suppressedOf(running) !== null) return;
    this.#tellAnew(camera, running, episode);
    this.#lastLooks.known(running);
  }

  #tellAnew(camera: string, running: Running, episode: Episode): void {
    if (isTakenIn(episodeNow(running))) return;
    const { owed, named, namedClass, closed } = running;
    const name = nameOf(episode);
    if (!owed && (name === undefined || name === named)) return;
    const occasion = closed ? "closed" : owed ?? running.told ?? "opened";
    const moment = closed ? "closed" : owed === "opened" ? "opened" : "growing";
    const isRefined = !owed && named !== undefined &&
      episode.classified?.class === namedClass;
    this.#tellTemplate(camera, running, { occasion, moment, isRefined });
  }

  /** Whether its words are wanted, by what is known of it now. */
  #standingOf(camera: string, { story, closed }: Running): ReturnType<typeof wishFor> {
    const { zone } = story.episode;
    const classified = closed ? closed.classified : story.classified;
    return wishFor(classified, this.#parts.wishOf?.(camera, zone));
  }

  #tellTemplate(
    camera: string,
    running: Running,
    { occasion, moment, isRefined = false }: {
      readonly occasion: Occasion;
      readonly moment: Moment;
      readonly isRefined?: boolean;
    },
  ): void {
    const story = running.story.tell(running.closed);
    const standing = this.#standingOf(camera, running);
    running.owed = standing === "tell" ? undefined : occasion;
    if (standing !== "tell") return;
    running.told = occasion;
    running.named = nameOf(story.episode);
    running.namedClass = story.episode.classified?.class;
    const picture = this.#pictures.of(camera, running, PICTURE_MS);
    const inZone = this.#wordsOf(camera).stories.zoneOf(story.episode.track);
    const text = templateSentence(story, { occasion, inZone });
    const author: Author = { kind: "template" };
    const verdict: Verdict = { kind: "speak" };
    this.#inTurn(camera, async () => {
      const jpeg = await picture;
      // It may have turned out to be a tree while the picture was waited for.
      if (suppressedOf(running) !== null) return void this.counts.dropped++;
      this.#tell(camera, { story, moment, isRefined, author, text, verdict }, jpeg);
    });
  }

  #inTurn(camera: string, tell: () => Promise<void>): void {
    const words = this.#wordsOf(camera);
    if (words.waiting >= TELLING_MAX) {
      this.counts.dropped++;
      return;
    }
    words.waiting++;
    this.#open.begin();
    words.telling = words.telling.then(tell).finally(() => {
      words.waiting--;
      this.#open.end();
    });
  }

  #tell(
    camera: string,
    of: Sentence,
    picture: Uint8Array<ArrayBuffer> | undefined,
  ): void {
    const { story, moment, isRefined, author, text, verdict } = of;
    const { episode, dsl } = story;
    const { id, track, zone, startMs, endMs } = episode;
    const narration: Narration = {
      id: ++this.#lastId,
      ...{ camera, episode: id, track, zone, moment, author, text, verdict },
      ...(episode.classified ? { classified: episode.classified } : {}),
      ...(isRefined ? { isRefined } : {}),
      utcMs: this.#parts.clock.utcMs(),
      ...{ startMs, endMs, dsl },
      hasPicture: picture !== undefined,
    };
    this.#note(narration);
    const told = picture ? { narration, picture } : { narration };
    this.#outlets.offer(told);
  }

  #note({ camera, episode, author, text, verdict }: Narration): void {
    const facts = { camera, episode, author: author.kind, text };
    if (verdict.kind === "speak") {
      this.counts.told++;
      this.#parts.log.debug("words.told", facts);
      return;
    }
    this.counts.quiet[verdict.reason]++;
    this.#parts.log.info("words.quiet", { ...facts, reason: verdict.reason });
  }

  #stateFor(camera: string): DeskState {
    return this.#desk?.stateFor(camera) ?? "closed";
  }

  #ask(camera: string, running: Running): void {
    const state = this.#stateFor(camera);
    if (state === "closed" || suppressedOf(running) !== null) return;
    if (this.#standingOf(camera, running) !== "tell") return;
    running.asking = "over";
    if (state === "spent") this.counts.dropped++;
    else this.#askWithPicture(camera, running);
  }

  async #askWithPicture(camera: string, running: Running): Promise<void> {
    const { clock, log } = this.#parts;
    const askedMs = clock.monotonicMs();
    const isOver = running.closed !== undefined;
    this.#open.begin();
    const story = running.story.tell(running.closed);
    const picture = await this.#pictures.of(camera, running, PICTURE_TO_ASK_MS);
    if (this.#stop.signal.aborted) return;
    if (!picture) {
      if (isOver) this.counts.failed++;
      else running.asking = "at-end";
      log.debug("words.no_picture", { camera, episode: story.episode.id });
      if (!isOver && running.closed) this.#ask(camera, running);
      this.#open.end();
      return;
    }
    const prompt = promptOf(story.dsl);
    this.#desk?.offer({ camera, running, story, prompt, picture, askedMs });
  }

  #replied(question: EpisodeQuestion, reply: Reply): void {
    if (reply.kind === "failed") this.counts.failed++;
    if (reply.kind === "dropped") this.counts.dropped++;
    if (reply.kind === "failed" || reply.kind === "dropped") return;
    const { camera, running, picture } = question;
    const isWanted = this.#standingOf(camera, running) !== "quiet";
    if (suppressedOf(running) !== null || !isWanted) {
      this.counts.dropped++;
      return;
    }
    const { model, tookMs } = reply;
    const story = { ...question.story, episode: episodeNow(running) };
    const moment = running.closed ? "closed" : "growing";
    const author: Author = { kind: "model", model, tookMs };
    const judged = this.#judge(question, reply);
    this.#inTurn(camera, () => {
      this.#tell(camera, { story, moment, author, ...judged }, picture);
      return Promise.resolve();
    });
  }

  #judge(
    { camera, prompt }: EpisodeQuestion,
    reply: Extract<Reply, { kind: "answered" | "late" }>,
  ): { readonly text: string; readonly verdict: Verdict } {
    if (reply.kind === "late") {
      const text = cleaned(reply.text);
      return { text, verdict: { kind: "quiet", reason: "late" } };
    }
    this.counts.answered++;
    const words = this.#wordsOf(camera);
    const nowMs = this.#parts.clock.monotonicMs();
    words.recent = words.recent.filter(({ atMs }) => nowMs - atMs < RECENT_MS);
    const recent = words.recent.map(({ text }) => text);
    const judged = judgeAnswer(reply.answer, { prompt, recent });
    if (judged.verdict.kind === "speak") {
      words.recent.push({ text: judged.text, atMs: nowMs });
      if (words.recent.length > RECENT_MAX) words.recent.shift();
    }
    return judged;
  }
}

/** It became a part of the scene where it stands: nothing has ended that people could see. */
function isTakenIn({ cause, exit }: Episode): boolean {
  return cause === "absorbed" && exit === null;
}
