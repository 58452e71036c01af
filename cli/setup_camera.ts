/**
 * Finds out with a person how a camera is reached: asks, looks, says what was found or
 * why not, and asks again. Writes nothing.
 * @module
 */
import { Fault } from "../base/fault.ts";
import { Secret } from "../base/secret.ts";
import { type CameraProbe, probeCamera } from "../capture/probe_camera.ts";
import {
  parseSourceUrl,
  revealUrl,
  shownUrl,
  type SourceUrl,
  type StreamUrl,
} from "../capture/source_url.ts";
import { stateWords } from "../capture/state_words.ts";
import { cameraSettings } from "../config/schema_camera.ts";
import type { Asker } from "./ask.ts";
import { smallerStream } from "./setup_streams.ts";

/** A camera as it goes into the settings file. */
export interface ChosenCamera {
  readonly name: string;
  /** With user and password inside, if it asks for any. */
  readonly source: SourceUrl;
  /** A smaller stream of the same camera that is analysed instead. */
  readonly analysis?: StreamUrl;
}

export interface CameraParts {
  readonly asker: Asker;
  say(line: string): void;
  /** Looks at a source once. */
  probe(source: SourceUrl): Promise<CameraProbe | "drawn">;
}

/** ffprobe gives up after 10 s; a camera that wakes up takes some. */
const PROBE_MS = 15_000;

export async function probeSource(source: SourceUrl): Promise<CameraProbe | "drawn"> {
  if (source.kind === "scene") return "drawn";
  return await probeCamera(source, { timeoutMs: PROBE_MS });
}

export interface GivenCamera {
  readonly name: string;
  readonly url: string | undefined;
  readonly user: string | undefined;
  readonly password: Secret | undefined;
}

/**
 * Asks until the camera gives pictures, or somebody wants it as it is. With nobody to
 * ask, it is taken as it is, and what was found is said.
 * @throws Fault usage for a URL that cannot be right, and without one and without a person
 */
export async function chooseCamera(
  given: GivenCamera,
  parts: CameraParts,
): Promise<ChosenCamera> {
  const { asker, say } = parts;
  const { name } = given;
  let source = withGivenLogin(parseSourceUrl(given.url ?? await askUrl(asker)), given);
  for (;;) {
    say(`Looking at ${shownUrl(source)}…`);
    const found = await parts.probe(source);
    if (found === "drawn" || found.kind === "pictures") {
      say(`  ${foundWords(found)}`);
      return { name, ...await smallerIfWanted(source, found, parts) };
    }
    say(`  ${whyNot(name, source, found)}`);
    if (!asker.isInteractive) {
      say("  It is set all the same: the service looks for it until it is there.");
      return { name, source };
    }
    switch (await askWhatNext(asker, { source, found })) {
      case "login":
        source = await askLogin(asker, source as StreamUrl);
        break;
      case "again":
        break;
      case "url":
        source = parseSourceUrl(await askUrl(asker));
        break;
      case "anyway":
        return { name, source };
    }
  }
}

function askUrl(asker: Asker): Promise<string> {
  return asker.text({
    words: "URL of the camera: rtsp://…, /dev/video0, a video file, or scene:street " +
      "(a drawn street, for trying)",
    flag: "--camera-url URL",
    whyBad: whyUrlIsBad,
  });
}

function whyUrlIsBad(typed: string): string | undefined {
  try {
    parseSourceUrl(typed);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    return `${thrown.message}; ${thrown.hint}`;
  }
}

/** @throws Fault usage when the login stands in the URL as well, or is half of one */
function withGivenLogin(
  source: SourceUrl,
  { user, password }: GivenCamera,
): SourceUrl {
  if (user === undefined && password === undefined) return source;
  const flag = user === undefined ? "--camera-password-stdin" : "--camera-user";
  if (source.kind !== "rtsp" && source.kind !== "http") {
    throw new Fault("usage", `Cannot use ${flag}: ${shownUrl(source)} takes none`);
  }
  if (user === undefined) return withGivenPassword(source, password);
  if (source.user !== undefined) {
    const words = "Cannot use --camera-user: the URL names a user too";
    throw new Fault("usage", words, { hint: "leave one of them out" });
  }
  return { ...source, user, password };
}

/** For the user that the URL names. */
function withGivenPassword(
  source: StreamUrl,
  password: Secret | undefined,
): StreamUrl {
  if (source.user !== undefined && source.password === undefined) {
    return { ...source, password };
  }
  const why = source.user === undefined
    ? "no user is named"
    : "the URL holds a password too";
  throw new Fault("usage", `Cannot use --camera-password-stdin: ${why}`, {
    hint: source.user === undefined ? "add --camera-user USER" : "leave one of them out",
  });
}

