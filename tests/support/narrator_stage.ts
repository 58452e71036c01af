/**
 * A narrator with a clock that is moved by hand, its words and alerts in view, and a
 * real Ollama stand-in behind HTTP. Tracks have the pictures that the test painted.
 * @module
 */
import type { Episode, EpisodeChange } from "../../analysis/dsl/episode.ts";
import { AlertBoard } from "../../base/alerts.ts";
import type { Facts, Log } from "../../base/log.ts";
import type { Crop } from "../../capture/frame/crop.ts";
import { type OllamaSettings, ollamaSettings } from "../../config/schema.ts";
import type { ClassWish } from "../../llm/class_wish.ts";
import type { NarrationOutlet, Told } from "../../llm/narration.ts";
import { Narrator } from "../../llm/narrator.ts";
import { ManualClock } from "./manual_clock.ts";
import { paintedCrop } from "./painted_crop.ts";
import { eventually } from "./program.ts";
import {
  scriptedEpisode,
  type ScriptedFrame,
  scriptedObservation,
} from "./scripted_observation.ts";

export interface StageOptions {
  readonly settings?: Partial<OllamaSettings>;
  /** Default: a red square for every track. */
  readonly pictureOf?: (camera: string, track: number) => Promise<Crop | undefined>;
  /** Outlets that are offered words before `told` has them. */
  readonly before?: readonly NarrationOutlet[];
  /** For which classes the words of the picture and of every zone are wanted. */
  readonly wish?: ClassWish;
}

export class NarratorStage implements AsyncDisposable {
  readonly clock = new ManualClock();
  readonly board = new AlertBoard(this.clock);
  readonly told: Told[] = [];
  /** `words.model why=…`, without debug lines. */
  readonly logged: string[] = [];
  readonly narrator: Narrator;

  constructor(url: string, options: StageOptions = {}) {
    const line = (event: string, facts: Facts = {}) => {
      const words = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
      this.logged.push([event, ...words].join(" "));
    };
    const log: Log = { debug: () => {}, info: line, warn: line, error: line };
    const pictureOf = (_camera: string, track: number) =>
      Promise.resolve(paintedCrop({ track }));
    this.narrator = new Narrator({
      clock: this.clock,
      log,
      alerts: this.board,
      settings: ollamaSettings.parse({ url, ...options.settings }),
      pictureOf: options.pictureOf ?? pictureOf,
      wishOf: () => options.wish,
      outlets: [...options.before ?? [], {
        offer: (told) => void this.told.push(told),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      }],
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.narrator[Symbol.asyncDispose]();
  }

  /** `opened: Something came in.`, `growing by vision: …`, `quiet late: …`. */
  get said(): readonly string[] {
    return this.told.map(({ narration: { moment, author, verdict, text } }) => {
      const by = author.kind === "model" ? ` by ${author.model}` : "";
      const quiet = verdict.kind === "quiet" ? ` (${verdict.reason})` : "";
      return `${moment}${by}${quiet}: ${text}`;
    });
  }

  get alerts(): readonly string[] {
    return this.board.list().map(({ words, toDo }) => `${words} | ${toDo}`);
  }

  see(frame: ScriptedFrame, camera = "gate"): void {
    this.narrator.observed(camera, scriptedObservation(frame));
  }

  change(
    kind: EpisodeChange["kind"],
    more: Partial<Episode> = {},
    camera = "gate",
  ): void {
    this.narrator.changed(camera, { kind, episode: scriptedEpisode(more) });
  }

  /** A track that comes in and has been there for 3 s: a model may be asked. */
  visit(track: number, camera = "gate"): void {
    const episode = { id: track, track };
    this.see({ frame: 1, blobs: [{ id: track }] }, camera);
    this.change("opened", episode, camera);
    this.see({ frame: 31, blobs: [{ id: track }] }, camera);
  }

  /** Waits, in real time, until a model is there to be asked. */
  async ready(): Promise<void> {
    await this.until(
      "a model is chosen",
      () => this.logged.some((line) => line.startsWith("words.model ")),
    );
  }

  async until(what: string, check: () => boolean): Promise<void> {
    try {
      await eventually(what, check, 30_000);
    } catch (thrown) {
      const seen = { said: this.said, alerts: this.alerts, logged: this.logged };
      throw new Error(
        JSON.stringify({ ...seen, counts: this.narrator.counts }, null, 1),
        {
          cause: thrown,
        },
      );
    }
  }

  /** Lets time pass in small steps, with turns for the network, until `check` holds. */
  async passing(what: string, check: () => boolean, stepMs = 500): Promise<void> {
    await this.until(what, () => {
      if (!check()) this.clock.advance(stepMs);
      return check();
    });
  }
}
