/**
 * A receiver of webhooks on loopback, as somebody else would build one.
 * @module
 */
import { eventually } from "./program.ts";

/** One POST as it arrived. */
export interface Arrived {
  readonly path: string;
  readonly headers: Headers;
  // deno-lint-ignore no-explicit-any -- a test reads what it knows to be there
  readonly body: any;
}

/** Answers one POST, at the latest when the receiver is `closing`. */
export type Answering = (
  post: Arrived,
  closing: AbortSignal,
) => Response | Promise<Response>;

export class WebhookReceiver implements AsyncDisposable {
  readonly posts: Arrived[] = [];
  readonly port: number;
  /** What the next posts get. */
  answer: Answering;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #origin: string;
  readonly #closing = new AbortController();

  constructor(
    answer: Answering = () => new Response(null, { status: 204 }),
    more: {
      readonly port?: number;
      /** Of `ownLoopback()` where one has to come back on the same port. */
      readonly address?: string;
      readonly cert?: string;
      readonly key?: string;
    } = {},
  ) {
    this.answer = answer;
    const { port = 0, address = "127.0.0.1", cert, key } = more;
    const tls = cert !== undefined && key !== undefined ? { cert, key } : undefined;
    const where = { hostname: address, port, onListen: () => {}, ...tls };
    this.#origin = `${tls ? "https" : "http"}://${address}`;
    this.#server = Deno.serve(where, (request) => this.#take(request));
    this.port = this.#server.addr.port;
  }

  get url(): string {
    return `${this.#origin}:${this.port}/hooks/T0KEN?key=T0KEN`;
  }

  /** Waits until so many posts arrived. */
  async arrived(count: number): Promise<void> {
    await eventually(`${count} posts arrived`, () => this.posts.length >= count);
  }

  async #take(request: Request): Promise<Response> {
    const path = new URL(request.url).pathname;
    const post = { path, headers: request.headers, body: await request.json() };
    this.posts.push(post);
    return await this.answer(post, this.#closing.signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#server.shutdown();
  }
}
