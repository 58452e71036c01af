/**
 * Finds cameras that speak ONVIF in this box's networks and asks them where their streams
 * are. The only file that knows npm:onvif (docs/adr/0017). Opens no stream, keeps nothing.
 *
 * What answers is not to be trusted: a login goes only to the address that answered the
 * search, whatever that answer says, and only as a digest.
 * @module
 */
import onvif from "onvif";
import type { Clock } from "../base/clock.ts";
import { Fault, wordsOf } from "../base/fault.ts";
import type { Secret } from "../base/secret.ts";

/** A network of this box that can be asked. */
export interface AskedNetwork {
  /** `eth0`. */
  readonly name: string;
  /** The box's own address in it, IPv4. */
  readonly address: string;
}

/** A camera that answered. What it says of itself is any text. */
export interface OnvifDevice {
  readonly name: string | undefined;
  /** The make's word for the model. */
  readonly hardware: string | undefined;
  /** The address that the answer came from, IPv4. */
  readonly address: string;
  readonly port: number;
  /** Of its device service. */
  readonly path: string;
}

/** A stream that a camera offers. */
export interface OnvifStream {
  readonly name: string;
  /** `H264`, `H265`, `JPEG`, as the camera says. */
  readonly codec: string | undefined;
  /** Pixels. */
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** At most so many pictures a second. */
  readonly fps: number | undefined;
  /** As the camera gives it: without user and password, as a rule. */
  readonly url: string;
}

export type OnvifAnswer =
  /** The widest first. */
  | { readonly kind: "streams"; readonly streams: readonly OnvifStream[] }
  /** `auth`: it wants a user and password, or others. `said` may be empty. */
  | { readonly kind: "none"; readonly why: "auth" | "fault"; readonly said: string };

export interface Login {
  readonly user: string;
  readonly password: Secret;
}

/** Networks with an IPv4 address; loopback is none, as no camera is on it. */
export function askableNetworks(
  interfaces: readonly Pick<
    Deno.NetworkInterfaceInfo,
    "name" | "family" | "address"
  >[] = Deno.networkInterfaces(),
): readonly AskedNetwork[] {
  const networks = new Map<string, AskedNetwork>();
  for (const { name, family, address } of interfaces) {
    if (family !== "IPv4" || address.startsWith("127.") || networks.has(name)) continue;
    networks.set(name, { name, address });
  }
  return [...networks.values()];
}

/**
 * Asks each network by multicast (WS-Discovery, 239.255.255.250:3702), all at once, and
 * waits `waitMs` for answers; each camera once, by its address. Answers that cannot be
 * understood are passed over.
 * @throws Fault unavailable when no network could be asked at all
 */
export async function findOnvif(
  networks: readonly AskedNetwork[],
  waitMs: number,
): Promise<readonly OnvifDevice[]> {
  const found = new Map<string, OnvifDevice>();
  const hear = (answer: unknown, from: { readonly address: string }) => {
    const device = readAnswer(answer, from.address);
    if (device) found.set(device.address, device);
  };
  // Without a listener a wrong answer would be an uncaught error.
  const ignore = () => {};
  onvif.Discovery.on("device", hear);
  onvif.Discovery.on("error", ignore);
  try {
    const failures = await Promise.all(networks.map((one) => probe(one, waitMs)));
    const failed = failures.filter((failure) => failure !== undefined);
    if (failed.length > 0 && failed.length === networks.length) throw failed[0];
  } finally {
    onvif.Discovery.removeListener("device", hear);
    onvif.Discovery.removeListener("error", ignore);
  }
  return [...found.values()].sort((a, b) => inOrder(a.address, b.address));
}

/** Resolves when the wait is over, or with why this network could not be asked. */
function probe(
  { name, address }: AskedNetwork,
  waitMs: number,
): Promise<Fault | undefined> {
  const { promise, resolve } = Promise.withResolvers<Fault | undefined>();
  // `resolve: false`: else it connects to each camera by itself, without a login.
  const options = { timeout: waitMs, device: name, resolve: false };
  onvif.Discovery.probe(options, (failure: unknown) => {
    // Wrong answers of others come as a list; a socket that failed is one error.
    if (!(failure instanceof Error)) return resolve(undefined);
    const words = `Cannot ask for cameras at ${name} (${address}): ${failure.message}`;
    resolve(new Fault("unavailable", words, { hint: "ip -brief address" }));
  });
  return promise;
}

function inOrder(a: string, b: string): number {
  const key = (address: string) =>
    address.split(".").map((part) => part.padStart(3, "0")).join(".");
  return key(a) < key(b) ? -1 : 1;
}

/**
 * Reads the answer to a search; undefined for what is none. `from`: the address that sent
 * it. Pure.
 */
