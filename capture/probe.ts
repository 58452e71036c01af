/**
 * Asks FFmpeg what it can do and what a source holds. One-shot questions only;
 * the only file that uses fluent-ffmpeg, and why not more: docs/adr/0004.
 * @module
 */
import fluent from "fluent-ffmpeg";
import { systemClock } from "../base/clock.ts";
import { Fault, wordsOf } from "../base/fault.ts";
import { findProgram, runProgram } from "../base/subprocess.ts";
import { httpProbeArgs, httpScript } from "./ffmpeg_args.ts";
import { revealUrl, sourceSecrets, type StreamUrl } from "./source_url.ts";

/** What a file holds, by ffprobe. */
export interface FileContents {
  /** Short names of the format, such as `mov,mp4,m4a`. */
  readonly format: string;
  readonly video: readonly string[];
  readonly audio: readonly string[];
}

const PROBE_MS = 10_000;

/**
 * What a file holds.
 * @throws Fault unavailable when ffprobe is missing or hangs, corrupt when it can
 *   make nothing of the file.
 */
export async function probeFile(path: string): Promise<FileContents> {
  // fluent-ffmpeg looks for programs by itself; a missing one is our own fault first.
  findProgram("ffprobe");
  const data = await answered<fluent.FfprobeData>("ffprobe", (done) => {
    const options = ["-protocol_whitelist", "file"];
    // `file:` keeps a path that begins with a dash from being an option.
    fluent.ffprobe(`file:${path}`, options, done);
  });
  const codecs = (type: string) =>
    data.streams.filter((stream) => stream.codec_type === type)
      .map((stream) => stream.codec_name ?? "unknown");
  return {
    format: data.format.format_name ?? "unknown",
    video: codecs("video"),
    audio: codecs("audio"),
  };
}

/** Decoders that cameras need. */
const CAMERA_DECODERS = ["h264", "hevc", "mjpeg"];

/**
 * Which decoders that cameras need this FFmpeg lacks; builds without H.265 exist.
 * @throws Fault unavailable when FFmpeg is missing or hangs.
 */
export async function missingDecoders(): Promise<readonly string[]> {
  findProgram("ffmpeg");
  const codecs = await answered<fluent.Codecs>("ffmpeg", (done) => {
    fluent().getAvailableCodecs(done);
  });
  return CAMERA_DECODERS.filter((name) => !codecs[name]?.canDecode);
}

/** What kind of stream stands behind an HTTP URL. */
export type StreamNature =
  /** Pictures without times. */
  | { readonly kind: "pictures" }
  /** A file that ends. */
  | { readonly kind: "file" }
  /** Live, with times of its own. */
  | { readonly kind: "live" }
  | { readonly kind: "unreachable"; readonly said: readonly string[] };

/**
 * Looks at a stream over HTTP. Not by fluent-ffmpeg: it would put the URL with its
 * password into the command line.
 */
export async function probeStream(
  url: StreamUrl,
  signal?: AbortSignal,
): Promise<StreamNature> {
  let lines: readonly string[];
  try {
    const script = httpScript(revealUrl(url).reveal(), false);
    const result = await runProgram(["ffprobe", ...httpProbeArgs()], {
      timeoutMs: 2 * PROBE_MS,
      outputBytesMax: 100_000,
      secrets: sourceSecrets(url),
      input: new TextEncoder().encode(script),
      stderrLinesMax: 400,
      ...(signal ? { signal } : {}),
    });
    lines = result.stderr;
  } catch (thrown) {
    return { kind: "unreachable", said: [wordsOf(thrown)] };
  }
  return natureOf(lines);
}

/** Reads what ffprobe said about a stream, level debug. Pure. */
export function natureOf(lines: readonly string[]): StreamNature {
  const formats = lines.map((line) => /Format (\S+) probed with/.exec(line)?.[1]);
  const format = formats.find((name) => name !== undefined);
  if (format === undefined) {
    const said = lines.filter((line) => /\[(warning|error|fatal)\]/.test(line));
    return { kind: "unreachable", said };
  }
  if (/jpe?g/.test(format)) return { kind: "pictures" };
  return /mp4|matroska|avi\b|^ogg|^asf/.test(format)
    ? { kind: "file" }
    : { kind: "live" };
}

type Callback<T> = (error: unknown, answer: T) => void;

/** A callback's answer as a promise, with a deadline, as fluent-ffmpeg has none. */
async function answered<T>(
  program: string,
  ask: (done: Callback<T>) => void,
): Promise<T> {
  const answer = Promise.withResolvers<T>();
  using _deadline = systemClock.after(PROBE_MS, () => {
    const words = `Cannot ask ${program}: no answer after ${PROBE_MS / 1_000} s`;
    answer.reject(new Fault("unavailable", words));
  });
  try {
    ask((error, value) => {
      if (!error) return answer.resolve(value);
      const words = `Cannot make sense of the file: ${wordsOf(error).split("\n").at(-1)}`;
      answer.reject(new Fault("corrupt", words, { cause: error }));
    });
  } catch (cause) {
    const words = `Cannot ask ${program}: ${wordsOf(cause)}`;
    answer.reject(new Fault("unavailable", words, { cause }));
  }
  return await answer.promise;
}
