/**
 * Whether a frame's observation lets its camera rest on the lower rung of the decode
 * ladder. Chooses no rung; that is `capture/ladder.ts`. Pure.
 * @module
 */
import type { Observation } from "../analysis/dsl/observation.ts";

/** States that last for hours, and in which motion is seen as ever. */
const LASTING = ["dirty", "moved", "defocused"];

/** Nothing moves in it, and nobody is there who might. */
export function isQuiet({ regions, blobs, causes, states }: Observation): boolean {
  return regions + blobs.length + causes.length === 0 &&
    states.every(({ state }) => LASTING.includes(state));
}
