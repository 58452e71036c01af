/**
 * The one door to npm:sharp, opened at the first picture: a box that nobody looks at
 * does not pay for it. Says nothing of what is done with pictures.
 * @module
 */
import type { Alert } from "./alerts.ts";
import { createRequire } from "node:module";
import type sharp from "sharp";
import { Fault, wordsOf } from "./fault.ts";

/** npm:sharp's own function: `sharp(input, options)`. */
export type PictureLibrary = typeof sharp;

/** Of this process: a native library is loaded once and never leaves. */
const loaded: { library?: Promise<PictureLibrary> } = {};

/**
 * The library, loaded at the first call. What could not be loaded is not tried again:
 * each try in the compiled file leaves up to 19 MB in the folder for temporary files.
 * @throws Fault unavailable when the native part cannot be loaded
 */
export function pictureLibrary(): Promise<PictureLibrary> {
  return loaded.library ??= load();
}

async function load(): Promise<PictureLibrary> {
  try {
    if (Deno.build.standalone) loadVips();
    const { default: library } = await import("sharp");
    // Small pictures, none asked for twice: no cache, and one core is enough for each.
    library.cache(false);
    library.concurrency(1);
    return library;
  } catch (cause) {
    throw loadFault(wordsOf(cause), Deno.env.get("TMPDIR") ?? "/tmp");
  }
}

/**
 * sharp's native half finds libvips by a path beside itself. In the compiled file there
 * is none: each native file is unpacked by itself when it is loaded. Once libvips is
 * loaded, the dynamic linker finds it by its name.
 */
function loadVips(): void {
  const cpu = Deno.build.arch === "aarch64" ? "arm64" : "x64";
  const here = createRequire(import.meta.url);
  Deno.dlopen(here.resolve(`@img/sharp-libvips-linux-${cpu}/binary`), {});
}

/** What was in the way, by the words of Deno and of the dynamic linker. */
export function loadFault(words: string, folder: string): Fault {
  const state = folderState(words, folder);
  const message = `Cannot load the library for pictures: ${state ?? twoLines(words)}`;
  return new Fault("unavailable", message, {
    ...(state === undefined ? {} : { hint: FOLDER_HINT }),
    cause: new Error(words),
  });
}

/** The alert that stands while the library cannot be loaded. */
export const PICTURES_FAILING = "pictures.failing";

/** @param fault of `pictureLibrary` */
export function pictureAlert({ message, hint }: Fault): Omit<Alert, "sinceUtcMs"> {
  return {
    code: PICTURES_FAILING,
    subject: "",
    severity: "warning",
    words: `There are no pictures. ${message}`,
    toDo: hint ?? "Start again, and see the log if it stays",
  };
}

const FOLDER_HINT = "set TMPDIR to another folder for temporary files, then start again";

/** What is wrong with the folder that native files are unpacked to, if anything is. */
function folderState(words: string, folder: string): string | undefined {
  if (words.includes("failed to map segment")) {
    return `nothing may be run from ${folder}, it is mounted noexec`;
  }
  if (words.includes("Failed to write native addon")) {
    return `its 19 MB cannot be written to ${folder}`;
  }
  return undefined;
}

/** sharp says in the first that it failed, in the second why; then comes advice. */
function twoLines(words: string): string {
  return words.split("\n").slice(0, 2).join(": ");
}
