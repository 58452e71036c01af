/**
 * What rules about settings are made of: what one says when it is broken, and how it looks
 * into settings that may be wrong in any way. Has no rule: those are `rules.ts` and
 * `place_rules.ts`.
 * @module
 */

export interface BrokenRule {
  /** Of properties. */
  readonly path: readonly string[];
  /** What is wrong and what would be right; goes behind the name of the setting. */
  readonly words: string;
  /** The setting that is missing for it; when it is there but wrong, no rule is broken. */
  readonly needs?: readonly string[];
}

/** A rule that the setting at `path` breaks, in `words`. */
export function broken(path: readonly string[], words: string): BrokenRule {
  return { path, words };
}

/** What stands there; undefined when `raw` is no section. */
export function valueAt(raw: unknown, property: string): unknown {
  return typeof raw === "object" && raw !== null
    ? (raw as Record<string, unknown>)[property]
    : undefined;
}

/** The text that stands there; undefined for anything else. */
export function textAt(raw: unknown, property: string): string | undefined {
  const value = valueAt(raw, property);
  return typeof value === "string" ? value : undefined;
}

/** What stands under each name; nothing when `raw` is no section. */
export function entriesOf(raw: unknown): [string, Record<string, unknown>][] {
  return Object.entries(typeof raw === "object" && raw !== null ? raw : {});
}
