/**
 * Small files of the state folder that only their owner may read. Whole or not there:
 * a power cut leaves the old one. Knows nothing of what stands in them.
 * @module
 */
import { lchown } from "node:fs/promises";
import { dirname } from "node:path";
import { Fault, wordsOf } from "../base/fault.ts";
import { type WholeFileOptions, writeWholeFile } from "../base/whole_file.ts";

const OWNER_ONLY = 0o600;
const FOLDER_OWNER_ONLY = 0o700;

/**
 * Writes `path` with mode 0600, making its folder when it is absent. Root writes it for
 * the folder's owner, so that `sudo` can set what the service reads.
 * @throws Fault `unavailable` with the path and why
 */
export async function writeStateFile(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  let wanted: Pick<WholeFileOptions, "owner">;
  try {
    await makeFolder(folder);
    wanted = await ownerWanted(folder);
  } catch (cause) {
    throw new Fault("unavailable", `Cannot write ${path}: ${wordsOf(cause)}`, {
      hint: hintFor(cause, folder),
      cause,
    });
  }
  await writeWholeFile(path, text, { ...wanted, mode: OWNER_ONLY, link: "replace" });
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
  const { owner } = await ownerWanted(folder);
  // Not chown: the folder's owner could have put a link to a file of root there.
  if (owner) await lchown(path, owner.uid, owner.gid);
}

/** Only root may give away what he writes. */
async function ownerWanted(folder: string): Promise<Pick<WholeFileOptions, "owner">> {
  const { uid, gid } = await Deno.stat(folder);
  return Deno.uid() !== 0 || uid === null || gid === null ? {} : { owner: { uid, gid } };
}

function hintFor(cause: unknown, folder: string): string {
  if (cause instanceof Deno.errors.PermissionDenied) {
    return `run it with sudo, or as the owner of ${folder}`;
  }
  return `look at ${folder}: is its disk full or read-only?`;
}
