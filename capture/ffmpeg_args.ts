/**
 * The arguments of every FFmpeg we start. Pure.
 *
 * Whatever a user or a camera says stands behind `-i` as `file:PATH` or as a URL
 * that `source_url.ts` has rebuilt, so it cannot become an option. Protocols and
 * formats are closed lists per kind of source: a playlist cannot open our files.
 * @module
 */
import type { FrameFormat } from "./frame/frame.ts";
import type { WantedParts } from "./wanted_parts.ts";
import type { Transport } from "./transport_choice.ts";

/** Every line of standard error begins with its level in brackets. */
const QUIET = ["-hide_banner", "-nostats", "-loglevel", "level+warning"];

/** Begins with the first bytes instead of looking at seconds of them. */
const SMALL_PROBING = ["-probesize", "32", "-analyzeduration", "0"];

/**
 * Formats taken for video files: containers of moving pictures only. FFmpeg
 * would show a text file as a picture of its letters, and follow playlists.
 */
const FILE_FORMATS =
  "mov,mp4,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg,mxf,nut,ivf,h264,hevc," +
  "m4v,mpegvideo,mjpeg,mpjpeg,dv,rm,gxf,wtv,obu,av1,yuv4mpegpipe,gif,apng";

/** Formats taken over HTTP: the same and HLS. */
const HTTP_FORMATS = `${FILE_FORMATS},hls,applehttp`;

/**
 * Raw frames on descriptor 1 and, by the same encoder, one framecrc line each on
 * descriptor 3: the n-th line tells the n-th frame's PTS, its header the size and
 * the time base. Without `-enc_time_base -1` a PTS is rounded to a guessed rate.
 */
function framesOut(filters: readonly string[]): string[] {
  return [
    ...["-vf", [...filters, "format=yuv420p"].join(",")],
    ...["-fps_mode", "passthrough", "-enc_time_base", "-1"],
    ...["-c:v", "rawvideo", "-threads", "1", "-f", "tee", "-map", "0:V:0"],
    "[f=rawvideo:flush_packets=1]pipe\\:1|[f=framecrc:flush_packets=1]pipe\\:3",
  ];
}

/** Cheap averaging: for moving pictures made smaller it is as good as bicubic. */
function scaleTo(width: string): string {
  return `scale=${width}:-2:flags=area`;
}

/** Never wider than the source: bigger pictures hold no more to see. */
function shrinkTo(width: number): string {
  return scaleTo(`'min(iw,${width})'`);
}

/**
 * Lets the first frame of every cell of a grid through, at its own time. The first
 * frame of all is in the middle of its cell, so that times which tremble a little
 * stay in theirs.
 */
function thinTo(fps: number): string {
  const cell = (time: string) => `floor((${time}-start_t)*${fps}+0.5)`;
  return `select='isnan(prev_selected_t)+gt(${cell("t")},${cell("prev_selected_t")})'`;
}

/** Lets through at most twice as many frames as wanted; `frame_grid.ts` does the rest. */
function roughlyThinTo(fps: number): string {
  return `select='isnan(prev_selected_t)+gte(t-prev_selected_t,${0.5 / fps})'`;
}

export interface ClipArgs {
  readonly path: string;
  readonly fps?: number | undefined;
  readonly width?: number | undefined;
  /** True: `width` is a limit; false: the exact width. */
  readonly shrinkOnly?: boolean | undefined;
}

/**
 * A video file to frames, as fast as they are read. One thread: with more, what a
 * damaged picture decodes to differs from run to run.
 */
export function clipArgs(clip: ClipArgs): string[] {
  const filters: string[] = [];
  if (clip.fps !== undefined) filters.push(thinTo(clip.fps));
  if (clip.width !== undefined) {
    filters.push(clip.shrinkOnly ? shrinkTo(clip.width) : scaleTo(`${clip.width}`));
  }
  return [
    ...[...QUIET, "-nostdin", "-threads", "1", "-copyts"],
    ...["-protocol_whitelist", "file", "-format_whitelist", FILE_FORMATS],
    ...["-i", `file:${clip.path}`, ...framesOut(filters)],
  ];
}

