/**
 * A stand-in for an Ollama server on loopback, shaped after what a real one (0.33.0-rc2)
 * answered, status by status and line by line. Knows no model and no tokens: it says
 * what the test tells it to, which may be made of the pictures that came
 * (`seen_shape.ts`).
 * @module
 */
import { Buffer } from "node:buffer";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { BUSY, MODES, type Script } from "./ollama_script.ts";

const BROKE = "an error was encountered while running the model: unexpected EOF";
const BLIND = "Multimodal data provided, but model does not support multimodal requests.";

interface Body extends Record<string, unknown> {
  model?: string;
  prompt?: string;
  messages?: { content?: string; images?: string[] }[];
  images?: string[];
  keep_alive?: string | number | null;
}

/** One request to generate or chat as it came, and how it went on. */
export interface Seen {
  readonly path: string;
  readonly body: Body;
  /** Every image of the request, decoded, in order. */
  readonly images: readonly Uint8Array[];
  readonly over: AbortController;
  /** Words of the answer that were written by now. */
  sent: number;
  /** "broken off" is also said of answers that the stand-in cut itself. */
  state: "open" | "answered" | "broken off";
}

export interface FakeOllamaOptions {
  /** 0 takes a free one. */
  readonly port?: number;
  /** Of `ownLoopback()` where one has to come back on the same port. */
  readonly address?: string;
  /** Installed, without tags. Those named `text…` take no pictures, `…-cloud` is elsewhere. */
  readonly models?: readonly string[];
  /** Loads that may wait. */
  readonly maxQueue?: number;
  /** False, as before 0.33: only /api/show says who can see. */
  readonly saysCapabilities?: boolean;
  /** Another one is what a pull of the same names brings. */
  readonly edition?: string;
  /** Answers every question that no script is left for, nor a name's mode. */
  readonly usual?: Script;
}

/** Starts the stand-in. */
export async function fakeOllama(options: FakeOllamaOptions = {}): Promise<FakeOllama> {
  const ollama = new FakeOllama(options);
  await ollama.listen();
  return ollama;
}

export class FakeOllama implements AsyncDisposable {
  /** Every request to generate or chat, in order: loads and unloads too. */
  readonly seen: Seen[] = [];
  readonly #options: Required<FakeOllamaOptions>;
  readonly #scripts: Script[] = [];
  readonly #loaded = new Map<string, { untilMs: number; keepMs: number }>();
  readonly #turns = new Map<string, Promise<void>>();
  readonly #open = new Set<ServerResponse>();
  readonly #server: Server;
  #port = 0;
  #loading = 0;

