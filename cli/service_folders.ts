/**
 * The folders of the boot service, and whose they and what lies in them are: what root
 * made before the service had a user is handed to it. Takes nothing away.
 * @module
 */
import { join } from "node:path";
import { Fault } from "../base/fault.ts";
import { writeWhole } from "../config/write.ts";
import { infoOf, namesIn } from "./found_files.ts";
import { type Done, type Machine, type Owner, ROOT_OWNER } from "./machine.ts";
import { SERVICE } from "./service_unit.ts";

/**
 * Settings are root's, readable by the service; data are the service's own.
 * @param owner the service's user and group
 * @throws Fault unavailable when something else than a folder is in the place of one
 */
export async function ensureFolders(machine: Machine, owner: Owner): Promise<Done[]> {
  const settings = { ...ROOT_OWNER, gid: owner.gid };
  return [
    await ensureFolder(machine, SERVICE.configFolder, { owner: settings }),
    await ensureFolder(machine, SERVICE.secretsFolder, {
      owner: settings,
      handOver: (folder) => letReadAllIn(machine, folder, settings),
    }),
    await ensureFolder(machine, SERVICE.stateFolder, {
      owner,
      handOver: (folder) => giveAllIn(machine, folder, owner),
    }),
  ];
}

/** The settings file: what is there stays, and can be read by the service. */
export async function ensureSettings(
  machine: Machine,
  { owner, example }: { readonly owner: Owner; readonly example: string },
): Promise<Done> {
  const step = { what: "settings", where: SERVICE.configFile };
  const path = machine.at(SERVICE.configFile);
  const settings = { ...ROOT_OWNER, gid: owner.gid };
  if (infoOf(path)) {
    const hasChanged = await letRead(machine, path, settings);
    return { ...step, how: hasChanged ? "changed" : "as it was" };
  }
  await writeWhole(path, example, { mode: 0o640 });
  await machine.own(path, settings);
  return { ...step, how: "made" };
}

const FOLDER_MODE = 0o750;

interface FolderWanted {
  readonly owner: Owner;
  /** Sees to what lies in the folder; tells whether that changed anything. */
  readonly handOver?: (path: string) => Promise<boolean>;
}

async function ensureFolder(
  machine: Machine,
  where: string,
  { owner, handOver }: FolderWanted,
): Promise<Done> {
  const path = machine.at(where);
  const was = infoOf(path);
  if (was && !was.isDirectory) {
    throw new Fault("unavailable", `Cannot use ${where}: it is not a folder`, {
      hint: `sudo mv ${where} ${where}.old`,
    });
  }
  const step = { what: "folder", where };
  // First: while the folder is root's, nobody else can change what lies in it.
  const hasHandedOver = was !== undefined && await handOver?.(path) === true;
  const isRight = was !== undefined && ((was.mode ?? 0) & 0o777) === FOLDER_MODE &&
    isOf(machine, path, owner);
  if (isRight) return { ...step, how: hasHandedOver ? "changed" : "as it was" };
  if (!was) await Deno.mkdir(path, { recursive: true });
  await machine.own(path, owner);
  await Deno.chmod(path, FOLDER_MODE);
  return { ...step, how: was ? "changed" : "made" };
}

/**
 * As systemd does for a `StateDirectory=` that belongs to somebody else. Links stay as
 * they are, and so does a file that has another name elsewhere.
 */
async function giveAllIn(
  machine: Machine,
  folder: string,
  owner: Owner,
): Promise<boolean> {
  let hasChanged = false;
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    const info = infoOf(path);
    if (info?.isDirectory && await giveAllIn(machine, path, owner)) hasChanged = true;
    if (!info?.isDirectory && !isPlain(info)) continue;
    if (isOf(machine, path, owner)) continue;
    await machine.own(path, owner);
    hasChanged = true;
  }
  return hasChanged;
}

async function letReadAllIn(
  machine: Machine,
  folder: string,
  owner: Owner,
): Promise<boolean> {
  let hasChanged = false;
  for (const name of namesIn(folder)) {
    if (await letRead(machine, join(folder, name), owner)) hasChanged = true;
  }
  return hasChanged;
}

const GROUP_MAY_READ = 0o040;

/** A file that is root's alone is root's and the group's, which may read it. */
async function letRead(machine: Machine, path: string, owner: Owner): Promise<boolean> {
  const info = infoOf(path);
  if (!isPlain(info) || !isOf(machine, path, ROOT_OWNER)) return false;
  await machine.own(path, owner);
  await Deno.chmod(path, (info.mode ?? 0) & 0o777 | GROUP_MAY_READ);
  return true;
}

function isPlain(info: Deno.FileInfo | undefined): info is Deno.FileInfo {
  return info?.isFile === true && info.nlink === 1;
}

function isOf(machine: Machine, path: string, { uid, gid }: Owner): boolean {
  const now = machine.ownerOf(path);
  return now.uid === uid && now.gid === gid;
}
