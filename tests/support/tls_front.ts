/**
 * TLS before a camera: what cameras' own firmware does, and what those who stand between
 * do. Counts what was sent to it; changes nothing in it.
 * @module
 */
export interface MadeCertificate {
  readonly certPem: string;
  readonly keyPem: string;
  /** SHA-256 as `AB:CD:…`. */
  readonly fingerprint: string;
}

/** A certificate as cameras make them: for no name, and an authority of its own. */
export async function makeCertificate(
  file: string,
  extensions: readonly string[] = [],
): Promise<MadeCertificate> {
  await openssl([
    ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30"],
    ...["-subj", "/CN=IPCamera", "-keyout", `${file}.key`, "-out", `${file}.pem`],
    ...extensions.flatMap((line) => ["-addext", line]),
  ]);
  const printed = await openssl(
    ["x509", "-in", `${file}.pem`, "-noout", "-fingerprint", "-sha256"],
  );
  return {
    certPem: Deno.readTextFileSync(`${file}.pem`),
    keyPem: Deno.readTextFileSync(`${file}.key`),
    fingerprint: printed.split("=")[1]!.trim(),
  };
}

async function openssl(args: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("openssl", {
    args: [...args],
    stdout: "piped",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

/** Passes what comes to it on; disposing it closes all. */
export class TlsFront implements AsyncDisposable {
  readonly port: number;
  /** What clients sent through TLS, all of them together. */
  received = "";
  connections = 0;
  readonly #listener: Deno.TlsListener;
  readonly #open = new Set<Disposable>();
  readonly #serving: Promise<void>;

  constructor(port: number, { certPem, keyPem }: MadeCertificate) {
    this.#listener = Deno.listenTls({
      hostname: "127.0.0.1",
      port: 0,
      cert: certPem,
      key: keyPem,
    });
    this.port = this.#listener.addr.port;
    this.#serving = this.#serve(port);
  }

  async #serve(port: number): Promise<void> {
    for await (const client of accepted(this.#listener)) {
      this.connections++;
      this.#pass(client, port).catch(() => {}); // either side may go at any time
    }
  }

  async #pass(client: Deno.TlsConn, port: number): Promise<void> {
    this.#open.add(client);
    await client.handshake();
    const server = await Deno.connect({ hostname: "127.0.0.1", port });
    this.#open.add(server);
    const note = new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>({
      transform: (bytes, controller) => {
        this.received += new TextDecoder("latin1").decode(bytes);
        controller.enqueue(new Uint8Array(bytes));
      },
    });
    await Promise.all([
      client.readable.pipeThrough(note).pipeTo(server.writable),
      server.readable.pipeTo(client.writable),
    ]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    await this.#serving;
    for (const connection of this.#open) {
      try {
        connection[Symbol.dispose]();
      } catch {
        // Closed with its stream.
      }
    }
  }
}

/** Passes the first connection to one port and all later ones to another. */
export class Switcher implements AsyncDisposable {
  readonly port: number;
  connections = 0;
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #serving: Promise<void>;

  constructor(first: number, later: number) {
    this.port = this.#listener.addr.port;
    this.#serving = this.#serve(first, later);
  }

  async #serve(first: number, later: number): Promise<void> {
    for await (const client of accepted(this.#listener)) {
      const port = this.connections++ === 0 ? first : later;
      Deno.connect({ hostname: "127.0.0.1", port }).then((server) =>
        Promise.all([
          client.readable.pipeTo(server.writable),
          server.readable.pipeTo(client.writable),
        ])
      ).catch(() => {}); // either side may go at any time
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    await this.#serving;
  }
}

async function* accepted<Connection>(
  listener: { accept(): Promise<Connection> },
): AsyncGenerator<Connection> {
  for (;;) {
    try {
      yield await listener.accept();
    } catch (thrown) {
      if (thrown instanceof Deno.errors.BadResource) return;
    }
  }
}
