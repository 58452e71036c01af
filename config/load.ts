/**
 * Settings from a file, with flags above it: all of them good, or none and every
 * problem at once. What a run without a file does is `flags.ts`.
 * @module
 */
import { dirname, resolve } from "node:path";
import { readConfigText } from "./file_text.ts";
import {
  FLAG_CAMERA,
  flagFault,
  flagProblem,
  type FlagValues,
  givenFlags,
  setAt,
} from "./flags.ts";
import { exposureWarnings } from "./exposure.ts";
import { issueProblems } from "./issue_problems.ts";
import { fileName } from "./outline.ts";
import {
  ConfigFault,
  type PlacedProblem,
  placedProblems,
  type Problem,
} from "./problems.ts";
import type { BrokenRule } from "./rule_parts.ts";
import { brokenRules, doubtfulSettings } from "./rules.ts";
import { type Settings, settings } from "./schema.ts";
import { shownSettings } from "./shown.ts";
import { type Lookup, markKey, readTree, type Tree } from "./tree.ts";

export interface LoadRequest {
  readonly path: string;
  /** What to read instead of the file; references still begin at its folder. */
  readonly text?: string;
  /** Win over the file. `--url` replaces its cameras. */
  readonly flags?: FlagValues;
  env(name: string): string | undefined;
  /** systemd's `$CREDENTIALS_DIRECTORY`. */
  readonly credentialsFolder?: string | undefined;
  /**
   * With `warn`, what only the service can look up is left out, with a warning: for who
   * looks at its file from outside. By default `strict`.
   */
  readonly lookup?: Lookup;
}

export interface Loaded {
  readonly settings: Settings;
  /** The same for people: names as in the file, references for values, no secret. */
  readonly shown: Readonly<Record<string, unknown>>;
  /** Where each setting that was given comes from, by its path: "line 4", "--fps". */
  readonly origins: ReadonlyMap<string, string>;
  readonly warnings: readonly PlacedProblem[];
  /**
   * With `lookup: "warn"`: settings that are not known here, by path, "cameras.front.url".
   * A camera's `url` is its reference then; every other is left out.
   */
  readonly elsewhere: readonly string[];
  /** What was read. Holds the passwords that somebody wrote into it. */
  readonly text: string;
}

/**
 * Reads, checks and completes the settings of a file.
 * @throws ConfigFault with every problem of the file
 * @throws Fault config when the file cannot be read; usage when only flags are wrong
 */
export function loadSettings(request: LoadRequest): Loaded {
  const { path, flags = {} } = request;
  const text = request.text ?? readConfigText(path);
  const tree = readTree(text, {
    places: {
      folder: dirname(resolve(path)),
      env: (name) => request.env(name),
      credentialsFolder: request.credentialsFolder,
    },
    skip: flags["--url"] === undefined ? undefined : "cameras",
    lookup: request.lookup,
  });
  const { raw, byFlag } = withFlags(tree.raw, flags);
  const read = settings.safeParse(raw, { reportInput: true });
  const issues = read.success ? [] : read.error.issues;
  const known = withoutUnknown(raw, tree);
  const rules = tree.isYaml ? brokenRules(known).filter((rule) => isNew(rule, tree)) : [];
  const problems: Problem[] = [
    ...tree.problems,
    ...(tree.isYaml ? issueProblems(issues.filter(isOfFile), tree) : []),
    ...rules.filter(isOfFile).map((rule) => problemAt(tree, rule)),
  ];
  const doubts = tree.isYaml
    ? doubtfulSettings(known).map((rule) => problemAt(tree, rule))
    : [];
  const warnings = [...tree.warnings, ...doubts, ...exposures(tree, request)]
    .sort((a, b) => (a.at ?? -1) - (b.at ?? -1));
  if (problems.length > 0) throw new ConfigFault(path, { text, problems, warnings });
  const flagProblems = [
    ...issues.map((issue) => flagProblem(issue, byFlag.get(markKey(issue.path))!)),
    ...rules.map((rule) => `${byFlag.get(markKey(rule.path))} ${rule.words}`),
  ];
  if (!read.success || flagProblems.length > 0) throw flagFault(flagProblems);
  return {
    settings: read.data,
    shown: shownSettings(read.data, {
      sourceOf: (place) => byFlag.has(markKey(place)) ? undefined : sourceOf(tree, place),
    }),
    origins: originsOf(tree, { text, byFlag }),
    warnings: placedProblems(text, warnings),
    elsewhere: [...tree.elsewhere.keys()].map((key) => tree.marks.get(key)!.path),
    text,
  };

  function isOfFile({ path }: { readonly path: readonly PropertyKey[] }): boolean {
    return !byFlag.has(markKey(path));
  }
}

/** The settings as they are given, and which flag gave what, by path. */
function withFlags(fromFile: Readonly<Record<string, unknown>>, values: FlagValues) {
  const raw = structuredClone(fromFile) as Record<string, unknown>;
  const byFlag = new Map<string, string>();
  const cameras = values["--url"] === undefined
    ? Object.keys((raw.cameras ?? {}) as object)
    : [FLAG_CAMERA];
  for (const { flag, path, value } of givenFlags(values)) {
    const [section, ...rest] = path as [string, ...string[]];
    const paths = section === "cameras"
      ? cameras.map((name) => ["cameras", name, ...rest.slice(1)])
      : [path];
    for (const place of paths) {
      setAt(raw, place, value);
      byFlag.set(markKey(place), flag);
    }
  }
  return { raw, byFlag };
}

/** What is not known here can break no rule. */
function withoutUnknown(
  raw: Readonly<Record<string, unknown>>,
  { elsewhere }: Tree,
): Readonly<Record<string, unknown>> {
  const known = structuredClone(raw) as Record<string, unknown>;
  for (const key of elsewhere.keys()) {
    const path = key.split("\0");
    if (/^\d+$/.test(path.at(-1)!)) continue; // of a list, whose rules count entries
    setAt(known, path, undefined);
  }
  return known;
}

/** False when what breaks the rule is a value that was refused already. */
function isNew({ path, needs }: BrokenRule, { wrong }: Tree): boolean {
  if (needs !== undefined && wrong.has(markKey(needs))) return false;
  const key = markKey(path);
  return ![...wrong].some((told) => told === "" || `${told}\0`.startsWith(`${key}\0`));
}

function problemAt(
  tree: Tree,
  { path, words }: { readonly path: readonly string[]; readonly words: string },
): Problem {
  const mark = tree.marks.get(markKey(path));
  return { at: mark?.at, path: mark?.path ?? path.map(fileName).join("."), words };
}

function sourceOf(tree: Tree, path: readonly string[]): string | undefined {
  return tree.marks.get(markKey(path))?.source;
}

function exposures(tree: Tree, { path, text }: LoadRequest): readonly Problem[] {
  if (text !== undefined) return [];
  const { mode } = Deno.statSync(path);
  return mode === null ? [] : exposureWarnings(tree, { path, mode });
}

function originsOf(
  tree: Tree,
  { text, byFlag }: {
    readonly text: string;
    readonly byFlag: ReadonlyMap<string, string>;
  },
): ReadonlyMap<string, string> {
  const origins = new Map<string, string>();
  const marks = [...tree.marks.values()].filter(({ path }) => path !== "");
  const placed = placedProblems(
    text,
    marks.map(({ at, path }) => ({ at, path, words: "" })),
  );
  for (const { path, line } of placed) origins.set(path, `line ${line}`);
  for (const [key, flag] of byFlag) {
    origins.set(key.split("\0").map(fileName).join("."), flag);
  }
  return origins;
}
