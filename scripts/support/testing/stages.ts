/**
 * What scripts/test runs, in which order. Pure: a list of files goes in, the stages
 * come out; running them is `stage_run.ts`.
 * @module
 */
import type { Skips } from "./skips.ts";

/** One command. A check passes or fails as a whole; tests are counted one by one. */
export type Stage =
  | { readonly kind: "check"; readonly name: string; readonly command: readonly string[] }
  | {
    readonly kind: "tests";
    readonly name: string;
    /** The command without the files and without the report's path. */
    readonly command: readonly string[];
    readonly files: readonly string[];
  };

/** The two Denos: we develop on one, and the binary is built with the other. */
export interface Denos {
  readonly develop: string;
  /** Absent where npm has none for the processor. */
  readonly compile: string | undefined;
}

/** Cheap stages first, so that a slip is told within seconds. */
export function planStages(
  of: { readonly files: readonly string[]; readonly denos: Denos; readonly skips: Skips },
): Stage[] {
  const { develop, compile } = of.denos;
  const tests = of.files.filter((file) => file.endsWith("_test.ts"));
  const beside = tests.filter((file) => !file.startsWith("tests/"));
  const properties = within(tests, "tests/properties/");
  const left = new Set(of.skips.notOnCompileDeno.map(({ file }) => file));
  const portable = [...beside, ...properties].filter((file) =>
    !left.has(file) && !file.startsWith("scripts/")
  );
  const together = [develop, "test", "--allow-all", "--no-check", "--parallel"];
  const oneByOne = [develop, "test", "--allow-all", "--no-check"];
  const stages: Stage[] = [
    { kind: "check", name: "format", command: [develop, "fmt", "--check"] },
    { kind: "check", name: "lint", command: [develop, "lint", "--quiet"] },
    { kind: "check", name: "types", command: [develop, "check", "--quiet", "."] },
    {
      kind: "tests",
      name: "house rules",
      command: together,
      files: within(tests, "tests/house/"),
    },
    { kind: "tests", name: "unit tests", command: together, files: beside },
    ...serialFolders(tests).map((folder): Stage => ({
      kind: "tests",
      name: folder,
      command: PATIENT.includes(folder) ? together : oneByOne,
      files: within(tests, `tests/${folder}/`),
    })),
  ];
  if (compile !== undefined) {
    stages.splice(5, 0, {
      kind: "tests",
      name: "unit tests on the Deno of the binary",
      command: [compile, ...together.slice(1)],
      files: portable,
    });
  }
  return stages.filter((stage) => stage.kind === "check" || stage.files.length > 0);
}

/**
 * Folders of which as many files run at once as there are cores: tests that mostly wait for
 * cameras and programs, and scores, which depend on no time.
 */
const PATIENT = ["integration", "quality"];

/**
 * The folders of tests/ whose tests start programs, browsers and cameras: one by one,
 * in this order. A folder that is not named comes last, so that none is forgotten.
 */
const SERIAL_ORDER = [
  "properties",
  "golden",
  "simulation",
  "integration",
  // What changes PATH or another variable that all tests of a process share.
  "alone",
  "browser",
];

function serialFolders(tests: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const file of tests) {
    const folder = /^tests\/([^/]+)\//.exec(file)?.[1];
    if (folder !== undefined && folder !== "house") folders.add(folder);
  }
  const rank = (folder: string) => {
    const index = SERIAL_ORDER.indexOf(folder);
    return index < 0 ? SERIAL_ORDER.length : index;
  };
  return [...folders].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function within(files: readonly string[], folder: string): string[] {
  return files.filter((file) => file.startsWith(folder));
}
