/**
 * Settings as people may see them: names as in the file, the reference in place of what
 * it refers to, no password.
 * @module
 */
import { Document, isCollection, isMap, isNode, isPair, visit } from "yaml";
import { OUTLINE, type Outline, partAt } from "./outline.ts";
import { hasReference } from "./references.ts";
import { shownText } from "./shown_text.ts";

/** What tells where a setting came from, by path of properties. */
export interface Origins {
  /** What stands in the file; undefined for what does not, or is no text. */
  sourceOf(path: readonly string[]): string | undefined;
}

/** The whole of the settings, defaults included. */
export function shownSettings(
  settings: unknown,
  origins: Origins,
): Readonly<Record<string, unknown>> {
  return shown(settings, { outline: OUTLINE, path: [], origins }) as Record<
    string,
    unknown
  >;
}

/**
 * The same as YAML, each setting with where it comes from behind it.
 * @param origins by path as in the file; what is not in it is a default
 */
export function shownYaml(
  shown: Readonly<Record<string, unknown>>,
  origins: ReadonlyMap<string, string>,
): string {
  const document = new Document(shown);
  visit(document, {
    Pair(_, { key, value }, above) {
      const path = [...above.filter(isPair).map((pair) => String(pair.key)), String(key)];
      if (isMap(value) && value.items.length > 0) return undefined;
      if (isNode(value)) {
        if (isCollection(value)) value.flow = true;
        const origin = origins.get(path.join(".")) ?? "default";
        value.comment = ` ${origin}${replayWords(path)}`;
      }
      return visit.SKIP;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Of what changes which motion is found or reported. @param path as in the file */
function replayWords(path: readonly string[]): string {
  const replays = partAt(path)?.traits?.replays;
  if (replays === undefined) return "";
  return replays ? ", can be replayed" : ", cannot be replayed";
}

/** A reference that could not be looked up, which gives no value. */
function elsewhereText({ outline, path, origins }: Way): string | undefined {
  const source = outline.kind === "value" ? origins.sourceOf(path) : undefined;
  return source !== undefined && REFERENCE_ONLY.test(source) ? source : undefined;
}

const REFERENCE_ONLY = /^\$\{[^{}]+\}$/;

interface Way {
  readonly outline: Outline;
  readonly path: readonly string[];
  readonly origins: Origins;
}

function shown(value: unknown, { outline, path, origins }: Way): unknown {
  if (value === undefined) return elsewhereText({ outline, path, origins });
  switch (outline.kind) {
    case "section": {
      const given = value as Record<string, unknown>;
      const entries = [...outline.parts.values()].map((part) => {
        const way = { outline: part.outline, path: [...path, part.property], origins };
        return [part.name, shown(given[part.property], way)] as const;
      });
      return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
    }
    case "named": {
      const { inner } = outline;
      return Object.fromEntries(
        Object.entries(value as object).map(([name, given]) =>
          [
            name,
            shown(given, { outline: inner, path: [...path, name], origins }),
          ] as const
        ),
      );
    }
    case "list": {
      const { inner } = outline;
      return (value as readonly unknown[]).map((given, index) =>
        shown(given, { outline: inner, path: [...path, String(index)], origins })
      );
    }
    case "value": {
      if (outline.holds !== "text") return value;
      const source = origins.sourceOf(path);
      if (source !== undefined && hasReference(source)) {
        if (REFERENCE_ONLY.test(source) || !outline.isSecret) return shownText(source);
      }
      return outline.isSecret ? "***" : shownText(String(value));
    }
  }
}
