/**
 * Builds the pages: server/viewer -> server/viewer/dist. The program serves the live one;
 * `session.*` go into the files that it writes under --html.
 * Run: `deno run -A scripts/build_viewer.ts`
 * @module
 */
import { build, stop } from "esbuild";

const SOURCE = new URL("../server/viewer/", import.meta.url);
const TARGET = new URL("dist/", SOURCE);
/** Browsers of the last two years or so: they know `oklch()` and `roundRect`. */
const BROWSERS = ["chrome119", "firefox120", "safari17"];

/**
 * Builds the page into `folder`, which is made when it is not there.
 * @returns the size in bytes of each file, by name
 */
export async function buildViewer(folder: URL): Promise<ReadonlyMap<string, number>> {
  const files = await bundle();
  await stop();
  await Deno.mkdir(folder, { recursive: true });
  const sizes = new Map<string, number>();
  for (const [name, bytes] of files) {
    // Renamed into place: a running program never serves half a file.
    await Deno.writeFile(new URL(`${name}.new`, folder), bytes);
    await Deno.rename(new URL(`${name}.new`, folder), new URL(name, folder));
    sizes.set(name, bytes.length);
  }
  return sizes;
}

async function bundle(): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const name of ["index.html", "favicon.svg"]) {
    files.set(name, await Deno.readFile(new URL(name, SOURCE)));
  }
  const bundled = await build({
    absWorkingDir: new URL("..", import.meta.url).pathname,
    entryPoints: {
      viewer: "server/viewer/main.tsx",
      "viewer.css": "server/viewer/viewer.css",
      session: "server/viewer/session/main.tsx",
      "session.css": "server/viewer/session/session.css",
    },
    outdir: "server/viewer/dist",
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: BROWSERS,
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    logLevel: "error",
  });
  for (const { path, contents } of bundled.outputFiles) {
    files.set(
      path.slice(path.lastIndexOf("/") + 1).replace(".css.css", ".css"),
      contents,
    );
  }
  return files;
}

if (import.meta.main) {
  for (const [name, bytes] of await buildViewer(TARGET)) {
    console.log(`${name.padEnd(12)} ${(bytes / 1_000).toFixed(1).padStart(6)} kB`);
  }
}
