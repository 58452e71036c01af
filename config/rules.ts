/**
 * What the declaration cannot say of one setting alone: settings that need or exclude
 * each other, and values with a meaning beyond their kind.
 * Asks no machine: whether a file or a program is there is found out when it is used.
 * @module
 */
import { isIP } from "node:net";
import { parseSourceUrl, sourceIdentity, type SourceUrl } from "../capture/source_url.ts";
import { Fault } from "../base/fault.ts";
import { brokenPlaces, doubtfulPlaces } from "./place_rules.ts";
import { SOCKET_PATH_BYTES_MAX } from "./places.ts";
import { broken, type BrokenRule, entriesOf, textAt, valueAt } from "./rule_parts.ts";
import { serverSettings } from "./schema.ts";
import { nearest } from "./suggestions.ts";

/** What every HTTP client and server takes in a header (RFC 9110, 5.5). */
const HEADER_TEXT = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/;

const SCHEMES = ["rtsp", "rtsps", "http", "https", "file"];

/**
 * The rules that settings break.
 * @param raw as the declaration takes them; what is wrong in itself is passed over
 */
export function brokenRules(
  raw: Readonly<Record<string, unknown>>,
): readonly BrokenRule[] {
  const cameras = raw.cameras === undefined ? undefined : entriesOf(raw.cameras);
  return [
    ...(cameras?.length === 0 ? [broken(["cameras"], NO_CAMERA)] : []),
    ...(cameras ?? []).flatMap(([name, camera]) => cameraRules(name, camera)),
    ...portRules(raw),
    ...listenRules(raw),
    ...speechRules(raw),
    ...addressRules(raw),
  ];
}

/** Things that work but are hardly meant. */
export function doubtfulSettings(
  raw: Readonly<Record<string, unknown>>,
): readonly BrokenRule[] {
  const cameras = entriesOf(raw.cameras);
  const places = cameras.flatMap(([name, camera]) =>
    doubtfulPlaces(camera, ["cameras", name])
  );
  return [...sharedUrls(cameras), ...places, ...vainClasses(raw), ...vainModel(raw)];
}

/** A model of one's own where nobody looks. */
function vainModel(raw: Readonly<Record<string, unknown>>): BrokenRule[] {
  if (raw.classes !== "off" || raw.classesModel === undefined) return [];
  return [broken(["classesModel"], "does nothing while classes is off")];
}

/** Cameras and zones that ask for classes where nobody tells them apart. */
function vainClasses(raw: Readonly<Record<string, unknown>>): BrokenRule[] {
  if (raw.classes !== "off") return [];
  return entriesOf(raw.cameras).flatMap(([camera, settings]) => {
    const own = { at: ["cameras", camera], asks: settings };
    const zones = entriesOf(valueAt(settings, "zones")).map(([zone, asks]) => (
      { at: [...own.at, "zones", zone], asks }
    ));
    return [own, ...zones].filter(({ asks }) => valueAt(asks, "classes") !== undefined)
      .map(({ at }) => broken([...at, "classes"], VAIN_CLASSES));
  });
}

const VAIN_CLASSES =
  "does nothing while classes is off for the whole box: everything is told there";

function sharedUrls(cameras: ReturnType<typeof entriesOf>): BrokenRule[] {
  const byUrl = new Map<string, string>();
  const streams = cameras.flatMap(([name, camera]) =>
    ["url", "analysisUrl"].map((key) => ({ name, key, url: textAt(camera, key) }))
  );
  return streams.flatMap(({ name, key, url }) => {
    const first = url === undefined ? undefined : byUrl.get(url);
    if (url !== undefined && first === undefined) byUrl.set(url, name);
    if (first === undefined || !isNetwork(url!)) return [];
    const words = `is the one of camera ${first}: it is read twice, which many cameras ` +
      "do not bear; use zones of one camera instead";
    return [broken(["cameras", name, key], words)];
  });
}

const NO_CAMERA = "has no camera: give one a name, and a url: below it";

function cameraRules(name: string, camera: unknown): BrokenRule[] {
  const path = ["cameras", name];
  const places = brokenPlaces(camera, path);
  const url = textAt(camera, "url");
  if (url === undefined) return places;
  const sources = sourceRules(camera, { url, path });
  return [...sources, ...analysisRules(camera, { url, path }), ...places];
}

/** The stream that is analysed instead of the main one. */
function analysisRules(
  camera: unknown,
  { url, path }: { url: string; path: readonly string[] },
): BrokenRule[] {
  const other = textAt(camera, "analysisUrl");
  if (other === undefined) return [];
  const wrong = (words: string) => [broken([...path, "analysisUrl"], words)];
  const [main, found] = [readSource(url), readSource(other)];
  if (main instanceof Fault) return [];
  if (found instanceof Fault) return wrong(wordsOfSource(found));
  if (main.kind !== "rtsp" || found.kind !== "rtsp") {
    return wrong("is only for two streams over rtsp:// or rtsps://: leave it out");
  }
  return sourceIdentity(main) === sourceIdentity(found)
    ? wrong("is the stream of url again: leave it out, or give the camera's smaller one")
    : [];
}

