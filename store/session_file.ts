/**
 * The file a session page is written to, again and again: readers see the page of the
 * last time until the new one is whole. What was there before this session is kept
 * beside it, the one before that is not. Knows nothing of what is in it.
 * @module
 */
import { Fault, wordsOf } from "../base/fault.ts";

/** Bytes that are gathered before they are written: others have their turn in between. */
const BLOCK_CHARACTERS = 1 << 18;

export interface SessionFile {
  readonly path: string;
  /**
   * Replaces what was there by `pieces`; the first time that is kept as `previousOf` the
   * path. One call at a time.
   * @returns bytes; undefined when `signal` ended it: what was there is there still
   * @throws Fault unavailable when there is no room, or the folder has gone
   */
  write(pieces: Iterable<string>, signal: AbortSignal): Promise<number | undefined>;
}

/** @throws Fault unavailable that says why it cannot be written */
export async function openSessionFile(given: string): Promise<SessionFile> {
  const path = await placeOf(given);
  const partial = `${path}.partial`;
  try {
    // Whether it can be written is found out now, not when the session is over.
    (await openAnew(partial)).close();
    await Deno.remove(partial);
  } catch (cause) {
    throw unwritable(given, cause);
  }
  let isFirst = true;
  return {
    path,
    async write(pieces, signal) {
      try {
        const bytes = await writeAll(partial, pieces, signal);
        if (bytes === undefined) {
          await Deno.remove(partial);
          return undefined;
        }
        if (isFirst) await keepPrevious(path);
        isFirst = false;
        await Deno.rename(partial, path);
        return bytes;
      } catch (cause) {
        await Deno.remove(partial).catch(() => {});
        throw unwritable(given, cause);
      }
    },
  };
}

/** A file of our own, never what a link or a leftover of that name leads to. */
async function openAnew(path: string): Promise<Deno.FsFile> {
  try {
    await Deno.remove(path);
  } catch (thrown) {
    if (!(thrown instanceof Deno.errors.NotFound)) throw thrown;
  }
  return await Deno.open(path, { write: true, createNew: true });
}

/** Where the page before is kept: `out.html` as `out.previous.html`. */
export function previousOf(path: string): string {
  return path.replace(/(?<=[^/])(\.[^./]+)?$/, ".previous$1");
}

async function keepPrevious(path: string): Promise<void> {
  try {
    await Deno.rename(path, previousOf(path));
  } catch (thrown) {
    if (!(thrown instanceof Deno.errors.NotFound)) throw thrown;
  }
}

/** Where a link leads, so that the link stays. */
async function placeOf(given: string): Promise<string> {
  let path = given;
  try {
    path = await Deno.realPath(given);
    const { isDirectory, isFile } = await Deno.stat(path);
    if (isFile) return path;
    const what = isDirectory ? "that is a folder" : "that is no plain file";
    throw new Fault("unavailable", `Cannot write the session page ${given}: ${what}`, {
      hint: "give a file name, such as session.html",
    });
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return path;
    throw thrown instanceof Fault ? thrown : unwritable(given, thrown);
  }
}

async function writeAll(
  path: string,
  pieces: Iterable<string>,
  signal: AbortSignal,
): Promise<number | undefined> {
  using file = await openAnew(path);
  const encoder = new TextEncoder();
  let gathered = "";
  let written = 0;
  const flush = async () => {
    const bytes = encoder.encode(gathered);
    gathered = "";
    for (let done = 0; done < bytes.length;) {
      done += await file.write(bytes.subarray(done));
    }
    written += bytes.length;
  };
  for (const piece of pieces) {
    gathered += piece;
    if (gathered.length >= BLOCK_CHARACTERS) await flush();
    if (signal.aborted) return undefined;
  }
  await flush();
  return written;
}

function unwritable(path: string, cause: unknown): Fault {
  const words = `Cannot write the session page ${path}: ${why(cause)}`;
  return new Fault("unavailable", words, { hint: hintFor(cause, path), cause });
}

function why(cause: unknown): string {
  if (cause instanceof Deno.errors.NotFound) return "its folder is not there";
  if (cause instanceof Deno.errors.NotADirectory) return "its folder is a file";
  if (isForbidden(cause)) return "we may not write there";
  return wordsOf(cause);
}

function hintFor(cause: unknown, path: string): string {
  const folder = /^(.*)\/[^/]*$/.exec(path)?.[1] || (path.startsWith("/") ? "/" : ".");
  if (cause instanceof Deno.errors.NotFound) return `mkdir -p ${folder}`;
  if (isForbidden(cause)) return `ls -ld ${folder}; choose a folder that you may write`;
  return `df -h ${folder}`;
}

function isForbidden(cause: unknown): boolean {
  return cause instanceof Deno.errors.PermissionDenied ||
    cause instanceof Deno.errors.NotCapable;
}
