/**
 * Reads what a user typed as a source. Pure: asks no file system and no network.
 * @module
 */
import { Fault } from "../base/fault.ts";
import { Secret } from "../base/secret.ts";

/** A source by its kind; credentials are decoded and kept as secrets. */
export type SourceUrl =
  | StreamUrl
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "device"; readonly path: string }
  | { readonly kind: "scene"; readonly name: SceneName };

/** The scenes that can be drawn. */
export const SCENE_NAMES = [
  ...["street", "street-light", "street-rain"],
  ...["street-ir_switch", "street-headlight", "street-shadow", "street-reflection"],
  ...["street-snow", "street-noise", "street-insect", "street-sway", "street-shake"],
  ...["street-overlay", "street-decode_loss", "street-absorbed"],
  ...["street-frozen", "street-covered", "street-defocused", "street-dirty"],
  "street-moved",
] as const;
export type SceneName = (typeof SCENE_NAMES)[number];

/** How a scene is named where a camera's address stands: `scene:street`. */
export const SCENE_SCHEME = "scene:";

/** A source on the network. */
export interface StreamUrl {
  readonly kind: "rtsp" | "http";
  /** With `rtsps` the camera proves itself first: `judged_way.ts`. */
  readonly scheme: "rtsp" | "rtsps" | "http" | "https";
  readonly user: string | undefined;
  readonly password: Secret | undefined;
  /** As it stands in a URL: IPv6 in brackets. */
  readonly host: string;
  readonly port: number | undefined;
  /** From the first slash on, with the query; may hold a token. */
  readonly path: Secret;
}

const KINDS_HINT = "give an rtsp://, rtsps://, http:// or https:// URL, a video file, " +
  "/dev/videoN, or scene:street";

/** A mistyped URL: taken for a file its name would be shown, with the password in it. */
const LIKE_URL = /^(rtsps?|https?)\s*([:;]|\/\/)|^[^/]+(:|\/\/).*@/is;

/**
 * Reads a source. In a password every character may be typed as it is or
 * percent-encoded, unless that leaves two readings; then the fault says so.
 * @throws Fault usage, without any secret, with what would be right.
 */
export function parseSourceUrl(typed: string): SourceUrl {
  const text = typed.trim();
  // deno-lint-ignore no-control-regex -- refusing control characters is the point
  if (/[\u0000-\u001f\u007f]/.test(text)) {
    throw new Fault("usage", "Cannot use the source: it holds a control character", {
      hint: KINDS_HINT,
    });
  }
  if (text === "") {
    throw new Fault("usage", "Cannot use the source: it is empty", { hint: KINDS_HINT });
  }
  if (text.startsWith(SCENE_SCHEME)) return { kind: "scene", name: sceneName(text) };
  const scheme = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(text);
  if (!scheme) {
    if (LIKE_URL.test(text)) {
      throw new Fault("usage", "Cannot use the source: it is neither a URL nor a file", {
        hint: `${KINDS_HINT}; a file with such a name is written ./name`,
      });
    }
    const device = /^\/dev\/(video\d|v4l\/)/.test(text);
    return { kind: device ? "device" : "file", path: text };
  }
  const [, name, rest] = scheme as unknown as [string, string, string];
  switch (name.toLowerCase()) {
    case "rtsp":
      return parseStream("rtsp", "rtsp", rest);
    case "rtsps":
      return parseStream("rtsp", "rtsps", rest);
    case "http":
      return parseStream("http", "http", rest);
    case "https":
      return parseStream("http", "https", rest);
    case "file":
      return { kind: "file", path: decodePercent(rest.replace(/^localhost(?=\/)/, "")) };
  }
  const words = `Cannot use the source: ${name}:// is not a kind that is handled`;
  throw new Fault("usage", words, { hint: KINDS_HINT });
}

/**
 * The name in `scene:street`, or the name as it is.
 * @throws Fault usage when there is no such scene
 */
