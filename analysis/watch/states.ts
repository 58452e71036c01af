/**
 * Tells the camera's state as judged from pixels, each change once: the gravest of those
 * that are true, else `online`.
 * @module
 */
import type { StateLine, StateReason } from "../dsl/camera_state.ts";
import { fixed } from "../dsl/fixed.ts";

export type SeenState =
  | "frozen"
  | "covered"
  | "moved"
  | "defocused"
  | "dirty"
  | "warmup"
  | "online";

export interface Seen {
  readonly state: SeenState;
  readonly why?: StateReason | undefined;
  readonly score?: number;
}

export class StateTeller {
  #state: SeenState | undefined;
  #why: StateReason | undefined;

  get state(): SeenState | undefined {
    return this.#state;
  }

  /** @returns the line to be told in this frame, if the state is another one */
  step(seen: Seen, tMs: number): StateLine | undefined {
    if (seen.state === this.#state && seen.why === this.#why) return undefined;
    this.#state = seen.state;
    this.#why = seen.why;
    const line = { state: seen.state, sinceMs: fixed(tMs, 0) };
    const why = seen.why === undefined ? {} : { why: seen.why };
    const score = seen.score === undefined ? {} : { score: fixed(seen.score, 2) };
    return { ...line, ...why, ...score };
  }
}
