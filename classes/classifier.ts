/**
 * Asks one short-lived child what tracks are. Never throws: what could not be told is an
 * outcome with its reason, and labels that were given before stay. Which tracks are worth
 * it, and when, is decided by its caller; nothing here waits for a frame.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import { endIdling, idleCommand, mayBeIdle } from "../base/idle_priority.ts";
import { type Child, type ChildExit, startChild } from "../base/subprocess.ts";
import {
  type ChildAnswer,
  LINE_BYTES_MAX,
  type Opinion,
  readAnswer,
  requestHead,
} from "./child_protocol.ts";
import type { TrackCrop } from "./track_crop.ts";
import type { NameScores } from "./detector_facts.ts";
import { type DetectorFacts, SECOND } from "./detector_facts.ts";
import type { ClassLabel } from "./label.ts";
import { isSecondWanted, voteOfBoth } from "./second_opinion.ts";
import { vote } from "./vote.ts";

/** One track and its crops, best first. */
export interface ClassifyJob<Track> {
  readonly track: Track;
  readonly crops: Iterable<TrackCrop>;
  /** To test both detectors: the second's own label is told after the first's. */
  readonly isThorough?: boolean;
}

/** What is known of a track by now. */
export interface ToldLabel<Track> {
  readonly track: Track;
  readonly label: ClassLabel;
  /** True with the track's last crop. */
  readonly isFinal: boolean;
}

/** Why there is no label for what was asked. */
export type ClassifyFailure =
  /** There is no model, or no runtime, in this checkout or binary. */
  | "missing"
  /** The model or the runtime is not what it should be, by its checksum say. */
  | "damaged"
  /** A model of one's own that is described wrongly, or does not see its known picture. */
  | "unfit"
  /** The child could not run the detector, and said why. */
  | "failed"
  /** It said something that the protocol does not know. */
  | "garbled"
  /** It was not done in time and was killed. */
  | "late"
  /** It ended by itself, or somebody else ended it: out of memory, say. */
  | "died"
  /** It could not be started. */
  | "unstarted"
  /** Nobody wants to know any more: the signal. */
  | "stopped";

export type ClassifyOutcome =
  | {
    readonly kind: "done";
    readonly crops: number;
    readonly cost: ClassifyCost;
    /** Who looked. */
    readonly by: Pick<DetectorFacts, "model" | "runtime">;
  }
  | {
    readonly kind: "failed";
    readonly reason: ClassifyFailure;
    /** For people. */
    readonly words: string;
    /** Crops that were looked at before. */
    readonly crops: number;
  };

/** What it took, ms. */
export interface ClassifyCost {
  /** From the start to the child's "ready". */
  readonly loadMs: number;
  /** Mean over the crops, all looks at each; 0 when there was none. */
  readonly cropMs: number;
}

/**
 * In `run` a child is ended after so long, whatever it looks at: twelve views of nothing
 * known, four looks each, take three seconds on a PC, on a Raspberry Pi 4 perhaps 20.
 */
export const CHILD_MS = 30_000;

/** A box that leaves an idle child no time for so long is busy for longer, ms. */
const IDLE_MS = 2_000;

export interface ClassifierOptions {
  /** The program of the child and its arguments: `classifierCommand()`. */
  readonly command: readonly string[];
  /** After so long the child is killed, whatever it does. */
  readonly limitMs: number;
  readonly clock: Clock;
  /**
   * False where somebody waits for it; else it runs while nobody else wants to, and where
   * that is never, with `nice`.
   */
  readonly isNice?: boolean;
  /**
   * Asked before the second detector is: false leaves what the first says, as where there
   * is no memory for another.
   */
  mayAskSecond?(): boolean;
}

export class Classifier {
  readonly #options: ClassifierOptions;
  #mayBeIdle: Promise<boolean> | undefined;

  constructor(options: ClassifierOptions) {
    this.#options = options;
  }