  constructor(options: FakeOllamaOptions) {
    this.#options = {
      ...{ port: 0, address: "127.0.0.1", models: ["vision", "text"], maxQueue: 512 },
      ...{ saysCapabilities: true, edition: "", usual: {} },
      ...options,
    };
    this.#server = createServer((request, response) => this.#take(request, response));
    this.#server.keepAliveTimeout = 0;
  }

  /** Where it listens, or did. */
  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://${this.#options.address}:${this.#port}`;
  }

  /** Those of `seen` that ask something. */
  get questions(): readonly Seen[] {
    return this.seen.filter(({ body }) => asks(body));
  }

  /** Scripts for the next questions, in order; they win over name modes. */
  script(...next: readonly Script[]): void {
    this.#scripts.push(...next);
  }

  async listen(): Promise<void> {
    const { port, address } = this.#options;
    await new Promise<void>((up) => this.#server.listen(port, address, up));
    this.#port = (this.#server.address() as { port: number }).port;
  }

  /** Ends as a killed server does: every connection is cut. */
  async stop(): Promise<void> {
    const down = new Promise<void>((closed) => this.#server.close(() => closed()));
    for (const response of this.#open) cut(response);
    this.#server.closeAllConnections();
    // Deno 2.6 never says that it is closed when a connection was.
    const enough = new AbortController();
    await Promise.race([down, delay(CLOSING_MS, null, enough)]);
    enough.abort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #take(request: IncomingMessage, response: ServerResponse) {
    // Under Deno 2.6 the body of a GET never ends.
    const hasBody = request.method !== "GET";
    const parts: Uint8Array[] = hasBody ? await Array.fromAsync(request) : [];
    const { pathname } = new URL(request.url ?? "/", "http://fake");
    this.#open.add(response);
    response.on("close", () => this.#open.delete(response));
    response.removeHeader("connection");
    for (const [name, { untilMs }] of this.#loaded) {
      if (untilMs <= Date.now()) this.#loaded.delete(name);
    }
    const known = this.#fact(pathname);
    if (known) return send(response, 200, known);
    if (!/^.api.(show|generate|chat)$/.test(pathname)) {
      return send(response, 404, "404 page not found", "text/plain");
    }
    const text = Buffer.concat(parts).toString();
    await this.#serve(pathname, text, response).catch((thrown: Error) => {
      const { message: error, cause } = thrown as Error & { cause?: Refusal };
      if (!cause?.status) cut(response);
      else send(response, cause.status, { error }, cause.type);
    });
  }

  #fact(path: string) {
    const { models, saysCapabilities, edition } = this.#options;
    if (path === "/") return "Ollama is running";
    if (path === "/api/version") return { version: "0.33.0-rc2" };
    if (path === "/api/ps") return { models: this.#running() };
    if (path !== "/api/tags") return undefined;
    return {
      models: models.map((model) => {
        const { capabilities, ...rest } = look(model);
        return {
          ...tag(model, edition),
          ...rest,
          ...saysCapabilities && { capabilities },
        };
      }),
    };
  }

  #running() {
    return [...this.#loaded].map(([name, { untilMs }]) => {
      const expires_at = new Date(untilMs).toISOString();
      return { ...tag(name), expires_at, size_vram: 0, context_length: 4096 };
    });
  }

  async #serve(path: string, text: string, response: ServerResponse) {
    const { models } = this.#options;
    const body = parse(text);
    const images = imagesOf(body);
    const { model = "" } = body;
    if (!model && path !== "/api/generate") refuse(400, "model is required");
    const name = model.replace(/:latest$/, "");
    if (!models.includes(name) && !models.includes(name.replace(/-\w+$/, ""))) {
      refuse(404, `model '${model}' not found`);
    }
    const shown = { ...INFO, ...look(name) };
    if (path === "/api/show") return send(response, 200, shown);
    const over = new AbortController();
    const one: Seen = { path, body, images, over, sent: 0, state: "open" };
    this.seen.push(one);
    response.on("close", () => {
      one.state = response.writableFinished ? "answered" : "broken off";
      over.abort();
    });
    await this.#infer(one, name, response);
  }

  async #infer(one: Seen, name: string, response: ServerResponse) {
    const { keep_alive, model, think } = one.body;
    const keepMs = keepAlive(keep_alive);
    const isQuestion = asks(one.body);
    const done = (done_reason: string) =>
      send(response, 200, { ...line(one, ""), done: true, done_reason });
    const unload = !isQuestion && keepMs === 0;
    if (unload) this.#loaded.delete(name);
    if (unload) return done("unload");
    if (think) refuse(400, `"${model}" does not support thinking`);
    const mode = MODES[name.split("-").at(-1) ?? ""] ?? this.#options.usual;
    const script = isQuestion && this.#scripts.shift() || mode;
    if (!this.#loaded.has(name)) await this.#load(one, name, script);
    this.#touch(name, keepMs);
    if (!isQuestion) return done("load");
    await this.#inTurn(name, () => answer(one, script, response));
    this.#touch(name, keepMs);
  }

  /** Only loads have a queue with an end; answers wait without limit. */
  async #load({ over }: Seen, name: string, { loadMs = 0, loaded }: Script) {
    if (this.#loading > this.#options.maxQueue) refuse(503, BUSY);
    this.#loading++;
    const work = async () => {
      await delay(this.#loaded.has(name) ? 0 : loadMs, null, over);
      await loaded?.();
      this.#touch(name);
    };
    await this.#inTurn("", work).finally(() => this.#loading--);
  }

  #inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.#turns.get(key) ?? Promise.resolve()).then(work);
    this.#turns.set(key, mine.then(() => {}, () => {}));
    return mine;
  }

  #touch(name: string, asked?: number) {
    const keepMs = asked ?? this.#loaded.get(name)?.keepMs ?? 300_000;
    this.#loaded.set(name, { keepMs, untilMs: Date.now() + keepMs });
  }
}

async function answer(one: Seen, script: Script, response: ServerResponse) {
  const stream = one.body.stream !== false;
  const fail: Script["fail"] = script.fail ?? imageProblem(one);
  if (fail?.html) return send(response, fail.status, fail.html, "text/html");
  if (fail) refuse(fail.status, fail.error ?? "", stream);
  const { words, last } = await wordsOf(one, script);
  if (stream) response.setHeader("Content-Type", "application/x-ndjson");
  const put = (sent: unknown) => response.write(JSON.stringify(sent) + "\n");
  const { end, endAfter = 3, tokenMs = end ? 10 : 0 } = script;
  for (const word of words.slice(0, end ? endAfter : undefined)) {
    if (tokenMs) await delay(tokenMs, null, one.over);
    if (stream) put({ ...line(one, word), done: false });
    one.sent++;
  }
  if (end === "stall") await delay(2e9, null, one.over);
  if (end === "cut") return cut(response);
  if (end === "error" && !stream) refuse(500, BROKE);
  const whole = { ...line(one, stream ? "" : words.join("")), ...last };
  if (!stream) return send(response, 200, whole);
  if (end !== "eof") put(end ? { error: BROKE } : whole);
  response.end();
}

/**
 * Ends as a lost connection does. Under Deno 2.6 a response has no socket to destroy: it
 * has to begin, to be broken off.
 */
function cut(response: ServerResponse): void {
  response.socket?.destroy();
  if (!response.headersSent) response.writeHead(500).write(" ");
  response.destroy(new Error("cut"));
}

