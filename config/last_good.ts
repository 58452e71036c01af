/**
 * A copy of the settings file as it was when the program last started well, so that a
 * box on a wall outlives a slip of the pen. Raises no alert: the caller is told.
 * @module
 */
import { join } from "node:path";
import { Fault } from "../base/fault.ts";
import { writeWholeFile } from "../base/whole_file.ts";
import { readConfigText } from "./file_text.ts";
import { type Loaded, type LoadRequest, loadSettings } from "./load.ts";

export interface LoadedOrLastGood extends Loaded {
  /** Why the file itself could not be used; then these are the last good settings. */
  readonly broken: Fault | undefined;
}

/**
 * Loads the settings file, and when it cannot be used the last good copy of it.
 * @throws Fault of the file itself when there is no copy, or the copy is no good either
 */
export function loadWithLastGood(
  request: LoadRequest & { readonly stateFolder: string },
): LoadedOrLastGood {
  try {
    return { ...loadSettings(request), broken: undefined };
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.kind !== "config") throw thrown;
    const lastGood = loadLastGood(request);
    if (lastGood === undefined) throw thrown;
    return { ...lastGood, broken: thrown };
  }
}

/**
 * Keeps a copy of settings that the program started well with: the text of the file,
 * with its references and not what they refer to, for the owner's eyes only.
 * @throws Fault unavailable when it cannot be written
 */
export async function keepLastGood(stateFolder: string, text: string): Promise<void> {
  const path = copyIn(stateFolder);
  if (textOf(path) === text) return;
  await Deno.mkdir(stateFolder, { recursive: true, mode: 0o700 });
  // For the folder's owner: what root tried out, the service must read.
  const { uid, gid } = await Deno.stat(stateFolder);
  const owner = uid === null || gid === null ? {} : { owner: { uid, gid } };
  await writeWholeFile(path, text, { mode: 0o600, ...owner, link: "replace" });
}

/**
 * The last good copy of the settings file, in its place.
 * @returns undefined when there is none, or it is no good either
 */
export function loadLastGood(
  request: LoadRequest & { readonly stateFolder: string },
): Loaded | undefined {
  const text = textOf(copyIn(request.stateFolder));
  if (text === undefined) return undefined;
  try {
    return loadSettings({ ...request, text });
  } catch (thrown) {
    if (thrown instanceof Fault) return undefined;
    throw thrown;
  }
}

function textOf(path: string): string | undefined {
  try {
    return readConfigText(path);
  } catch (thrown) {
    if (thrown instanceof Fault) return undefined;
    throw thrown;
  }
}

function copyIn(stateFolder: string): string {
  return join(stateFolder, "last_good.yaml");
}
