/**
 * A proxy before an RTSP camera (over TCP) that takes the parameter sets out of its
 * description, as cheap cameras leave them out: they come in the stream only.
 * @module
 */
const SAID = new TextEncoder().encode("sprop-parameter-sets");
/** As long, so that the description's length stays right. */
const UNKNOWN = new TextEncoder().encode("xprop-parameter-nots");

export interface RtspProxy extends AsyncDisposable {
  readonly port: number;
}

/** Passes on to the camera what comes to a port of loopback. */
export function openRtspProxy(camera: Deno.ConnectOptions): RtspProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const connections = new Set<Deno.Conn>();
  const serving = serve(listener, camera, connections);
  return {
    port: listener.addr.port,
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const connection of connections) closed(connection);
      await serving;
    },
  };
}

async function serve(
  listener: Deno.Listener,
  where: Deno.ConnectOptions,
  connections: Set<Deno.Conn>,
): Promise<void> {
  const passing: Promise<void>[] = [];
  try {
    for await (const client of listener) {
      const camera = await Deno.connect(where);
      for (const connection of [client, camera]) connections.add(connection);
      passing.push(pass(client, camera), pass(camera, client));
    }
  } catch (thrown) {
    if (!(thrown instanceof Deno.errors.BadResource)) throw thrown;
  }
  await Promise.all(passing);
}

/** The description is short and comes in one piece. */
async function pass(from: Deno.Conn, to: Deno.Conn): Promise<void> {
  const bytes = new Uint8Array(65_536);
  try {
    for (
      let count = await from.read(bytes);
      count !== null;
      count = await from.read(bytes)
    ) {
      const part = bytes.subarray(0, count);
      for (let at = find(part); at >= 0; at = find(part)) part.set(UNKNOWN, at);
      for (let done = 0; done < count;) done += await to.write(part.subarray(done));
    }
  } catch {
    // Either side may go at any time.
  }
  closed(from);
  closed(to);
}

function closed(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // It is closed.
  }
}

function find(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(SAID[0]!); at >= 0; at = bytes.indexOf(SAID[0]!, at + 1)) {
    if (SAID.every((byte, offset) => bytes[at + offset] === byte)) return at;
  }
  return -1;
}
