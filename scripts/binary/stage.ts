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
    const isRun = /\.(js|cjs|mjs|json|node)$|\.so(\.\d+)*$/.test(path);
    if (!isRun || /\/(src|install|test)\//.test(path.slice(folder.length))) {
      Deno.removeSync(path);
    }
  }
}

/** @throws Fault bug when native code for another processor, or none, is in the stage */
export function checkProcessor(folder: string, target: Target): void {
  const natives = filesBelow(folder).filter((path) => /\.node$|\.so[.\d]*$/.test(path));
  const wrong = natives.find((path) => elfTarget(Deno.readFileSync(path)) !== target);
  if (wrong !== undefined || natives.length === 0) {
    const state = wrong ? `${wrong.slice(folder.length + 1)} is not` : "there is none";
    throw new Fault("bug", `Cannot build for ${target}: of the native code ${state}`);
  }
}

function filesBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory ? filesBelow(path) : [path];
  });
}
