/**
 * Which ways of decoding this box has, and whether each is right and cheaper than software:
 * two seconds of a drawn clip are decoded in each. Chooses nothing by itself: the setting
 * `decode` does, `decode_choice.ts` for `auto`, and `streamware doctor` says what to set.
 * @module
 */
import type { ProgramOutcome } from "../base/subprocess.ts";
import type { InitSegment } from "./fmp4.ts";
import type { Codec } from "./parameter_sets.ts";
import type { Decode } from "./source.ts";

/** Ways beside software, in the order in which they are tried. */
export const HARDWARE: readonly Exclude<Decode, "software">[] = [
  "vaapi",
  "v4l2m2m",
  "cuda",
];

/** What a way of decoding H.264 or H.265 takes before `-i`. */
export function decoderArgs(decode: Decode, codec: Codec = "h264"): string[] {
  switch (decode) {
    case "software":
      return [];
    case "v4l2m2m":
      return ["-c:v", `${codec}_v4l2m2m`];
    case "vaapi":
    case "cuda":
      return ["-hwaccel", decode];
  }
}

/** The codec by FFmpeg's name, by the sample entry in the init segment. */
export function codecOf({ bytes }: Pick<InitSegment, "bytes">): Codec {
  const entries = new TextDecoder("latin1").decode(bytes);
  return /hvc1|hev1/.test(entries) ? "hevc" : "h264";
}

/** What one way gave for the clip. */
export interface Tried {
  readonly decode: Decode;
  /** The same pictures as software, all of them. */
  readonly isRight: boolean;
  /** CPU time of FFmpeg, s; the GPU's own is not in it. */
  readonly cpuS: number;
  /** FFmpeg's last complaint; may be empty. */
  readonly said: string;
}

/** Runs FFmpeg with arguments. */
export type RunFfmpeg = (args: readonly string[]) => Promise<ProgramOutcome>;

/** Two seconds at 1280x720, drawn by FFmpeg itself. */
export function trialClipArgs(path: string, codec: Codec = "h264"): string[] {
  const encoder = codec === "h264"
    ? ["-c:v", "libx264"]
    : ["-c:v", "libx265", "-x265-params", "log-level=none"];
  return [
    ...["-hide_banner", "-loglevel", "error", "-nostdin", "-y"],
    ...["-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=25:duration=2"],
    ...[...encoder, "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25"],
    `file:${path}`,
  ];
}

/** Decodes a clip; the checksum of every picture on standard output, CPU time said. */
export function trialArgs(
  decode: Decode,
  path: string,
  codec: Codec = "h264",
): string[] {
  // Without pictures that stay in the hardware's memory, FFmpeg would go on in software
  // and say nothing.
  const isKept = decode === "vaapi" || decode === "cuda";
  return [
    ...["-hide_banner", "-loglevel", "level+info", "-nostats", "-nostdin", "-benchmark"],
    ...["-threads", "1", ...decoderArgs(decode, codec)],
    ...(isKept ? ["-hwaccel_output_format", decode] : []),
    ...["-i", `file:${path}`, "-map", "0:v:0"],
    ...["-vf", isKept ? "hwdownload,format=nv12,format=yuv420p" : "format=yuv420p"],
    ...["-f", "framemd5", "-"],
  ];
}

/**
 * Makes a clip, tries all ways on it and removes it.
 * @returns undefined when this FFmpeg has no encoder to make one with
 */
