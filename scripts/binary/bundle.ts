/**
 * Makes one folder of JavaScript of the program: main.js, its workers, what they share,
 * and the files that they read. npm:sharp stays a package, as it has a native half.
 * @module
 */
import { build, type BuildOptions, type Metafile } from "esbuild";
import { Fault } from "../../base/fault.ts";
import { bundledName, reachedBy } from "./addresses.ts";

/** Packages that the bundle imports from node_modules when it runs. */
export const KEPT_PACKAGES: readonly string[] = ["sharp"];

/** The files of the bundle, by their path in its folder. */
export interface Bundle {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Names of the npm packages of which code is inside. */
  readonly packages: readonly string[];
}

/** Bundles the checkout at `root` (a path with a slash at its end). */
export async function bundleProgram(root: string): Promise<Bundle> {
  const modules = ["main.ts"];
  for (;;) {
    const { outputFiles, metafile } = await build(optionsFor(root, modules));
    const reached = reachedFrom(root, metafile);
    const missing = reached.workers.filter((worker) => !modules.includes(worker));
    if (missing.length > 0) {
      modules.push(...missing);
      continue;
    }
    const files = new Map<string, Uint8Array>();
    for (const { path, contents } of outputFiles) {
      files.set(path.slice(path.lastIndexOf("/") + 1), contents);
    }
    addAssets(root, reached.assets, files);
    return { files, packages: packagesIn([metafile, await inputsOfPages(root)]) };
  }
}

function optionsFor(root: string, modules: readonly string[]) {
  const names = modules.map(bundledName);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new Fault("bug", `Cannot bundle: two modules would be ${twice}`);
  }
  return {
    absWorkingDir: root,
    entryPoints: Object.fromEntries(
      modules.map((module) => [bundledName(module).replace(/\.js$/, ""), module]),
    ),
    outdir: "dist/bundle",
    write: false,
    bundle: true,
    metafile: true,
    // What is imported on demand is read on demand, and workers share with main.js.
    splitting: true,
    format: "esm",
    platform: "node",
    target: "esnext",
    external: [...KEPT_PACKAGES],
    // Names stay, and lines stay short: the stack of a report tells where it was.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 160,
    legalComments: "none",
    // What packages that are CommonJS ask for, under names that no source has.
    define: { __dirname: "import.meta.dirname" },
    banner: {
      js: 'import{createRequire as $createRequire}from"node:module";' +
        "const require=$createRequire(import.meta.url);",
    },
    logLevel: "error",
  } as const satisfies BuildOptions;
}

/** What our own sources inside reach by address. */
function reachedFrom(root: string, { inputs }: Metafile) {
  const workers = new Set<string>();
  const assets = new Map<string, string>();
  for (const path of Object.keys(inputs)) {
    if (path.startsWith("node_modules/")) continue;
    const reached = reachedBy(path, Deno.readTextFileSync(root + path));
    reached.workers.forEach((worker) => workers.add(worker));
    for (const [address, source] of reached.assets) {
      if ((assets.get(address) ?? source) !== source) {
        throw new Fault("bug", `Cannot bundle: "${address}" means two different files`);
      }
      assets.set(address, source);
    }
  }
  return { workers: [...workers].sort(), assets };
}

/** Reads the files and folders that sources look for beside themselves. */
function addAssets(
  root: string,
  assets: ReadonlyMap<string, string>,
  files: Map<string, Uint8Array>,
): void {
  for (const [address, source] of assets) {
    const name = address.slice("./".length);
    if (!address.endsWith("/")) {
      files.set(name, Deno.readFileSync(root + source));
      continue;
    }
    for (const entry of Deno.readDirSync(root + source)) {
      files.set(name + entry.name, Deno.readFileSync(root + source + entry.name));
    }
  }
}

/** The pages come built, by scripts/setup; this only asks what went into them. */
async function inputsOfPages(root: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["server/viewer/main.tsx", "server/viewer/session/main.tsx"],
    outdir: "dist/page",
    write: false,
    bundle: true,
    metafile: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "error",
  });
  return metafile;
}

/** "node_modules/@a/b/c.js" is of "@a/b"; only what survived tree shaking counts. */
function packagesIn(metafiles: readonly Metafile[]): string[] {
  const names = new Set<string>();
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
        const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
        if (name !== undefined && bytesInOutput > 0) names.add(name);
      }
    }
  }
  return [...names].sort();
}
