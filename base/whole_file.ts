/**
 * Writes a file so that a reader, a crash or a power cut sees the old or the new one,
 * never half. Made for root writing where others may write too: it goes where it was
 * told to, and nowhere that a link leads. Knows nothing of what stands in the file.
 * @module
 */
import { type FileHandle, open } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Fault, wordsOf } from "./fault.ts";

export interface FileOwner {
  readonly uid: number;
  readonly gid: number;
}

export interface WholeFileOptions {
  /** By default that of the file that is replaced. */
  readonly mode?: number;
  /** Where none is replaced; by default 0o600. */
  readonly modeOfNew?: number;
  /** By default that of the file that is replaced; of a new one who runs this. */
  readonly owner?: FileOwner;
  /**
   * When the path is a link: `refuse` it, the default; `replace` the link itself; or
   * `follow` it, when it is root's or of who runs this, so that nobody else sends us
   * anywhere.
   */
  readonly link?: "refuse" | "replace" | "follow";
}

/** How many links lead to one another at most; the kernel follows 40. */
const LINKS_MAX = 8;

/**
 * Writes the whole file, over the old one or as a new one.
 * @throws Fault unavailable when it cannot be written, or something else than a file
 *   stands there
 */
export async function writeWholeFile(
  path: string,
  text: string,
  options: WholeFileOptions = {},
): Promise<void> {
  try {
    const { target, old } = await placeOf(path, options.link ?? "refuse");
    await requireOwnFolder(dirname(target));
    await replace(target, text, {
      mode: (options.mode ?? old?.mode ?? options.modeOfNew ?? 0o600) & 0o777,
      owner: options.owner ?? ownerOf(old),
    });
  } catch (cause) {
    throw new Fault("unavailable", `Cannot write ${path}: ${wordsOf(cause)}`, {
      hint: cause instanceof Deno.errors.PermissionDenied
        ? `run it with sudo, or as the owner of ${dirname(path)}`
        : `look at ls -ld ${dirname(path)} ${path}, and whether there is room (df -h)`,
      cause,
    });
  }
}

interface Place {
  readonly target: string;
  /** The plain file that stands there. */
  readonly old: Deno.FileInfo | undefined;
}

/** Where the bytes go. */
async function placeOf(path: string, link: WholeFileOptions["link"]): Promise<Place> {
  let target = path;
  for (let followed = 0; followed <= LINKS_MAX; followed++) {
    const info = await infoOf(target);
    if (info === undefined || info.isFile) return { target, old: info };
    if (!info.isSymlink) throw new Error(`${target} is no plain file`);
    if (link === "replace") return { target, old: undefined };
    const to = await Deno.readLink(target);
    if (link === "refuse") throw new Error(`it is a link to ${to}`);
    if (!isOurs(info)) throw new Error(`${target} is a link that somebody else made`);
    target = resolve(dirname(target), to);
  }
  throw new Error(`more than ${LINKS_MAX} links lead to one another`);
}

/** A link in place of the folder would lead a write of root's anywhere. */
async function requireOwnFolder(folder: string): Promise<void> {
  const info = await Deno.lstat(folder);
  if (info.isSymlink && !isOurs(info)) {
    throw new Error(`${folder} is a link that somebody else made`);
  }
}

function isOurs({ uid }: Deno.FileInfo): boolean {
  return uid === 0 || uid === Deno.uid();
}

async function replace(
  target: string,
  text: string,
  { mode, owner }: { readonly mode: number; readonly owner: FileOwner | undefined },
): Promise<void> {
  const folder = dirname(target);
  // Not to be guessed, and refused when it is there: nobody can have laid a link.
  const fresh = join(folder, `.streamware-${crypto.randomUUID()}`);
  const file = await open(fresh, "wx", 0o600);
  try {
    await fill(file, text, { mode, owner });
    await Deno.rename(fresh, target);
  } catch (thrown) {
    await Deno.remove(fresh).catch(() => {}); // why it could not be written matters
    throw thrown;
  }
  using held = await Deno.open(folder);
  await held.sync();
}

/** Mode and owner of what was opened, not of what may bear its name by now. */
async function fill(
  file: FileHandle,
  text: string,
  { mode, owner }: { readonly mode: number; readonly owner: FileOwner | undefined },
): Promise<void> {
  try {
    await file.writeFile(text);
    await file.chmod(mode);
    const { uid, gid } = await file.stat();
    // Asks only for a change: a plain user may not even give a file to himself.
    if (owner && (uid !== owner.uid || gid !== owner.gid)) {
      await file.chown(owner.uid, owner.gid);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

function ownerOf(info: Deno.FileInfo | undefined): FileOwner | undefined {
  const { uid, gid } = info ?? { uid: null, gid: null };
  return uid === null || gid === null ? undefined : { uid, gid };
}

async function infoOf(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.lstat(path);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return undefined;
    throw thrown;
  }
}
