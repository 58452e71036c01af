/**
 * May those read and write who must, and nobody else? Secrets in the settings file are
 * looked at by its loader.
 * @module
 */
import type { Check, CheckContext, Finding } from "./check.ts";

/** Whom the service runs as, and whose group may ask the control socket. */
const SERVICE_USER = "streamware";

export const check: Check = { name: "permissions", timeoutMs: 5_000, run };

function run({ places, program }: CheckContext): Promise<readonly Finding[]> {
  const state = statOr(places.stateFolder);
  const socket = statOr(places.controlSocket);
  const serviceUid = places.isSystem ? uidOf(readOr("/etc/passwd")) : undefined;
  const findings = [
    ...(state
      ? judgeStateFolder({ ...state, path: places.stateFolder, ownerWanted: serviceUid })
      : []),
    ...(socket && program ? judgeSocket({ ...socket, path: places.controlSocket }) : []),
  ];
  if (findings.length > 0) return Promise.resolve(findings);
  const words = "state folder and control socket are open to the right ones only";
  return Promise.resolve([{ level: "good", words }]);
}

export interface PlaceFound {
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
}

export function judgeStateFolder(
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
      `${path} belongs to uid ${uid}, but the service runs as ${SERVICE_USER}`;
    const toDo = `sudo chown -R ${SERVICE_USER}: ${path}`;
    findings.push({ level: "broken", words, toDo, facts });
  }
  return findings;
}

export function judgeSocket({ path, mode, uid }: PlaceFound): readonly Finding[] {
  if ((mode & 0o006) === 0) return [];
  const facts = { path, mode: mode.toString(8), uid };
  const words = `${path} may be asked by every user of this box (mode ${facts.mode})`;
  return [{ level: "warning", words, toDo: `sudo chmod 660 ${path}`, facts }];
}

/** The uid of the service's user in the text of /etc/passwd. */
export function uidOf(passwd: string): number | undefined {
  const line = passwd.split("\n").find((one) => one.startsWith(`${SERVICE_USER}:`));
  const uid = line?.split(":")[2];
  return uid === undefined ? undefined : Number(uid);
}

function statOr(path: string): Omit<PlaceFound, "path"> | undefined {
  try {
    const { mode, uid } = Deno.statSync(path);
    return { mode: (mode ?? 0) & 0o777, uid: uid ?? 0 };
  } catch {
    return undefined; // not there, or not for us to see
  }
}

function readOr(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}