export function sceneName(url: string): SceneName {
  const name = url.startsWith(SCENE_SCHEME) ? url.slice(SCENE_SCHEME.length) : url;
  const known = SCENE_NAMES.find((scene) => scene === name);
  if (known !== undefined) return known;
  throw new Fault("usage", `Cannot draw scene:${name}: there is no such scene`, {
    hint: `scenes are ${SCENE_NAMES.map((scene) => SCENE_SCHEME + scene).join(", ")}`,
  });
}

/**
 * The source with user and password that were given beside the URL, any characters.
 * @throws Fault config when the URL names its own, or the source takes none
 */
export function withLogin(
  source: SourceUrl,
  login: { readonly user?: string | undefined; readonly password?: Secret | undefined },
): SourceUrl {
  const { user, password } = login;
  if (user === undefined && password === undefined) return source;
  if (source.kind !== "rtsp" && source.kind !== "http") {
    throw new Fault(
      "config",
      `Cannot use user and password: ${shownUrl(source)} takes none`,
      { hint: "leave them out: only cameras on the network ask for them" },
    );
  }
  if (source.user !== undefined) {
    throw new Fault("config", "Cannot use user and password: the URL has its own", {
      hint: "write them in one place only",
    });
  }
  if (user === undefined) {
    throw new Fault("config", "Cannot use the password: there is no user", {
      hint: "set user beside password",
    });
  }
  return { ...source, user, password };
}

/** The URL for FFmpeg, with credentials, every special character percent-encoded once. */
export function revealUrl(source: StreamUrl): Secret {
  const { user, password } = source;
  const login = user === undefined
    ? ""
    : encode(user) + (password === undefined ? "" : ":" + encode(password.reveal())) +
      "@";
  const port = source.port === undefined ? "" : `:${source.port}`;
  return new Secret(
    `${source.scheme}://${login}${source.host}${port}${source.path.reveal()}`,
  );
}

