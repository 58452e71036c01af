/**
 * Fills the folder that becomes the binary: the bundle, package.json and the kept
 * packages' files that are needed when it runs. What lies here is inside, nothing else.
 * @module
 */
import { Fault } from "../../base/fault.ts";
import type { Bundle } from "./bundle.ts";
import { elfTarget, type Target } from "./target.ts";

/** Writes the bundle, and what tells Deno that the packages beside it are to be used. */
export function stageBundle(folder: string, bundle: Bundle): void {
  for (const [name, bytes] of bundle.files) {
    const path = `${folder}/${name}`;
    Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    Deno.writeFileSync(path, bytes);
  }
  const kept = { name: "streamware", type: "module" };
  Deno.writeTextFileSync(`${folder}/package.json`, `${JSON.stringify(kept)}\n`);
  const config = { nodeModulesDir: "manual" };
  Deno.writeTextFileSync(`${folder}/deno.json`, `${JSON.stringify(config)}\n`);
}

/** Takes away what a package has for people and compilers: texts, types, C++. */
export function stripPackage(folder: string): void {
  for (const path of filesBelow(folder)) {
    const isRun = IS_NATIVE.test(path) || /\.(js|cjs|mjs|json)$/.test(path);
    if (!isRun || /\/(src|install|test)\//.test(path.slice(folder.length))) {
      Deno.removeSync(path);
    }
  }
}

/**
 * Names a native package's library as the package itself. Deno's compiler reads every
 * file of a package that is no ES module as a script; of one that is none it keeps what
 * its parser said, with the path of this machine's folder, in the binary.
 */
export function pointToNative(folder: string): void {
  const path = `${folder}/package.json`;
  const { name, version, license, exports } = JSON.parse(Deno.readTextFileSync(path));
  const library = filesBelow(folder).find((file) => IS_NATIVE.test(file));
  if (library === undefined) {
    throw new Fault("bug", `Cannot stage ${name}: it has no native code`);
  }
  const [scripts, native] = [[".js", ".cjs"], `.${library.slice(folder.length)}`];
  for (const [key, file] of Object.entries<string>(exports)) {
    if (scripts.some((ending) => file.endsWith(ending))) exports[key] = native;
  }
  for (const file of filesBelow(folder)) {
    if (scripts.some((ending) => file.endsWith(ending))) Deno.removeSync(file);
  }
  const told = { name, version, license, type: "module", exports };
  Deno.writeTextFileSync(path, `${JSON.stringify(told)}\n`);
}

const IS_NATIVE = /\.node$|\.so(\.\d+)*$/;

/** @throws Fault bug when native code for another processor, or none, is in the stage */
export function checkProcessor(folder: string, target: Target): void {
  const natives = filesBelow(folder).filter((path) => IS_NATIVE.test(path));
  const wrong = natives.find((path) => elfTarget(Deno.readFileSync(path)) !== target);
  if (wrong !== undefined || natives.length === 0) {
    const state = wrong ? `${wrong.slice(folder.length + 1)} is not` : "there is none";
    throw new Fault("bug", `Cannot build for ${target}: of the native code ${state}`);
  }
}

/** Gives every file the same time, as the binary keeps it. */
export function levelTimes(folder: string): void {
  for (const path of filesBelow(folder)) Deno.utimeSync(path, FILE_TIME_S, FILE_TIME_S);
}

/** 1980-01-01 UTC, the oldest that archives can tell. */
const FILE_TIME_S = 315_532_800;

/** Sorted, as folders list their files in any order. */
function filesBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory ? filesBelow(path) : [path];
  }).sort();
}
