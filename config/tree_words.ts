/**
 * What is wrong with the shape of a settings file, and what would be right: the
 * mistakes that people make again and again. Walks no tree: that is `tree.ts`.
 * @module
 */
import { isMap, isScalar, isSeq } from "yaml";
import type { List, Named, Section } from "./outline.ts";
import { nearest, placesOfName, plainName } from "./suggestions.ts";

/** Characters of a name that are shown. */
const NAME_SHOWN_MAX = 40;

/**
 * A name out of the file as it may be shown. `password:1234` without a space is all of
 * it a name: it is cut where a value may have begun.
 */
export function shownName(name: string, { kind }: Section | Named): string {
  // deno-lint-ignore no-control-regex -- a terminal would obey them
  const plain = name.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");
  const value = plain.search(kind === "section" ? /[^\w<-]/ : /[:=@]/);
  const end = Math.min(value < 0 ? plain.length : value, NAME_SHOWN_MAX);
  return end === plain.length ? plain : `${plain.slice(0, end)}…`;
}

/** Of a camera or a zone whose name cannot be one. */
export function badNameWords(name: string): string {
  const words = "must be named with a-z, 0-9, - and _, at most 32 of them, and begin " +
    "with a letter or digit";
  const plain = goodName(name);
  return plain === undefined ? words : `${words}: write ${plain}`;
}

/** "back_yard" for `Back Yard`; undefined when nothing of the name can stay. */
export function goodName(name: string): string | undefined {
  const plain = name.replace(/[:=@].*$/s, "").toLowerCase().replace(/[^a-z0-9_-]+/g, "_")
    .replace(/^[^a-z0-9]+|_+$/g, "").slice(0, 32);
  return plain === "" ? undefined : plain;
}

/** Nothing stands there, not even an empty text. */
export function isNothing(node: unknown): boolean {
  return node === null || node === undefined || isScalar(node) && node.value === null;
}

/** `name: &word` is an anchor with nothing behind it: a password, most likely. */
export function hasAnchor(node: unknown): boolean {
  return isScalar(node) && node.anchor !== undefined;
}

/** Of a name without a value. */
export function nothingWords(node: unknown): string {
  if (hasAnchor(node)) {
    return 'has no value: what begins with & is an anchor; for text put it in quotes: "…"';
  }
  if (isScalar(node) && node.comment !== undefined) {
    return "has no value: what begins with # is a comment; for text put it in quotes";
  }
  return "has no value: give one, or take the line out";
}

/** A name that is no setting, and the section that it stands in; `shown` is its path. */
export interface UnknownName {
  readonly section: Section;
  readonly shown: string;
}

/** Of a name that is no setting of this section. */
export function unknownWords(name: string, unknown: UnknownName): string {
  if (name === "<<") {
    return "merging (<<) is not part of YAML 1.2: write the settings out";
  }
  const { section } = unknown;
  const glued = gluedName(name, section);
  if (glued !== undefined) {
    return `is no setting: write ${glued}: and a space before its value`;
  }
  const meant = meantName(name, unknown);
  if (meant !== undefined) return `is no setting: did you mean ${meant}?`;
  const elsewhere = placeElsewhere(name, unknown);
  if (elsewhere !== undefined) return `is no setting here: it belongs in ${elsewhere}`;
  return `is no setting; there are ${[...section.parts.keys()].join(", ")}`;
}

/**
 * The setting of this section that a mistyped name was meant for; undefined when none is
 * near, or the name is that of a setting elsewhere.
 */
export function meantName(name: string, unknown: UnknownName): string | undefined {
  const { section } = unknown;
  if (gluedName(name, section) !== undefined) return undefined;
  const near = nearest(name, section.parts.keys());
  if (near === undefined || plainName(near) === plainName(name)) return near;
  return placeElsewhere(name, unknown) === undefined ? near : undefined;
}

/** `fps:5` without a space is all of it a name. */
function gluedName(name: string, { parts }: Section): string | undefined {
  const glued = /^([\w-]+)[:=\s]/.exec(name)?.[1];
  return glued !== undefined && parts.has(glued) ? glued : undefined;
}

function placeElsewhere(name: string, { shown }: UnknownName): string | undefined {
  return placesOfName(name).find((path) => path !== `${shown}.${name}`);
}

/** Of what stands where a section belongs. */
export function sectionWords(
  node: unknown,
  { outline, shown }: { readonly outline: Section | Named; readonly shown: string },
): string {
  if (shown === "") return 'must be lines of "name: value"';
  const isCamera = /^cameras\.[^.]+$/.test(shown);
  if (isScalar(node) && isCamera) {
    return "is a camera: write its URL behind url: below it";
  }
  if (isSeq(node) && outline.kind === "named") {
    return "is a list: give each a name instead of its dash, such as front:";
  }
  const is = isSeq(node) ? "a list" : isScalar(node) ? "a value" : "an alias";
  return `must be lines of "name: value" below it, is ${is}`;
}

/** Of what stands where a list belongs. */
export function listWords(node: unknown, list: List): string {
  if (list.inner.kind === "list") return "must be a list of corners, each [x, y]";
  if (isMap(node) && list.most === 2) return "must be a corner [x, y]";
  if (list.most === 2) return "must be a corner [x, y], both 0..1";
  return 'must be a list: ["…", "…"]';
}
