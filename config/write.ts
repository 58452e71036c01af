/**
 * Changes the settings file: its text, with what people wrote around it kept, and the
 * file itself, whole or not at all. Judges no setting: that is `load.ts`.
 * @module
 */
import { dirname } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, parseDocument, YAMLMap } from "yaml";
import { Fault, wordsOf } from "../base/fault.ts";
import { spliced } from "./splice.ts";

export interface ConfigEdit {
  /** As in the file: `["cameras", "front", "url"]`. */
  readonly path: readonly string[];
  /** As in the file, with `${file:…}` for a secret; undefined takes the setting out. */
  readonly value: unknown;
}

/**
 * The text with `edits` made in it; comments, order and everything else stay.
 * A commented line of a setting (`# port: 8766`) gives its place to the setting.
 * @param text undefined for a file that is not there yet
 * @throws Fault config when the text is no YAML
 */
export function editedConfig(
  text: string | undefined,
  edits: readonly ConfigEdit[],
): string {
  return edits.reduce(withEdit, text ?? "");
}

export interface WriteOptions {
  /** By default that of the file that is replaced; of a new one 0o640. */
  readonly mode?: number;
  /** By default that of the file that is replaced; of a new one who runs this. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/**
 * Writes a file so that a reader, a crash or a power cut sees the old or the new one,
 * never half. Follows a link.
 * @throws Fault unavailable when it cannot be written
 */
export async function writeWhole(
  path: string,
  text: string,
  options: WriteOptions = {},
): Promise<void> {
  let temporary: string | undefined;
  try {
    const old = await infoOf(path);
    const target = old ? await Deno.realPath(path) : path;
    const folder = dirname(target);
    temporary = await Deno.makeTempFile({ dir: folder, prefix: ".streamware-" });
    using file = await Deno.open(temporary, { write: true });
    await Deno.chmod(temporary, (options.mode ?? old?.mode ?? 0o640) & 0o777);
    await giveTo(temporary, options.owner ?? ownerOf(old));
    for (let bytes = new TextEncoder().encode(text); bytes.length > 0;) {
      bytes = bytes.subarray(await file.write(bytes));
    }
    await file.sync();
    await Deno.rename(temporary, target);
    temporary = undefined;
    using held = await Deno.open(folder);
    await held.sync();
  } catch (cause) {
    throw new Fault("unavailable", `Cannot write ${path}: ${wordsOf(cause)}`, {
      hint: "look whether its folder is there, is yours (sudo?) and has room (df -h)",
      cause,
    });
  } finally {
    if (temporary !== undefined) await Deno.remove(temporary);
  }
}

function ownerOf(info: Deno.FileInfo | undefined): WriteOptions["owner"] {
  const { uid, gid } = info ?? { uid: null, gid: null };
  return uid === null || gid === null ? undefined : { uid, gid };
}

async function infoOf(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return undefined;
    throw thrown;
  }
}

/** Asks only for a change: a plain user may not even give a file to himself. */
async function giveTo(path: string, owner: WriteOptions["owner"]): Promise<void> {
  if (owner === undefined) return;
  const { uid, gid } = await Deno.stat(path);
  if (uid !== owner.uid || gid !== owner.gid) {
    await Deno.chown(path, owner.uid, owner.gid);
  }
}

/** In the text where that means the same, else written anew from the tree. */
function withEdit(text: string, edit: ConfigEdit): string {
  const document = parsed(text);
  const edited = edit.value === undefined ? undefined : spliced(text, document, edit);
  applyTo(document, edit);
  if (edited !== undefined && means(edited, document)) return edited;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function parsed(text: string): Document {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length === 0) return document;
  throw new Fault("config", "Cannot change the settings file: it is no YAML", {
    hint: "streamware config check",
  });
}

function means(text: string, document: Document): boolean {
  const read = parseDocument(text, { prettyErrors: false });
  return read.errors.length === 0 && isDeepStrictEqual(read.toJS(), document.toJS());
}

/** Sections that are not there, or stand there empty, are made. */
function applyTo(document: Document, { path, value }: ConfigEdit): void {
  if (value === undefined) return void (document.hasIn(path) && document.deleteIn(path));
  for (let depth = 0; depth < path.length; depth++) {
    const above = path.slice(0, depth);
    if (!isMap(document.getIn(above, true))) document.setIn(above, new YAMLMap());
  }
  document.setIn(path, document.createNode(value));
}
