/**
 * Parts of several pictures of a video file at its own size, by one FFmpeg that seeks to
 * each of them. As `full_parts.ts` does out of a camera's last seconds.
 * @module
 */
import { Fault } from "../base/fault.ts";
import { runForBytes } from "../base/subprocess.ts";
import { clipPartsArgs } from "./ffmpeg_args.ts";
import { frameBytes } from "./frame/frame.ts";
import type { WantedParts } from "./wanted_parts.ts";

/** A seek into a film of an hour, on a slow disc. */
const LIMIT_MS = 60_000;

/**
 * The pixels of each part (yuv420p), by `ptsUs`, the clip's own time.
 * @throws Fault unavailable when one of them cannot be decoded
 */
export async function takeClipParts(
  path: string,
  wanted: WantedParts,
): Promise<ReadonlyMap<number, Uint8Array<ArrayBuffer>>> {
  const bytes = frameBytes(wanted.shrunkTo);
  const count = wanted.parts.length;
  const { stdout, stderr } = await runForBytes(
    ["ffmpeg", ...clipPartsArgs(path, wanted)],
    { timeoutMs: LIMIT_MS, outputBytesMax: bytes * count },
  );
  // One that is missing would give its place to the next: then none is believed.
  if (stdout.length !== bytes * count) {
    const said = stderr.at(-1) ?? "FFmpeg gave too few, without a word";
    throw new Fault("unavailable", `Cannot decode parts of ${path}: ${said}`);
  }
  return new Map(
    wanted.parts.map(({ ptsUs }, at) => [
      ptsUs,
      stdout.slice(at * bytes, (at + 1) * bytes),
    ]),
  );
}
