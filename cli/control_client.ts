/**
 * Asks the running program over its control socket. What it says is
 * `server/control_protocol.ts`; what is printed of it is each command's own.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { Fault, wordsOf } from "../base/fault.ts";
import { loadSettings } from "../config/load.ts";
import { ourPlaces, type Places } from "../config/places.ts";
import {
  CONTROL_VERSION,
  type ControlStatus,
  SNAPSHOT_AGE_HEADER,
  SNAPSHOT_KIND_HEADER,
  SNAPSHOT_SIZE_HEADER,
} from "../server/control_protocol.ts";
import type { Flag, Typed } from "./command_line.ts";
import { SERVICE } from "./service_unit.ts";

export const SOCKET_FLAG: Flag = {
  flag: "--socket",
  value: "PATH",
  doc: "Ask the program that has this control socket.",
  defaultWords: "where the settings file says, that of this user, the service's",
};

/** A program that answers `status` in 5 ms and not in this time hangs. */
const ANSWER_MS = 5_000;
/** Others may be waiting for pictures before us: each is given up after ten seconds. */
const FULL_PICTURE_MS = 45_000;

/** No program stands behind the socket, or it hangs: "down" for who watches it. */
export class NobodyAnswers extends Fault {}

/** A program is there, and not for this user to ask. */
export class MayNotAsk extends Fault {}

export interface Snapshot {
  readonly jpeg: Uint8Array<ArrayBuffer>;
  readonly ageMs: number;
  /** `1920x1080`; undefined when an older program does not say. */
  readonly size: string | undefined;
  /** At the camera's own size, not as small as it is analysed. */
  readonly isFull: boolean;
}

export interface ControlClient {
  readonly path: string;
  /** @throws NobodyAnswers when it hangs, Fault when another version answers */
  status(): Promise<ControlStatus>;
  /**
   * The lines of `/events` or `/logs`, as they come.
   * @throws Fault with the program's own words, or when the connection breaks
   */
  lines(about: string): AsyncGenerator<string>;
  /**
   * The newest picture: at the camera's full size, where it can be had, or as analysed.
   * @throws Fault when there is no such camera or it has no picture
   */
  snapshot(camera: string, size: "full" | "analysed"): Promise<Snapshot>;
}

/**
 * The sockets to try, in order: what was typed, else where this user's settings file has
 * put it and where it is otherwise, then the same of the service.
 */
export function controlPlaces(
  typed: Typed,
  places: Places = ourPlaces(),
): readonly string[] {
  const given = typed["--socket"];
  if (typeof given === "string") return [given];
  const set = socketSetIn(places.configFile);
  return [
    ...new Set([
      ...(set === undefined || set === "off" ? [] : [set]),
      places.controlSocket,
      ...servicePlaces(),
      SERVICE.controlSocket,
    ]),
  ];
}

/** Where the service has its socket; nowhere when its settings turn it off. */
export function servicePlaces(configFile: string = SERVICE.configFile): string[] {
  const set = socketSetIn(configFile);
  return set === "off" ? [] : [set ?? SERVICE.controlSocket];
}

/** `control.socket` of a settings file; undefined also when that is not for us to read. */
function socketSetIn(configFile: string): string | undefined {
  try {
    const env = (name: string) => Deno.env.get(name);
    return loadSettings({ path: configFile, env }).settings.control.socket;
  } catch (thrown) {
    // Whether the file is right is asked elsewhere: the usual places are tried then.
    if (thrown instanceof Fault) return undefined;
    throw thrown;
  }
}

/**
 * Finds the first socket of `paths` that somebody answers at.
 * @throws NobodyAnswers when there is none, MayNotAsk when it is not for this user
 */
export async function connectControl(
  paths: readonly string[],
  clock: Clock,
): Promise<ControlClient> {
  for (const path of paths) {
    if (await isAnswered(path)) return clientOf(path, clock);
  }
  const where = paths.join(" or ");
  throw new NobodyAnswers(
    "unavailable",
    `Cannot ask StreamWare: nobody answers at ${where}`,
    { hint: "streamware service status; or start it: streamware run" },
  );
}

