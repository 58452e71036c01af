/**
 * For which classes the words of a place are wanted: of a zone, or of the picture. Pure.
 * @module
 */
import type { Classified, ObjectClass } from "../analysis/dsl/class_line.ts";
import type { Episode } from "../analysis/dsl/episode.ts";

/** The settings of one place. */
export interface ClassWish {
  readonly classes: readonly ObjectClass[];
  /** Whether what nobody can tell is told of: a burglar under a blanket is unknown. */
  readonly unknown: "tell" | "quiet";
}

/**
 * Whether words about a stay are wanted; `wait`: nobody looked yet. Where nobody looks at
 * all, and of what nobody could look at, everything is told: a filter that cannot work
 * must not silence a camera.
 */
export function wishFor(
  classified: Episode["classified"],
  wish: ClassWish | undefined,
): "tell" | "wait" | "quiet" {
  if (!wish || !classified) return "tell";
  switch (classified.state) {
    case "waiting":
      return "wait";
    case "unknown":
      return wasLookedAt(classified) ? wish.unknown : "tell";
    case "sure":
    case "probable":
      return classified.class && wish.classes.includes(classified.class)
        ? "tell"
        : "quiet";
  }
}

/** Only these two reasons are of what it is, the others of the detector and the box. */
function wasLookedAt({ why }: Classified): boolean {
  return why === undefined || why === "still" || why === "no_crop";
}
