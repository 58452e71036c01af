/**
 * Settings as people may see them: names as in the file, the reference in place of what
 * it refers to, no password.
 * @module
 */
import { OUTLINE, type Outline } from "./outline.ts";
import { hasReference } from "./references.ts";

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

/** A user and a password in a URL; of passwords with a slash or an @ too. */
const LOGIN = /([a-z][a-z0-9+.-]*:\/\/)([^\s?#]*)@/gi;
const REFERENCE_ONLY = /^\$\{[^{}]+\}$/;

/** True when a URL of the text holds a password, not a reference to one. */
export function hasInlineCredentials(text: string): boolean {
  return [...text.matchAll(LOGIN)].some(([, , login]) => {
    const password = passwordOf(login!);
    return password !== undefined && !REFERENCE_ONLY.test(password);
  });
}

/** A text of the file without its inline passwords, references kept. */
function withoutInlineCredentials(text: string): string {
  return text.replace(LOGIN, (_, scheme: string, login: string) => {
    const isReference = REFERENCE_ONLY.test(passwordOf(login) ?? "");
    return `${scheme}${isReference ? login : "***"}@`;
  });
}

function passwordOf(login: string): string | undefined {
  const colon = login.indexOf(":");
  return colon < 0 ? undefined : login.slice(colon + 1);
}

interface Way {
  readonly outline: Outline;
  readonly path: readonly string[];
  readonly origins: Origins;
}

function shown(value: unknown, { outline, path, origins }: Way): unknown {
  if (value === undefined) return undefined;
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
        if (REFERENCE_ONLY.test(source) || !outline.isSecret) {
          return withoutInlineCredentials(source);
        }
      }
      return outline.isSecret ? "***" : withoutInlineCredentials(String(value));
    }
  }
}
