/**
 * What `bench capture` measures: this program watching a camera, and FFmpeg alone that
 * decodes the same stream to the same small frames into nothing. Measures nothing itself.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { type Child, startChild } from "../base/subprocess.ts";
import type { LiveMessage } from "../server/live_protocol.ts";
import { checkoutRoot } from "./bench_place.ts";
import { onLines } from "./bench_camera.ts";

/** A process tree whose CPU is measured. Disposing ends it. */
export interface Subject extends AsyncDisposable {
  readonly pid: number;
}

/** A frame's DSL line as a client of the live socket got it. */
export interface ToldFrame {
  readonly ptsUs: number;
  /** When it came, UTC ms. */
  readonly atMs: number;
}

export interface Watching extends Subject {
  readonly told: readonly ToldFrame[];
  /** Of the decode ladder, as the last state said it; undefined before one did. */
  readonly rung: string | undefined;
}

const OPEN_MS = 30_000;

/** The words that the project's goals name for decoding alone. */
export async function decodeAlone(url: string): Promise<Subject> {
  const filter = "fps=10,scale=640:-2:flags=area,format=yuv420p";
  return await startChild({
    program: "ffmpeg",
    args: [
      ...["-nostdin", "-v", "error", "-threads", "1", "-rtsp_transport", "tcp"],
      ...["-i", url, "-vf", filter, "-fps_mode", "passthrough", "-f", "rawvideo"],
      ...["-y", "/dev/null"],
    ],
    stdin: "none",
    outputs: [],
  });
}

export interface WatchPlan {
  readonly url: string;
  readonly idleAfterS: number;
  /** Where it may write what it keeps: nothing of ours is touched. */
  readonly folder: string;
}

/**
 * `streamware run` on free ports, with one silent client of its live socket.
 * @throws Fault unavailable when its doors do not open
 */
export async function watchCamera(plan: WatchPlan, clock: Clock): Promise<Watching> {
  const { folder, url, idleAfterS } = plan;
  const settings = `${folder}/streamware.yaml`;
  const cameras = { main: { url, fps: 10, idle_after: idleAfterS } };
  Deno.mkdirSync(folder, { recursive: true });
  // Children that come and go by themselves are what `bench classes` measures.
  Deno.writeTextFileSync(settings, JSON.stringify({ cameras, classes: "off" }));
  const places = ["STATE_DIRECTORY", "RUNTIME_DIRECTORY", "CONFIGURATION_DIRECTORY"];
  const child = await startChild({
    program: "env",
    args: [
      ...places.map((name) => `${name}=${folder}`),
      ...[...ownCommand(), "run", "--config", settings, "--dsl-only"],
      ...["--port", "0", "--original-port", "0", "--control-socket", "off"],
    ],
    stdin: "none",
    outputs: [1],
  });
  const opened = Promise.withResolvers<string | undefined>();
  onLines(child, (line) => {
    const socket = /^ {2}socket +(\S+)/.exec(line)?.[1];
    if (socket !== undefined) opened.resolve(socket);
  });
  using _late = clock.after(OPEN_MS, () => opened.resolve(undefined));
  const gone = child.exited.then(() => undefined);
  const socket = await Promise.race([opened.promise, gone]);
  if (socket === undefined) {
    await child[Symbol.asyncDispose]();
    throw new Fault("unavailable", "Cannot measure: StreamWare does not open its doors");
  }
  return listening(child, { socket, clock });
}

/** This program, from a checkout or as one file. */
function ownCommand(): string[] {
  if (Deno.build.standalone) return [Deno.execPath()];
  const root = checkoutRoot();
  const config = ["--allow-all", "--no-check", "--config", `${root}deno.json`];
  return [Deno.execPath(), "run", ...config, `${root}main.ts`];
}

function listening(
  child: Child,
  { socket, clock }: { readonly socket: string; readonly clock: Clock },
): Watching {
  const told: ToldFrame[] = [];
  let rung: string | undefined;
  const client = new WebSocket(socket);
  client.onmessage = ({ data }) => {
    const atMs = clock.utcMs();
    const message: LiveMessage = JSON.parse(data);
    if (message.type === "frame") told.push({ ptsUs: message.ptsUs, atMs });
    if (message.type === "state") rung = message.state.rung ?? rung;
    if (message.type === "hello") rung = message.cameras[0]?.state.rung ?? rung;
  };
  return {
    told,
    pid: child.pid,
    get rung() {
      return rung;
    },
    async [Symbol.asyncDispose]() {
      client.close();
      await child[Symbol.asyncDispose]();
    },
  };
}
