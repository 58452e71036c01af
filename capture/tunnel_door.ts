/**
 * A port on loopback whose clients are led through pipes that were judged before. Opens
 * no pipe itself and looks at no byte.
 * @module
 */
import type { Child } from "../base/subprocess.ts";

/** Above so many bytes that a client has not taken, the camera waits. */
const WAITING_BYTES_MAX = 1_000_000;

/** A connection whose peer proved itself: its child speaks TLS. */
export interface JudgedPipe {
  readonly child: Child;
  readonly opened: AsyncDisposableStack;
}

/** Disposing it ends all pipes and waits until their children are gone. */
export interface TunnelDoor extends AsyncDisposable {
  /** On 127.0.0.1. */
  readonly port: number;
}

/**
 * @param first for the first client
 * @param another a pipe for each further one, undefined when its peer was refused;
 *   without it there is no further one
 */
export function openDoor(
  first: JudgedPipe,
  another?: () => Promise<JudgedPipe | undefined>,
): TunnelDoor {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const pipes = new OpenPipes();
  pipes.add(first);
  const serving = serve(listener, pipes, { first, another });
  return {
    port: listener.addr.port,
    async [Symbol.asyncDispose]() {
      close(listener);
      await pipes.endAll();
      await serving;
      await pipes.endAll(); // one may have been on its way
    },
  };
}

/** Ends each pipe once, however many ask for it, and lets all of them wait for it. */
class OpenPipes {
  readonly #endings = new Map<JudgedPipe, Promise<void> | undefined>();

  add(pipe: JudgedPipe): void {
    this.#endings.set(pipe, undefined);
  }

  async end(pipe: JudgedPipe): Promise<void> {
    if (!this.#endings.has(pipe)) return;
    // OpenSSL heeds no end of its input, and has nothing to finish.
    pipe.child.kill("SIGKILL");
    const ending = this.#endings.get(pipe) ?? pipe.opened.disposeAsync();
    this.#endings.set(pipe, ending);
    await ending;
    this.#endings.delete(pipe);
  }

  async endAll(): Promise<void> {
    await Promise.all([...this.#endings.keys()].map((pipe) => this.end(pipe)));
  }
}

interface Supply {
  readonly first: JudgedPipe;
  readonly another: (() => Promise<JudgedPipe | undefined>) | undefined;
}

/** Takes clients until the door is closed. */
async function serve(
  listener: Deno.TcpListener,
  pipes: OpenPipes,
  { first, another }: Supply,
): Promise<void> {
  let ready: JudgedPipe | undefined = first;
  for (;;) {
    const client = await listener.accept().catch(() => undefined);
    if (!client) return;
    if (!another) close(listener);
    const pipe = ready ?? await another?.();
    ready = undefined;
    if (!pipe) {
      client.close();
      continue;
    }
    if (pipe !== first) pipes.add(pipe);
    passing(client, pipe.child).catch(() => {}).finally(() => pipes.end(pipe));
  }
}

function close(listener: Deno.TcpListener): void {
  try {
    listener.close();
  } catch {
    // Closed when its one client came.
  }
}

/** Passes bytes both ways until either side is done. */
async function passing(client: Deno.TcpConn, child: Child): Promise<void> {
  const writer = client.writable.getWriter();
  const output = child.output(1);
  let waitingBytes = 0;
  output.onBytes((bytes) => {
    waitingBytes += bytes.length;
    if (waitingBytes > WAITING_BYTES_MAX) output.pause();
    writer.write(bytes).then(() => {
      waitingBytes -= bytes.length;
      if (waitingBytes < WAITING_BYTES_MAX) output.resume();
    }, () => {});
  });
  output.ended.then(() => writer.close()).catch(() => {});
  for await (const bytes of client.readable) child.input.write(bytes);
}
