/**
 * `streamware config`: looks at the settings file. Starts nothing; the file is changed
 * by an editor or by `streamware setup`, the password is `config_password.ts`.
 * @module
 */
import { EXIT_CODES, Fault } from "../base/fault.ts";
import { exampleConfig } from "../config/example.ts";
import { type Loaded, loadSettings } from "../config/load.ts";
import { ourPlaces, type Places } from "../config/places.ts";
import { ConfigFault, type PlacedProblem, problemLine } from "../config/problems.ts";
import { settingsSchema } from "../config/reference.ts";
import { shownYaml } from "../config/shown.ts";
import { isLoopback } from "../server/box.ts";
import { readPasswordHash } from "../server/password.ts";
import type { Subcommand, SubcommandGroup, Typed } from "./command_line.ts";
import { passwordCommand } from "./config_password.ts";
import { SERVICE } from "./service_unit.ts";
import { type Output, standardOutput } from "./standard_output.ts";
import { usualConfigFile } from "./usual_config.ts";

const FILE_ARGUMENT = {
  name: "file",
  doc: "The settings file; left out: that of this user, else that of the service.",
  optional: true,
};

const checkCommand: Subcommand = {
  name: "check",
  summary: "Say everything that is wrong with a settings file.",
  argument: FILE_ARGUMENT,
  flags: [{ flag: "--json", doc: "Print problems and warnings as JSON." }],
  examples: ["streamware config check", "streamware config check ./streamware.yaml"],
  run: (path, typed) => check(path, { typed, output: standardOutput() }),
};

const showCommand: Subcommand = {
  name: "show",
  summary: "Print the settings in force, and where each comes from; no secrets.",
  argument: FILE_ARGUMENT,
  flags: [{ flag: "--json", doc: "Print them as JSON." }],
  examples: ["streamware config show"],
  run: (path, typed) => Promise.resolve(show(path, { typed, output: standardOutput() })),
};

const exampleCommand: Subcommand = {
  name: "example",
  summary: "Print a settings file with every setting.",
  flags: [],
  examples: ["streamware config example > streamware.yaml"],
  run: () => print(exampleConfig().trimEnd()),
};

const schemaCommand: Subcommand = {
  name: "schema",
  summary: "Print a JSON Schema of the settings file, for editors.",
  flags: [],
  examples: ["streamware config schema > streamware.schema.json"],
  run: () => print(JSON.stringify(settingsSchema(), undefined, 2)),
};

export const configCommand: SubcommandGroup = {
  name: "config",
  summary: "Look at the settings file; set the password.",
  subcommands: [
    checkCommand,
    showCommand,
    exampleCommand,
    schemaCommand,
    passwordCommand,
  ],
};

interface Way {
  readonly typed: Typed;
  readonly output: Output;
  /** Those of who runs this, when absent. */
  readonly places?: Places;
}

function placesOf({ places }: Way): Places {
  return places ?? ourPlaces();
}

function fileOf(given: string, way: Way): string {
  return given === "" ? usualConfigFile(placesOf(way)) : given;
}

/** @param given the file; "" for the usual one */
export async function check(given: string, way: Way): Promise<number> {
  const { typed, output } = way;
  const path = fileOf(given, way);
  if (typed["--json"]) return await checkAsJson(path, way);
  let loaded: Loaded;
  try {
    loaded = loadOurs(path);
  } catch (thrown) {
    if (thrown instanceof ConfigFault) remark(thrown.warnings, output);
    throw thrown;
  }
  remark(await warningsOf(loaded, path, way), output);
  output.line(`${path} is good: ${contents(loaded)}`);
  return 0;
}

function remark(warnings: readonly PlacedProblem[], output: Output): void {
  for (const warning of warnings) output.remark(`warning: ${problemLine(warning)}`);
}

async function checkAsJson(path: string, way: Way): Promise<number> {
  const told = (problems: readonly PlacedProblem[], warnings: readonly PlacedProblem[]) =>
    way.output.line(JSON.stringify(
      { file: path, isGood: problems.length === 0, problems, warnings },
      undefined,
      2,
    ));
  try {
    told([], await warningsOf(loadOurs(path), path, way));
    return 0;
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.kind !== "config") throw thrown;
    const whole = { line: undefined, column: undefined, path: "", words: thrown.message };
    if (thrown instanceof ConfigFault) told(thrown.problems, thrown.warnings);
    else told([whole], []);
    return EXIT_CODES.config;
  }
}

/** Those of the file, and what would keep it from starting here. */
async function warningsOf(
  { settings, warnings }: Loaded,
  path: string,
  way: Way,
): Promise<readonly PlacedProblem[]> {
  const { listen } = settings.server;
  const ours = placesOf(way).stateFolder;
  const stateFolder = path === SERVICE.configFile ? SERVICE.stateFolder : ours;
  if (isLoopback(listen) || await mayHavePassword(stateFolder)) return warnings;
  const words = `is ${listen}, and no password is set: streamware run refuses that; ` +
    "set one with streamware config password";
  const place = { line: undefined, column: undefined, path: "server.listen" };
  return [...warnings, { ...place, words }];
}

/** Also when that is not for us to see. */
async function mayHavePassword(stateFolder: string): Promise<boolean> {
  try {
    return await readPasswordHash(stateFolder) !== undefined;
  } catch (thrown) {
    if (thrown instanceof Fault) return true;
    throw thrown;
  }
}

/** @param given the file; "" for the usual one */
export function show(given: string, way: Way): number {
  const { typed, output } = way;
  const loaded = loadOurs(fileOf(given, way));
  const text = typed["--json"]
    ? JSON.stringify(loaded.shown, undefined, 2)
    : shownYaml(loaded.shown, loaded.origins).trimEnd();
  output.line(text);
  return 0;
}

function loadOurs(path: string): Loaded {
  return loadSettings({
    path,
    env: (name) => Deno.env.get(name),
    credentialsFolder: Deno.env.get("CREDENTIALS_DIRECTORY"),
    lookup: "warn",
  });
}

/** "2 cameras, 1 zone, 1 mask"; what there is none of is left out. */
function contents({ settings }: Loaded): string {
  const cameras = Object.values(settings.cameras);
  const count = (section: "zones" | "masks" | "lines") =>
    cameras.reduce((sum, camera) => sum + Object.keys(camera[section]).length, 0);
  const drawn = [
    counted(count("zones"), "zone"),
    counted(count("masks"), "mask"),
    counted(count("lines"), "line"),
  ].filter((words) => !words.startsWith("0 "));
  return [counted(cameras.length, "camera"), ...drawn].join(", ");
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

function print(text: string): Promise<number> {
  standardOutput().line(text);
  return Promise.resolve(0);
}
