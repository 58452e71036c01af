/**
 * How a camera is, of two who know a part of it: capture says whether pictures come, the
 * analysis what they show. Capture comes first: a camera that gives none is not covered.
 * @module
 */
import { isSeenState, type StateLine } from "../analysis/dsl/camera_state.ts";
import { seenStateWords } from "../messages/seen_state_en.ts";

export interface CameraCondition {
  readonly state: StateLine;
  /** For people; no secret. */
  readonly words: string;
}

export class CameraSight {
  readonly #camera: string;
  #capture: CameraCondition;
  #seen: CameraCondition | undefined;

  /** @param nowMs since when it is not known: UTC epoch ms */
  constructor(camera: string, nowMs: number) {
    this.#camera = camera;
    this.#capture = {
      state: { state: "connecting", sinceMs: nowMs },
      words: "starting",
    };
  }

  /** The state that counts. */
  get now(): CameraCondition {
    const isOnline = this.#capture.state.state === "online";
    return (isOnline ? this.#seen : undefined) ?? this.#capture;
  }

  /** Capture's word. */
  told(state: StateLine, words: string): void {
    this.#capture = { state, words };
  }

  /** The analysis' word; true when that changed `now`. */
  seen(states: readonly StateLine[]): boolean {
    const before = this.now;
    for (const state of states) {
      if (isSeenState(state.state)) {
        this.#seen = { state, words: seenStateWords(state.state, this.#camera) };
      } else if (state.state === "online") this.#seen = undefined;
    }
    return this.now !== before;
  }
}
