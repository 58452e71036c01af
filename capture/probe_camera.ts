/**
 * Looks once whether a camera gives pictures, which ones, or why not. Opens a session of
 * its own, so do not ask it of a camera that is being watched: many allow only one or two.
 * @module
 */
import type { StateReason } from "../analysis/dsl/camera_state.ts";
import { systemClock } from "../base/clock.ts";
import { Fault, wordsOf } from "../base/fault.ts";
import { runProgram } from "../base/subprocess.ts";
import { demuxScript, httpScript, pictureProbeArgs } from "./ffmpeg_args.ts";
import { isError, reasonOf } from "./ffmpeg_words.ts";
import { openWay } from "./judged_way.ts";
import { revealUrl, sourceSecrets, type SourceUrl } from "./source_url.ts";

/** A source that can be asked; a drawn scene is always there. */
export type ProbedSource = Exclude<SourceUrl, { readonly kind: "scene" }>;

export type CameraProbe =
  | {
    readonly kind: "pictures";
    /** FFmpeg's name: `h264`, `hevc`, `mjpeg`. */
    readonly codec: string;
    /** Pixels. */
    readonly width: number;
    readonly height: number;
    /** Pictures a second as the stream says; undefined when it does not. */
    readonly fps: number | undefined;
  }
  | {
    readonly kind: "none";
    readonly why: StateReason;
    /** FFmpeg's last complaint, without secrets; may be empty. */
    readonly said: string;
    /** What to do, where more is known than the reason says; to stand after the camera's name. */
    readonly words?: string | undefined;
  };

export interface ProbeLimits {
  /** Names the camera in words. */
  readonly camera?: string;
  /** The setting `certificate`. */
  readonly certificate?: string | undefined;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** @throws Fault unavailable when ffprobe itself cannot be run */
export async function probeCamera(
  source: ProbedSource,
  limits: ProbeLimits,
): Promise<CameraProbe> {
  if (source.kind !== "rtsp" && source.kind !== "http") {
    return await probeDirectly(source, limits);
  }
  const { camera = "NAME", certificate, signal } = limits;
  const options = { camera, certificate, clock: systemClock, signal };
  const way = await openWay(source, options);
  if (way.kind === "refused") {
    return { kind: "none", why: way.why, said: way.said, words: way.words };
  }
  await using judged = way;
  const { isTunnel, hostName } = judged;
  return await probeDirectly({ ...judged.url, isTunnel, hostName }, limits);
}

async function probeDirectly(
  source: ProbedSource & LedWay,
  { timeoutMs, signal }: ProbeLimits,
): Promise<CameraProbe> {
  const input = scriptOf(source);
  try {
    const { stdout, stderr } = await runProgram(
      ["ffprobe", ...pictureProbeArgs(source)],
      {
        timeoutMs,
        outputBytesMax: 1_000_000,
        secrets: sourceSecrets(source),
        ...(input === undefined ? {} : { input: new TextEncoder().encode(input) }),
        ...(signal ? { signal } : {}),
      },
    );
    return readProbe(stdout, stderr);
  } catch (thrown) {
    const isLate = thrown instanceof Fault && thrown.message.startsWith("Cannot finish");
    if (!isLate) throw thrown;
    return { kind: "none", why: "no_bytes", said: wordsOf(thrown) };
  }
}

interface LedWay {
  readonly isTunnel?: boolean;
  readonly hostName?: string | undefined;
}

function scriptOf(source: ProbedSource & LedWay): string | undefined {
  if (source.kind === "rtsp") return demuxScript(revealUrl(source).reveal(), "default");
  if (source.kind === "http") {
    return httpScript(revealUrl(source).reveal(), false, source);
  }
  return undefined;
}

/** Reads what ffprobe printed and said. Pure. */
export function readProbe(stdout: string, stderr: readonly string[]): CameraProbe {
  const { streams = [] } = readJson(stdout);
  const video = streams.find((stream) => stream.codec_type === "video");
  const { codec_name: codec, width, height } = video ?? {};
  if (codec !== undefined && width && height) {
    return { kind: "pictures", codec, width, height, fps: rateOf(video?.avg_frame_rate) };
  }
  const why = video || streams.length > 0 ? "codec" : reasonOf(stderr);
  return { kind: "none", why, said: stderr.findLast(isError) ?? "" };
}

interface ProbeAnswer {
  readonly streams?: readonly {
    readonly codec_type?: string;
    readonly codec_name?: string;
    readonly width?: number;
    readonly height?: number;
    readonly avg_frame_rate?: string;
  }[];
}

/** ffprobe that was refused prints nothing, or half an object. */
function readJson(text: string): ProbeAnswer {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** "30000/1001" to one decimal; "0/0" is unknown. */
function rateOf(text = "0/0"): number | undefined {
  const [frames = 0, seconds = 0] = text.split("/").map(Number);
  const rate = Math.round((frames / seconds) * 10) / 10;
  return Number.isFinite(rate) && rate > 0 ? rate : undefined;
}
