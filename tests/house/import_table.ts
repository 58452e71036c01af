/**
 * Who may import whom: the table of ARCHITECTURE.md as data. A stage may know another
 * stage's words, never its works; stages meet only in `app/`, and in `cli/` offline.
 * Resolves no files: what a path means is decided by its beginning.
 * @module
 */
import { isTest } from "./source_place.ts";

/** Pure types and codecs that other folders may import. */
const VOCABULARIES = [
  "capture/frame/",
  "capture/source_url.ts",
  "analysis/dsl/",
  "classes/crop_area.ts",
  "llm/narration.ts",
  "messages/",
  "server/live_protocol.ts",
  "server/video_protocol.ts",
  "server/control_protocol.ts",
  "store/session_format.ts",
] as const;

const STAGES = [
  "capture/",
  "analysis/",
  "classes/",
  "store/",
  "llm/",
  "tts/",
  "notify/",
  "server/",
];

/**
 * What a place may import beside itself. The longest place that a path begins with
 * decides, so that a vocabulary is stricter than the stage it lives in.
 */
export const IMPORT_TABLE: Readonly<Record<string, readonly string[]>> = {
  "base/": [],
  // A source that cannot be read as one is a wrong setting, told with its line.
  "config/": ["base/", "capture/source_url.ts"],
  "capture/frame/": ["base/"],
  "capture/source_url.ts": ["base/"],
  "analysis/dsl/": ["base/"],
  "classes/crop_area.ts": ["base/", "capture/frame/"],
  "llm/narration.ts": ["base/", "analysis/dsl/"],
  "messages/": ["base/", "analysis/dsl/", "llm/narration.ts"],
  "server/live_protocol.ts": ["base/", "analysis/dsl/", "llm/narration.ts"],
  "server/video_protocol.ts": ["base/"],
  "server/control_protocol.ts": ["base/", "analysis/dsl/", "llm/narration.ts"],
  "store/session_format.ts": ["base/", "analysis/dsl/", "llm/narration.ts"],
  ...Object.fromEntries(
    STAGES.map((stage) => [stage, ["base/", "config/", ...VOCABULARIES]]),
  ),
  "server/viewer/": [
    "analysis/dsl/",
    "llm/narration.ts",
    "messages/",
    "server/live_protocol.ts",
    "server/video_protocol.ts",
    "store/session_format.ts",
  ],
  "app/": ["base/", "config/", "messages/", ...STAGES],
  "cli/": ["base/", "config/", "messages/", ...STAGES, "app/"],
  "main.ts": ["cli/"],
  "tests/": [""],
  "scripts/": [""],
};

/** Reached by nobody but its own page: it runs in a browser. */
const CLOSED = ["server/viewer/"];

/**
 * Who may import a package of npm or a part of Node that has one owner. A package that
 * is not here may not be imported at all: a new one is a row here and a line of why.
 */
export const PACKAGE_TABLE: Readonly<Record<string, readonly string[]>> = {
  "@clack/prompts": ["cli/ask.ts"],
  "@logtape/logtape": ["base/log.ts"],
  "assemblyscript": ["scripts/"],
  "commander": ["cli/"],
  "esbuild": ["scripts/"],
  "fast-check": ["tests/"],
  "fastest-levenshtein": ["config/"],
  "fluent-ffmpeg": ["capture/"],
  "hono": ["server/"],
  "node:child_process": ["base/subprocess.ts"],
  "playwright-core": ["tests/", "scripts/"],
  "ollama": ["llm/"],
  "onvif": ["capture/"],
  "preact": ["server/viewer/"],
  "selfsigned": ["server/certificate.ts"],
  "sharp": ["base/picture_library.ts", "server/still_encoder_test.ts", "llm/"],
  "yaml": ["config/"],
  "zod": ["config/", "classes/own_model.ts"],
};

/** Why `from` may not import `to`, or undefined when it may. Paths below the root. */
export function whyNotImport(from: string, to: string): string | undefined {
  if (isTest(from) && to.startsWith("tests/support/")) return undefined;
  const place = placeOf(from);
  if (place === undefined) {
    return `${from} lies in no folder of the import table (tests/house/import_table.ts)`;
  }
  if (placeOf(to) === place) return undefined;
  const closed = CLOSED.find((folder) => to.startsWith(folder));
  const allowed = IMPORT_TABLE[place] ?? [];
  const may = allowed.some((folder) => to.startsWith(folder));
  if (may && (closed === undefined || allowed.includes(""))) return undefined;
  const list = allowed.length === 0 ? "nothing of ours" : allowed.join(", ");
  return `${place} may not import ${to}, only ${list}`;
}

/** Why `from` may not import a package, or undefined when it may. */
export function whyNotPackage(from: string, specifier: string): string | undefined {
  const name = packageName(specifier);
  if (name === undefined) {
    return `"${specifier}" is an address: give it a name in deno.json and package.json`;
  }
  const owners = PACKAGE_TABLE[name];
  if (owners === undefined) {
    if (name.startsWith("node:")) return undefined;
    return `"${name}" has no row in PACKAGE_TABLE (tests/house/import_table.ts): who may import it?`;
  }
  if (owners.some((owner) => from.startsWith(owner))) return undefined;
  if (/^(tests|scripts)\//.test(from)) return undefined;
  if (isTest(from) && owners.includes("tests/")) return undefined;
  return `"${name}" is imported only by ${owners.join(", ")}`;
}

/** "hono/deno" is of "hono", "@a/b/c" of "@a/b"; undefined for npm:, jsr: and https:. */
function packageName(specifier: string): string | undefined {
  if (specifier.startsWith("node:")) return specifier;
  if (/^[a-z]+:/.test(specifier)) return undefined;
  const parts = specifier.split("/");
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

function placeOf(path: string): string | undefined {
  return Object.keys(IMPORT_TABLE)
    .filter((place) => path.startsWith(place))
    .sort((a, b) => b.length - a.length)[0];
}
