/**
 * `streamware cameras find`: asks this box's networks for cameras that speak ONVIF, each
 * of them for its streams, and shows what to put into the settings file. Writes nothing.
 * How they are asked is `capture/onvif.ts`, what is printed `cameras_words.ts`.
 * @module
 */
import { type Clock, systemClock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import {
  askableNetworks,
  type AskedNetwork,
  askOnvif,
  findOnvif,
  type Login,
  type OnvifAnswer,
  type OnvifDevice,
} from "../capture/onvif.ts";
import { type Asker, terminalAsker } from "./ask.ts";
import { type FoundCamera, foundJson, foundLines, searchWords } from "./cameras_words.ts";
import type { Subcommand, Typed } from "./command_line.ts";
import { type Output, standardOutput } from "./standard_output.ts";
import { typedNumber, typedText } from "./typed_flags.ts";

/** Cameras may wait half a second before they answer, slow ones much longer. */
const WAIT_S = 4;
/** Cameras that are asked for their streams at once. */
const ASKED_MAX = 8;

export const findCommand: Subcommand = {
  name: "find",
  summary: "Find cameras in the network, and the addresses of their streams.",
  flags: [
    {
      flag: "--user",
      value: "USER",
      doc: "User of the cameras; the password is asked for, or is a line of standard " +
        "input.",
    },
    {
      flag: "--interface",
      value: "NAME",
      doc: "Ask in this network only, such as eth0.",
      defaultWords: "all with an IPv4 address",
    },
    {
      flag: "--wait",
      value: "SECONDS",
      doc: "How long to wait for answers.",
      defaultWords: `${WAIT_S}`,
    },
    { flag: "--json", doc: "Print what was found as JSON, for scripts." },
  ],
  examples: [
    "streamware cameras find",
    "streamware cameras find --user admin",
    "streamware cameras find --user admin --json < password.txt | jq .cameras",
  ],
  run: (_argument, typed) =>
    findCameras(typed, {
      output: standardOutput(),
      asker: terminalAsker(),
      clock: systemClock,
      networks: askableNetworks(),
      find: findOnvif,
      ask: (device, login) => askOnvif(device, login, systemClock),
    }),
};

/** What a search needs; in a test, cameras that are not there. */
export interface FindParts {
  readonly output: Output;
  readonly asker: Asker;
  readonly clock: Clock;
  readonly networks: readonly AskedNetwork[];
  find(
    networks: readonly AskedNetwork[],
    waitMs: number,
  ): Promise<readonly OnvifDevice[]>;
  ask(device: OnvifDevice, login: Login | undefined): Promise<OnvifAnswer>;
}

/**
 * Exit code 0 when a camera was found, 1 when none answered.
 * @throws Fault usage for a network that is not there, unavailable when there is none
 */
export async function findCameras(typed: Typed, parts: FindParts): Promise<number> {
  const { output } = parts;
  const waitS = typedNumber(typed, "--wait", { min: 0.5, max: 60, unit: "seconds" }) ??
    WAIT_S;
  const networks = chosenNetworks(typedText(typed, "--interface"), parts.networks);
  const user = typedText(typed, "--user");
  const login = user === undefined ? undefined : await askLogin(parts.asker, user);
  if (!typed["--json"]) output.remark(searchWords(networks, waitS));
  const devices = await parts.find(networks, waitS * 1_000);
  const found = await askAll(devices, login, parts);
  const all = login || typed["--json"] ? found : await askLocked(found, parts);
  if (typed["--json"]) {
    output.line(JSON.stringify(foundJson(networks, all.cameras), undefined, 2));
  } else for (const line of foundLines(networks, all, output.paint)) output.line(line);
  return all.cameras.length > 0 ? 0 : 1;
}

function chosenNetworks(
  name: string | undefined,
  networks: readonly AskedNetwork[],
): readonly AskedNetwork[] {
  const chosen = networks.filter((one) => name === undefined || one.name === name);
  if (chosen.length > 0) return chosen;
  if (networks.length === 0) {
    const words = "Cannot look for cameras: this box has no network with an IPv4 address";
    throw new Fault("unavailable", words, { hint: "ip -brief address" });
  }
  const words = `Cannot look for cameras in ${name}: there is no such network here`;
  const known = networks.map((one) => one.name).join(", ");
  throw new Fault("usage", words, { hint: `one of ${known}` });
}

async function askLogin(asker: Asker, user: string): Promise<Login> {
  const password = await asker.password({
    words: `Password of ${user} at the cameras`,
    flag: "it as a line of standard input",
  });
  return { user, password };
}

interface Found {
  readonly cameras: readonly FoundCamera[];
  /** The user that the cameras were asked with. */
  readonly user: string | undefined;
}

async function askAll(
  devices: readonly OnvifDevice[],
  login: Login | undefined,
  { ask }: Pick<FindParts, "ask">,
): Promise<Found> {
  const cameras: FoundCamera[] = [];
  for (let from = 0; from < devices.length; from += ASKED_MAX) {
    const group = devices.slice(from, from + ASKED_MAX);
    cameras.push(
      ...await Promise.all(group.map(async (device) => (
        { device, answer: await ask(device, login) }
      ))),
    );
  }
  return { cameras, user: login?.user };
}

/** Nearly every camera wants a login: a person is asked for one, once for all of them. */
async function askLocked(found: Found, parts: FindParts): Promise<Found> {
  const isLocked = ({ answer }: FoundCamera) =>
    answer.kind === "none" && answer.why === "auth";
  const locked = found.cameras.filter(isLocked);
  if (locked.length === 0 || !parts.asker.isInteractive) return found;
  const who = locked.length === 1 ? "The camera wants" : `${locked.length} cameras want`;
  parts.output.remark(`${who} a user and a password before telling of streams.`);
  const user = await parts.asker.text({
    words: "User of the cameras",
    flag: "--user USER",
    default: "admin",
  });
  const login = await askLogin(parts.asker, user);
  const again = await askAll(locked.map(({ device }) => device), login, parts);
  const cameras = found.cameras.map((camera) =>
    again.cameras.find(({ device }) => device === camera.device) ?? camera
  );
  return { cameras, user };
}
