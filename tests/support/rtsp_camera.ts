/**
 * Starts and orders about the RTSP camera of `rtsp_camera.py`.
 * @module
 */

/** Debian's own Python: others on PATH have no GStreamer bindings. */
const PYTHON = "/usr/bin/python3";
const SCRIPT = new URL("./rtsp_camera.py", import.meta.url).pathname;

/** False where gst-rtsp-server is not installed; tests are ignored then. */
export const hasRtspCamera: boolean = (() => {
  const imports = "import gi; gi.require_version('GstRtspServer', '1.0')";
  try {
    const { success } = new Deno.Command(PYTHON, {
      args: ["-c", imports],
      stdout: "null",
      stderr: "null",
    }).outputSync();
    return success;
  } catch {
    return false;
  }
})();

export interface RtspCameraOptions {
  /** Video files that it plays in a loop; all of the rate `fps`. */
  readonly clips: readonly string[];
  /** Which of them it begins with. */
  readonly clip?: number;
  readonly fps?: number;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly auth?: "digest" | "basic";
  readonly address?: string;
  /** What it sends pictures over; both without it. */
  readonly proto?: "tcp" | "udp";
  /** It shows picture n at n/fps of the box's clock, so much later, ms. */
  readonly byClockLateMs?: number;
  /** It sends sound, too. */
  readonly sound?: boolean;
  /** Network namespace in which it runs. */
  readonly namespace?: string;
}

/** A running camera. Disposing it kills it, as a power cut would. */
export class RtspCamera implements AsyncDisposable {
  readonly port: number;
  /** With user and password, if it asks for any. */
  readonly url: string;
  readonly #process: Deno.ChildProcess;
  readonly #events: AsyncGenerator<Record<string, unknown>>;
  readonly #commands: WritableStreamDefaultWriter<Uint8Array>;

  static async start(options: RtspCameraOptions): Promise<RtspCamera> {
    const flags: string[] = [];
    const flag = (name: string, value: string | number | undefined) => {
      if (value !== undefined) flags.push(`--${name}`, String(value));
    };
    flag("port", options.port ?? 0);
    flag("addr", options.address);
    flag("clip", options.clip);
    flag("fps", options.fps);
    flag("user", options.user);
    flag("password", options.password);
    flag("auth", options.auth);
    flag("proto", options.proto);
    flag("late-ms", options.byClockLateMs);
    if (options.byClockLateMs !== undefined) flags.push("--by-clock");
    if (options.sound) flags.push("--sound");
    const { namespace } = options;
    const within = namespace === undefined ? [] : ["ip", "netns", "exec", namespace];
    const [program, ...args] = [...within, PYTHON, SCRIPT, ...flags, ...options.clips];
    const process = new Deno.Command(program!, {
      args,
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const events = eventsOf(process.stdout);
    const ready = await untilEvent(events, "ready");
    return new RtspCamera(process, events, Number(ready.port), options);
  }

  private constructor(
    process: Deno.ChildProcess,
    events: AsyncGenerator<Record<string, unknown>>,
    port: number,
    options: RtspCameraOptions,
  ) {
    this.#process = process;
    this.#events = events;
    this.#commands = process.stdin.getWriter();
    this.port = port;
    const { user, password, address = "127.0.0.1" } = options;
    const login = user === undefined
      ? ""
      : `${encodeURIComponent(user)}:${encodeURIComponent(password ?? "")}@`;
    this.url = `rtsp://${login}${address}:${port}/cam`;
  }

  /** Gives a command, such as `stall`, and waits until it is obeyed. */
  async command(line: string): Promise<void> {
    await this.#commands.write(new TextEncoder().encode(line + "\n"));
    const event = await untilEvent(this.#events, "done");
    if (event.command !== line) throw new Error(`The camera did ${event.command}`);
  }

  /** Halts or wakes the whole camera: its connections stay, nobody answers. */
  signal(signal: "SIGSTOP" | "SIGCONT"): void {
    this.#process.kill(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It ended by itself.
    }
    await this.#process.status;
    await this.#events.return(undefined);
    await this.#commands.abort().catch(() => {});
  }
}

async function untilEvent(
  events: AsyncGenerator<Record<string, unknown>>,
  name: string,
): Promise<Record<string, unknown>> {
  for (let next = await events.next(); !next.done; next = await events.next()) {
    if (next.value.event === name) return next.value;
  }
  throw new Error(`The camera ended before it said "${name}"`);
}

async function* eventsOf(
  stdout: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Record<string, unknown>> {
  let rest = "";
  for await (const text of stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) yield JSON.parse(line);
  }
}
