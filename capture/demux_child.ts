/**
 * The FFmpeg that holds a camera's one RTSP session and hands over coded pictures.
 * Decodes nothing and never reconnects: that is `camera_session.ts`.
 * @module
 */
import type { StateReason } from "../analysis/dsl/camera_state.ts";
import type { Clock } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import { type Child, startChild } from "../base/subprocess.ts";
import { demuxArgs, demuxScript, type Probing } from "./ffmpeg_args.ts";
import { isError, reasonOf, refusesTransport, wantsProbing } from "./ffmpeg_words.ts";
import { Fmp4Splitter, type PacketTaker } from "./fmp4.ts";
import { type JudgedWay, openWay } from "./judged_way.ts";
import { revealUrl, sourceSecrets, type StreamUrl } from "./source_url.ts";
import { StreamTurns } from "./stream_turns.ts";
import type { TunnelRefusal } from "./tls_tunnel.ts";
import type { Transport } from "./transport_choice.ts";

export interface DemuxTaker extends PacketTaker {
  /** A line of FFmpeg's, without secrets, as it comes. */
  complaint(line: string): void;
}

export interface DemuxOptions {
  /** Names the camera in words. */
  readonly camera: string;
  readonly url: StreamUrl;
  /** The setting `certificate`. */
  readonly certificate?: string | undefined;
  /** Nobody waits for the session any more. */
  readonly signal?: AbortSignal | undefined;
  readonly probing: Probing;
  /** Through a tunnel it is TCP all the same. */
  readonly transport: Transport;
  readonly clock: Clock;
  /** Takes packets as they come; must not throw. */
  readonly taker: DemuxTaker;
}

/** Why a session is over. FFmpeg's exit code says nothing: it is 0 for a lost camera. */
export interface DemuxEnd {
  readonly why: StateReason;
  /** FFmpeg's last complaint, without secrets. */
  readonly said: string;
  /** What to do, where more is known than the reason says; to stand after the camera's name. */
  readonly words?: string | undefined;
  /** The next try should look at more of the stream first. */
  readonly wantsProbing: boolean;
  /** The camera does not send pictures over this transport. */
  readonly refusesTransport: boolean;
}

/** A running session. Disposing it closes the connection. */
export interface DemuxChild extends AsyncDisposable {
  /** Absent when FFmpeg was not started, as nobody trustworthy answered. */
  readonly pid: number | undefined;
  /** Of the child that speaks TLS, if any. */
  readonly tunnelPid?: number | undefined;
  /** Done when the session is over; never fails. */
  readonly ended: Promise<DemuxEnd>;
  kill(): void;
}

const COMPLAINTS_MAX = 20;

/**
 * Opens a session. Where the URL asks for TLS, the camera proves itself before FFmpeg
 * is given the password.
 * @throws Fault unavailable when FFmpeg cannot be started.
 */
export async function startDemux(options: DemuxOptions): Promise<DemuxChild> {
  const way = await openWay(options.url, options);
  if (way.kind === "refused") return notStarted(way);
  await using opened = new AsyncDisposableStack();
  opened.use(way);
  const child = opened.use(await startReading(way, options));
  const stack = opened.move();
  return {
    ...child,
    tunnelPid: way.pid,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function startReading(
  way: JudgedWay,
  options: DemuxOptions,
): Promise<DemuxChild> {
  const complaints: string[] = [];
  const complain = (line: string) => {
    if (complaints.push(line) > COMPLAINTS_MAX) complaints.shift();
    options.taker.complaint(line);
  };
  const child = await startChild({
    program: "ffmpeg",
    args: demuxArgs({ isTunnel: way.isTunnel }),
    stdin: "pipe",
    outputs: [1],
    onStderrLine: complain,
    secrets: sourceSecrets(options.url),
  });
  const transport = way.isTunnel ? "tcp" : options.transport;
  const url = revealUrl(way.url).reveal();
  const script = demuxScript(url, options.probing, { transport });
  child.input.write(new TextEncoder().encode(script));
  child.input.close();
  const splitter = new Fmp4Splitter(new StreamTurns(options.taker));
  let broken = false;
  child.output(1).onBytes((bytes) => {
    if (broken) return;
    try {
      splitter.push(bytes, options.clock.monotonicMs());
    } catch (thrown) {
      broken = true;
      complain(`[error] ${wordsOf(thrown)}`);
      child.kill("SIGKILL");
    }
  });
  return {
    pid: child.pid,
    kill: () => child.kill("SIGKILL"),
    ended: endOf(child, complaints),
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}

function notStarted({ why, said, words }: TunnelRefusal): DemuxChild {
  return {
    pid: undefined,
    kill: () => {},
    ended: Promise.resolve({
      why,
      said,
      words,
      wantsProbing: false,
      refusesTransport: false,
    }),
    [Symbol.asyncDispose]: async () => {},
  };
}

async function endOf(child: Child, complaints: readonly string[]): Promise<DemuxEnd> {
  await Promise.all([child.exited, child.stderrEnded]);
  return {
    why: reasonOf(complaints),
    said: complaints.findLast(isError) ?? "",
    wantsProbing: wantsProbing(complaints),
    refusesTransport: refusesTransport(complaints),
  };
}