  /**
   * Starts a child, has it look at every crop, and ends it. Jobs and crops are asked for
   * one at a time, when the child is free for them. One call at a time: each has a child.
   * @param onLabel called after each crop, and once for a job that has none; what it throws
   *   comes out, after the child was ended
   */
  async classify<Track>(
    jobs: Iterable<ClassifyJob<Track>>,
    onLabel: (told: ToldLabel<Track>) => void,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<ClassifyOutcome> {
    const { command, limitMs, clock, isNice = true } = this.#options;
    const mayAskSecond = () => this.#options.mayAskSecond?.() ?? true;
    const isIdle = isNice && await (this.#mayBeIdle ??= mayBeIdle());
    const startedMs = clock.monotonicMs();
    const lastWords: string[] = [];
    let child: Child;
    try {
      const [program = "", ...args] = isIdle ? idleCommand(command) : command;
      child = await startChild({
        ...{ program, args, stdin: "pipe", outputs: [1] },
        ...{ nice: isNice, expendable: true },
        onStderrLine: (line) => void lastWords.splice(0, 1, line),
      });
    } catch (thrown) {
      return { kind: "failed", reason: "unstarted", words: wordsOf(thrown), crops: 0 };
    }
    await using _ended = child;
    const talk = new Talk(child, lastWords);
    const late = `it was not done after ${limitMs / 1_000} s`;
    using _limit = clock.after(limitMs, () => talk.end("late", late));
    let ending: Promise<void> | undefined;
    // Again and again: on a very busy box it may not have begun to idle by then.
    using _busy = isIdle
      ? clock.every(IDLE_MS, () => ending = endIdling(child.pid))
      : undefined;
    const onAbort = () => talk.end("stopped", "nobody waits for it any more");
    if (signal?.aborted) onAbort();
    signal?.addEventListener("abort", onAbort);
    try {
      const spoken = await talk.answer("ready");
      if (spoken.kind === "failed") return { ...spoken, crops: 0 };
      const loadMs = clock.monotonicMs() - startedMs;
      const { facts } = spoken;
      return await lookAtAll(talk, { jobs, onLabel, loadMs, facts, mayAskSecond });
    } finally {
      signal?.removeEventListener("abort", onAbort);
      // Disposing would let it finish what it is at: there is nothing that it could lose.
      child.kill("SIGKILL");
      await ending;
    }
  }
}

async function lookAtAll<Track>(
  talk: Talk,
  { jobs, onLabel, loadMs, facts, mayAskSecond }: {
    readonly jobs: Iterable<ClassifyJob<Track>>;
    readonly onLabel: (told: ToldLabel<Track>) => void;
    readonly loadMs: number;
    readonly facts: DetectorFacts;
    mayAskSecond(): boolean;
  },
): Promise<ClassifyOutcome> {
  const looked = { crops: 0, tookMs: 0 };
  for (const { track, crops, isThorough = false } of jobs) {
    const seen: TrackCrop[] = [];
    const scores: NameScores[] = [];
    const waiting = crops[Symbol.iterator]();
    let next = waiting.next();
    if (next.done) onLabel({ track, label: vote([], facts), isFinal: true });
    while (!next.done) {
      seen.push(next.value);
      const answer = await talk.look(next.value, { opinion: "first", facts });
      if (answer.kind === "failed") return { ...answer, crops: looked.crops };
      looked.crops++;
      looked.tookMs += answer.tookMs;
      scores.push(answer.scores);
      next = waiting.next();
      const label = vote(scores, facts);
      const motions = seen.map(({ motion }) => motion);
      const isLast = next.done === true;
      const isAsked = isLast && facts.hasSecond === true &&
        (isThorough || isSecondWanted(label, motions) && mayAskSecond());
      if (!isAsked || isThorough) onLabel({ track, label, isFinal: isLast && !isAsked });
      if (!isAsked) continue;
      const other = await secondScores(talk, { seen, looked });
      if ("kind" in other) return { ...other, crops: looked.crops };
      const both = isThorough ? vote(other, SECOND) : voteOfBoth(scores, other);
      onLabel({ track, label: both, isFinal: true });
    }
  }
  const cropMs = looked.crops === 0 ? 0 : looked.tookMs / looked.crops;
  const { model, runtime } = facts;
  return {
    kind: "done",
    crops: looked.crops,
    cost: { loadMs, cropMs },
    by: { model, runtime },
  };
}

/** What the second detector says of the same crops. */
async function secondScores(
  talk: Talk,
  { seen, looked }: {
    readonly seen: readonly TrackCrop[];
    readonly looked: { tookMs: number };
  },
): Promise<readonly NameScores[] | Failure> {
  const scores: NameScores[] = [];
  for (const crop of seen) {
    const answer = await talk.look(crop, { opinion: "second", facts: SECOND });
    if (answer.kind === "failed") return answer;
    looked.tookMs += answer.tookMs;
    scores.push(answer.scores);
  }
  return scores;
}

interface Failure {
  readonly kind: "failed";
  readonly reason: ClassifyFailure;
  readonly words: string;
}

/** A conversation with one child: a question, then its answer, or why there is none. */
class Talk {
  readonly #child: Child;
  readonly #ended = Promise.withResolvers<Failure>();
  readonly #lines: string[] = [];
  #rest = "";
  #onLine: (() => void) | undefined;

  constructor(child: Child, lastWords: readonly string[]) {
    this.#child = child;
    const decoder = new TextDecoder();
    const output = child.output(1);
    output.onBytes((bytes) => this.#take(decoder.decode(bytes, { stream: true })));
    Promise.all([child.exited, output.ended, child.stderrEnded]).then(([exit]) => {
      this.end("died", lastState(exit, lastWords[0]));
    });
  }

  /** Ends the conversation, the first time it is called; the child is killed. */
  end(reason: ClassifyFailure, state: string): void {
    const words = `Cannot classify: ${state}`;
    this.#ended.resolve({ kind: "failed", reason, words });
    this.#child.kill("SIGKILL");
  }

  /** Has one detector look at a crop; `facts` are its. */
  async look(
    crop: TrackCrop,
    { opinion, facts }: { readonly opinion: Opinion; readonly facts: DetectorFacts },
  ) {
    this.#child.input.write(requestHead({ ...crop, opinion }));
    this.#child.input.write(crop.pixels);
    const answer = await this.answer("looked");
    if (answer.kind === "failed") return answer;
    const { length } = answer.scores;
    return length === facts.names.length ? answer : garbled(`${length} scores`);
  }

  /** The child's next answer, which has to be of this kind. */
  async answer<Kind extends "ready" | "looked">(
    kind: Kind,
  ): Promise<Extract<ChildAnswer, { kind: Kind }> | Failure> {
    const line = await Promise.race([this.#line(), this.#ended.promise]);
    if (typeof line !== "string") return line;
    const answer = readAnswer(line);
    if (answer?.kind === "refused") {
      return { kind: "failed", reason: answer.reason, words: answer.words };
    }
    if (isOfKind(answer, kind)) return answer;
    return garbled(JSON.stringify(line.slice(0, 80)));
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop()!;
    this.#lines.push(...lines);
    if (this.#rest.length > LINE_BYTES_MAX || this.#lines.length > LINES_MAX) {
      this.end("garbled", "the child does not stop talking");
    }
    this.#onLine?.();
  }

  async #line(): Promise<string> {
    while (this.#lines.length === 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#onLine = resolve;
      await promise;
    }
    return this.#lines.shift()!;
  }
}

/** What 128 and the signal's number make of SIGKILL: `ChildExit`. */
const KILLED = 137;

/** Why a child is gone that was not done, as far as it shows. */
function lastState({ code, signal }: ChildExit, lastWords: string | undefined): string {
  if (lastWords !== undefined) return `it ended before it was done: ${lastWords}`;
  if (signal === "SIGKILL" || code === KILLED) {
    return "it was killed before it was done, as the kernel does when memory runs out";
  }
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
  return `it ended before it was done: ${how}`;
}

function garbled(said: string): Failure {
  const words = `Cannot classify: the child said ${said}`;
  return { kind: "failed", reason: "garbled", words };
}

/** One question is open at a time, so that one line waits. */
const LINES_MAX = 16;

function isOfKind<Kind extends ChildAnswer["kind"]>(
  answer: ChildAnswer | undefined,
  kind: Kind,
): answer is Extract<ChildAnswer, { kind: Kind }> {
  return answer?.kind === kind;
}