function sourceRules(
  camera: unknown,
  { url, path }: { url: string; path: readonly string[] },
): BrokenRule[] {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme !== undefined && !SCHEMES.includes(scheme)) {
    const meant = nearest(scheme, SCHEMES);
    const words = meant ? `did you mean ${meant}://?` : "give rtsp:// or http://, a " +
      "video file, /dev/videoN, or scene:street";
    return [broken([...path, "url"], `begins with ${scheme}://: ${words}`)];
  }
  const user = textAt(camera, "user");
  const login = user !== undefined
    ? "user"
    : valueAt(camera, "password") !== undefined
    ? "password"
    : undefined;
  const source = readSource(url);
  if (source instanceof Fault) return [broken([...path, "url"], wordsOfSource(source))];
  if (login === undefined) return [];
  if (source.kind !== "rtsp" && source.kind !== "http") {
    const words = "is only for cameras on the network: leave it out";
    return [broken([...path, login], words)];
  }
  if (source.user !== undefined) {
    const words = "stands in the URL too: write it in one place only";
    return [broken([...path, login], words)];
  }
  if (user !== undefined) return [];
  const words = "needs a user: set user beside it";
  return [{ path: [...path, "password"], words, needs: [...path, "user"] }];
}

function readSource(url: string): SourceUrl | Fault {
  try {
    return parseSourceUrl(url);
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
}

/** "cannot be used: it names no host; write rtsp://…". */
function wordsOfSource({ message, hint = "" }: Fault): string {
  const why = message.slice(message.indexOf(": ") + 2);
  // A URL with a password would be blotted out of the report; in a file it needs none.
  return `cannot be used: ${why}; ${hint.includes("@") ? URL_WORDS : hint}`;
}

const URL_WORDS =
  "write rtsp://192.168.1.20:554/path, and user: and password: beside it, " +
  "which take any characters";

function portRules(raw: unknown): BrokenRule[] {
  const fallback = serverSettings.parse({});
  const given = valueAt(raw, "server");
  const port = valueAt(given, "port") ?? fallback.port;
  const originalPort = valueAt(given, "originalPort") ?? fallback.originalPort;
  if (port !== originalPort || port === 0) return [];
  const path = ["server", valueAt(given, "port") === undefined ? "originalPort" : "port"];
  return [broken(path, `is ${port}, as the other port: they must differ`)];
}

/** A name would be looked up at the start, and may then be anything, or nothing. */
function listenRules(raw: unknown): BrokenRule[] {
  const listen = textAt(valueAt(raw, "server"), "listen");
  if (listen === undefined || listen === "localhost" || isIP(listen) !== 0) return [];
  const words = "must be an address, such as 127.0.0.1, 0.0.0.0 or ::, or localhost";
  return [broken(["server", "listen"], words)];
}

function speechRules(raw: unknown): BrokenRule[] {
  const speech = valueAt(raw, "speech");
  const engine = valueAt(speech, "engine");
  const path = ["speech", "engine"];
  if (engine === "command" && valueAt(speech, "command") === undefined) {
    const words = "is command: set speech.command, the program that speaks";
    return [{ path, words, needs: ["speech", "command"] }];
  }
  return [];
}

function addressRules(raw: unknown): BrokenRule[] {
  const found: BrokenRule[] = [];
  const webhook = textAt(valueAt(raw, "webhook"), "url");
  if (webhook !== undefined && !(isHttp(webhook) && URL.canParse(webhook))) {
    found.push(broken(["webhook", "url"], "must be an http:// or https:// URL"));
  }
  const token = textAt(valueAt(raw, "webhook"), "token");
  if (token !== undefined && !HEADER_TEXT.test(token)) {
    const words =
      "must be one line of letters, digits and signs (ASCII): it is sent in " +
      "a header";
    found.push(broken(["webhook", "token"], words));
  }
  const ollama = textAt(valueAt(raw, "ollama"), "url");
  if (ollama !== undefined && isHttp(ollama) && /[?#]/.test(ollama)) {
    const words = "must end before the ? or #: an Ollama server takes neither";
    found.push(broken(["ollama", "url"], words));
  }
  const socket = textAt(valueAt(raw, "control"), "socket");
  if (socket !== undefined && socket !== "off") {
    const bytes = new TextEncoder().encode(socket).length;
    if (!socket.startsWith("/") || bytes > SOCKET_PATH_BYTES_MAX) {
      found.push(broken(
        ["control", "socket"],
        `must be off or a path from / on, of at most ${SOCKET_PATH_BYTES_MAX} bytes`,
      ));
    }
  }
  return found;
}

function isHttp(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

function isNetwork(url: string): boolean {
  return isHttp(url) || /^rtsps?:\/\//i.test(url);
}
