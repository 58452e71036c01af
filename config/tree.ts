/**
 * Reads the text of a settings file along the outline of settings: YAML 1.2, names as
 * the code has them, references replaced by what they refer to. Every value that cannot
 * be used is a problem with its place. Bounds are the declaration's: `load.ts`.
 * @module
 */
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
} from "yaml";
import {
  type List,
  type Named,
  OUTLINE,
  type Outline,
  type Section,
  type Value,
} from "./outline.ts";
import type { Problem } from "./problems.ts";
import { NAME_PATTERN } from "./schema_camera.ts";
import { type ReferencePlaces, resolveReferences } from "./references.ts";
import {
  badNameWords,
  goodName,
  hasAnchor,
  isNothing,
  listWords,
  meantName,
  nothingWords,
  sectionWords,
  shownName,
  unknownWords,
} from "./tree_words.ts";
import { nearest } from "./suggestions.ts";
import { type Place, startOf, textOf } from "./tree_place.ts";
import { kindWords, readScalar } from "./value_words.ts";
import { yamlWords } from "./yaml_words.ts";

/** Where a value came from. */
export interface Mark {
  /** In the text, in characters. */
  readonly at: number;
  /** As in the file: "cameras.front.fps". */
  readonly path: string;
  /** What stands in the file, before references are replaced; of text only. */
  readonly source?: string;
  readonly isSecret: boolean;
}

export interface Tree {
  /** False when the text is no YAML: then there are problems and nothing else. */
  readonly isYaml: boolean;
  /** Settings as the declaration takes them, without what is wrong. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** By path of properties: `markKey(["cameras", "front", "fps"])`. */
  readonly marks: ReadonlyMap<string, Mark>;
  /** Paths of properties that problems were found at, or that cannot be known here. */
  readonly wrong: ReadonlySet<string>;
  /** What stands in the file where a reference cannot be looked up here, by path. */
  readonly elsewhere: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Of one file, aliases followed: past it somebody plays with them. */
const NODES_MAX = 20_000;
/** Following one looks through the whole text. */
const ALIASES_MAX = 100;
/** A broken line makes the parser stumble over those behind it. */
const SYNTAX_PROBLEMS_MAX = 5;

/**
 * What to do about a reference that only the service can look up: `strict` refuses it,
 * `warn` goes on without its value.
 */
export type Lookup = "strict" | "warn";

/** The key of a setting's place: its path in one string. */
export function markKey(path: readonly PropertyKey[]): string {
  return path.map(String).join("\0");
}

/**
 * Reads the text. With problems in its syntax nothing else is looked at.
 * @param skip a section of the file that is left alone, as flags replace it
 */
export function readTree(
  text: string,
  { places, skip, lookup = "strict" }: {
    readonly places: ReferencePlaces;
    readonly skip?: string | undefined;
    readonly lookup?: Lookup | undefined;
  },
): Tree {
  const document = parseDocument(text, {
    prettyErrors: false,
    // Compares every pair of keys: minutes for a file of nothing but keys.
    uniqueKeys: false,
    logLevel: "error",
  });
  const stumbles = [...document.errors, ...document.warnings].slice(
    0,
    SYNTAX_PROBLEMS_MAX,
  );
  if (stumbles.length > 0) {
    const problems = stumbles.map(({ code, pos }) => ({
      at: Math.min(pos[0], text.length),
      path: "",
      words: yamlWords(code),
    }));
    const nothing = { raw: {}, marks: new Map(), wrong: new Set<string>(), warnings: [] };
    return { ...nothing, elsewhere: new Map(), isYaml: false, problems };
  }
  const reader = new TreeReader({ document, places, skip, lookup });
  return { ...reader.found, raw: reader.readRoot() };
}

class TreeReader {
  readonly #document: Document;
  readonly #places: ReferencePlaces;
  readonly #skip: string | undefined;
  readonly #lookup: Lookup;
  readonly #elsewhere = new Map<string, string>();
  readonly #marks = new Map<string, Mark>();
  readonly #wrong = new Set<string>();
  readonly #problems: Problem[] = [];
  readonly #warnings: Problem[] = [];
  #nodes = 0;
  #aliases = 0;

  constructor(
    { document, places, skip, lookup }: {
      document: Document;
      places: ReferencePlaces;
      skip: string | undefined;
      lookup: Lookup;
    },
  ) {
    this.#document = document;
    this.#places = places;
    this.#skip = skip;
    this.#lookup = lookup;
  }

