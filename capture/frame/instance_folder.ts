/**
 * Our own folder in a tmpfs that everyone may write to: made so that nobody else
 * can read it or slip something under it, and gone when we are.
 *
 * ```text
 * /dev/shm/streamware/             1777 like /tmp: every user may run us
 *   run-4711/                      0700, ours
 *     lock                         held (flock) as long as we run
 *     camera/frames-1.ring         made by others
 * ```
 * A folder whose lock is free was left by a program that was killed; the next
 * start of the same user sweeps it. One that is locked is never touched.
 * @module
 */
import { tryLockFile } from "../../base/file_lock.ts";
import { Fault, wordsOf } from "../../base/fault.ts";

export interface InstanceFolderOptions {
  /** The folder for all instances, such as `/dev/shm/streamware`. */
  readonly parent: string;
  /** Our name in it: `[a-z0-9_-]{1,32}`. A number is added when it is taken. */
  readonly instance: string;
}

/** Our locked folder. Disposing it removes it with all that is in it. */
export interface InstanceFolder extends AsyncDisposable {
  readonly path: string;
  /** Makes the folder of one camera and returns its path. */
  cameraFolder(camera: string): string;
}

const NAME = /^[a-z0-9_-]{1,32}$/;
/** A name may be held by a program in another container that has our pid. */
const NAMES_MAX = 100;

/**
 * Sweeps what killed programs left, then makes and locks our folder.
 * @throws Fault unavailable when the place is not safe or cannot be written.
 */
export async function openInstanceFolder(
  options: InstanceFolderOptions,
): Promise<InstanceFolder> {
  const { instance } = options;
  checkName(instance);
  const parent = await prepareParent(options.parent);
  await sweep(parent);
  for (let number = 1; number <= NAMES_MAX; number++) {
    const path = `${parent}/${number === 1 ? instance : `${instance}-${number}`}`;
    const lock = await makeLocked(path);
    if (lock) return folderOf(path, lock);
  }
  throw new Fault(
    "unavailable",
    `Cannot make a folder in ${parent}: all names are taken`,
    {
      hint: `ls -la ${parent}`,
    },
  );
}

function folderOf(path: string, lock: Disposable): InstanceFolder {
  let isClosed = false;
  return {
    path,
    cameraFolder(camera) {
      checkName(camera);
      const folder = `${path}/${camera}`;
      Deno.mkdirSync(folder, { recursive: true, mode: 0o700 }); // there at a second try
      return folder;
    },
    async [Symbol.asyncDispose]() {
      if (isClosed) return;
      isClosed = true;
      // Removed before it is freed: nobody finds a folder that is half gone.
      await remove(path);
      lock[Symbol.dispose]();
    },
  };
}

/**
 * The folder for all instances. Where another user made it first, one of our own
 * beside it: the owner of a sticky folder may remove what others keep in it.
 */
async function prepareParent(parent: string): Promise<string> {
  try {
    await Deno.mkdir(parent);
    await Deno.chmod(parent, 0o1777); // mkdir's mode is cut by the umask.
    return parent;
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AlreadyExists)) {
      throw new Fault("unavailable", `Cannot make ${parent}: ${wordsOf(cause)}`, {
        hint: "choose another place with --frames-folder",
        cause,
      });
    }
  }
  const found = await Deno.lstat(parent);
  if (!found.isDirectory) {
    const what = found.isSymlink ? "a symbolic link" : "not a folder";
    throw unsafe(parent, `it is ${what}`);
  }
  if (found.uid !== 0 && found.uid !== Deno.uid()) {
    const own = `${parent}-${Deno.uid()}`;
    if (!parent.endsWith(`-${Deno.uid()}`)) return await prepareParent(own);
    throw unsafe(parent, `it belongs to another user (${found.uid})`);
  }
  const mode = found.mode ?? 0;
  const isShared = (mode & 0o022) !== 0;
  const isSticky = (mode & 0o1000) !== 0;
  if (isShared && !isSticky) throw unsafe(parent, "others may remove what is in it");
  return parent;
}

/**
 * Makes the folder and takes its lock; undefined when the name is taken. Another
 * start may sweep the folder between the two steps, as its lock is free then: it
 * holds the lock while it does, so we either fail to get the lock, or get that of
 * a file which is gone by then. Both are seen, and the next name is tried.
 */
async function makeLocked(path: string): Promise<Disposable | undefined> {
  try {
    await Deno.mkdir(path, { mode: 0o700 });
  } catch (cause) {
    if (cause instanceof Deno.errors.AlreadyExists) return undefined;
    throw new Fault("unavailable", `Cannot make ${path}: ${wordsOf(cause)}`, { cause });
  }
  try {
    const lock = tryLockFile(`${path}/lock`);
    if (lock && await isOurs(path) && await exists(`${path}/lock`)) return lock;
    lock?.[Symbol.dispose]();
    return undefined;
  } catch (thrown) {
    if (!(await exists(path))) return undefined;
    throw thrown;
  }
}

/** Removes folders of ours whose program is dead. What is not ours is left alone. */
async function sweep(parent: string): Promise<void> {
  for await (const entry of Deno.readDir(parent)) {
    const path = `${parent}/${entry.name}`;
    if (!NAME.test(entry.name) || !(await isOurs(path))) continue;
    try {
      using lock = tryLockFile(`${path}/lock`);
      if (lock) await remove(path);
    } catch {
      // Swept by another start at this moment, or its lock is a link: not for us.
    }
  }
}

/** A folder itself, not a link to one, that belongs to us and to nobody else. */
async function isOurs(path: string): Promise<boolean> {
  try {
    const found = await Deno.lstat(path);
    return found.isDirectory && found.uid === Deno.uid() &&
      ((found.mode ?? 0) & 0o077) === 0;
  } catch {
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}

/** Links in it are removed, not followed. */
async function remove(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
  }
}

function checkName(name: string): void {
  if (NAME.test(name)) return;
  throw new Fault("usage", `Cannot name a folder "${name}": it could leave its place`, {
    hint: "use small letters, digits, - and _, at most 32",
  });
}

function unsafe(path: string, state: string): Fault {
  const hint = `look at it with ls -ld ${path}; remove it, or choose another place ` +
    "with --frames-folder";
  return new Fault("unavailable", `Cannot keep frames in ${path}: ${state}`, { hint });
}
