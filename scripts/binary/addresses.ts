/**
 * What a source reaches by its own address instead of an import: workers that it starts
 * and files that it reads. The bundler follows neither. Reads texts only.
 * @module
 */
import { dirname, normalize } from "node:path/posix";
import { Fault } from "../../base/fault.ts";

/** Paths below the repository's root. */
export interface Reached {
  /** Modules to be bundled by themselves, flat beside the others: `worker.js`. */
  readonly workers: readonly string[];
  /** Files and folders by where the source looks for them: `./viewer/dist/`. */
  readonly assets: ReadonlyMap<string, string>;
}

const STARTS_WORKER = /\bnew\s+Worker\s*\(/;
const OWN_ADDRESS = /\bnew\s+URL\s*\(\s*(["'])([^"']+)\1\s*,\s*import\.meta\.url/g;
const MODULE = /(["'])(\.{1,2}\/[^"']+\.ts)\1/g;
/** Their values differ between a checkout and a bundle in ways nobody checks here. */
const UNFOLLOWED = /\bimport\.meta\.(dirname|filename|resolve)\b/;

/**
 * What `source` reaches. A source that starts workers names them twice: "./worker.ts"
 * for a checkout, "./worker.js" for the bundle, where all lie flat in one folder.
 * @throws Fault bug when the bundle could not reach it
 */
export function reachedBy(path: string, source: string): Reached {
  const text = withoutComments(source);
  const refuse = (why: string) => new Fault("bug", `Cannot bundle ${path}: ${why}`);
  const unfollowed = UNFOLLOWED.exec(text)?.[0];
  if (unfollowed !== undefined) {
    throw refuse(`${unfollowed} is not followed, new URL("…", import.meta.url) is`);
  }
  return {
    workers: STARTS_WORKER.test(text) ? workersOf(path, text, refuse) : [],
    assets: assetsOf(path, text, refuse),
  };
}

type Refuse = (why: string) => Fault;

function workersOf(path: string, text: string, refuse: Refuse): string[] {
  const imports = importedModules(text);
  const modules = [...text.matchAll(MODULE)]
    .map(([, , module = ""]) => module)
    .filter((module) => !imports.has(module));
  if (modules.length === 0) throw refuse("it starts a worker, but names no module of it");
  return modules.map((module) => {
    const flat = `./${bundledName(module)}`;
    if (!text.includes(`"${flat}"`)) {
      throw refuse(
        `its worker ${module} is "${flat}" in the bundle, which it never says`,
      );
    }
    return resolve(path, module);
  });
}

function assetsOf(path: string, text: string, refuse: Refuse): Map<string, string> {
  const assets = new Map<string, string>();
  for (const [, , address = ""] of text.matchAll(OWN_ADDRESS)) {
    if (/\.[tj]s$/.test(address)) continue;
    if (!address.startsWith("./")) {
      throw refuse(`"${address}" would lie outside of the bundle's folder`);
    }
    assets.set(address, resolve(path, address));
  }
  return assets;
}

function importedModules(text: string): Set<string> {
  const found = text.matchAll(/\b(?:from|import)\s*\(?\s*(["'])([^"']+)\1/g);
  return new Set([...found].map(([, , module = ""]) => module));
}

/** "analysis/worker.ts" is worker.js in the bundle. */
export function bundledName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.ts$/, ".js");
}

function resolve(from: string, address: string): string {
  return normalize(`${dirname(from)}/${address}`);
}

/** Good enough for our own sources: no string of them holds a comment's sign but "//". */
function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}
