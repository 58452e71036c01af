/**
 * Puts the boot service on a machine and takes it off again. Doing it twice changes
 * nothing; what people made, settings and data, is never taken away.
 * @module
 */
import { dirname } from "node:path";
import { Fault } from "../base/fault.ts";
import { writeWholeFile } from "../base/whole_file.ts";
import { infoOf, isThere, textIn } from "./found_files.ts";
import {
  type Done,
  type Machine,
  mustRun,
  type Owner,
  requireService,
  ROOT_OWNER,
} from "./machine.ts";
import { ensureFolders, ensureSettings } from "./service_folders.ts";
import { DEVICE_GROUPS, isOurUnit, SERVICE, unitText } from "./service_unit.ts";

export interface Installed {
  readonly steps: readonly Done[];
  /** A running service would have to be started again to take it up. */
  readonly isNew: boolean;
  /** The settings file is the example, which watches nothing yet. */
  readonly isExample: boolean;
}

/**
 * Installs or upgrades all but the start: program, user, folders, settings, unit.
 * @param example the settings file where there is none
 * @throws Fault usage from a checkout; unavailable without root or systemd, or when a
 *   program of the system fails
 */
export async function installFiles(
  machine: Machine,
  { example }: { readonly example: string },
): Promise<Installed> {
  requireInstallable(machine);
  const program = await placeProgram(machine, machine.program!);
  const { owner, ...user } = await ensureUser(machine);
  const folders = await ensureFolders(machine, owner);
  const settings = await ensureSettings(machine, { owner, example });
  const unit = await writeUnit(machine);
  if (unit.how !== "as it was") await mustRun(machine, ["systemctl", "daemon-reload"]);
  const enabled = await ensureEnabled(machine);
  const isNew = program.how !== "as it was" || unit.how !== "as it was";
  return {
    steps: [program, user, ...folders, settings, unit, enabled],
    isNew,
    isExample: await Deno.readTextFile(machine.at(SERVICE.configFile)) === example,
  };
}

/**
 * @throws Fault usage from a checkout; unavailable without root or systemd, or when a
 *   link is in the place of the unit
 */
export function requireInstallable(machine: Machine): void {
  requireService(machine, "service install");
  if (machine.program !== undefined) return refuseLinkedUnit(machine, "install");
  throw new Fault("usage", "Cannot install the service: this is a checkout", {
    hint: "scripts/build, then let the file that it makes install itself",
  });
}

/** A unit that is masked (a link to /dev/null), or is kept elsewhere, is so by intent. */
function refuseLinkedUnit(machine: Machine, verb: "install" | "uninstall"): void {
  const path = machine.at(SERVICE.unitFile);
  if (!infoOf(path)?.isSymlink) return;
  const to = Deno.readLinkSync(path);
  const isMasked = to === "/dev/null";
  const state = isMasked
    ? `${SERVICE.unit} is masked`
    : `${SERVICE.unitFile} is a link to ${to}`;
  throw new Fault("unavailable", `Cannot ${verb} the service: ${state}`, {
    hint: `sudo systemctl ${isMasked ? "unmask" : "disable"} ${SERVICE.unit}`,
  });
}

/**
 * Stops the service and takes off what install put there: program and unit. Settings,
 * data and user stay, and so does a program that nobody installed.
 * @throws Fault unavailable without root or systemd, when systemd refuses, or when the
 *   unit is somebody else's
 */
export async function removeService(machine: Machine): Promise<readonly Done[]> {
  requireService(machine, "service uninstall");
  const steps: Done[] = [];
  const unitFile = machine.at(SERVICE.unitFile);
  if (isThere(unitFile)) {
    refuseForeignUnit(machine);
    await mustRun(machine, ["systemctl", "disable", "--now", SERVICE.unit]);
    // Before the unit: what is broken off here goes on when it is called again.
    const program = machine.at(SERVICE.program);
    if (isThere(program)) {
      await Deno.remove(program);
      steps.push({ what: "program", where: SERVICE.program, how: "removed" });
    }
    await Deno.remove(unitFile);
    await mustRun(machine, ["systemctl", "daemon-reload"]);
    // Fails when there is nothing to forget.
    await machine.run(["systemctl", "reset-failed", SERVICE.unit]);
    steps.push({ what: "unit", where: SERVICE.unitFile, how: "removed" });
  }
  const kept = { settings: SERVICE.configFolder, data: SERVICE.stateFolder };
  for (const [what, where] of Object.entries(kept)) {
    if (isThere(machine.at(where))) steps.push({ what, where, how: "left" });
  }
  return steps;
}

function refuseForeignUnit(machine: Machine): void {
  refuseLinkedUnit(machine, "uninstall");
  if (isOurUnit(textIn(machine.at(SERVICE.unitFile)) ?? "")) return;
  const words = `Cannot uninstall the service: ${SERVICE.unitFile} is not of its making`;
  throw new Fault("unavailable", words, { hint: `systemctl cat ${SERVICE.unit}` });
}