export async function tryBox(
  run: RunFfmpeg,
  codec: Codec = "h264",
): Promise<readonly [Tried, ...Tried[]] | undefined> {
  const folder = await Deno.makeTempDir({ prefix: "streamware-decoding-" });
  try {
    const clip = `${folder}/clip.mp4`;
    const { code } = await run(trialClipArgs(clip, codec));
    return code === 0 ? await tryDecoding(clip, run, codec) : undefined;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What the kernel calls this board; undefined on a PC. */
export function boardName(): string | undefined {
  try {
    const text = Deno.readTextFileSync("/proc/device-tree/model");
    return text.replace(/\0/g, "").trim();
  } catch {
    return undefined;
  }
}

/**
 * Decodes the clip at `path` in software and in each way of `HARDWARE`; software first.
 * A way that fails or hangs is one that is not right.
 */
export async function tryDecoding(
  path: string,
  run: RunFfmpeg,
  codec: Codec = "h264",
): Promise<readonly [Tried, ...Tried[]]> {
  const software = await tryOne(trialArgs("software", path, codec), "software", run);
  const others: Tried[] = [];
  for (const decode of HARDWARE) {
    const { sums, ...tried } = await tryOne(
      trialArgs(decode, path, codec),
      decode,
      run,
    );
    const isSame = sums.length === software.sums.length &&
      sums.every((sum, at) => sum === software.sums[at]);
    others.push({ ...tried, isRight: tried.isRight && isSame });
  }
  const { sums: _sums, ...first } = software;
  return [first, ...others];
}

async function tryOne(
  args: readonly string[],
  decode: Decode,
  run: RunFfmpeg,
): Promise<Tried & { readonly sums: readonly string[] }> {
  try {
    const { code, stdout, stderr } = await run(args);
    const sums = stdout.split("\n").filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => line.split(",").at(-1)!.trim());
    const cpuS = cpuOf(stderr);
    const said = stderr.findLast((line) => /\[(error|fatal)\]/.test(line)) ?? "";
    const isRight = code === 0 && sums.length > 0 && cpuS !== undefined;
    return { decode, isRight, cpuS: cpuS ?? Infinity, said, sums };
  } catch {
    const said = "FFmpeg did not end in time";
    return { decode, isRight: false, cpuS: Infinity, said, sums: [] };
  }
}

/** "bench: utime=0.124s stime=0.010s rtime=0.080s" is 0.134. */
function cpuOf(lines: readonly string[]): number | undefined {
  const line = lines.findLast((one) => one.includes("bench: utime="));
  const [, user, system] = /utime=([\d.]+)s stime=([\d.]+)s/.exec(line ?? "") ?? [];
  return user === undefined ? undefined : Number(user) + Number(system);
}

/** A way has to save as much to be worth what can go wrong with it. */
const SHARE_MAX = 0.7;

/** The cheapest way that is right and clearly cheaper; else software. */
export function bestOf([software, ...others]: readonly [Tried, ...Tried[]]): Tried {
  return others.filter(({ isRight, cpuS }) =>
    isRight && cpuS <= SHARE_MAX * software.cpuS
  )
    .reduce((best, one) => one.cpuS < best.cpuS ? one : best, software);
}

/** Boards whose only decoder is one for H.265. */
const LACKS_H264 = /^Raspberry Pi (5|500|Compute Module 5)\b/;

/** What was found, without a period. */
export function decodingWords(
  tried: readonly [Tried, ...Tried[]],
  board: string | undefined,
  codec: Codec = "h264",
): string {
  const name = codec === "h264" ? "H.264" : "H.265";
  const [software, ...others] = tried;
  const best = bestOf(tried);
  const here = board === undefined ? "this box" : `this ${board}`;
  if (best.decode !== "software") {
    const share = Math.round(100 * best.cpuS / software.cpuS);
    return `${here} decodes ${name} by ${best.decode} for ${share} % of the CPU time of ` +
      "software, with the same pictures";
  }
  const right = others.filter(({ isRight }) => isRight);
  if (right.length > 0) {
    const names = right.map(({ decode }) => decode).join(" and ");
    return `${here} decodes ${name} by ${names} too, which is not cheaper: software is used`;
  }
  if (codec === "h264" && board && LACKS_H264.test(board)) {
    return `${here} has no hardware that decodes H.264, as no Raspberry Pi 5 has: ` +
      "software is used";
  }
  return `${here} has no ${name} decoder that works with this FFmpeg: software is used`;
}
