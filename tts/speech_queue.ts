/**
 * What of all that is told is said aloud, and in which order. Pure: time is an argument.
 *
 * People who hear "person, person, person" turn the sound off, so:
 * - One story is one track's stay: its episodes in the picture and in zones.
 * - A story's first sentence is said, by whomever it was written.
 * - A model's sentence is said when it brings a word of news: "car", "red".
 * - What a template adds later (growing, closed) is said only when nothing of the story
 *   was said for `UPDATE_MS`.
 * - A zone's sentence says more than the picture's: of two about one track within
 *   `TWIN_MS` the picture's gives way, and it waits `GATHER_MS` so that it can.
 * - The same words of the same camera are not said again within `REPEAT_MS`.
 * - A newer sentence takes the place of a waiting one of its episode; a template's never
 *   takes a model's.
 * - What waited too long is not said, and when too many wait, the oldest goes of the
 *   camera that has most waiting: a busy one does not silence the others.
 * @module
 */
import type { Narration } from "../llm/narration.ts";
import { newsWords } from "./spoken_text.ts";

/** Four sentences are some 15 s of speech: who is fifth would be stale anyway. */
const CAPACITY = 4;
const UPDATE_MS = 60_000;
const TWIN_MS = 2_000;
/** Both come from the same frame, or from the next: a few tenths apart at 5 fps. */
const GATHER_MS = 300;
const REPEAT_MS = 30_000;
/** More stories than people can follow; the one that was silent longest is forgotten. */
const STORIES_MAX = 200;

/** What becomes of a sentence. Only `spoken` was heard. */
export const SPEECH_FATES = [
  "spoken",
  "failed",
  "quiet",
  "stale",
  "full",
  "replaced",
  "twin",
  "repeated",
  "update",
  "no_news",
  "stopped",
] as const;
export type SpeechFate = (typeof SPEECH_FATES)[number];

/** A sentence and when it was offered. */
export interface Waiting {
  readonly narration: Narration;
  readonly sinceMs: number;
}

interface Story {
  /** When its last sentence was said; undefined: none was. */
  saidMs: number | undefined;
  /** When a zone of it was told of. */
  zoneMs: number | undefined;
  readonly words: Set<string>;
}

export class SpeechQueue {
  readonly #staleMs: number;
  readonly #onFate: (fate: SpeechFate, narration: Narration) => void;
  #waiting: Waiting[] = [];
  readonly #stories = new Map<string, Story>();
  /** When a camera's sentence was last said. */
  readonly #said = new Map<string, number>();

  /** @param parts `onFate` hears what became of each sentence that is not said */
  constructor(
    parts: {
      readonly staleMs: number;
      readonly onFate: (fate: SpeechFate, narration: Narration) => void;
    },
  ) {
    this.#staleMs = parts.staleMs;
    this.#onFate = parts.onFate;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** Takes a sentence, or not. */
  put(narration: Narration, nowMs: number): void {
    if (narration.verdict.kind === "quiet") return this.#onFate("quiet", narration);
    const same = this.#waiting.filter((one) =>
      storyOf(one.narration) === storyOf(narration)
    );
    if (isUpdate(narration) && same.some((one) => isModels(one.narration))) {
      return this.#onFate("update", narration);
    }
    const zoneMs = this.#story(narration).zoneMs;
    if (isPicturesFirst(narration) && zoneMs !== undefined && nowMs - zoneMs <= TWIN_MS) {
      return this.#onFate("twin", narration);
    }
    if (isZonesFirst(narration)) {
      this.#story(narration).zoneMs = nowMs;
      this.#dropTwin(same, nowMs);
    }
    this.#place({ narration, sinceMs: nowMs });
  }

  /** How long until the first that waits is due, ms; undefined: none waits. */
  waitMs(nowMs: number): number | undefined {
    const first = this.#waiting[0];
    if (first === undefined) return undefined;
    const gatherMs = isPicturesFirst(first.narration) ? GATHER_MS : 0;
    return Math.max(0, first.sinceMs + gatherMs - nowMs);
  }

