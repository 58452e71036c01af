/**
 * A fetch for npm:ollama that ends: the client has no timeout, does not cancel what
 * waits for its headers, reads bodies without bound and prints what it does not
 * understand. Knows statuses and lines, not what they are about.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { StatusError, StrangerError } from "./ollama_failure.ts";

export interface TimedRequestOptions {
  /** For all of it: waiting for the header, too. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** The answer comes as lines of JSON. */
  readonly isStream?: boolean;
}

/** One request to a server, with its end. */
export class TimedRequest implements Disposable {
  readonly #controller = new AbortController();
  readonly #options: TimedRequestOptions;
  readonly #timer: Disposable;
  readonly #stop = () => this.#controller.abort();
  #isLate = false;
  #hasAnswered = false;

  constructor(clock: Clock, options: TimedRequestOptions) {
    this.#options = options;
    if (options.signal.aborted) this.#stop();
    else options.signal.addEventListener("abort", this.#stop);
    this.#timer = clock.after(options.deadlineMs, () => {
      this.#isLate = true;
      this.#controller.abort();
    });
  }

  get isLate(): boolean {
    return this.#isLate;
  }

  /** A status has come: what fails now is not the way there. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  /** As `fetch`, for the client. Bodies are bounded and their lines looked at. */
  readonly fetch: typeof fetch = async (input, init) => {
    const { signal } = this.#controller;
    const response = await fetch(input, { ...init, signal, redirect: "manual" });
    this.#hasAnswered = true;
    const type = response.headers.get("content-type") ?? "";
    // With the signal what is left half read is closed at once.
    const body = response.body?.pipeThrough(bounded(), { signal });
    if (!response.ok) {
      const text = await new Response(body ?? null).text();
      throw new StatusError(response.status, { text, isJson: type.includes("json") });
    }
    if (!type.includes("json")) throw new StrangerError(`it sends ${type || "nothing"}`);
    const lines = this.#options.isStream ? body?.pipeThrough(jsonLines()) : body;
    return new Response(lines ?? null, response);
  };

  /** Ends the request, if it is not over: leaving a loop over its lines is not enough. */
  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
    this.#options.signal.removeEventListener("abort", this.#stop);
    this.#controller.abort();
  }
}

/** A list of a thousand models has some 500 kB; no answer of ours has a tenth of it. */
const BODY_BYTES_MAX = 4_194_304;

function bounded(): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.length;
      if (bytes > BODY_BYTES_MAX) {
        controller.error(new StrangerError("it sends too much"));
      } else controller.enqueue(chunk);
    },
  });
}

/** Whole lines that are JSON, or an error: the client would print others. */
function jsonLines(): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let rest = "";
  return new TransformStream({
    transform(chunk, controller) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line.trim() === "") continue;
        if (!isObject(line)) {
          return controller.error(new StrangerError("its lines are not JSON"));
        }
        controller.enqueue(encoder.encode(line + "\n"));
      }
    },
    flush(controller) {
      if (rest.trim() !== "" && isObject(rest)) controller.enqueue(encoder.encode(rest));
    },
  });
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}
