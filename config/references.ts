/**
 * Puts the values in place of `${file:PATH}`, `${env:NAME}` and `${credential:NAME}`.
 * Knows nothing of YAML; a value found here is shown to nobody.
 * @module
 */
import { join, resolve } from "node:path";
import { wordsOf } from "../base/fault.ts";
import { decodedUtf8, readUpTo } from "./file_text.ts";

/** Where references are looked up. */
export interface ReferencePlaces {
  /** Relative paths begin here: the folder of the settings file. */
  readonly folder: string;
  env(name: string): string | undefined;
  /** systemd's `$CREDENTIALS_DIRECTORY`. */
  readonly credentialsFolder: string | undefined;
}

export type Resolved =
  | { readonly kind: "value"; readonly value: string }
  | { readonly kind: "problems"; readonly words: readonly string[] }
  /** Only who runs this may lack it: the service gets credentials and an environment. */
  | { readonly kind: "elsewhere"; readonly words: readonly string[] };

/** `$${` stands for itself without the first dollar. */
const REFERENCE = /\$\$\{|\$\{([^}\n]*)(\}?)/g;

/** A key or a certificate chain fits; a video that was named by mistake does not. */
const SECRET_BYTES_MAX = 65_536;

/** Read, write or execute for others; write or execute for the group. */
const TOO_OPEN = 0o037;

/** True when a text holds a reference, right or wrong. */
export function hasReference(text: string): boolean {
  return [...text.matchAll(REFERENCE)].some(([found]) => found !== "$${");
}

/** The text with every reference, right or wrong, replaced by what `replace` gives. */
export function withReferences(text: string, replace: (reference: string) => string) {
  return text.replace(REFERENCE, (found) => found === "$${" ? found : replace(found));
}

/** The text so that it is read back as it is: what looks like a reference is none. */
export function withoutReferences(text: string): string {
  return text.replaceAll("${", () => "$${");
}

/** The text with every reference replaced by what it refers to. */
export function resolveReferences(text: string, places: ReferencePlaces): Resolved {
  const problems: string[] = [];
  const lacking: string[] = [];
  const value = text.replace(REFERENCE, (found, inner?: string, end?: string) => {
    if (inner === undefined) return "${";
    const read = end === "}" ? lookUp(inner, places) : notAReference(found);
    if (read.kind === "value") return read.value;
    (read.kind === "problems" ? problems : lacking).push(...read.words);
    return "";
  });
  if (problems.length > 0) return { kind: "problems", words: problems };
  if (lacking.length > 0) return { kind: "elsewhere", words: lacking };
  return { kind: "value", value };
}

function lookUp(inner: string, places: ReferencePlaces): Resolved {
  const [, kind, name] = /^(file|env|credential):(.+)$/.exec(inner) ?? [];
  if (name === undefined) return notAReference(`\${${inner}}`);
  switch (kind as "file" | "env" | "credential") {
    case "file":
      return readSecret(resolve(places.folder, name), name);
    case "env": {
      const value = places.env(name);
      if (value) return { kind: "value", value };
      const words = `the environment variable ${name} is`;
      return value === undefined
        ? elsewhere(`${words} not set`)
        : problem(`${words} empty`);
    }
    case "credential":
      return readCredential(name, places.credentialsFolder);
  }
}

function readCredential(name: string, folder: string | undefined): Resolved {
  if (!/^(?!\.{1,2}$)[\w.-]+$/.test(name)) {
    return problem(`"${name}" is no name of a credential`);
  }
  const way = `LoadCredential=${name}:PATH in the unit`;
  if (folder === undefined) {
    return elsewhere(
      `there are no credentials: only systemd gives them, to a service with ${way}`,
    );
  }
  const path = join(folder, name);
  return isThere(path)
    ? readSecret(path, path)
    : problem(`the service has no credential "${name}": write ${way}`);
}

function isThere(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (thrown) {
    return !(thrown instanceof Deno.errors.NotFound);
  }
}

function readSecret(path: string, shown: string): Resolved {
  try {
    const before = Deno.statSync(path);
    if (!before.isFile) return problem(`${shown} is no plain file`);
    using file = Deno.openSync(path);
    // Of what was opened, not of what bears the name by now.
    const { mode, size } = file.statSync();
    if (mode !== null && (mode & TOO_OPEN) !== 0) {
      const octal = (mode & 0o777).toString(8).padStart(3, "0");
      return problem(
        `others than its owner may use ${shown} (mode ${octal}): chmod 640 ${path}`,
      );
    }
    if (size > SECRET_BYTES_MAX) {
      return problem(`${shown} has ${size} bytes, at most ${SECRET_BYTES_MAX} are read`);
    }
    return secretOf(readUpTo(file, SECRET_BYTES_MAX), shown);
  } catch (thrown) {
    const words = `cannot read ${shown}: ${reasonOf(thrown)}`;
    return thrown instanceof Deno.errors.PermissionDenied
      ? elsewhere(words)
      : problem(words);
  }
}

function secretOf(bytes: Uint8Array, shown: string): Resolved {
  const text = decodedUtf8(bytes);
  if (text === undefined) return problem(`${shown} is no text (UTF-8)`);
  const value = text.replace(/\r?\n$/, "");
  if (value === "") return problem(`${shown} is empty`);
  if (value.includes("\0")) return problem(`${shown} is no text: it holds a zero byte`);
  return { kind: "value", value };
}

/** Why a file cannot be read, without its path. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof Deno.errors.NotFound) return "it does not exist";
  if (thrown instanceof Deno.errors.PermissionDenied) {
    return `this user (uid ${Deno.uid()}) may not`;
  }
  return wordsOf(thrown);
}

/** What is no reference may be half a password: only its kind is shown. */
function notAReference(text: string): Resolved {
  const [, kind = ""] = /^\$\{([a-z]{1,10}:)?/.exec(text)!;
  return problem(
    `\${${kind}…} is no reference: write \${file:PATH}, \${env:NAME} or ` +
      "${credential:NAME}, or $${ for a plain ${",
  );
}

function problem(words: string): Resolved {
  return { kind: "problems", words: [words] };
}

function elsewhere(words: string): Resolved {
  return { kind: "elsewhere", words: [words] };
}
