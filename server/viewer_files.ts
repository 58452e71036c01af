/**
 * The files of the page, as the bundler left them in `viewer/dist`. A closed list:
 * nothing else can be read through it.
 * @module
 */

const TYPES = {
  "index.html": "text/html; charset=utf-8",
  "viewer.js": "text/javascript; charset=utf-8",
  "viewer.css": "text/css; charset=utf-8",
  "favicon.svg": "image/svg+xml",
} as const;

export type ViewerFileName = keyof typeof TYPES;

export interface ViewerFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

export const VIEWER_FOLDER = new URL("./viewer/dist/", import.meta.url);

/** Undefined when the page was not built, or `name` is not of it. */
export async function readViewerFile(
  name: string,
  folder: URL = VIEWER_FOLDER,
): Promise<ViewerFile | undefined> {
  if (!Object.hasOwn(TYPES, name)) return undefined;
  const type = TYPES[name as ViewerFileName];
  try {
    return { bytes: await Deno.readFile(new URL(name, folder)), type };
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return undefined;
    throw thrown;
  }
}

/** What the page is when it was not built. */
export const UNBUILT_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>StreamWare: page not built</title>
<h1>The page is not built yet</h1>
<p>StreamWare runs, and its sockets speak. To build the page, run this once in its
folder and load this page again:</p>
<pre>scripts/setup run</pre>
</html>
`;