async function isAnswered(path: string): Promise<boolean> {
  try {
    (await Deno.connect({ transport: "unix", path })).close();
    return true;
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return false;
    if (thrown instanceof Deno.errors.ConnectionRefused) return false;
    if (thrown instanceof Deno.errors.PermissionDenied) {
      const words =
        `Cannot ask StreamWare at ${path}: it is for its owner and group only`;
      throw new MayNotAsk("unavailable", words, { hint: PERMISSION_HINT, cause: thrown });
    }
    const words = `Cannot ask StreamWare at ${path}: ${wordsOf(thrown)}`;
    throw new Fault("unavailable", words, { cause: thrown });
  }
}

const PERMISSION_HINT =
  "put sudo before it; or sudo usermod -aG streamware $USER, and log in again";

function clientOf(path: string, clock: Clock): ControlClient {
  const ask = (about: string, limitMs = ANSWER_MS) =>
    askSocket(path, about, { clock, limitMs });
  return {
    path,
    async status() {
      const answer = await ask("/status");
      if (!answer.ok) throw await refusal("ask for the state", answer);
      return readStatus(await answer.json(), path);
    },
    async *lines(about) {
      const answer = await ask(about);
      if (!answer.ok) throw await refusal("read what happened", answer);
      yield* linesOf(answer);
    },
    async snapshot(camera, size) {
      const about = `/snapshot/${encodeURIComponent(camera)}.jpg`;
      const answer = size === "full"
        ? await ask(`${about}?size=full`, FULL_PICTURE_MS)
        : await ask(about);
      if (!answer.ok) throw await refusal(`take a picture of ${camera}`, answer);
      return {
        ageMs: Number(answer.headers.get(SNAPSHOT_AGE_HEADER)),
        size: answer.headers.get(SNAPSHOT_SIZE_HEADER) ?? undefined,
        isFull: answer.headers.get(SNAPSHOT_KIND_HEADER) === "full",
        jpeg: await answer.bytes(),
      };
    },
  };
}

async function askSocket(
  path: string,
  about: string,
  { clock, limitMs }: { readonly clock: Clock; readonly limitMs: number },
): Promise<Response> {
  const proxy = { transport: "unix", path } as const;
  const client = Deno.createHttpClient({ proxy, poolMaxIdlePerHost: 0 });
  const late = new AbortController();
  using _deadline = clock.after(limitMs, () => late.abort());
  try {
    return await fetch(`http://localhost${about}`, { client, signal: late.signal });
  } catch (cause) {
    const state = late.signal.aborted
      ? `the program does not answer within ${limitMs / 1_000} s`
      : `the program closed the connection`;
    throw new NobodyAnswers("unavailable", `Cannot ask StreamWare at ${path}: ${state}`, {
      hint: "sudo systemctl restart streamware; what it said before: streamware logs",
      cause,
    });
  } finally {
    client.close();
  }
}

/** What the program said, as a fault of the command. */
async function refusal(wish: string, answer: Response): Promise<Fault> {
  const words = (await answer.text()).trim() || `it answered ${answer.status}`;
  const kind = answer.status === 404 ? "usage" : "unavailable";
  return new Fault(kind, `Cannot ${wish}: ${words}`);
}

async function* linesOf(answer: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for await (const bytes of answer.body ?? []) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } catch (cause) {
    const words = "Cannot read on: the program closed the connection";
    throw new Fault("unavailable", words, {
      hint: "it has stopped, or was read too slowly: streamware status",
      cause,
    });
  }
}

/** Another version is one that was not restarted after an update. */
function readStatus(body: unknown, path: string): ControlStatus {
  const version = typeof body === "object" && body !== null && "version" in body
    ? body.version
    : undefined;
  if (version === CONTROL_VERSION) return body as ControlStatus;
  const words =
    `Cannot understand the program at ${path}: it speaks version ${version} ` +
    `of the control protocol, this one ${CONTROL_VERSION}`;
  throw new Fault("unavailable", words, { hint: "sudo systemctl restart streamware" });
}
