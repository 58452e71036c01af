/**
 * A sentence as it is said aloud, and which words of it carry news. Pure.
 * @module
 */
import type { Narration } from "../llm/narration.ts";

/**
 * One line for a voice: no control characters, nothing that espeak-ng takes for phonemes
 * (`[[…]]`) or markup, names without underscores.
 * @param withCamera says first which camera it is, unless the sentence begins with it
 */
export function spokenText(narration: Narration, withCamera: boolean): string {
  const text = plain(narration.text);
  const camera = plain(narration.camera).replaceAll("-", " ");
  const isNamed = text.toLowerCase().replaceAll("-", " ").startsWith(camera);
  return withCamera && !isNamed ? `${camera}: ${text}` : text;
}

function plain(text: string): string {
  return text.replace(/[\p{C}_<>[\]{}|\\^`*#]+/gu, " ").replace(/\s+/g, " ").trim();
}

/** Words that tell of no thing and no place: a new one of them is no news. */
const FILLERS = new Set(
  ("about above after again against along also and another appear appears approximately are " +
    "around away back been before being below camera came coming could currently during " +
    "can each else enter entered enters entering every for from front frame further going has have " +
    "here image into its just left like likely looks made making more moves moved moving " +
    "near next object once only other others over passes past photo picture possibly " +
    "right scene seconds seen seems shot show shows some somebody someone something " +
    "still stopped such than that the their them then there these they thing this those " +
    "through time towards toward under until upon very view video visible was walks were " +
    "what when where which while who with within would").split(" "),
);
const WORD_LETTERS_MIN = 3;

/** The words of a text that carry news, in lower case. */
export function newsWords(text: string): readonly string[] {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.filter((word) => word.length >= WORD_LETTERS_MIN && !FILLERS.has(word));
}
