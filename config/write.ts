/**
 * Changes the settings file: its text, with what people wrote around it kept, and the
 * file itself, whole or not at all. Judges no setting: that is `load.ts`.
 * @module
 */
import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, parseDocument, YAMLMap } from "yaml";
import { Fault } from "../base/fault.ts";
import { type FileOwner, writeWholeFile } from "../base/whole_file.ts";
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

/**
 * Writes the settings file, or one that it refers to, whole or not at all. Follows a link
 * when it is root's or of who runs this: settings may lie in a repository.
 * @param options the mode of a new file is 0o640 when none is named
 * @throws Fault unavailable when it cannot be written
 */
export async function writeWhole(
  path: string,
  text: string,
  options: { readonly mode?: number; readonly owner?: FileOwner } = {},
): Promise<void> {
  await writeWholeFile(path, text, { modeOfNew: 0o640, ...options, link: "follow" });
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
