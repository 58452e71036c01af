/**
 * Is there an FFmpeg, and can it do what cameras need?
 * @module
 */
import { missingDecoders } from "../../capture/probe.ts";
import { findProgram, runProgram } from "../../base/subprocess.ts";
import type { Check, CheckContext, Finding } from "./check.ts";
import { faultFinding } from "./check.ts";

/** Protocols without which a kind of source cannot be had. */
const PROTOCOLS = ["file", "pipe", "tcp", "tls", "https"];

const LIMITS = { timeoutMs: 8_000, outputBytesMax: 1_000_000 };

export const check: Check = { name: "ffmpeg", timeoutMs: 20_000, run };

async function run({ signal }: CheckContext): Promise<readonly Finding[]> {
  try {
    for (const program of ["ffmpeg", "ffprobe", "setpriv"]) findProgram(program);
    const limits = { ...LIMITS, signal };
    const [version, protocols, decoders] = await Promise.all([
      runProgram(["ffmpeg", "-version"], limits),
      runProgram(["ffmpeg", "-hide_banner", "-protocols"], limits),
      missingDecoders(LIMITS.timeoutMs, signal),
    ]);
    const known = new Set(protocols.stdout.split(/\s+/));
    return [judgeFfmpeg({
      version: /^ffmpeg version (\S+)/.exec(version.stdout)?.[1] ?? "of unknown version",
      decoders,
      protocols: PROTOCOLS.filter((name) => !known.has(name)),
    })];
  } catch (thrown) {
    return [faultFinding(thrown)];
  }
}

/** What an FFmpeg lacks. */
export interface FfmpegLacks {
  readonly version: string;
  readonly decoders: readonly string[];
  readonly protocols: readonly string[];
}

/** What FFmpeg lacks for the cameras that people have. */
export function judgeFfmpeg({ version, decoders, protocols }: FfmpegLacks): Finding {
  const facts = { version };
  const lacks = [
    ...decoders.map((name) => `the decoder ${name}`),
    ...protocols.map((name) => `the protocol ${name}`),
  ];
  if (lacks.length === 0) {
    const words = `${version} decodes H.264, H.265 and MJPEG, and speaks TLS`;
    return { level: "good", words, facts };
  }
  const isUseless = decoders.includes("h264") || protocols.includes("tcp");
  return {
    level: isUseless ? "broken" : "warning",
    words: `${version} lacks ${lacks.join(", ")}`,
    toDo:
      "sudo apt-get install -y ffmpeg, and look which one is first: command -v ffmpeg",
    facts,
  };
}
