/**
 * `streamware setup`: the first run on a box without a screen. Asks everything, then
 * writes everything; answers may come as flags. Running it again changes what is there.
 * @module
 */
import { type Clock, systemClock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import type { Secret } from "../base/secret.ts";
import { ourPlaces, type Places } from "../config/places.ts";
import { isLoopback } from "../server/box.ts";
import { readPasswordHash, whyPasswordIsBad, writePassword } from "../server/password.ts";
import { type Asker, DEFAULTS_ASKER, terminalAsker } from "./ask.ts";
import type { Subcommand, Typed } from "./command_line.ts";
import { isThere } from "./found_files.ts";
import { type Machine, ROOT_OWNER, thisMachine } from "./machine.ts";
import { tell } from "./service.ts";
import { installFiles, requireInstallable, serviceOwner } from "./service_install.ts";
import { startService } from "./service_state.ts";
import {
  type CameraParts,
  chooseCamera,
  type ChosenCamera,
  probeSource,
} from "./setup_camera.ts";
import { exampleConfig } from "../config/example.ts";
import { lastLines, othersLines } from "./setup_end.ts";
import {
  type Before,
  freeName,
  type Plan,
  planSettings,
  readBefore,
  whyNameIsBad,
  writePlan,
} from "./setup_plan.ts";
import { type Output, standardOutput } from "./standard_output.ts";
import { typedText } from "./typed_flags.ts";

export interface SetupParts {
  readonly machine: Machine;
  readonly places: Places;
  readonly asker: Asker;
  readonly clock: Clock;
  readonly output: Pick<Output, "line">;
  readonly probe: CameraParts["probe"];
}

export const setupCommand: Subcommand = {
  name: "setup",
  summary: "First run: password, address, first camera, service.",
  flags: [
    {
      flag: "--password-stdin",
      doc: "The page's password is the first line of standard input.",
    },
    {
      flag: "--listen",
      value: "ADDRESS",
      doc: "Address of the page: 127.0.0.1 for this box only, 0.0.0.0 for the network.",
    },
    { flag: "--camera-url", value: "URL", doc: "The camera; scene:street draws one." },
    { flag: "--camera-name", value: "NAME", doc: "How the camera is called." },
    { flag: "--camera-user", value: "USER", doc: "User of the camera." },
    {
      flag: "--camera-password-stdin",
      doc: "The camera's password is the next line of standard input.",
    },
    { flag: "--yes", doc: "Ask nothing: what no flag says stays, or gets its default." },
    { flag: "--no-service", doc: "Only write the settings: no service, no root needed." },
    { flag: "--no-start", doc: "Install the service, and leave its start to the boot." },
  ],
  examples: [
    "sudo ./streamware setup",
    "sudo ./streamware setup --yes --camera-url scene:street",
    "sudo ./streamware setup --yes --camera-url rtsp://10.0.0.20/stream2 " +
    "--camera-user admin --camera-password-stdin < camera_password.txt",
  ],
  run: (_argument, typed) =>
    setup(typed, {
      machine: thisMachine(),
      places: ourPlaces(),
      asker: typed["--yes"] ? DEFAULTS_ASKER : terminalAsker(),
      clock: systemClock,
      output: standardOutput(),
      probe: probeSource,
    }),
};

/** What was answered. */
interface Answers {
  /** Undefined: as it is. */
  readonly password: Secret | undefined;
  readonly listen: string | undefined;
  readonly camera: ChosenCamera | undefined;
}

/** @throws Fault of a step; nothing is written before the last question is answered */
export async function setup(typed: Typed, parts: SetupParts): Promise<number> {
  const { machine, places, output, asker } = parts;
  // A flag that begins with `--no-` is false once it is typed.
  const withService = (typed["--no-service"] as unknown) !== false;
  if (withService) requireInstallable(machine);
  const before = readBefore(places.configFile);
  const answers = await ask(typed, before, parts);
  const plan = planSettings(places.configFile, {
    before,
    ...(answers.listen === undefined ? {} : { listen: answers.listen }),
    ...(answers.camera ? { camera: answers.camera } : {}),
  });
  if (!await asker.confirm(writeQuestion(withService))) {
    output.line("Nothing was changed.");
    return 0;
  }
  if (withService) {
    const { steps } = await installFiles(machine, { example: exampleConfig() });
    tell(steps, output);
  }
  await write(answers, plan, parts);
  const { settings } = readBefore(places.configFile);
  for (const line of await othersLines(settings!, parts)) output.line(line);
  const mayStart = withService && (typed["--no-start"] as unknown) !== false;
  if (mayStart) {
    output.line("Starting the service…");
    const { statusText } = await startService(machine, parts.clock);
    output.line(`  ${statusText}`);
  }
  const end = { settings: settings!, isStarted: mayStart, withService };
  for (const line of await lastLines(end, parts)) output.line(line);
  return 0;
}

function writeQuestion(withService: boolean) {
  const words = withService
    ? "Write the settings, install the service and start it"
    : "Write the settings";
  return { words, flag: "--yes", default: true };
}

async function ask(typed: Typed, before: Before, parts: SetupParts): Promise<Answers> {
  const hadPassword = await readPasswordHash(parts.places.stateFolder) !== undefined;
  const password = await askForPassword(typed, hadPassword, parts.asker);
  const listen = await askForAddress(typed, before, parts.asker);
  const address = listen ?? before.settings?.server.listen ?? "127.0.0.1";
  if (!hadPassword && password === undefined && !isLoopback(address)) {
    throw new Fault("usage", `Cannot listen on ${address}: no password is set`, {
      hint: "add --password-stdin, and give the password on standard input",
    });
  }
  return { password, listen, camera: await askForCamera(typed, before, parts) };
}

async function askForPassword(
  typed: Typed,
  hadPassword: boolean,
  asker: Asker,
): Promise<Secret | undefined> {
  const question = {
    words: "Password of the page",
    flag: "--password-stdin",
    isNew: true,
    whyBad: whyPasswordIsBad,
  };
  if (typed["--password-stdin"]) return await DEFAULTS_ASKER.password(question);
  if (!asker.isInteractive) return undefined;
  const keep = hadPassword && await asker.confirm({
    words: "A password is set. Keep it",
    flag: "--yes",
    default: true,
  });
  return keep ? undefined : await asker.password(question);
}

const ANYWHERE = "0.0.0.0";

async function askForAddress(
  typed: Typed,
  { settings }: Before,
  asker: Asker,
): Promise<string | undefined> {
  const given = typedText(typed, "--listen");
  if (given !== undefined) return given;
  const now = settings?.server.listen ?? "127.0.0.1";
  const chosen = await asker.choice({
    words: "Who may open the page",
    flag: "--listen ADDRESS",
    default: now,
    choices: [
      {
        value: "127.0.0.1",
        words: "This box only",
        hint: "from elsewhere by ssh -L; nothing is open to the network",
      },
      {
        value: ANYWHERE,
        words: "Everybody in the network who knows the password",
        hint: "encrypted, with a certificate of this box",
      },
      ...(["127.0.0.1", ANYWHERE].includes(now)
        ? []
        : [{ value: now, words: `As it is: ${now}` }]),
    ],
  });
  return chosen === now ? undefined : chosen;
}

async function askForCamera(
  typed: Typed,
  { settings }: Before,
  parts: SetupParts,
): Promise<ChosenCamera | undefined> {
  const { asker, output, probe } = parts;
  const url = typedText(typed, "--camera-url");
  const cameras = Object.keys(settings?.cameras ?? {});
  if (url === undefined && cameras.length > 0) {
    const list = cameras.join(", ");
    const words = `There is a camera already (${list}). Set another one`;
    if (!await asker.confirm({ words, flag: "--camera-url URL", default: false })) {
      return undefined;
    }
  }
  const name = typedText(typed, "--camera-name") ?? await asker.text({
    words: "Name of the camera (one that is there is changed)",
    flag: "--camera-name NAME",
    default: freeName(cameras),
    whyBad: whyNameIsBad,
  });
  const why = whyNameIsBad(name);
  if (why) {
    throw new Fault("usage", `Cannot call a camera ${JSON.stringify(name)}: ${why}`);
  }
  const user = typedText(typed, "--camera-user");
  const password = typed["--camera-password-stdin"]
    ? await DEFAULTS_ASKER.password({
      words: "Password of the camera",
      flag: "--camera-password-stdin",
    })
    : undefined;
  const say = (line: string) => void output.line(line);
  return await chooseCamera({ name, url, user, password }, { asker, probe, say });
}

/** Everything is decided: from here on only the disk can be in the way. */
async function write(answers: Answers, plan: Plan, parts: SetupParts): Promise<void> {
  const { machine, places, output } = parts;
  const service = machine.isRoot ? await serviceOwner(machine) : undefined;
  const owner = service && { ...ROOT_OWNER, gid: service.gid };
  await writePlan(places.configFile, plan, owner);
  if (plan.secret) output.line(`  password of the camera  ${plan.secret.file}`);
  output.line(
    plan.text === undefined
      ? `  settings as they were   ${places.configFile}`
      : `  settings written        ${places.configFile}`,
  );
  if (answers.password) {
    await writePassword(places.stateFolder, answers.password);
    output.line(`  password of the page    ${places.stateFolder}`);
  } else if (!isThere(places.stateFolder)) {
    await Deno.mkdir(places.stateFolder, { recursive: true, mode: 0o700 });
  }
}
