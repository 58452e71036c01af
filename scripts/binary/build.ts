/**
 * Builds the one file: bundle, stage, compile, and what lies beside it. The same
 * checkout gives the same bytes, wherever it lies. Why so: docs/adr/0009-one-file.md.
 * @module
 */
import { Fault } from "../../base/fault.ts";
import { type Bundle, bundleProgram, KEPT_PACKAGES } from "./bundle.ts";
import { type Compiler, sha256, unpackedBase } from "./deno_base.ts";
import { detectorTerms, licensesText, packageTerms, vipsTerms } from "./licenses.ts";
import { keptPackages, nativeNames, placePackage } from "./native_packages.ts";
import { call } from "./programs.ts";
import {
  checkProcessor,
  levelTimes,
  pointToNative,
  stageBundle,
  stripPackage,
} from "./stage.ts";
import { binaryName, type Target, TARGET_NAMES } from "./target.ts";

export interface BuildOptions {
  /** The checkout, a path with a slash at its end. */
  readonly root: string;
  readonly target: Target;
  /** Gets the binary, SHA256SUMS and LICENSES.txt; made when it is not there. */
  readonly output: string;
}

/** Builds, and gives the path of the binary. */
export async function buildBinary(options: BuildOptions): Promise<string> {
  const { root, target, output } = options;
  const compiler = findCompiler(root);
  const work = Deno.makeTempDirSync({ dir: `${root}.toolchain`, prefix: "build-" });
  try {
    const bundle = await bundleProgram(root);
    const licenses = await fillStage(`${work}/stage`, { root, target, bundle, compiler });
    await compile(work, { root, target, compiler, bundle });
    return await publish(work, { target, output, licenses });
  } finally {
    Deno.removeSync(work, { recursive: true });
  }
}

/** The command line that compiles: docs/adr/0001-toolchain-from-npm.md. */
const COMPILER = "node_modules/deno-compile-x64";

/** As `scripts/support/where.sh` has it for the checkout. */
const V8_FLAGS = "--max-semi-space-size=2";

function findCompiler(root: string): Compiler {
  try {
    return JSON.parse(Deno.readTextFileSync(`${root}${COMPILER}/package.json`));
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Fault(
      "unavailable",
      `Cannot compile on this machine (${Deno.build.arch}): npm has the compiler only for x64`,
      { hint: "on a 64-bit PC: scripts/build --target arm64" },
    );
  }
}

/** Fills the stage; returns the text of LICENSES.txt. */
async function fillStage(
  stage: string,
  from: {
    readonly root: string;
    readonly target: Target;
    readonly bundle: Bundle;
    readonly compiler: Compiler;
  },
): Promise<string> {
  const { root, target, bundle, compiler } = from;
  stageBundle(stage, bundle);
  const lock: unknown = JSON.parse(Deno.readTextFileSync(`${root}package-lock.json`));
  const [, vipsName] = nativeNames(target);
  const read = (path: string) => Deno.readTextFileSync(root + path);
  const words = (name: string) => read(`scripts/binary/licenses/${name}.txt`);
  const terms = bundle.packages.map((name) =>
    packageTerms(`${root}node_modules/${name}`)
  );
  terms.push(...detectorTerms(`${root}node_modules/`, {
    detector: words("detector"),
    second: words("second"),
    tensors: words("tensors"),
  }));
  const vipsFolder = `${stage}/node_modules/${vipsName}`;
  for (const kept of keptPackages(lock, KEPT_PACKAGES, target)) {
    const folder = `${stage}/node_modules/${kept.name}`;
    const places = {
      installed: `${root}node_modules`,
      archives: `${root}.toolchain/npm-archives`,
    };
    await placePackage(kept, { ...places, folder });
    if (kept.name !== vipsName) terms.push(packageTerms(folder));
  }
  const vips = vipsTerms(vipsFolder);
  stripPackage(`${stage}/node_modules`);
  for (const name of nativeNames(target)) pointToNative(`${stage}/node_modules/${name}`);
  checkProcessor(stage, target);
  levelTimes(stage);
  return licensesText({
    own: read("LICENSE"),
    deno: { version: compiler.version, text: read("node_modules/deno/LICENSE") },
    packages: terms.sort((a, b) => (a.name < b.name ? -1 : 1)),
    vips,
    gnu: ["LGPL-3.0", "GPL-3.0"].map(words),
  });
}

async function compile(
  work: string,
  from: {
    readonly root: string;
    readonly target: Target;
    readonly compiler: Compiler;
    readonly bundle: Bundle;
  },
): Promise<void> {
  const { root, target, compiler, bundle } = from;
  const base = await unpackedBase(target, compiler, {
    packed: `${root}../shared/denort`,
    unpacked: `${root}.toolchain/bases`,
  });
  const beside = [...bundle.files.keys()].filter((name) => name !== "main.js").sort();
  await call(`${root}${COMPILER}/deno`, [
    ...["compile", "--quiet", "--no-check", "--allow-all", "--no-code-cache"],
    `--v8-flags=${V8_FLAGS}`,
    ...["--target", TARGET_NAMES[target].triple],
    ...beside.flatMap((name) => ["--include", name]),
    ...["--output", `${work}/${binaryName(target)}`, "main.js"],
  ], {
    cwd: `${work}/stage`,
    env: {
      // A dozen packages overflow the compiler's usual stack.
      RUST_MIN_STACK: String(64 * 1024 * 1024),
      // Only for its own download; 2.6 does not read NODE_EXTRA_CA_CERTS.
      DENO_TLS_CA_STORE: Deno.env.get("DENO_TLS_CA_STORE") ?? "system,mozilla",
      ...(base === undefined ? {} : { DENORT_BIN: base }),
    },
    hint: base === undefined
      ? "Deno had to download its runtime: is there a network?"
      : "",
  });
}

/** Puts what was made into the output folder, each file whole at once. */
async function publish(
  work: string,
  to: {
    readonly target: Target;
    readonly output: string;
    readonly licenses: string;
  },
): Promise<string> {
  const { target, output, licenses } = to;
  Deno.mkdirSync(output, { recursive: true });
  const binary = `${output}/${binaryName(target)}`;
  Deno.copyFileSync(`${work}/${binaryName(target)}`, `${binary}.new`);
  Deno.chmodSync(`${binary}.new`, 0o755);
  Deno.renameSync(`${binary}.new`, binary);
  Deno.writeTextFileSync(`${output}/LICENSES.txt`, licenses);
  await writeSums(output);
  return binary;
}

/** Of all that lies in `folder`: the files of both processors may lie together. */
async function writeSums(folder: string): Promise<void> {
  const names = [...Deno.readDirSync(folder)].map((entry) => entry.name)
    .filter((name) => name === "LICENSES.txt" || name.startsWith("streamware-linux-"));
  const lines: string[] = [];
  for (const name of names.sort()) {
    lines.push(`${await sha256(Deno.readFileSync(`${folder}/${name}`))}  ${name}\n`);
  }
  Deno.writeTextFileSync(`${folder}/SHA256SUMS`, lines.join(""));
}
