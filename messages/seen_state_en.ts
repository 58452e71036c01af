/**
 * What is wrong with a camera that gives pictures, as its pictures show it, in English:
 * what it is, then behind the colon what helps.
 * @module
 */
import type { CameraState } from "../analysis/dsl/camera_state.ts";

/** One sentence, without a period. States of other kinds are named and no more. */
export function seenStateWords(state: CameraState, camera: string): string {
  return `Camera ${camera} ${WORDS[state] ?? `is ${state}`}`;
}

const WORDS: Partial<Record<CameraState, string>> = {
  warmup: "learns what belongs in its picture: nothing is reported for some seconds",
  frozen: "gives the same picture again and again: restart it",
  covered: "is covered: see what is in front of its lens, and whether it has light",
  defocused: "is out of focus: clean its lens, then set its focus",
  dirty: "has something on its lens: clean it",
  moved: "was moved: turn it back, or draw its zones, masks and lines anew",
};
