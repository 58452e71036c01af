/**
 * A text of the settings as people may see it: no password, references to one kept.
 * One reading of URLs for all: that of who opens them, `capture/source_url.ts`.
 * @module
 */
import { Fault } from "../base/fault.ts";
import { withoutCredentials } from "../base/secret.ts";
import {
  parseSourceUrl,
  shownUrl,
  type SourceUrl,
  type StreamUrl,
} from "../capture/source_url.ts";
import { withReferences } from "./references.ts";

/**
 * The text without passwords: a URL is shown as its reader shows it, and of what could
 * be one, but cannot be read, only the scheme.
 */
export function shownText(text: string): string {
  const { plain, restored } = marked(text);
  const source = readSource(plain);
  if (source === undefined) return `${schemeOf(plain)}***`;
  if (!isStream(source)) return restored(withoutSecretArguments(plain));
  const shown = shownUrl(source);
  const from = shown.indexOf("://") + 3;
  return restored(shown.slice(0, from) + shownLogin(source) + shown.slice(from));
}

/** True when a text holds a password, not a reference to one. */
export function holdsPassword(text: string): boolean {
  const { plain } = marked(text);
  const source = readSource(plain);
  if (source === undefined) return plain.includes("@");
  if (!isStream(source)) return withoutSecretArguments(plain) !== plain;
  if (source.password !== undefined && !isMark(source.password.reveal())) return true;
  const rest = `http://h${source.path.reveal().replaceAll(MARK, "").replaceAll("@", "")}`;
  return withoutCredentials(rest) !== rest;
}

/** What stands for a reference while its text is read: good for a host, user or password. */
const MARK = /reference-\d+-mark/g;

/** The text with a mark for each reference, and the way back. */
function marked(text: string) {
  const references: string[] = [];
  const plain = withReferences(text, (reference) => {
    return `reference-${references.push(reference) - 1}-mark`;
  });
  const restored = (shown: string) =>
    shown.replace(MARK, (mark) => references[Number(mark.split("-")[1])] ?? mark);
  return { plain, restored };
}

function isMark(text: string): boolean {
  return text.replace(MARK, "") === "" && text !== "";
}

function readSource(text: string): SourceUrl | undefined {
  try {
    return parseSourceUrl(text);
  } catch (thrown) {
    if (thrown instanceof Fault) return undefined;
    throw thrown;
  }
}

function isStream(source: SourceUrl): source is StreamUrl {
  return source.kind === "rtsp" || source.kind === "http";
}

/** A reference says nothing; a user is shown beside one only. */
function shownLogin({ user, password }: StreamUrl): string {
  if (user === undefined) return "";
  const word = password?.reveal();
  if (word === undefined) return isMark(user) ? `${user}@` : "***@";
  return isMark(word) ? `${user}:${word}@` : "***@";
}

function schemeOf(text: string): string {
  return /^\s*([a-z][a-z0-9+.-]{0,11}:\/\/|(?:rtsps?|https?):)/i.exec(text)?.[1] ?? "";
}

/** `--key=1234` of a program's arguments. */
const SECRET_ARGUMENT = /([\w-]*(?:pass|pwd|token|secret|auth|key)\w*=)(\S+)/gi;

function withoutSecretArguments(text: string): string {
  return withoutCredentials(text).replace(
    SECRET_ARGUMENT,
    (found, name: string, value: string) => isMark(value) ? found : `${name}***`,
  );
}
