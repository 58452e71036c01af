/**
 * Asks FFmpeg what it can do and what a source holds. One-shot questions only;
 * the only file that uses fluent-ffmpeg, and why not more: docs/adr/0004.
 * @module
 */
import fluent from "fluent-ffmpeg";
import { Fault, wordsOf } from "../base/fault.ts";
import { runProgram } from "../base/subprocess.ts";
import { fileProbeArgs, httpProbeArgs, httpScript } from "./ffmpeg_args.ts";
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
export async function probeFile(
  path: string,
  timeoutMs = PROBE_MS,
): Promise<FileContents> {
  const limits = { timeoutMs, outputBytesMax: 1_000_000 };
  const outcome = await runProgram(["ffprobe", ...fileProbeArgs(path)], limits);
  if (outcome.code !== 0) {
    const words = outcome.stderr.at(-1) ?? "ffprobe ended without a word";
    throw new Fault("corrupt", `Cannot make sense of the file: ${words}`);
  }
  return contentsOf(JSON.parse(outcome.stdout));
}

/** Reads ffprobe's answer; what is not in it is unknown. */
function contentsOf(answer: Partial<FileAnswer>): FileContents {
  const codecs = (type: string) =>
    (answer.streams ?? []).filter((stream) => stream.codec_type === type)
      .map((stream) => stream.codec_name ?? "unknown");
  return {
    format: answer.format?.format_name ?? "unknown",
    video: codecs("video"),
    audio: codecs("audio"),
  };
}

interface FileAnswer {
  readonly streams: readonly {
    readonly codec_type?: string;
    readonly codec_name?: string;
  }[];
  readonly format: { readonly format_name?: string };
}

/** Decoders that cameras need. */
const CAMERA_DECODERS = ["h264", "hevc", "mjpeg"];

/**
 * Which decoders that cameras need this FFmpeg lacks; builds without H.265 exist.
 * @throws Fault unavailable when FFmpeg is missing, fails or hangs.
 */
export async function missingDecoders(
  timeoutMs = PROBE_MS,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const answer = Promise.withResolvers<fluent.Codecs>();
  // fluent-ffmpeg reads FFmpeg's table, but its children outlive us and it cannot end
  // one: what it asks for is run by us instead.
  const run: Run = (args, _options, done) => {
    const limits = { timeoutMs, outputBytesMax: 1_000_000 };
    runProgram(["ffmpeg", ...args], signal ? { ...limits, signal } : limits).then(
      ({ code, stdout }) =>
        code === 0 ? done(null, { get: () => stdout }) : done(
          new Fault(
            "unavailable",
            `Cannot ask ffmpeg for its codecs: it ended with ${code}`,
          ),
        ),
      done,
    );
  };
  Object.assign(fluent(), { _spawnFfmpeg: run }).getAvailableCodecs((error, codecs) => {
    if (error) answer.reject(error);
    else answer.resolve(codecs);
  });
  const codecs = await answer.promise;
  return CAMERA_DECODERS.filter((name) => !codecs[name]?.canDecode);
}

/** How fluent-ffmpeg runs a question, by its source. */
type Run = (
  args: readonly string[],
  options: unknown,
  done: (error: unknown, output?: { get(): string }) => void,
) => void;

/** What kind of stream stands behind an HTTP URL. */
export type StreamNature =
  /** Pictures without times. */
  | { readonly kind: "pictures" }
  /** A file that ends. */
  | { readonly kind: "file" }
  /** Live, with times of its own; `pieces`: by a playlist (HLS), a short file at a time. */
  | { readonly kind: "live"; readonly pieces?: true }
  | { readonly kind: "unreachable"; readonly said: readonly string[] };

/**
 * Looks at a stream over HTTP. Not by fluent-ffmpeg: it would put the URL with its
 * password into the command line.
 */
export async function probeStream(
  url: StreamUrl,
  signal?: AbortSignal,
  way: { readonly isTunnel?: boolean; readonly hostName?: string | undefined } = {},
): Promise<StreamNature> {
  let lines: readonly string[];
  try {
    const script = httpScript(revealUrl(url).reveal(), false, way);
    const result = await runProgram(["ffprobe", ...httpProbeArgs(way)], {
      timeoutMs: 2 * PROBE_MS,
      outputBytesMax: 100_000,
      secrets: sourceSecrets(url),
      input: new TextEncoder().encode(script),
      stderrLinesMax: 400,
      ...(signal ? { signal } : {}),
    });
    lines = result.stderr;
  } catch (thrown) {
    // What could not even be started says what helps; who was asked and is silent, not.
    if (thrown instanceof Fault && thrown.hint !== undefined) throw thrown;
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
  if (/mp4|matroska|avi\b|^ogg|^asf/.test(format)) return { kind: "file" };
  return /^(hls|applehttp)/.test(format)
    ? { kind: "live", pieces: true }
    : { kind: "live" };
}
