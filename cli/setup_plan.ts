/**
 * What the first-run setup found and what it will write: decided whole, then written.
 * Asks nobody.
 * @module
 */
import { dirname, resolve } from "node:path";
import { Fault } from "../base/fault.ts";
import type { Secret } from "../base/secret.ts";
import { exampleConfig } from "../config/example.ts";
import { loadSettings } from "../config/load.ts";
import type { Settings } from "../config/schema.ts";
import { NAME_PATTERN } from "../config/schema_camera.ts";
import { type ConfigEdit, editedConfig, writeWhole } from "../config/write.ts";
import type { Owner } from "./machine.ts";
import type { ChosenCamera } from "./setup_camera.ts";
import { urlWithoutLogin } from "./setup_camera.ts";

/** The settings file as it is before. */
export interface Before {
  /** Undefined when there is none. */
  readonly text: string | undefined;
  /** Undefined while nothing is set: no file, or the example. */
  readonly settings: Settings | undefined;
}

/**
 * @throws Fault config when there is a file and it cannot be right: it is somebody's, and
 *   is not written over
 */
export function readBefore(path: string): Before {
  const text = textOf(path);
  if (text === undefined || text === exampleConfig()) {
    return { text, settings: undefined };
  }
  try {
    const env = (name: string) => Deno.env.get(name);
    return { text, settings: loadSettings({ path, env, lookup: "warn" }).settings };
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    throw new Fault(thrown.kind, thrown.message, {
      hint: `mend it (streamware config check), or begin anew: mv ${path} ${path}.old`,
      cause: thrown,
    });
  }
}

function textOf(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return undefined;
    throw thrown;
  }
}

/** A name that no camera has yet: `front`, `camera2`… */
export function freeName(taken: readonly string[]): string {
  if (!taken.includes("front")) return "front";
  for (let number = taken.length + 1;; number++) {
    if (!taken.includes(`camera${number}`)) return `camera${number}`;
  }
}

/** Why a camera may not be called so, or undefined. */
export function whyNameIsBad(name: string): string | undefined {
  if (NAME_PATTERN.test(name)) return undefined;
  return "small letters, digits, - and _ only, at most 32, beginning with a letter or digit";
}

export interface Decided {
  readonly before: Before;
  /** Absent when it stays as it is. */
  readonly listen?: string;
  readonly camera?: ChosenCamera;
}

/** What will be written. */
export interface Plan {
  /** The settings file's whole text; undefined when it stays as it is. */
  readonly text: string | undefined;
  /** A camera's password, in a file of its own below the settings' folder. */
  readonly secret?: { readonly file: string; readonly value: Secret };
}

/** @throws Fault config when the settings would not be right; nothing is written then */
export function planSettings(configFile: string, decided: Decided): Plan {
  const { before, camera } = decided;
  const password = camera && passwordOf(camera);
  const file = camera && `secrets/${camera.name}`;
  const edits = editsOf(decided, file && `\${file:${file}}`);
  if (edits.length === 0) return { text: undefined };
  const base = before.text ?? exampleConfig();
  // The password's file is not there yet: checked with a word in its place.
  const checked = editedConfig(base, editsOf(decided, "word"));
  const env = (name: string) => Deno.env.get(name);
  loadSettings({ path: configFile, text: checked, env, lookup: "warn" });
  const text = editedConfig(base, edits);
  const secret = file && password
    ? { file: resolve(dirname(configFile), file), value: password }
    : undefined;
  return { text: text === before.text ? undefined : text, ...(secret ? { secret } : {}) };
}

function editsOf(
  { before, listen, camera }: Decided,
  password: string | undefined,
): ConfigEdit[] {
  const edits: ConfigEdit[] = [];
  if (listen !== undefined) edits.push({ path: ["server", "listen"], value: listen });
  if (!camera) return edits;
  const { name, source, analysis } = camera;
  // The example's own camera, which has no URL.
  if (!before.settings && name !== "front") {
    edits.push({ path: ["cameras", "front"], value: undefined });
  }
  const set = (setting: string, value: unknown) =>
    edits.push({ path: ["cameras", name, setting], value });
  const isFile = source.kind === "file";
  set("url", plain(isFile ? resolve(source.path) : urlWithoutLogin(source)));
  if (analysis || before.settings?.cameras[name]?.analysisUrl !== undefined) {
    set("analysis_url", analysis && plain(urlWithoutLogin(analysis)));
  }
  const user = "user" in source ? source.user : undefined;
  const was = before.settings?.cameras[name];
  if (user !== undefined || was?.user !== undefined) set("user", user && plain(user));
  const hasPassword = passwordOf(camera) !== undefined;
  if (hasPassword || was?.password !== undefined) {
    set("password", hasPassword ? password : undefined);
  }
  // A service that reaches the end of a clip has nothing left to watch.
  if (isFile) set("loop", true);
  return edits;
}

/** `${` begins a reference in the file. */
function plain(text: string): string {
  return text.replaceAll("${", "$${");
}

function passwordOf({ source }: ChosenCamera): Secret | undefined {
  return "password" in source ? source.password : undefined;
}

/**
 * Writes the plan, the secret first: settings that refer to it must find it. Each file is
 * the old or the new one, never half.
 * @param owner of new files; undefined leaves them to who runs this
 */
export async function writePlan(
  configFile: string,
  plan: Plan,
  owner: Owner | undefined,
): Promise<void> {
  const options = { mode: 0o640, ...(owner ? { owner } : {}) };
  if (plan.secret) {
    await Deno.mkdir(dirname(plan.secret.file), { recursive: true, mode: 0o750 });
    await writeWhole(plan.secret.file, plan.secret.value.reveal() + "\n", options);
  }
  if (plan.text === undefined) return;
  await Deno.mkdir(dirname(configFile), { recursive: true, mode: 0o750 });
  await writeWhole(configFile, plan.text, options);
}