const CLOSING_MS = 100;
const JSON_TYPE = "application/json; charset=utf-8";
const SIZE = { parameter_size: "153K", quantization_level: "F16" };
const FAMILY = { format: "gguf", family: "llama", families: ["llama"] };
const INFO = { modelfile: "", model_info: { "general.architecture": "llama" } };
const DETAILS = { parent_model: "", ...FAMILY, ...SIZE };

function send(to: ServerResponse, status: number, sent: unknown, type = "") {
  const plain = typeof sent === "string";
  const text = plain ? sent : JSON.stringify(sent);
  const usual = plain ? "text/plain; charset=utf-8" : JSON_TYPE;
  to.statusCode = status;
  to.setHeader("Content-Type", type || usual);
  if (text.length > 2048 || type === "application/json") to.write(text);
  to.end(to.headersSent ? "" : text);
}

interface Refusal {
  readonly status: number;
  readonly type: string;
}

function refuse(status: number, error: string, stream = false): never {
  const type = stream ? "application/json" : JSON_TYPE;
  throw new Error(error, { cause: { status, type } });
}

function parse(text: string): Body {
  try {
    return JSON.parse(text);
  } catch {
    return refuse(400, text ? "unexpected EOF" : "missing request body");
  }
}

function asks({ prompt, messages }: Body): boolean {
  return Boolean(prompt || messages?.length);
}

function promptOf({ prompt, messages }: Body): string {
  return messages?.at(-1)?.content ?? prompt ?? "";
}

function imagesOf({ images, messages = [] }: Body): Uint8Array[] {
  const inside = messages.flatMap((m) => m.images ?? []);
  return [...images ?? [], ...inside].map((image) => {
    const text = image.replace(/[\r\n]/g, "");
    const odd = text.search(/[^A-Za-z0-9+/=]/);
    const at = odd < 0 && text.length % 4 ? text.length & ~3 : odd;
    if (at >= 0) refuse(400, `illegal base64 data at input byte ${at}`);
    return Buffer.from(text, "base64");
  });
}

function imageProblem({ images, body }: Seen) {
  const magic = /^(ffd8ff|89504e47|47494638|424d|52494646.{8}57454250)/;
  const odd = images.some((i) => !magic.test(Buffer.from(i).toString("hex")));
  const blind = images.length > 0 && body.model?.startsWith("text");
  if (!odd && !blind) return undefined;
  const message = blind ? BLIND : "Failed to load image or audio file";
  const error = { code: 400, message, type: "invalid_request_error" };
  return { status: 400, error: JSON.stringify({ error }) };
}

function keepAlive(asked: Body["keep_alive"]): number | undefined {
  if (asked === null || asked === undefined) return undefined;
  const units: Record<string, number> = { ms: 1, s: 1e3, m: 6e4, h: 36e5 };
  const text = typeof asked === "number" ? `${asked}s` : asked;
  const [, count, unit] = /^(-?[\d.]+)(ms|s|m|h)?$/.exec(text) ?? [];
  const what = count ? "missing unit in" : "invalid";
  if (!unit && text !== "0") refuse(400, `time: ${what} duration "${text}"`);
  const ms = unit ? Number(count) * (units[unit] ?? 0) : 0;
  return ms < 0 ? 9.2e12 : ms;
}

async function wordsOf({ body, images, path }: Seen, script: Script) {
  const prompt = promptOf(body);
  const usual = "A person walks left.";
  const own = script.text ?? (body.format ? `{"caption":"${usual}"}` : usual);
  const text = typeof own === "string" ? own : await own(prompt, images);
  const words: string[] = text.match(/\s*\S+|\s+$/g) ?? [];
  const last = {
    ...{ done: true, done_reason: script.reason ?? "stop" },
    ...path === "/api/generate" && { context: [461, 489, 552, 533] },
    ...{ total_duration: 285_470_865, load_duration: 5_232_917 },
    prompt_eval_count: prompt.split(/\s+/).length + 64 * images.length,
    prompt_eval_duration: 13_548_000,
    ...{ eval_count: words.length, eval_duration: 3_940_000 },
  };
  return { words, last };
}

function line({ path, body: { model } }: Seen, content: string) {
  const chat = { message: { role: "assistant", content } };
  const said = path === "/api/chat" ? chat : { response: content };
  return { model, created_at: new Date().toISOString(), ...said };
}

function tag(model: string, edition = "") {
  const name = `${model}:latest`;
  const digest = Buffer.from((edition + name).padEnd(32)).toString("hex");
  return { name, model: name, size: 632_602, digest, details: DETAILS };
}

function look(model: string) {
  const capabilities = ["completion"];
  if (!model.startsWith("text")) capabilities.push("vision");
  const modified_at = "2026-08-21T18:48:22.639729258Z";
  const remote = { remote_model: model, remote_host: "https://elsewhere.example" };
  const where = model.endsWith("-cloud") ? remote : {};
  return { details: DETAILS, capabilities, modified_at, ...where };
}
