/**
 * Tells the sink a source's state, each change once.
 * @module
 */
import type { CameraState, StateReason } from "../analysis/dsl/camera_state.ts";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { FrameSink } from "./source.ts";
import { type StatePlace, stateWords } from "./state_words.ts";

export class StateReport {
  readonly #parts: { readonly sink: FrameSink; readonly clock: Clock; readonly log: Log };
  readonly #place: StatePlace;
  #state: CameraState | undefined;
  #why: StateReason | undefined;
  #rung: string | undefined;
  #sinceMs = 0;
  /** What is known more exactly than a reason for being offline says. */
  #explained: string | undefined;
  #told: string | undefined;
  /** Of the loop, when the log was told of it last. */
  #timesLogged = 0;
  /** How often in a row the source was lost soon after its first pictures; 0: it is not. */
  lostInLoop = 0;

  constructor(parts: { sink: FrameSink; clock: Clock; log: Log }, place: StatePlace) {
    this.#parts = parts;
    this.#place = place;
  }

  get state(): CameraState | undefined {
    return this.#state;
  }

  /**
   * What the next `offline` says instead of its reason's usual words, and what to do; to
   * stand after the camera's name. Undefined: the usual ones.
   */
  explain(words: string | undefined): void {
    this.#explained = words;
  }

  /** A new reason for the same state keeps its beginning; another rung has one of its own. */
  set(state: CameraState, why?: StateReason, rung?: string): void {
    const words = this.#wordsOf(state, why);
    const isSame = state === this.#state && why === this.#why && rung === this.#rung;
    if (isSame && words === this.#told) return;
    const { sink, clock, log } = this.#parts;
    if (state !== this.#state || rung !== this.#rung) this.#sinceMs = clock.utcMs();
    this.#state = state;
    this.#why = why;
    this.#rung = rung;
    this.#told = words;
    const times = this.lostInLoop;
    const level = state === "online" || state === "connecting" ? "info" : "warn";
    if (this.#isForLog(times)) {
      log[level]("capture.state", {
        camera: this.#place.camera,
        state,
        why,
        rung,
        words,
      });
    }
    sink.state({
      state,
      sinceMs: this.#sinceMs,
      ...(why === undefined ? {} : { why }),
      ...(rung === undefined ? {} : { rung }),
    }, words);
  }

  #wordsOf(state: CameraState, why: StateReason | undefined): string {
    const { camera, source } = this.#place;
    const explained = state === "offline" ? this.#explained : undefined;
    return explained === undefined
      ? stateWords(state, why, { ...this.#place, times: this.lostInLoop })
      : `Camera ${camera} ${explained} (${source})`;
  }

  /** A source that comes and goes is told by its count whenever that has doubled. */
  #isForLog(times: number): boolean {
    if (times > 0 && times < 2 * this.#timesLogged) return false;
    this.#timesLogged = times;
    return true;
  }
}