/** The ids of the service's user; undefined while it has none. */
export async function serviceOwner(machine: Machine): Promise<Owner | undefined> {
  // getent(1): 2 is "no such name".
  const { code, stdout } = await machine.run(["getent", "passwd", SERVICE.user]);
  const [, , uid, gid] = stdout.trim().split(":");
  if (code !== 0 || uid === undefined || gid === undefined) return undefined;
  return { uid: Number(uid), gid: Number(gid) };
}

/** The service's user and group, made where they are not there. */
export async function ensureUser(machine: Machine): Promise<Done & { owner: Owner }> {
  const step = { what: "user", where: SERVICE.user };
  const found = await serviceOwner(machine);
  if (found) return { ...step, how: "as it was", owner: found };
  await mustRun(machine, [
    // Not by PATH: that of a plain `su` lacks it.
    "/usr/sbin/useradd",
    "--system",
    "--user-group",
    "--no-create-home",
    "--home-dir",
    SERVICE.stateFolder,
    "--shell",
    "/usr/sbin/nologin",
    SERVICE.user,
  ]);
  const owner = await serviceOwner(machine);
  if (owner) return { ...step, how: "made", owner };
  throw new Fault("unavailable", `Cannot make the user ${SERVICE.user}: it is not there`);
}

async function writeUnit(machine: Machine): Promise<Done> {
  const step = { what: "unit", where: SERVICE.unitFile };
  const path = machine.at(SERVICE.unitFile);
  const wanted = unitText(await deviceGroups(machine));
  const was = isThere(path) ? await Deno.readTextFile(path) : undefined;
  if (was === wanted) return { ...step, how: "as it was" };
  await Deno.mkdir(dirname(path), { recursive: true });
  await writeWholeFile(path, wanted, { mode: 0o644 });
  return { ...step, how: was === undefined ? "made" : "changed" };
}

/** systemd refuses a unit with a group that is not there. */
async function deviceGroups(machine: Machine): Promise<readonly string[]> {
  const { stdout } = await machine.run(["getent", "group", ...DEVICE_GROUPS]);
  const found = stdout.split("\n").map((line) => line.split(":")[0]);
  return DEVICE_GROUPS.filter((group) => found.includes(group));
}

async function ensureEnabled(machine: Machine): Promise<Done> {
  const step = { what: "at boot", where: SERVICE.unit };
  const { code } = await machine.run(["systemctl", "is-enabled", SERVICE.unit]);
  if (code === 0) return { ...step, how: "as it was" };
  await mustRun(machine, ["systemctl", "enable", SERVICE.unit]);
  return { ...step, how: "made" };
}

/** Copies the one file that runs to where the unit looks for it. */
async function placeProgram(machine: Machine, from: string): Promise<Done> {
  const to = machine.at(SERVICE.program);
  const step = { what: "program", where: SERVICE.program };
  const was = infoOf(to);
  if (was?.isFile && await isSameFile(from, to)) return { ...step, how: "as it was" };
  await Deno.mkdir(dirname(to), { recursive: true });
  // Beside it, then renamed: a program that runs may be replaced, not written into.
  const fresh = `${to}.new`;
  try {
    await Deno.copyFile(from, fresh);
    await Deno.chmod(fresh, 0o755);
    await machine.own(fresh, ROOT_OWNER);
    await syncFile(fresh);
    await Deno.rename(fresh, to);
  } catch (thrown) {
    await Deno.remove(fresh).catch(() => {}); // why it could not be copied matters
    throw thrown;
  }
  return { ...step, how: was ? "changed" : "made" };
}

/** A power cut after the start must not leave half a program at boot. */
async function syncFile(path: string): Promise<void> {
  using file = await Deno.open(path);
  await file.sync();
}

const PART_BYTES = 1 << 20;

async function isSameFile(one: string, other: string): Promise<boolean> {
  using a = await Deno.open(one);
  using b = await Deno.open(other);
  const [infoA, infoB] = [await a.stat(), await b.stat()];
  if (infoA.ino === infoB.ino && infoA.dev === infoB.dev) return true;
  if (infoA.size !== infoB.size) return false;
  const [partA, partB] = [new Uint8Array(PART_BYTES), new Uint8Array(PART_BYTES)];
  for (let at = 0; at < infoA.size; at += PART_BYTES) {
    const length = Math.min(PART_BYTES, infoA.size - at);
    await readWhole(a, partA.subarray(0, length));
    await readWhole(b, partB.subarray(0, length));
    for (let i = 0; i < length; i++) if (partA[i] !== partB[i]) return false;
  }
  return true;
}

async function readWhole(file: Deno.FsFile, into: Uint8Array): Promise<void> {
  for (let done = 0; done < into.length;) {
    const read = await file.read(into.subarray(done));
    if (read === null) return;
    done += read;
  }
}