  /** The next one to say, if one is due. */
  next(nowMs: number): Waiting | undefined {
    while (this.waitMs(nowMs) === 0) {
      const next = this.#waiting.shift()!;
      const why = this.isStale(next, nowMs)
        ? "stale"
        : this.#whyNot(next.narration, nowMs);
      if (why === undefined) return next;
      this.#onFate(why, next.narration);
    }
    return undefined;
  }

  /** True when it would come too late. */
  isStale({ sinceMs }: Waiting, nowMs: number): boolean {
    return nowMs - sinceMs > this.#staleMs;
  }

  /** Remembers what was heard. */
  said(narration: Narration, nowMs: number): void {
    const story = this.#story(narration);
    story.saidMs = nowMs;
    for (const word of newsWords(narration.text)) story.words.add(word);
    remember(this.#said, wordingOf(narration), nowMs);
  }

  /** Takes out all that waits, as nobody will say it. */
  clear(): void {
    for (const { narration } of this.#waiting.splice(0)) {
      this.#onFate("stopped", narration);
    }
  }

  #whyNot(narration: Narration, nowMs: number): SpeechFate | undefined {
    const saidMs = this.#said.get(wordingOf(narration));
    if (saidMs !== undefined && nowMs - saidMs < REPEAT_MS) return "repeated";
    const story = this.#story(narration);
    if (story.saidMs === undefined) return undefined;
    if (isUpdate(narration) && nowMs - story.saidMs < UPDATE_MS) return "update";
    const isNews = newsWords(narration.text).some((word) => !story.words.has(word));
    return isModels(narration) && !isNews ? "no_news" : undefined;
  }

  #dropTwin(same: readonly Waiting[], nowMs: number): void {
    const twins = same.filter(({ narration, sinceMs }) =>
      isPicturesFirst(narration) && nowMs - sinceMs <= TWIN_MS
    );
    this.#waiting = this.#waiting.filter((one) => !twins.includes(one));
    for (const { narration } of twins) this.#onFate("twin", narration);
  }

  #place(waiting: Waiting): void {
    const { camera, episode } = waiting.narration;
    const at = this.#waiting.findIndex(({ narration }) =>
      narration.camera === camera && narration.episode === episode
    );
    const [older] = at < 0 ? [] : this.#waiting.splice(at, 1, waiting);
    if (older) return this.#onFate("replaced", older.narration);
    this.#waiting.push(waiting);
    if (this.#waiting.length > CAPACITY) this.#dropOfBusiest();
  }

  #dropOfBusiest(): void {
    const counts = new Map<string, number>();
    for (const { narration: { camera } } of this.#waiting) {
      counts.set(camera, (counts.get(camera) ?? 0) + 1);
    }
    const most = Math.max(...counts.values());
    const at = this.#waiting.findIndex(({ narration }) =>
      counts.get(narration.camera) === most
    );
    const [lost] = this.#waiting.splice(at, 1);
    if (lost) this.#onFate("full", lost.narration);
  }

  #story(narration: Narration): Story {
    const key = storyOf(narration);
    const story = this.#stories.get(key) ??
      { saidMs: undefined, zoneMs: undefined, words: new Set<string>() };
    remember(this.#stories, key, story);
    return story;
  }
}

/** Keeps the latest `STORIES_MAX` keys: a map is in the order of its first set. */
function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > STORIES_MAX) map.delete(map.keys().next().value!);
}

function storyOf({ camera, track }: Narration): string {
  return `${camera}\n${track}`;
}

function wordingOf({ camera, text }: Narration): string {
  return `${camera}\n${text.toLowerCase()}`;
}

function isModels({ author }: Narration): boolean {
  return author.kind === "model";
}

/** What a template adds to a story that is known. */
function isUpdate(narration: Narration): boolean {
  return !isModels(narration) && narration.moment !== "opened";
}

function isPicturesFirst(narration: Narration): boolean {
  return isFirst(narration) && narration.zone === null;
}

function isZonesFirst(narration: Narration): boolean {
  return isFirst(narration) && narration.zone !== null;
}

function isFirst(narration: Narration): boolean {
  return !isModels(narration) && narration.moment === "opened";
}
