/**
 * May those read and write who must, and nobody else? Secrets in the settings file are
 * looked at by its loader.
 * @module
 */
import { basename, dirname, join } from "node:path";
import { infoOf, textIn } from "../found_files.ts";
import { SERVICE } from "../service_unit.ts";
import type { Check, CheckContext, Finding } from "./check.ts";

export const check: Check = { name: "permissions", timeoutMs: 5_000, run };

/** What the program keeps in the state folder, and must not be read by others. */
const SECRETS = ["password", "session.key", "tls/key.pem", "last_good.yaml"];
/** What it keeps there beside them. */
const OPEN_FILES = ["tls", "tls/certificate.pem"];

function run({ places, program }: CheckContext): Promise<readonly Finding[]> {
  const { stateFolder, controlSocket } = places;
  const passwd = textIn("/etc/passwd") ?? "";
  const serviceUid = places.isSystem ? uidOf(passwd) : undefined;
  const kept = [...SECRETS, ...OPEN_FILES].map((name) => join(stateFolder, name));
  return Promise.resolve(judgePlaces({
    state: placeAt(stateFolder),
    kept: kept.map(placeAt).filter((place) => place !== undefined),
    // Without a program behind it, it is a leftover that opens nothing.
    socket: program && placeAt(controlSocket),
    ownerWanted: serviceUid,
  }));
}

export interface PlaceFound {
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
}

export interface PlacesFound {
  /** Undefined when there is none, or none for us to see. */
  readonly state: PlaceFound | undefined;
  /** What lies in it. */
  readonly kept: readonly PlaceFound[];
  readonly socket: PlaceFound | undefined;
  /** The service's user, on a box that has it. */
  readonly ownerWanted: number | undefined;
}

/**
 * Whether what is there is open to the right ones only, one finding for each that is not.
 */
export function judgePlaces(found: PlacesFound): readonly Finding[] {
  const { state, kept, socket, ownerWanted } = found;
  const findings = [
    ...(state ? judgeStateFolder({ ...state, ownerWanted }) : []),
    ...(state
      ? judgeKept(kept, { folder: state.path, uid: ownerWanted ?? state.uid })
      : []),
    ...(socket ? judgeSocket(socket) : []),
  ];
  if (findings.length > 0) return findings;
  const looked = [
    ...[state, ...kept].filter((place) => place !== undefined).map(({ path }) =>
      basename(path)
    ),
    ...(socket ? ["control socket"] : []),
  ];
  if (!state && !socket) {
    const words = "nothing to look at yet: no state folder and no control socket";
    return [{ level: "note", words }];
  }
  const folder = state ? ` in ${dirname(state.path)}` : "";
  const words = `open to the right ones only: ${looked.join(", ")}${folder}`;
  return [{ level: "good", words }];
}

function judgeStateFolder(
  found: PlaceFound & { readonly ownerWanted: number | undefined },
): readonly Finding[] {
  const { path, mode, uid, ownerWanted } = found;
  const facts = { path, mode: mode.toString(8), uid };
  const findings: Finding[] = [];
  if ((mode & 0o007) !== 0) {
    const words = `${path} is open to every user of this box (mode ${facts.mode}), and ` +
      "holds the password's hash and the certificate's key";
    findings.push({ level: "warning", words, toDo: `sudo chmod 750 ${path}`, facts });
  }
  if (ownerWanted !== undefined && ownerWanted !== uid) {
    const words =
      `${path} belongs to uid ${uid}, but the service runs as ${SERVICE.user}`;
    findings.push({ level: "broken", words, toDo: GIVE_ALL, facts });
  }
  return findings;
}

/** It hands all that lies in the folder to the service. */
const GIVE_ALL = "sudo streamware service install";

/** @param wanted `uid` is whose the files have to be */
function judgeKept(
  kept: readonly PlaceFound[],
  wanted: { readonly folder: string; readonly uid: number },
): readonly Finding[] {
  return kept.flatMap(({ path, mode, uid }) => {
    const facts = { path, mode: mode.toString(8), uid };
    const isSecret = SECRETS.some((name) => path === join(wanted.folder, name));
    const findings: Finding[] = [];
    if (uid !== wanted.uid) {
      const words =
        `${path} belongs to uid ${uid}, but has to be read by uid ${wanted.uid}`;
      const toDo = wanted.folder === SERVICE.stateFolder
        ? GIVE_ALL
        : `sudo chown ${wanted.uid} ${path}`;
      findings.push({ level: "broken", words, toDo, facts });
    }
    if (isSecret && (mode & 0o077) !== 0) {
      const words =
        `${path} holds a secret and may be read by others (mode ${facts.mode})`;
      findings.push({ level: "warning", words, toDo: `sudo chmod 600 ${path}`, facts });
    }
    return findings;
  });
}

function judgeSocket({ path, mode, uid }: PlaceFound): readonly Finding[] {
  if ((mode & 0o006) === 0) return [];
  const facts = { path, mode: mode.toString(8), uid };
  const words = `${path} may be asked by every user of this box (mode ${facts.mode})`;
  return [{ level: "warning", words, toDo: `sudo chmod 660 ${path}`, facts }];
}

/** The uid of the service's user in the text of /etc/passwd. */
export function uidOf(passwd: string): number | undefined {
  const line = passwd.split("\n").find((one) => one.startsWith(`${SERVICE.user}:`));
  const uid = line?.split(":")[2];
  return uid === undefined ? undefined : Number(uid);
}

function placeAt(path: string): PlaceFound | undefined {
  try {
    const info = infoOf(path);
    return info && { path, mode: (info.mode ?? 0) & 0o777, uid: info.uid ?? 0 };
  } catch {
    return undefined; // not for us to see
  }
}
