/**
 * The newest picture of who a story is about, within a time; else the one before.
 * Which track shows best is the analysis's business; how a JPEG is made, `image.ts`.
 * @module
 */
import type { AlertBoard } from "../base/alerts.ts";
import { type Clock, sleep } from "../base/clock.ts";
import { Fault, wordsOf } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import { pictureAlert, PICTURES_FAILING } from "../base/picture_library.ts";
import type { Crop } from "../capture/frame/crop.ts";
import type { Running } from "./camera_stories.ts";
import { jpegOf } from "./image.ts";

export interface StoryPictureParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly alerts: Pick<AlertBoard, "raise" | "clear">;
  /** The best picture of a track so far; undefined when there is none. */
  pictureOf(camera: string, track: number): Promise<Crop | undefined>;
}

export class StoryPictures {
  readonly #parts: StoryPictureParts;
  readonly #stop: AbortSignal;
  #trouble = "";

  /** @param stop ends every wait */
  constructor(parts: StoryPictureParts, stop: AbortSignal) {
    this.#parts = parts;
    this.#stop = stop;
  }

  /** Never throws; what cannot be had is an alert. */
  async of(
    camera: string,
    running: Running,
    waitMs: number,
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const enough = new AbortController();
    const stop = () => enough.abort();
    this.#stop.addEventListener("abort", stop);
    if (this.#stop.aborted) stop();
    const late = sleep(this.#parts.clock, waitMs, enough.signal);
    await Promise.race([this.#make(camera, running), late]);
    this.#stop.removeEventListener("abort", stop);
    stop();
    return running.picture?.jpeg;
  }

  async #make(camera: string, running: Running): Promise<void> {
    try {
      const crop = await this.#parts.pictureOf(camera, running.story.episode.track);
      if (!crop || crop.ptsUs === running.picture?.ptsUs) return;
      const jpeg = await jpegOf(crop);
      this.#parts.alerts.clear(PICTURES_FAILING, "");
      if (crop.ptsUs < (running.picture?.ptsUs ?? -Infinity)) return;
      running.picture = { ptsUs: crop.ptsUs, jpeg };
    } catch (thrown) {
      const words = wordsOf(thrown);
      if (thrown instanceof Fault) this.#parts.alerts.raise(pictureAlert(thrown));
      if (words === this.#trouble) return;
      this.#trouble = words;
      this.#parts.log.warn("words.picture_failed", { camera, words });
    }
  }
}
