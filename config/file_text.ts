/**
 * The text of a settings file, or why it cannot be read. Does not look what it says.
 * @module
 */
import { Fault, wordsOf } from "../base/fault.ts";

/** A thousand cameras fit; a video that was named by mistake does not. */
export const CONFIG_BYTES_MAX = 262_144;

/**
 * Reads a settings file: UTF-8, with or without a byte order mark.
 * @throws Fault config that says who may not read it, or what it is instead
 */
export function readConfigText(path: string): string {
  let bytes: Uint8Array;
  try {
    if (Deno.statSync(path).isDirectory) throw unreadable(path, "it is a folder");
    using file = Deno.openSync(path);
    bytes = readUpTo(file, CONFIG_BYTES_MAX + 1);
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown;
    throw unreadable(path, reasonOf(path, thrown), thrown);
  }
  if (bytes.length > CONFIG_BYTES_MAX) {
    throw unreadable(path, `it is longer than ${CONFIG_BYTES_MAX} bytes`);
  }
  const text = decodedUtf8(bytes);
  if (text !== undefined) return text;
  throw unreadable(path, `it is no text in UTF-8 (line ${lineOfFirstWrongByte(bytes)})`);
}

/** What a file holds, but at most its first `length` bytes. */
export function readUpTo(file: Deno.FsFile, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const read = file.readSync(bytes.subarray(filled));
    if (read === null) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}

function unreadable(path: string, words: string, cause?: unknown): Fault {
  const hint = cause instanceof Deno.errors.PermissionDenied
    ? "sudo, or as the user of the service"
    : "streamware setup makes a settings file, streamware config example shows one";
  return new Fault("config", `Cannot read ${path}: ${words}`, { hint, cause });
}

function reasonOf(path: string, thrown: unknown): string {
  if (thrown instanceof Deno.errors.NotFound) return "it does not exist";
  if (!(thrown instanceof Deno.errors.PermissionDenied)) return wordsOf(thrown);
  const who = `this user (uid ${Deno.uid()}) may not`;
  try {
    const { mode, uid, gid } = Deno.statSync(path);
    const octal = ((mode ?? 0) & 0o777).toString(8).padStart(3, "0");
    return `${who}; it belongs to uid ${uid}, gid ${gid}, mode ${octal}`;
  } catch {
    return `${who} look into its folder`;
  }
}

/** From 1; a newline is never part of another character. */
function lineOfFirstWrongByte(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
    if (decodedUtf8(bytes.subarray(start, end)) === undefined) return line;
    line++;
    start = end + 1;
  }
  return line;
}

/** The text without its byte order mark; undefined when it is no UTF-8. */
export function decodedUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
