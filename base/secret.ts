/**
 * A value that must not be shown: printing, logging or serialising gives `***`.
 * @module
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself: for the one call that needs it, never for a message. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return "***";
  }

  toJSON(): string {
    return "***";
  }

  [Symbol.for("Deno.customInspect")](): string {
    return "***";
  }
}

/**
 * Replaces user and password in every URL of `text` by `***`, and what a query or a path
 * names a password. People type passwords as they are, with slashes, blanks and quotes:
 * all up to the last `@` of a line goes, and more than was needed rather than less.
 * Past a blank a new `name://` begins the next URL.
 */
export function withoutCredentials(text: string): string {
  return text.split(/(\r?\n)/).map((line) =>
    line.split(URL_BEHIND_BLANK).map(withoutLogin).join("")
  ).join("");
}

const URL_BEHIND_BLANK = /(?<=\s)(?=[a-z][a-z0-9+.-]{0,31}:\/\/)/i;

/** Modules lie in files whose paths hold an `@`, and stack traces name them. */
const FILE_URL = /^file:\/\/[^\s)]*/i;

/** A URL's beginning, or what people type for one: `rtsp:/`, `https;//`, `RTSPS ://`. */
const URL_START =
  /[a-z][a-z0-9+.-]{0,31}:\/\/|\b(?:rtsps?|https?)\s*(?:[:;]\/{0,2}|\/\/)/i;

/** `?pwd=1234`, and the `/user=admin_password=1234_channel=1` of cheap cameras. */
const SECRET_PARAMETER =
  /([?&;/_](?:[a-z0-9]{0,32}[-_])?(?:pass(?:word|wd)?|pwd|token|secret|auth|key)=)[^&;#\s]+/gi;

/** Of a text with at most one URL, or several that no blank parts. */
function withoutLogin(text: string): string {
  let left = text;
  let shown = "";
  for (;;) {
    const start = URL_START.exec(left);
    if (!start) return shown + withoutBareLogins(left);
    shown += withoutBareLogins(left.slice(0, start.index));
    left = left.slice(start.index);
    const file = FILE_URL.exec(left);
    if (!file) return shown + withoutLoginOf(left, start[0]);
    shown += file[0];
    left = left.slice(file[0].length);
  }
}

function withoutLoginOf(url: string, start: string): string {
  const at = url.lastIndexOf("@");
  const shown = at < start.length ? url : `${start}***${url.slice(at)}`;
  return shown.replace(SECRET_PARAMETER, "$1***");
}

/** `admin:1234@192.168.1.20`, without blanks. */
function withoutBareLogins(text: string): string {
  return text.split(/(\s+)/).map((word) => {
    const at = word.lastIndexOf("@");
    return /:|\/\//.test(word.slice(0, Math.max(at, 0))) ? `***${word.slice(at)}` : word;
  }).join("");
}