export function readAnswer(answer: unknown, from: string): OnvifDevice | undefined {
  const match = at(answer, "probeMatches", "probeMatch");
  const addresses = textOf(at(match, "XAddrs")) ?? "";
  const urls = addresses.split(/\s+/).flatMap((text) => URL.parse(text) ?? [])
    .filter(({ protocol }) => protocol === "http:");
  const url = urls.find(({ hostname }) => hostname === from) ?? urls[0];
  if (url === undefined) return undefined;
  const scopes = (textOf(at(match, "scopes")) ?? "").split(/\s+/);
  return {
    name: scopeOf(scopes, "name"),
    hardware: scopeOf(scopes, "hardware"),
    address: from,
    port: url.port === "" ? 80 : Number(url.port),
    path: url.pathname + url.search,
  };
}

/** `onvif://www.onvif.org/name/Front%20Gate` is `Front Gate`. */
function scopeOf(scopes: readonly string[], kind: string): string | undefined {
  const start = `onvif://www.onvif.org/${kind}/`;
  const scope = scopes.find((one) => one.toLowerCase().startsWith(start));
  if (scope === undefined || scope.length === start.length) return undefined;
  const coded = scope.slice(start.length);
  try {
    return decodeURIComponent(coded);
  } catch {
    return coded;
  }
}

/** One question's time; a camera that wakes up takes some, ms. */
const ANSWER_MS = 5_000;
/** A recorder has one or two streams for each of its cameras. */
const STREAMS_MAX = 64;

/** Asks a camera for its streams. Never throws for what a camera does or says. */
export async function askOnvif(
  device: OnvifDevice,
  login: Login | undefined,
  clock: Pick<Clock, "after">,
): Promise<OnvifAnswer> {
  const camera = new onvif.Cam({
    hostname: device.address,
    port: device.port,
    path: device.path,
    // After our own: on Deno 2.6.8 its time-out does not come.
    timeout: 2 * ANSWER_MS,
    autoconnect: false,
    // The camera may name a host of its choice for its services: it gets no login there.
    preserveAddress: true,
    ...(login ? { username: login.user, password: login.password.reveal() } : {}),
  });
  const asked = (ask: Question) => answerTo(ask, clock);
  try {
    // First its clock: a digest made by another one is refused.
    await asked((done) => camera.getSystemDateAndTime(done));
    try {
      await asked((done) => camera.getServices(true, done));
    } catch {
      await asked((done) => camera.getCapabilities(done)); // older than GetServices
    }
    const profiles = await asked((done) => camera.getProfiles(done));
    const streams: OnvifStream[] = [];
    for (const profile of Array.isArray(profiles) ? profiles.slice(0, STREAMS_MAX) : []) {
      const profileToken = textOf(at(profile, "$", "token"));
      if (profileToken === undefined) continue;
      const options = { protocol: "RTSP" as const, profileToken };
      const answer = await asked((done) => camera.getStreamUri(options, done));
      const stream = readStream(profile, answer);
      if (stream) streams.push(stream);
    }
    return { kind: "streams", streams: streams.sort((a, b) => pixels(b) - pixels(a)) };
  } catch (thrown) {
    const said = wordsOf(thrown);
    const isAuth = /not\s?authori[sz]ed|unauthori[sz]ed|\b401\b|authentication/i.test(
      said,
    );
    return { kind: "none", why: isAuth ? "auth" : "fault", said };
  }
}

function pixels({ width = 0, height = 0 }: OnvifStream): number {
  return width * height;
}

type Question = (done: (failure: unknown, answer?: unknown) => void) => void;

/** What it calls back with; it may do so twice, the first counts. */
async function answerTo(ask: Question, clock: Pick<Clock, "after">): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  using _deadline = clock.after(ANSWER_MS, () => {
    reject(new Error(`no answer within ${ANSWER_MS / 1_000} s`));
  });
  ask((failure, answer) => failure ? reject(failure) : resolve(answer));
  return await promise;
}

/** A profile with its address; undefined without pictures or address. Pure. */
export function readStream(profile: unknown, answer: unknown): OnvifStream | undefined {
  const encoder = at(profile, "videoEncoderConfiguration");
  const url = textOf(at(answer, "uri"));
  if (encoder === undefined || url === undefined || !/^(rtsps?|https?):\/\//.test(url)) {
    return undefined;
  }
  return {
    name: textOf(at(profile, "name")) ?? "stream",
    codec: textOf(at(encoder, "encoding")),
    width: numberOf(at(encoder, "resolution", "width")),
    height: numberOf(at(encoder, "resolution", "height")),
    fps: numberOf(at(encoder, "rateControl", "frameRateLimit")),
    url: url.trim(),
  };
}

/** What stands in an answer below these names; undefined when nothing does. */
function at(value: unknown, ...names: readonly string[]): unknown {
  for (const name of names) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.hasOwn(value, name)
      ? (value as Readonly<Record<string, unknown>>)[name]
      : undefined;
  }
  return value;
}

/** The library makes numbers of texts that look like some. */
function textOf(value: unknown): string | undefined {
  const isText = typeof value === "string" || typeof value === "number";
  const text = isText ? String(value).trim() : "";
  return text === "" ? undefined : text;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && value > 0 ? value : undefined;
}
