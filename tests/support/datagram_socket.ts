/**
 * A datagram socket as systemd's is: takes what is sent to a path or to an abstract name.
 * Through libc, as Deno has none without an unstable flag.
 * @module
 */
const SYMBOLS = {
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  bind: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  recv: { parameters: ["i32", "buffer", "usize", "i32"], result: "isize" },
  close: { parameters: ["i32"], result: "i32" },
} as const;

const AF_UNIX = 1;
const SOCK_DGRAM_CLOEXEC = 2 | 0o2000000;
const MSG_DONTWAIT = 0x40;

export class DatagramSocket implements Disposable {
  readonly #libc = Deno.dlopen("libc.so.6", SYMBOLS);
  readonly #socket: number;

  /** @param name a path, or an abstract name that begins with `@` */
  constructor(name: string) {
    const bytes = new TextEncoder().encode(name.replace(/^@/, "\0"));
    const address = new Uint8Array(2 + bytes.length);
    address[0] = AF_UNIX;
    address.set(bytes, 2);
    this.#socket = this.#libc.symbols.socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
    if (this.#libc.symbols.bind(this.#socket, address, address.length) !== 0) {
      throw new Error(`cannot listen on ${name}`);
    }
  }

  /** What has come since the last call, oldest first. */
  received(): string[] {
    const texts: string[] = [];
    const bytes = new Uint8Array(4_096);
    for (;;) {
      const size = BigInt(bytes.length);
      const got = this.#libc.symbols.recv(this.#socket, bytes, size, MSG_DONTWAIT);
      if (got < 0n) return texts;
      texts.push(new TextDecoder().decode(bytes.subarray(0, Number(got))));
    }
  }

  [Symbol.dispose](): void {
    this.#libc.symbols.close(this.#socket);
    this.#libc.close();
  }
}
