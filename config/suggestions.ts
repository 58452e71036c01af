/**
 * What somebody may have meant by a name or a word that is none of those we know.
 * @module
 */
import { distance } from "fastest-levenshtein";
import { OUTLINE, type Outline } from "./outline.ts";

/** Characters that are compared: no name of ours has half as many. */
const TYPED_MAX = 64;

/** The nearest of `known`, when it is near enough to be meant. */
export function nearest(typed: string, known: Iterable<string>): string | undefined {
  const plain = plainName(typed).slice(0, TYPED_MAX);
  let best: string | undefined;
  // Every third character may be wrong, and one of a short word.
  let bound = Math.max(1, Math.floor(plain.length / 3));
  for (const candidate of known) {
    const apart = typingDistance(plain, plainName(candidate));
    if (apart < bound || best === undefined && apart === bound) {
      best = candidate;
      bound = apart;
    }
  }
  return best;
}

/** Letters in the wrong order are one mistake: `fsp`. */
function typingDistance(typed: string, known: string): number {
  const apart = distance(typed, known);
  return apart === 2 && sorted(typed) === sorted(known) ? 1 : apart;
}

function sorted(text: string): string {
  return [...text].sort().join("");
}

/** Where a setting of this very name belongs: "server.port", "cameras.NAME.fps". */
export function placesOfName(typed: string): readonly string[] {
  return PLACES_BY_NAME.get(plainName(typed)) ?? [];
}

const PLACES_BY_NAME = placesByName(OUTLINE, "");

function placesByName(outline: Outline, path: string): Map<string, string[]> {
  const places = new Map<string, string[]>();
  if (outline.kind === "named") return placesByName(outline.inner, `${path}.NAME`);
  if (outline.kind !== "section") return places;
  for (const { name, outline: inner } of outline.parts.values()) {
    const own = path === "" ? name : `${path}.${name}`;
    places.set(plainName(name), [...places.get(plainName(name)) ?? [], own]);
    for (const [deeper, found] of placesByName(inner, own)) {
      places.set(deeper, [...places.get(deeper) ?? [], ...found]);
    }
  }
  return places;
}

/** `originalPort`, `original-port` and `Original_Port` are one name. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[_\s-]/g, "");
}
