/**
 * What is told of a track: its label, if it went anywhere by itself. Pure.
 * @module
 */
import type { ClassLine } from "../analysis/dsl/class_line.ts";
import { fixed } from "../analysis/dsl/fixed.ts";
import type { ClassLabel } from "./label.ts";

/**
 * A label says what is there, not that it moved: a parked bicycle in changing light is a
 * bicycle. So what moves by going somewhere is called by its label only when it did. People
 * and animals move where they stand: somebody at a lock stays somebody.
 */
export function judgement(
  label: ClassLabel,
  { track, hasTravelled }: { readonly track: number; readonly hasTravelled: boolean },
): ClassLine {
  const { class: word, crops, detail } = label;
  const found = { blob: track, score: fixed(label.score, 2), crops };
  if (word === "unknown") return { ...found, class: word };
  const isMover = word === "person" || word === "animal";
  if (!hasTravelled && !isMover) return { ...found, class: "unknown", why: "still" };
  return { ...found, class: word, ...(detail === undefined ? {} : { detail }) };
}
