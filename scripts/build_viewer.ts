/**
 * Builds the page: server/viewer -> server/viewer/dist, which the program serves.
 * Run: `deno run -A scripts/build_viewer.ts`
 * @module
 */
import { build, stop } from "esbuild";

const SOURCE = new URL("../server/viewer/", import.meta.url);
const TARGET = new URL("dist/", SOURCE);
/** Browsers of the last two years or so: they know `oklch()` and `roundRect`. */
const BROWSERS = ["chrome119", "firefox120", "safari17"];

/** @returns the bytes of each file of the page, by name */
export async function buildViewer(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const name of ["index.html", "favicon.svg"]) {
    files.set(name, await Deno.readFile(new URL(name, SOURCE)));
  }
  const bundled = await build({
    absWorkingDir: new URL("..", import.meta.url).pathname,
    entryPoints: {
      viewer: "server/viewer/main.tsx",
      "viewer.css": "server/viewer/viewer.css",
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
  const files = await buildViewer();
  await stop();
  await Deno.mkdir(TARGET, { recursive: true });
  for (const [name, bytes] of files) {
    // Renamed into place: a running program never serves half a file.
    await Deno.writeFile(new URL(`${name}.new`, TARGET), bytes);
    await Deno.rename(new URL(`${name}.new`, TARGET), new URL(name, TARGET));
    console.log(`${name.padEnd(12)} ${(bytes.length / 1_000).toFixed(1).padStart(6)} kB`);
  }
}