async function askLogin(asker: Asker, source: StreamUrl): Promise<StreamUrl> {
  const user = await asker.text({
    words: "User of the camera",
    flag: "--camera-user USER",
    default: source.user ?? "admin",
  });
  const password = await asker.password({
    words: "Password of the camera, any characters",
    flag: "--camera-password-stdin",
  });
  return { ...source, user, password };
}

type Next = "login" | "again" | "url" | "anyway";

async function askWhatNext(
  asker: Asker,
  { source, found }: {
    readonly source: SourceUrl;
    readonly found: CameraProbe & { readonly kind: "none" };
  },
): Promise<Next> {
  const isStream = source.kind === "rtsp" || source.kind === "http";
  // The question that nearly every camera asks first.
  if (isStream && found.why === "auth" && source.user === undefined) return "login";
  return await asker.choice<Next>({
    words: "What now",
    flag: "--camera-url URL",
    default: isStream && found.why === "auth" ? "login" : "again",
    choices: [
      { value: "again", words: "Look again" },
      ...(isStream ? [{ value: "login" as const, words: "Type user and password" }] : []),
      { value: "url", words: "Type another URL" },
      {
        value: "anyway",
        words: "Take it as it is",
        hint: "the service looks for it until it is there",
      },
    ],
  });
}

function whyNot(
  name: string,
  source: SourceUrl,
  { why, said, words: known }: CameraProbe & { readonly kind: "none" },
): string {
  const place = { camera: name, source: shownUrl(source) };
  const words = known === undefined
    ? stateWords("offline", why, place)
    : `Camera ${name} ${known} (${place.source})`;
  return said === "" || known !== undefined
    ? `${words}.`
    : `${words}. FFmpeg says: ${said}`;
}

/** "H264, 2560x1440, 25 pictures a second; analysed at 640x360, 10 a second." */
function foundWords(found: CameraProbe & { readonly kind: "pictures" } | "drawn") {
  if (found === "drawn") return "A drawn street; no camera is needed.";
  const defaults = cameraSettings.parse({ url: "unused" });
  const { width, height, fps } = found;
  const analysedWidth = Math.min(defaults.width, width);
  const analysedHeight = Math.round(height * analysedWidth / width);
  const rate = fps === undefined ? "" : `, ${fps} pictures a second`;
  return `${found.codec.toUpperCase()}, ${width}x${height}${rate}; analysed at ` +
    `${analysedWidth}x${analysedHeight}, ${
      Math.min(defaults.fps, fps ?? Infinity)
    } a second.`;
}

/** A camera's picture narrower than this is one for a phone, not for looking at. */
const USEFUL_WIDTH_MIN = 320;

/**
 * A camera that has a smaller stream beside this one: decoding 4K pictures, to look at
 * 640 pixels of them, is what heats a small box. With both the larger one is not decoded.
 */
async function smallerIfWanted(
  source: SourceUrl,
  found: CameraProbe & { readonly kind: "pictures" } | "drawn",
  { asker, probe, say }: CameraParts,
): Promise<Pick<ChosenCamera, "source" | "analysis">> {
  const isAsked = found !== "drawn" && source.kind === "rtsp" && asker.isInteractive;
  if (!isAsked) return { source };
  const path = smallerStream(source.path.reveal());
  if (path === undefined) return { source };
  const other: StreamUrl = { ...source, path: new Secret(path) };
  const seen = await probe(other);
  if (seen === "drawn" || seen.kind === "none") return { source };
  if (seen.width >= found.width || seen.width < USEFUL_WIDTH_MIN) return { source };
  say(`  It has a smaller stream too: ${foundWords(seen)}`);
  const choice = await asker.choice<"both" | "smaller" | "larger">({
    words: "Which one is watched",
    flag: "--camera-url URL",
    default: "both",
    choices: [
      {
        value: "both",
        words: "Both",
        hint: `${seen.width}x${seen.height} is looked at, far less work for this box; ` +
          "live video, full pictures and clips are of the larger one",
      },
      {
        value: "smaller",
        words: `${seen.width}x${seen.height}`,
        hint: "for a camera that gives one stream at a time",
      },
      {
        value: "larger",
        words: `${found.width}x${found.height}`,
        hint: "small things far away are found sooner, for more work",
      },
    ],
  });
  switch (choice) {
    case "both":
      return { source, analysis: other };
    case "smaller":
      return { source: other };
    case "larger":
      return { source };
  }
}

/** The URL without user and password, as it goes into the settings file. */
export function urlWithoutLogin(source: SourceUrl): string {
  if (source.kind !== "rtsp" && source.kind !== "http") return shownUrl(source);
  return revealUrl({ ...source, user: undefined, password: undefined }).reveal();
}