/** Asks ffprobe what a file holds, as JSON. */
export function fileProbeArgs(path: string): string[] {
  return [
    ...["-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file"],
    ...[
      "-of",
      "json",
      "-show_entries",
      "format=format_name:stream=codec_type,codec_name",
    ],
    `file:${path}`,
  ];
}

/** What ffprobe is asked about a source's pictures, as JSON. */
const PICTURE_FACTS = [
  ...["-hide_banner", "-loglevel", "level+warning", "-of", "json", "-show_entries"],
  "stream=codec_type,codec_name,width,height,avg_frame_rate",
];

/**
 * Asks ffprobe what a source shows. Of a stream on the network the URL comes on standard
 * input, by `demuxScript` or `httpScript`.
 */
export function pictureProbeArgs(
  source:
    | { readonly kind: "rtsp" | "http"; readonly isTunnel?: boolean }
    | { readonly kind: "file" | "device"; readonly path: string },
): string[] {
  const listed = ["-f", "concat", "-safe", "0", "-protocol_whitelist"];
  switch (source.kind) {
    case "rtsp":
      return [...PICTURE_FACTS, ...listed, rtspProtocols(source), "-i", "pipe:0"];
    case "http":
      return [...PICTURE_FACTS, ...listed, httpProtocols(source), "-i", "pipe:0"];
    case "file":
      return [
        ...[...PICTURE_FACTS, "-protocol_whitelist", "file"],
        ...["-format_whitelist", FILE_FORMATS, "-i", `file:${source.path}`],
      ];
    case "device":
      return [
        ...[...PICTURE_FACTS, "-protocol_whitelist", "file"],
        ...["-f", "v4l2", "-i", source.path],
      ];
  }
}

/** How long FFmpeg itself waits for a peer's bytes, in µs. Our own watchdog is first. */
const SOCKET_TIMEOUT_US = 15_000_000;

const RTSP_PROTOCOLS = "pipe,rtsp,rtsps,rtp,tcp,udp,tls,crypto";
/** What the kernel may hold of UDP while we are busy: half a second of 16 Mbit/s. */
const UDP_BUFFER_BYTES = 1_000_000;
/** Through a tunnel FFmpeg speaks no TLS: to where it was sent on it would judge nobody. */
const TUNNELLED_PROTOCOLS = "pipe,rtsp,rtp,tcp";
const HTTP_PROTOCOLS = "pipe,http,https,httpproxy,tcp,tls,crypto";

/** Through a tunnel; where a playlist or a server sends elsewhere, nobody was judged. */
const TUNNELLED_HTTP_PROTOCOLS = "pipe,http,tcp,crypto";

function httpProtocols({ isTunnel }: { readonly isTunnel?: boolean }): string {
  return isTunnel ? TUNNELLED_HTTP_PROTOCOLS : HTTP_PROTOCOLS;
}

export interface HttpArgs {
  /** FFmpeg is to speak no TLS of its own. */
  readonly isTunnel?: boolean;
  readonly fps: number;
  readonly width: number;
  /** A file behind a web server: read it no faster than it plays. */
  readonly paced: boolean;
}

/** A stream over http or https to frames. Its URL comes by `httpScript`. */
export function httpArgs(stream: HttpArgs): string[] {
  return [
    ...[...QUIET, "-nostdin", "-threads", "1", "-flags", "low_delay", "-copyts"],
    ...(stream.paced ? ["-re"] : []),
    ...[
      "-f",
      "concat",
      "-safe",
      "0",
      "-protocol_whitelist",
      httpProtocols(stream),
      "-i",
      "pipe:0",
    ],
    ...framesOut([roughlyThinTo(stream.fps), shrinkTo(stream.width)]),
  ];
}

/** Asks for the format of a stream over HTTP: it stands in a line of level debug. */
export function httpProbeArgs(way: { readonly isTunnel?: boolean } = {}): string[] {
  return [
    ...["-hide_banner", "-loglevel", "level+debug", "-f", "concat", "-safe", "0"],
    ...["-protocol_whitelist", httpProtocols(way), "-i", "pipe:0"],
  ];
}

/**
 * What the two above read; `wallclock`: the stream has no times, take those of arrival;
 * `hostName`: the server's own name, where the URL leads into a tunnel.
 */
