/**
 * One HTML file that holds all of itself: the page's code and style, and a session as
 * JSON. It may load nothing and send nothing, and says so to the browser. Puts the page
 * together; what is in the session is `session_recorder.ts`, the file `session_file.ts`.
 * @module
 */
import { encodeBase64 } from "../base/base64.ts";
import { Fault } from "../base/fault.ts";
import { SESSION_ELEMENT } from "./session_format.ts";

/** The page's code and style, and the policy that lets these two run and nothing else. */
export interface PageShell {
  readonly script: string;
  readonly style: string;
  readonly policy: string;
}

/**
 * @param folder of the built page
 * @throws Fault unavailable when the page was not built
 */
export async function loadPageShell(folder: URL): Promise<PageShell> {
  // One after the other: when one fails, nothing is still being read.
  const script = await readBuilt("session.js", folder);
  const style = await readBuilt("session.css", folder);
  const [scriptHash, styleHash] = await Promise.all([hashOf(script), hashOf(style)]);
  const policy = "default-src 'none'; base-uri 'none'; form-action 'none'; " +
    `script-src '${scriptHash}'; style-src '${styleHash}'; img-src data: blob:`;
  return { script, style, policy };
}

/** The whole file, in pieces. `session` is `SessionRecord`, made by `embeddedJson`. */
export function* pagePieces(
  { script, style, policy }: PageShell,
  session: Iterable<string>,
): Generator<string> {
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark">
<meta name="referrer" content="no-referrer">
<title>StreamWare session</title>
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<noscript>This page plays a recorded session and needs JavaScript.</noscript>
<script type="application/json" id="${SESSION_ELEMENT}">`;
  yield* session;
  yield `</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

/**
 * JSON that can stand in a script element, whatever text it holds: without "<" nothing
 * in it ends the element or begins a comment.
 */
export function embeddedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

async function readBuilt(name: string, folder: URL): Promise<string> {
  try {
    const text = await Deno.readTextFile(new URL(name, folder));
    if (!/<\/(script|style)/i.test(text)) return text;
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    const words = "Cannot write a session page: its code is not built";
    throw new Fault("unavailable", words, { hint: "scripts/setup run", cause });
  }
  throw new Fault(
    "bug",
    `Cannot write a session page: ${name} would end its own element`,
  );
}

/** As the policy names what may run. */
async function hashOf(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return `sha256-${encodeBase64(new Uint8Array(hash))}`;
}
