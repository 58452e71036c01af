/**
 * `streamware version`: what this program is made of, for a report. Asks nobody but
 * FFmpeg and the picture library; what cannot be had is said, and is no failure.
 * @module
 */
import { kernelsHere } from "../analysis/kernels/kernels_here.ts";
import { wordsOf } from "../base/fault.ts";
import { pictureLibrary } from "../base/picture_library.ts";
import { runProgram } from "../base/subprocess.ts";
import { VERSION } from "../base/version.ts";
import type { Subcommand, Typed } from "./command_line.ts";
import { type Output, standardOutput } from "./standard_output.ts";

export const versionCommand: Subcommand = {
  name: "version",
  summary: "Versions of the program and of what it is made of.",
  flags: [{ flag: "--json", doc: "Print them as JSON." }],
  examples: ["streamware version"],
  run: (_argument, typed) => tellVersions(typed, standardOutput()),
};

/** Prints what the program is made of. @returns the exit code, always 0 */
export async function tellVersions(typed: Typed, output: Output): Promise<number> {
  const versions = {
    streamware: VERSION,
    deno: Deno.version.deno,
    target: Deno.build.target,
    kernels: kernelsHere().name,
    ...await pictureVersions(),
    ffmpeg: await ffmpegVersion(),
  };
  if (typed["--json"]) {
    output.line(JSON.stringify(versions, undefined, 2));
    return 0;
  }
  for (const [name, version] of Object.entries(versions)) {
    if (!output.line(`${name.padEnd(10)}  ${version}`)) break;
  }
  return 0;
}

async function pictureVersions(): Promise<{ sharp: string; libvips: string }> {
  try {
    const { versions } = await pictureLibrary();
    return { sharp: versions.sharp ?? "unknown", libvips: versions.vips };
  } catch (thrown) {
    const missing = `cannot be loaded: ${wordsOf(thrown).split("\n")[0]}`;
    return { sharp: missing, libvips: missing };
  }
}

/** "5.1.6-0+deb12u1" of "ffmpeg version 5.1.6-0+deb12u1 Copyright …". */
async function ffmpegVersion(): Promise<string> {
  try {
    const limits = { timeoutMs: 5_000, outputBytesMax: 100_000 };
    const { stdout } = await runProgram(["ffmpeg", "-version"], limits);
    return /^ffmpeg version (\S+)/.exec(stdout)?.[1] ?? "unknown";
  } catch (thrown) {
    return wordsOf(thrown);
  }
}