export function httpScript(
  url: string,
  wallclock: boolean,
  { hostName }: { readonly hostName?: string | undefined } = {},
): string {
  return listOf(url, [
    `format_whitelist ${HTTP_FORMATS}`,
    `rw_timeout ${SOCKET_TIMEOUT_US}`,
    ...(hostName === undefined ? [] : [`headers 'Host: ${hostName}'`]),
    ...(wallclock ? ["use_wallclock_as_timestamps 1"] : []),
  ]);
}

/** A V4L2 device to frames, with the driver's own times. */
export function deviceArgs(
  device: { readonly path: string; readonly fps: number; readonly width: number },
): string[] {
  return [
    ...[...QUIET, "-nostdin", "-threads", "1", "-copyts"],
    ...["-protocol_whitelist", "file", "-f", "v4l2", "-i", device.path],
    ...framesOut([roughlyThinTo(device.fps), shrinkTo(device.width)]),
  ];
}

/**
 * `small` begins at once and needs the picture's size in the SDP; `default` looks
 * at some seconds of video first.
 */
export type Probing = "small" | "default";

/** Without `skip_trailer` the muxer keeps 40 bytes of every fragment for the trailer. */
const DEMUX_FLAGS = "frag_every_frame+empty_moov+default_base_moof+skip_trailer";

/**
 * A camera's coded pictures as fMP4, one fragment each. The URL comes on standard
 * input (`demuxScript`). No `nobuffer`: it throws the first GOP away.
 */
export function demuxArgs({ isTunnel = false } = {}): string[] {
  return [
    // Without `repeat` a second loss like the first would not be told.
    ...["-hide_banner", "-nostats", "-loglevel", "repeat+level+warning", "-nostdin"],
    ...[...SMALL_PROBING, "-f", "concat", "-safe", "0"],
    ...["-protocol_whitelist", rtspProtocols({ isTunnel }), "-i", "pipe:0"],
    ...["-map", "0:v:0", "-c", "copy", "-f", "mp4"],
    ...["-movflags", DEMUX_FLAGS],
    ...["-flush_packets", "1", "pipe:1"],
  ];
}

function rtspProtocols({ isTunnel }: { readonly isTunnel?: boolean }): string {
  return isTunnel ? TUNNELLED_PROTOCOLS : RTSP_PROTOCOLS;
}

/**
 * What the demux child reads: a list of one stream with its options, so that no
 * password stands in a command line, where every user of the box could read it.
 */
export function demuxScript(
  url: string,
  probing: Probing,
  { transport = "tcp" }: { readonly transport?: Transport } = {},
): string {
  const options = [
    `rtsp_transport ${transport}`,
    ...(transport === "udp" ? [`buffer_size ${UDP_BUFFER_BYTES}`] : []),
    "allowed_media_types video",
    `timeout ${SOCKET_TIMEOUT_US}`,
    ...(probing === "small" ? ["probesize 32", "analyzeduration 0"] : []),
  ];
  return listOf(url, options);
}

/** In single quotes nothing is special but the quote itself, which a URL can encode. */
function listOf(url: string, options: readonly string[]): string {
  const file = `file '${url.replaceAll("'", "%27")}'`;
  return ["ffconcat version 1.0", file, ...options.map((line) => `option ${line}`), ""]
    .join("\n");
}

/**
 * Fragments on standard input to frames. The PTS of a fragment is a label: only
 * odd ones come out, before the scaler, so that frames are chosen per packet.
 */
export function decodeArgs(
  decode: { readonly width: number; readonly decoder?: readonly string[] },
): string[] {
  return [
    ...[...QUIET, "-f", "mp4", "-protocol_whitelist", "pipe"],
    ...[
      ...SMALL_PROBING,
      "-flags",
      "low_delay",
      "-threads",
      "1",
      "-copyts",
      ...(decode.decoder ?? []),
      "-i",
      "pipe:0",
    ],
    ...framesOut(["select='mod(pts,2)'", shrinkTo(decode.width)]),
  ];
}

/** What all below read: fragments of a packet ring on standard input. */
const FRAGMENTS_IN = [
  ...["-f", "mp4", "-protocol_whitelist", "pipe", ...SMALL_PROBING, "-threads", "1"],
];

/**
 * Fragments on standard input to one JPEG of their full size on standard output: that of
 * the first odd label. At quality 3 a picture of 1080p has about
 * 100 kB.
 */