/** The source for people: no user, no password, no query. */
export function shownUrl(source: SourceUrl): string {
  switch (source.kind) {
    case "file":
    case "device":
      return source.path;
    case "scene":
      return SCENE_SCHEME + source.name;
    case "rtsp":
    case "http": {
      const port = source.port === undefined ? "" : `:${source.port}`;
      const [path, query] = source.path.reveal().split(/[?#]/, 2) as [string, string?];
      const masked = path.replace(SECRET_IN_PATH, "$1=***");
      const tail = query === undefined ? "" : "?***";
      return `${source.scheme}://${source.host}${port}${masked}${tail}`;
    }
  }
}

/**
 * What tells a source from another one, with its query and without user and passwords:
 * the channels of one recorder often differ there only. Not to be shown: a query may hold
 * a secret of another name.
 */
export function sourceIdentity(source: SourceUrl): string {
  if (source.kind !== "rtsp" && source.kind !== "http") return shownUrl(source);
  const { scheme, host, port = "", path } = source;
  const masked = path.reveal().replace(SECRET_IN_PATH, "$1=***");
  return `${scheme}://${host}:${port}${masked}`;
}

/** What must not be seen of a source, in each spelling that a program may print. */
export function sourceSecrets(source: SourceUrl): readonly Secret[] {
  if (source.kind !== "rtsp" && source.kind !== "http") return [];
  const found: string[] = [];
  if (source.password) {
    const plain = source.password.reveal();
    found.push(encode(plain), encodeURIComponent(plain), plain);
  }
  const path = source.path.reveal();
  const query = /[?#].+$/.exec(path)?.[0];
  if (query) found.push(query);
  for (const match of path.matchAll(SECRET_IN_PATH)) found.push(match[2]!);
  return [...new Set(found)].map((value) => new Secret(value));
}

/** Cheap cameras take `/user=admin_password=x_channel=1` as a path. */
const SECRET_IN_PATH = /((?:pass(?:word|wd)?|pwd|token|key))=([^/&_;]+)/gi;

function parseStream(
  kind: "rtsp" | "http",
  scheme: StreamUrl["scheme"],
  rest: string,
): StreamUrl {
  const { login, host, path } = splitLogin(scheme, rest);
  const place = /^(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?)(?::(\d{0,5}))?$/i
    .exec(host);
  const port = place?.[2] ? Number(place[2]) : undefined;
  if (!place || (port !== undefined && (port < 1 || port > 65_535))) {
    const words = host === ""
      ? `Cannot use the ${scheme}:// URL: it names no host`
      : `Cannot use the ${scheme}:// URL: its host or port is not valid`;
    const hint = `write ${scheme}://user:password@192.168.1.20:${
      kind === "rtsp" ? 554 : 80
    }/path; in a password write @ as %40 and / as %2F`;
    throw new Fault("usage", words, { hint });
  }
  const colon = login?.indexOf(":") ?? -1;
  const user = colon < 0 ? login : login?.slice(0, colon);
  const password = colon < 0 ? undefined : login?.slice(colon + 1);
  return {
    kind,
    scheme,
    user: user === undefined ? undefined : decodePercent(user),
    password: password === undefined ? undefined : new Secret(decodePercent(password)),
    host: place[1]!,
    port,
    path: new Secret(encodeURI(path).replaceAll("%25", "%")),
  };
}

interface Split {
  readonly login: string | undefined;
  readonly host: string;
  readonly path: string;
}

/**
 * Finds the `@` before the host. By the standard it is the last one before the
 * first slash; but people paste passwords with `@`, `/`, `?` and `#` as they are,
 * so the last `@` of all is tried too, and the reading with a better host wins.
 */
function splitLogin(scheme: string, rest: string): Split {
  const authorityEnd = rest.search(/[/?#]/);
  const end = authorityEnd < 0 ? rest.length : authorityEnd;
  const standard = splitAt(rest, rest.lastIndexOf("@", end));
  const lastAt = rest.lastIndexOf("@");
  if (lastAt < end) return standard;
  const typed = splitAt(rest, lastAt);
  if (!typed.login?.includes(":")) return standard;
  const standardFits = looksLikeHost(standard.host);
  const typedFits = looksLikeHost(typed.host);
  if (standardFits && !typedFits) return standard;
  if (typedFits && !standardFits) return typed;
  const words =
    `Cannot use the ${scheme}:// URL: it can be read in two ways, as there is ` +
    "an @ after a / or ?";
  const hint =
    "in a password write @ as %40, / as %2F, ? as %3F and # as %23; in a path " +
    "write @ as %40";
  throw new Fault("usage", words, { hint });
}

function splitAt(rest: string, at: number): Split {
  const tail = rest.slice(at + 1);
  const slash = tail.search(/[/?#]/);
  const end = slash < 0 ? tail.length : slash;
  return {
    login: at < 0 ? undefined : rest.slice(0, at),
    host: tail.slice(0, end),
    path: tail.slice(end),
  };
}

/** An address, or a name with a dot; `ss` of a torn password is neither. */
function looksLikeHost(host: string): boolean {
  return /^(\[[0-9a-f:.]+\]|localhost|[a-z0-9-]+(\.[a-z0-9-]+)+\.?)(:\d{1,5})?$/i.test(
    host,
  );
}

/** Decodes `%40`; a per cent sign that begins no code stands for itself. */
function decodePercent(text: string): string {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (let at = 0; at < text.length;) {
    const code = /^%[0-9a-f]{2}/i.exec(text.slice(at, at + 3));
    if (code) {
      bytes.push(parseInt(code[0].slice(1), 16));
      at += 3;
    } else {
      const letter = String.fromCodePoint(text.codePointAt(at)!);
      bytes.push(...encoder.encode(letter));
      at += letter.length;
    }
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

/** Stricter than encodeURIComponent, which leaves `!'()*` that some parsers mind. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (letter) => "%" + letter.charCodeAt(0).toString(16).toUpperCase(),
  );
}
