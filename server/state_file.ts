/**
 * Small files of the state folder that only their owner may read. Whole or not there:
 * a power cut leaves the old one. Knows nothing of what stands in them.
 * @module
 */
import { lchown } from "node:fs/promises";
import { dirname } from "node:path";
import { Fault, wordsOf } from "../base/fault.ts";

const OWNER_ONLY = 0o600;
const FOLDER_OWNER_ONLY = 0o700;

/**
 * Writes `path` with mode 0600, making its folder when it is absent. Root writes it for
 * the folder's owner, so that `sudo` can set what the service reads.
 * @throws Fault `unavailable` with the path and why
 */
export async function writeStateFile(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  const fresh = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await makeFolder(folder);
    try {
      await writeThrough(fresh, text);
      await giveToOwnerOf(folder, fresh);
      await Deno.rename(fresh, path);
    } catch (thrown) {
      await Deno.remove(fresh).catch(() => {}); // why it could not be written matters
      throw thrown;
    }
    await syncFolder(folder);
  } catch (cause) {
    throw new Fault("unavailable", `Cannot write ${path}: ${wordsOf(cause)}`, {
      hint: hintFor(cause, folder),
      cause,
    });
  }
}

/**
 * The file's text; undefined when there is none.
 * @throws Fault `unavailable` when it is there and cannot be read
 */
export async function readStateFile(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw new Fault("unavailable", `Cannot read ${path}: ${wordsOf(cause)}`, {
      hint: hintFor(cause, dirname(path)),
      cause,
    });
  }
}

/** On the disk before it gets its name: a name without bytes would lock people out. */
async function writeThrough(path: string, text: string): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true, mode: OWNER_ONLY });
  const bytes = new TextEncoder().encode(text);
  for (let done = 0; done < bytes.length;) {
    done += await file.write(bytes.subarray(done));
  }
  await file.sync();
}

/** What is missing of `folder`; each belongs to whom the one above belongs to. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { mode: FOLDER_OWNER_ONLY });
  } catch (thrown) {
    if (thrown instanceof Deno.errors.AlreadyExists) return;
    if (!(thrown instanceof Deno.errors.NotFound)) throw thrown;
    await makeFolder(dirname(folder));
    return await makeFolder(folder);
  }
  await giveToOwnerOf(dirname(folder), folder);
}

async function giveToOwnerOf(folder: string, path: string): Promise<void> {
  if (Deno.uid() !== 0) return;
  const { uid, gid } = await Deno.stat(folder);
  // Not chown: the folder's owner could have put a link to a file of root there.
  if (uid !== null && gid !== null) await lchown(path, uid, gid);
}

async function syncFolder(folder: string): Promise<void> {
  using opened = await Deno.open(folder);
  await opened.sync();
}

function hintFor(cause: unknown, folder: string): string {
  if (cause instanceof Deno.errors.PermissionDenied) {
    return `run it with sudo, or as the owner of ${folder}`;
  }
  return `look at ${folder}: is its disk full or read-only?`;
}