  get found(): Omit<Tree, "raw"> {
    return {
      isYaml: true,
      marks: this.#marks,
      wrong: this.#wrong,
      elsewhere: this.#elsewhere,
      problems: this.#problems,
      warnings: this.#warnings,
    };
  }

  readRoot(): Record<string, unknown> {
    const node = this.#document.contents;
    const place = { node, keyAt: 0, path: [], shown: "" };
    if (isNothing(node) && this.#skip === undefined) {
      this.#refuse(place, "there are no settings in it");
      return {};
    }
    return this.#readSection(place, OUTLINE) ?? {};
  }

  /** Undefined is left to its default: nothing stands there, or nothing usable. */
  #read(given: Place, outline: Outline): unknown {
    const place = this.#followed(given);
    if (place === undefined) return undefined;
    switch (outline.kind) {
      case "section":
        return this.#readSection(place, outline);
      case "named":
        return this.#readNamed(place, outline);
      case "list":
        return this.#readList(place, outline);
      case "value":
        return this.#readValue(place, outline);
    }
  }

  /** An alias stands for its anchor; there may be so many of both, and not more. */
  #followed(place: Place): Place | undefined {
    if (++this.#nodes > NODES_MAX) {
      if (this.#nodes === NODES_MAX + 1) {
        this.#refuse(place, `there are more than ${NODES_MAX} values: too many`);
      }
      return undefined;
    }
    if (!isAlias(place.node)) return place;
    if (++this.#aliases > ALIASES_MAX) {
      this.#refuse(place, `there are more than ${ALIASES_MAX} aliases (*name): too many`);
      return undefined;
    }
    const node = place.node.resolve(this.#document);
    if (node !== undefined) return { ...place, node };
    this.#refuse(
      place,
      'a value that begins with * is an alias; for text put it in quotes: "…"',
    );
    return undefined;
  }

  #readSection(place: Place, section: Section): Record<string, unknown> | undefined {
    const entries = this.#entriesOf(place, section);
    if (entries === undefined) return undefined;
    const read = this.#readMisnamed(entries, { section, shown: place.shown });
    for (const [name, inner] of entries) {
      const part = section.parts.get(name);
      if (part === undefined || place.shown === "" && name === this.#skip) continue;
      const path = [...place.path, part.property];
      const value = this.#read({ ...inner, path }, part.outline);
      if (value !== undefined) {
        read[part.property] = completed(value, read[part.property]);
      } else if (part.isRequired) {
        const given = this.#elsewhere.get(markKey(path));
        if (given !== undefined) read[part.property] = given;
      }
    }
    return read;
  }

  /**
   * Refuses what is no setting here, and reads it as what it was meant for: what is wrong
   * below a mistyped name is told too, and what it was meant for is not missing.
   */
  #readMisnamed(
    entries: ReadonlyMap<string, Place>,
    unknown: { readonly section: Section; readonly shown: string },
  ): Record<string, unknown> {
    const read: Record<string, unknown> = {};
    const { parts } = unknown.section;
    for (const [name, inner] of entries) {
      if (parts.has(name) || unknown.shown === "" && name === this.#skip) continue;
      this.#refuse({ ...inner, node: undefined }, unknownWords(name, unknown));
      const near = parts.get(nearest(name, parts.keys()) ?? "");
      if (near === undefined) continue;
      const path = [...inner.path.slice(0, -1), near.property];
      const isMeant = near.name === meantName(name, unknown) && !isNothing(inner.node) &&
        !(unknown.shown === "" && near.name === this.#skip);
      const value = isMeant ? this.#read({ ...inner, path }, near.outline) : undefined;
      if (value === undefined) this.#wrong.add(markKey(path));
      else read[near.property] = completed(value, read[near.property]);
    }
    return read;
  }

  #readNamed(place: Place, named: Named): Record<string, unknown> | undefined {
    const entries = this.#entriesOf(place, named);
    if (entries === undefined) return undefined;
    // A camera may be called "constructor".
    const read: Record<string, unknown> = Object.create(null);
    for (const [name, inner] of entries) {
      const isGood = NAME_PATTERN.test(name);
      if (!isGood) this.#refuse({ ...inner, node: undefined }, badNameWords(name));
      const meant = isGood ? name : goodName(name);
      // What is below a bad name is looked at as what it would be below a good one.
      if (meant === undefined || !isGood && entries.has(meant)) continue;
      const path = [...place.path, meant];
      const value = this.#read({ ...inner, path }, named.inner);
      if (value !== undefined) read[meant] = value;
    }
    return read;
  }

  /** The lines of a section by their names, each at its place. */
  #entriesOf(place: Place, outline: Section | Named): Map<string, Place> | undefined {
    const { node } = place;
    const entries = new Map<string, Place>();
    this.#mark({ ...place, node: undefined });
    if (isNothing(node) && !hasAnchor(node)) return entries;
    if (!isMap(node)) {
      this.#refuse(place, sectionWords(node, { outline, shown: place.shown }));
      return undefined;
    }
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? textOf(key) : undefined;
      const keyAt = isNode(key) ? key.range![0] : place.keyAt;
      const shown = [place.shown, shownName(name ?? "", outline)].filter(Boolean).join(
        ".",
      );
      const inner = { node: value, keyAt, path: [...place.path, name ?? ""], shown };
      if (name === undefined || name === "") {
        this.#refuse({ ...inner, node: undefined }, "there is a line without a name");
      } else if (entries.has(name)) {
        this.#refuse({ ...inner, node: undefined }, "is there twice: keep one of them");
      } else entries.set(name, inner);
    }
    return entries;
  }

  #readList(place: Place, list: List): unknown[] | undefined {
    const { node } = place;
    this.#mark(place);
    if (!isSeq(node)) {
      this.#refuse(place, isNothing(node) ? nothingWords(node) : listWords(node, list));
      return undefined;
    }
    if (list.inner.kind === "list" && node.items.some((item) => isScalar(item))) {
      this.#refuse(
        place,
        "must be a list of corners, each [x, y]: [[0, 0], [1, 0], [1, 1]]",
      );
      return undefined;
    }
    const before = this.#problems.length;
    const read = node.items.map((item, index) =>
      this.#read({
        node: item,
        keyAt: place.keyAt,
        path: [...place.path, index],
        shown: `${place.shown}[${index}]`,
      }, list.inner)
    );
    // With one entry gone the others would be judged by a wrong number.
    if (this.#problems.length === before) return read;
    this.#wrong.add(markKey(place.path));
    return undefined;
  }

  #readValue(place: Place, wanted: Value): unknown {
    const { node } = place;
    this.#mark(place, wanted.isSecret);
    if (isNothing(node)) return this.#refuse(place, nothingWords(node));
    if (!isScalar(node)) {
      const is = isSeq(node) ? "a list" : "a section";
      return this.#refuse(place, `must be ${kindWords(wanted)}, is ${is}`);
    }
    const read = readScalar(node.value, { wanted, source: textOf(node) });
    if (read.kind === "wrong") return this.#refuse(place, read.words);
    if (wanted.isSecret && node.comment !== undefined && node.type === "PLAIN") {
      this.#warnings.push(this.#problemAt(
        place,
        'ends before the "#": if that belongs to it, put all of it in quotes: "…"',
      ));
    }
    if (typeof read.value !== "string") return read.value;
    const resolved = resolveReferences(read.value, this.#places);
    if (resolved.kind === "value") return resolved.value;
    if (resolved.kind === "problems" || this.#lookup === "strict") {
      for (const words of resolved.words) this.#refuse(place, words);
      return undefined;
    }
    return this.#leaveOut(place, { given: read.value, words: resolved.words });
  }

  /** A list keeps the reference in the value's place: its others are judged by number. */
  #leaveOut(
    place: Place,
    { given, words }: { readonly given: string; readonly words: readonly string[] },
  ): string | undefined {
    const key = markKey(place.path);
    this.#elsewhere.set(key, given);
    this.#wrong.add(key);
    for (const why of words) {
      const warning = `cannot be looked up here, the service may: ${why}`;
      this.#warnings.push(this.#problemAt(place, warning));
    }
    return typeof place.path.at(-1) === "number" ? given : undefined;
  }

  #mark(place: Place, isSecret = false): void {
    const { node, path, shown: shownPath } = place;
    const source = isScalar(node) && typeof node.value === "string"
      ? { source: node.value }
      : {};
    const mark = { at: startOf(place), path: shownPath, isSecret, ...source };
    this.#marks.set(markKey(path), mark);
  }

  #refuse(place: Place, words: string): undefined {
    this.#wrong.add(markKey(place.path));
    this.#problems.push(this.#problemAt(place, words));
    return undefined;
  }

  #problemAt(place: Place, words: string): Problem {
    return { at: startOf(place), path: place.shown, words };
  }
}

/** A section that is there twice, once under a mistyped name, has the lines of both. */
function completed(value: unknown, misnamed: unknown): unknown {
  if (!isRecord(value) || !isRecord(misnamed)) return value;
  for (const [name, inner] of Object.entries(misnamed)) {
    value[name] = completed(value[name] ?? inner, inner);
  }
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