export function fullStillArgs(): string[] {
  return [
    ...[...QUIET, ...FRAGMENTS_IN, "-copyts", "-i", "pipe:0"],
    ...["-map", "0:V:0", "-vf", "select='mod(pts,2)',format=yuvj420p"],
    ...["-frames:v", "1", "-fps_mode", "passthrough", "-enc_time_base", "-1"],
    ...["-c:v", "mjpeg", "-threads", "1", "-q:v", "3", "-f", "mjpeg", "pipe:1"],
  ];
}

/**
 * Fragments on standard input to a part of each picture that has an odd label, raw, one
 * after the other as they are shown.
 * @param parts where each of them begins, in that order
 */
export function fullPartsArgs(
  parts: readonly { readonly left: number; readonly top: number }[],
  { size, shrunkTo }: { readonly size: FrameFormat; readonly shrunkTo: FrameFormat },
): string[] {
  const at = (from: readonly number[]) =>
    from.reduceRight((rest, place, n) => `if(eq(n,${n}),${place},${rest})`, "0");
  const left = at(parts.map((part) => part.left));
  const top = at(parts.map((part) => part.top));
  const filters = [
    "select='mod(pts,2)'",
    `crop=w=${size.width}:h=${size.height}:x='${left}':y='${top}'`,
    ...(shrunkTo.width === size.width && shrunkTo.height === size.height
      ? []
      : [`scale=${shrunkTo.width}:${shrunkTo.height}:flags=area`]),
    "format=yuv420p",
  ];
  return [
    ...[...QUIET, ...FRAGMENTS_IN, "-copyts", "-i", "pipe:0", "-map", "0:V:0"],
    ...["-vf", filters.join(","), "-frames:v", `${parts.length}`],
    ...["-fps_mode", "passthrough", "-enc_time_base", "-1"],
    ...["-c:v", "rawvideo", "-f", "rawvideo", "pipe:1"],
  ];
}

/** A clip is sought this much before a time, s: between two pictures. */
const BEFORE_S = 0.001;

/** A part of each of several pictures of a file, raw, one after the other. */
export function clipPartsArgs(
  path: string,
  { parts, size, shrunkTo }: WantedParts,
): string[] {
  const inputs = parts.flatMap(({ ptsUs }) => [
    ...["-threads", "1", "-protocol_whitelist", "file"],
    ...["-format_whitelist", FILE_FORMATS, "-seek_timestamp", "1"],
    ...["-ss", (ptsUs / 1e6 - BEFORE_S).toFixed(6), "-i", `file:${path}`],
  ]);
  const cuts = parts.map(({ left, top }, n) =>
    `[${n}:V:0]trim=end_frame=1,crop=${size.width}:${size.height}:${left}:${top},` +
    `scale=${shrunkTo.width}:${shrunkTo.height}:flags=area,format=yuv420p,setsar=1[p${n}]`
  );
  const all = parts.map((_, n) => `[p${n}]`).join("");
  return [
    ...[...QUIET, "-nostdin", ...inputs, "-filter_complex"],
    [...cuts, `${all}concat=n=${parts.length}`].join(";"),
    ...["-fps_mode", "passthrough", "-c:v", "rawvideo", "-threads", "1"],
    ...["-f", "rawvideo", "pipe:1"],
  ];
}

/** The same to one raw frame as `decodeArgs` gives it, decoded in software. */
export function oneFrameArgs(width: number): string[] {
  return [
    ...[...QUIET, ...FRAGMENTS_IN, "-copyts", "-i", "pipe:0", "-map", "0:V:0"],
    ...["-vf", `select='mod(pts,2)',${shrinkTo(width)},format=yuv420p`],
    ...["-frames:v", "1", "-fps_mode", "passthrough", "-enc_time_base", "-1"],
    ...["-c:v", "rawvideo", "-f", "rawvideo", "pipe:1"],
  ];
}

/** Fragments on standard input to a video file that can be played while it loads. */
export function ringClipArgs(path: string): string[] {
  return [
    ...[...QUIET, ...FRAGMENTS_IN, "-i", "pipe:0", "-map", "0:V:0", "-c", "copy"],
    ...["-movflags", "+faststart", "-f", "mp4", "-y", `file:${path}`],
  ];
}
