/**
 * What may lie where: folders that nobody owns, files that are no source, documents
 * that have to be there, scripts that can be run.
 * @module
 */

/** Names of folders for things whose owner nobody decided. */
const OWNERLESS = [
  "common",
  "core",
  "helper",
  "helpers",
  "lib",
  "misc",
  "services",
  "shared",
  "types",
  "util",
  "utils",
];

/** Folders with such a name, one sentence each. */
export function ownerlessFolders(paths: readonly string[]): string[] {
  return paths
    .filter((path) =>
      path.split("/").slice(0, -1).some((name) => OWNERLESS.includes(name))
    )
    .map((path) => `${path} lies in a folder for things whose owner nobody decided`);
}

/** The documents that a stranger looks for. */
const DOCUMENTS = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "LICENSE",
];

export function missingDocuments(paths: readonly string[]): string[] {
  return DOCUMENTS.filter((name) => !paths.includes(name)).map((name) =>
    `${name} is missing`
  );
}

/** Where a file that is no text may lie, by its ending. Anything else is not kept here. */
const BLOBS: Readonly<Record<string, string>> = {
  png: "docs/",
  ico: "server/viewer/",
  wasm: "analysis/kernels/",
};
const MEDIA =
  /\.(avi|bmp|gif|gz|jpe?g|m4v|mkv|mov|mp3|mp4|ogg|pgm|tar|wav|webm|webp|xz|y8|yuv|zip)$/i;
/** A picture of a page fits; a clip does not. */
const BLOB_BYTES_MAX = 1_000_000;

/** A file and its size in bytes. */
export interface SizedFile {
  readonly path: string;
  readonly bytes: number;
}

/** Media, and blobs that are too large or lie at the wrong place, one sentence each. */
export function unwantedBlobs(files: readonly SizedFile[]): string[] {
  const wrong: string[] = [];
  for (const { path, bytes } of files) {
    if (bytes > BLOB_BYTES_MAX) {
      wrong.push(`${path} has ${bytes} bytes: too large to keep`);
    }
    if (MEDIA.test(path)) {
      wrong.push(`${path} is a recording or an archive: not kept here`);
    }
    const home = BLOBS[/\.(\w+)$/.exec(path)?.[1] ?? ""];
    if (home !== undefined && !path.startsWith(home)) {
      wrong.push(`${path} belongs in ${home}`);
    }
  }
  return wrong;
}

/** A file under scripts/ without an ending is a command. */
export function isCommand(path: string): boolean {
  return /^(scripts\/|\.ci\/)[a-z_]+$/.test(path);
}

/** What is wrong with a command: its text and its mode bits. */
export function commandFaults(
  command: { readonly path: string; readonly text: string; readonly mode: number },
): string[] {
  const { path, text, mode } = command;
  const wrong: string[] = [];
  if ((mode & 0o111) === 0) wrong.push(`${path} cannot be run: chmod +x`);
  const [shebang = "", comment = ""] = text.split("\n");
  if (shebang !== "#!/usr/bin/env bash") wrong.push(`${path} does not begin with bash`);
  if (!comment.startsWith("# ")) wrong.push(`${path} does not say what it does`);
  if (!/^set -euo pipefail$/m.test(text)) wrong.push(`${path} goes on after a failure`);
  return wrong;
}
