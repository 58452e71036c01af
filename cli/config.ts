/**
 * `streamware config`: looks at the settings file, and sets the password. Starts
 * nothing; the file itself is changed by an editor or by `streamware setup`.
 * @module
 */
import { EXIT_CODES, Fault } from "../base/fault.ts";
import { exampleConfig } from "../config/example.ts";
import { type Loaded, loadSettings } from "../config/load.ts";
import { ourPlaces } from "../config/places.ts";
import { ConfigFault, type PlacedProblem, problemLine } from "../config/problems.ts";
import { settingsSchema } from "../config/reference.ts";
import { shownYaml } from "../config/shown.ts";
import { whyPasswordIsBad, writePassword } from "../server/password.ts";
import { askPassword } from "./ask.ts";
import type { Subcommand, SubcommandGroup, Typed } from "./command_line.ts";
import { type Output, standardOutput } from "./standard_output.ts";

const FILE_ARGUMENT = {
  name: "file",
  doc: "The settings file; left out: the one that streamware run reads.",
  optional: true,
};

const checkCommand: Subcommand = {
  name: "check",
  summary: "Say everything that is wrong with a settings file.",
  argument: FILE_ARGUMENT,
  flags: [{ flag: "--json", doc: "Print problems and warnings as JSON." }],
  examples: ["streamware config check", "streamware config check ./streamware.yaml"],
  run: (path, typed) => Promise.resolve(check(path, { typed, output: standardOutput() })),
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

const passwordCommand: Subcommand = {
  name: "password",
  summary: "Set the password of the page; a line of standard input without a terminal.",
  flags: [],
  examples: ["sudo streamware config password"],
  run: setPassword,
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
}

/** @param given the file; "" for the usual one */
export function check(given: string, { typed, output }: Way): number {
  const path = given === "" ? ourPlaces().configFile : given;
  if (typed["--json"]) return checkAsJson(path, output);
  const loaded = loadOurs(path);
  for (const warning of loaded.warnings) {
    output.remark(`warning: ${problemLine(warning)}`);
  }
  output.line(`${path} is good: ${contents(loaded)}`);
  return 0;
}

function checkAsJson(path: string, output: Output): number {
  const told = (problems: readonly PlacedProblem[], warnings: readonly PlacedProblem[]) =>
    output.line(JSON.stringify(
      { file: path, isGood: problems.length === 0, problems, warnings },
      undefined,
      2,
    ));
  try {
    told([], loadOurs(path).warnings);
    return 0;
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.kind !== "config") throw thrown;
    const whole = { line: undefined, column: undefined, path: "", words: thrown.message };
    told(thrown instanceof ConfigFault ? thrown.problems : [whole], []);
    return EXIT_CODES.config;
  }
}

/** @param given the file; "" for the usual one */
export function show(given: string, { typed, output }: Way): number {
  const loaded = loadOurs(given === "" ? ourPlaces().configFile : given);
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
  });
}

/** "2 cameras, 1 zone". */
function contents({ settings }: Loaded): string {
  const cameras = Object.values(settings.cameras);
  const zones = cameras.flatMap((camera) => Object.keys(camera.zones));
  return `${counted(cameras.length, "camera")}, ${counted(zones.length, "zone")}`;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

function print(text: string): Promise<number> {
  standardOutput().line(text);
  return Promise.resolve(0);
}

async function setPassword(): Promise<number> {
  const password = await askPassword({
    words: "Password of the page",
    flag: "it as a line of standard input",
    isNew: true,
    whyBad: whyPasswordIsBad,
  });
  const { stateFolder } = ourPlaces();
  await writePassword(stateFolder, password);
  standardOutput().line(
    `The password is set, in ${stateFolder}. A running streamware knows it after a restart.`,
  );
  return 0;
}
