/**
 * Made-up narrations of one camera, for tests of whom they go to.
 * @module
 */
import type { Narration } from "../../llm/narration.ts";

const START_MS = Date.UTC(2026, 0, 1, 14, 4, 5);

/** Narration `id` about an episode of the same number, said at once, but for `changes`. */
export function narration(id: number, changes: Partial<Narration> = {}): Narration {
  return {
    id,
    camera: "gate",
    episode: id,
    track: id,
    zone: null,
    moment: "opened",
    author: { kind: "template" },
    text: `Something came in from the left (${id})`,
    verdict: { kind: "speak" },
    utcMs: START_MS + id * 1_000 + 200,
    startMs: START_MS + id * 1_000,
    endMs: START_MS + id * 1_000,
    dsl: [`EVENT type=ENTER blob=${id} dir=LEFT`],
    hasPicture: false,
    ...changes,
  };
}
