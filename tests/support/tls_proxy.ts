/**
 * A proxy as people put before the loopback port: it has the certificate, and passes
 * another Host. Everything else goes through as it came, sockets too.
 * @module
 */
import type { Certificate } from "../../server/certificate.ts";

export interface TlsProxy extends AsyncDisposable {
  readonly port: number;
}

/** Passes what comes to `port` of loopback, with `localhost` as Host. */
export function openTlsProxy(port: number, certificate: Certificate): TlsProxy {
  const listener = Deno.listenTls({
    hostname: "127.0.0.1",
    port: 0,
    cert: certificate.certPem,
    key: certificate.keyPem.reveal(),
  });
  const serving = serve(listener, port);
  return {
    port: listener.addr.port,
    [Symbol.asyncDispose]: async () => {
      listener.close();
      await serving;
    },
  };
}

async function serve(listener: Deno.TlsListener, port: number): Promise<void> {
  const passing: Promise<void>[] = [];
  try {
    for (;;) {
      const client = await listener.accept();
      passing.push(pass(client, port).catch(() => {})); // either side may go at any time
    }
  } catch (thrown) {
    if (!(thrown instanceof Deno.errors.BadResource)) throw thrown;
  }
  await Promise.all(passing);
}

async function pass(client: Deno.TlsConn, port: number): Promise<void> {
  const server = await Deno.connect({ hostname: "127.0.0.1", port });
  const ask = client.readable.pipeThrough(withHost(`localhost:${port}`));
  await Promise.all([
    ask.pipeTo(server.writable),
    server.readable.pipeTo(client.writable),
  ]);
}

/** A browser writes a request's head in one piece: only pieces that begin one are read. */
function withHost(host: string): TransformStream<Uint8Array, Uint8Array<ArrayBuffer>> {
  return new TransformStream({
    transform(piece, controller) {
      const text = Array.from(piece, (byte) => String.fromCharCode(byte)).join("");
      const isHead = /^[A-Z]+ \S+ HTTP\/1\.1\r\n/.test(text);
      const passed = isHead ? text.replace(/^host:.*$/im, `Host: ${host}`) : text;
      controller.enqueue(Uint8Array.from(passed, (char) => char.charCodeAt(0)));
    },
  });
}
