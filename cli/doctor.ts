/**
 * `streamware doctor`: looks at everything the program stands on, whether it runs or not,
 * with or without a settings file. What is looked at is in `checks/`, one file each.
 * @module
 */
import { type Clock, systemClock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { loadSettings } from "../config/load.ts";
import { ourPlaces, type Places } from "../config/places.ts";
import { problemLine } from "../config/problems.ts";
import { settings } from "../config/schema.ts";
import { type Checked, runChecks } from "./check_runner.ts";
import { check as cameras } from "./checks/cameras.ts";
import {
  type Check,
  type CheckContext,
  type Configuration,
  FINDING_LEVELS,
  type FindingLevel,
} from "./checks/check.ts";
import { check as classes } from "./checks/classes.ts";
import { check as clock } from "./checks/clock.ts";
import { check as configuration } from "./checks/configuration.ts";
import { check as decoding } from "./checks/decoding.ts";
import { check as disk } from "./checks/disk.ts";
import { check as ffmpeg } from "./checks/ffmpeg.ts";
import { check as heat } from "./checks/heat.ts";
import { check as memory } from "./checks/memory.ts";
import { check as ollama } from "./checks/ollama.ts";
import { check as openssl } from "./checks/openssl.ts";
import { check as permissions } from "./checks/permissions.ts";
import { check as pictures } from "./checks/pictures.ts";
import { check as ports } from "./checks/ports.ts";
import { check as program } from "./checks/program.ts";
import { check as service } from "./checks/service.ts";
import { check as voice } from "./checks/voice.ts";
import { check as worker } from "./checks/worker.ts";
import type { Subcommand, Typed } from "./command_line.ts";
import {
  connectControl,
  type ControlClient,
  controlPlaces,
  NobodyAnswers,
  SOCKET_FLAG,
} from "./control_client.ts";
import { checkedLines, closingLine } from "./doctor_words.ts";
import { isThere } from "./found_files.ts";
import { SERVICE } from "./service_unit.ts";
import { type Output, standardOutput } from "./standard_output.ts";
import { typedText } from "./typed_flags.ts";

/** In the order in which they are told: what others stand on first. */
const CHECKS: readonly Check[] = [
  configuration,
  program,
  service,
  ffmpeg,
  openssl,
  decoding,
  cameras,
  memory,
  ports,
  permissions,
  disk,
  clock,
  heat,
  ollama,
  voice,
  pictures,
  worker,
  classes,
];

export const doctorCommand: Subcommand = {
  name: "doctor",
  summary: "Look at everything it stands on, and say what to do.",
  flags: [
    {
      flag: "--config",
      value: "FILE",
      doc: "Look at the settings in this file.",
      defaultWords: "that of the running program, else of this user, else the service's",
    },
    { flag: "--json", doc: "Print the findings as JSON, for scripts." },
    SOCKET_FLAG,
  ],
  examples: ["streamware doctor", "sudo streamware doctor --json | jq .findings"],
  run: (_argument, typed) => examine(typed, { output: standardOutput(), checks: CHECKS }),
};

export interface Examination {
  readonly output: Output;
  readonly checks: readonly Check[];
  readonly clock?: Clock;
  readonly places?: Places;
}

/** Exit code 0 when nothing is wrong, 1 with warnings, 2 when something is broken. */
export async function examine(typed: Typed, of: Examination): Promise<number> {
  const { output, checks, clock = systemClock, places = ourPlaces() } = of;
  const asked = await askProgram(typed, clock, places);
  const context = {
    clock,
    places: typedText(typed, "--socket") === undefined
      ? places
      : { ...places, controlSocket: typedText(typed, "--socket")! },
    ...asked,
    configuration: readConfiguration(typedText(typed, "--config"), places, asked),
  };
  const all: Checked[] = [];
  await runChecks(checks, context, (checked) => {
    all.push(checked);
    if (typed["--json"]) return;
    for (const line of checkedLines(checked, output.paint)) output.line(line);
  });
  const worst = worstOf(all);
  if (typed["--json"]) output.line(JSON.stringify(asJson(all, worst), undefined, 2));
  else output.line(`\n${closingLine(all)}`);
  return worst === "broken" ? 2 : worst === "warning" ? 1 : 0;
}

function worstOf(all: readonly Checked[]): FindingLevel {
  const ranks = all.flatMap(({ findings }) =>
    findings.map(({ level }) => FINDING_LEVELS.indexOf(level))
  );
  return FINDING_LEVELS[Math.max(0, ...ranks)] ?? "good";
}

function asJson(all: readonly Checked[], worst: FindingLevel) {
  const findings = all.flatMap(({ name, findings }) =>
    findings.map((finding) => ({ check: name, ...finding }))
  );
  return { version: 1, worst, findings };
}

type Asked = Pick<CheckContext, "program" | "silence">;

/** A program that is there and does not tell is not one that does not run. */
async function askProgram(typed: Typed, clock: Clock, places: Places): Promise<Asked> {
  let client: ControlClient;
  try {
    client = await connectControl(controlPlaces(typed, places), clock);
  } catch (thrown) {
    if (thrown instanceof NobodyAnswers) return { program: undefined };
    if (thrown instanceof Fault) return { program: undefined, silence: thrown };
    throw thrown;
  }
  try {
    return { program: await client.status() };
  } catch (thrown) {
    if (thrown instanceof Fault) return { program: undefined, silence: thrown };
    throw thrown;
  }
}

function readConfiguration(
  asked: string | undefined,
  places: Places,
  { program }: Asked,
): Configuration {
  const candidates = [program?.configFile ?? places.configFile, SERVICE.configFile];
  const path = asked ?? candidates.find(isThere) ?? candidates[0]!;
  const defaults = settings.parse({ cameras: {} });
  if (asked === undefined && !isThere(path)) {
    return { kind: "none", path, settings: defaults };
  }
  try {
    const env = (name: string) => Deno.env.get(name);
    const credentialsFolder = env("CREDENTIALS_DIRECTORY");
    const loaded = loadSettings({ path, env, credentialsFolder, lookup: "warn" });
    const warnings = loaded.warnings.map(problemLine);
    const { settings, elsewhere } = loaded;
    return { kind: "file", path, settings, warnings, elsewhere };
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    const isForbidden = thrown.cause instanceof Deno.errors.PermissionDenied;
    const kind = isForbidden ? "forbidden" : "broken";
    return { kind, path, settings: defaults, fault: thrown };
  }
}
