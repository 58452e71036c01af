/**
 * A client of the live sockets that says nothing and keeps what it hears.
 * @module
 */
import type {
  CameraView,
  LiveMessage,
  OriginalFrame,
} from "../../server/live_protocol.ts";
import { eventually } from "./program.ts";

/** A message and when it came, UTC ms. */
export interface Heard<T> {
  readonly message: T;
  readonly atMs: number;
}

export class SilentClient<T> implements AsyncDisposable {
  readonly heard: Heard<T>[] = [];
  readonly #socket: WebSocket;
  readonly #closed: Promise<void>;

  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.#socket.onmessage = ({ data }) =>
      this.heard.push({ message: JSON.parse(data), atMs: Date.now() });
    this.#closed = new Promise((resolve) => this.#socket.onclose = () => resolve());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close();
    await this.#closed;
  }
}

export type LiveFrame = Extract<LiveMessage, { type: "frame" }>;

/** A client of `/ws`. */
export class LiveClient extends SilentClient<LiveMessage> {
  get frames(): readonly Heard<LiveFrame>[] {
    return this.heard.filter((heard): heard is Heard<LiveFrame> =>
      heard.message.type === "frame"
    );
  }

  /** The newest word about the one camera. */
  get view(): CameraView | undefined {
    for (const { message } of this.heard.toReversed()) {
      if (message.type === "state") return message;
      if (message.type === "hello") return message.cameras[0];
    }
    return undefined;
  }

  /** Codes of the alerts that stand now. */
  get alerts(): readonly string[] {
    for (const { message } of this.heard.toReversed()) {
      if (message.type === "alerts" || message.type === "hello") {
        return message.alerts.map(({ code }) => code);
      }
    }
    return [];
  }

  async untilState(states: readonly string[], timeoutMs = 15_000): Promise<CameraView> {
    const isThere = () => states.includes(this.view?.state.state ?? "");
    try {
      await eventually(`state ${states.join(" or ")}`, isThere, timeoutMs);
    } catch (cause) {
      throw new Error(`last: ${JSON.stringify(this.view)}`, { cause });
    }
    return this.view!;
  }

  /** Waits for `count` frames from now on. */
  async moreFrames(count: number, timeoutMs = 15_000): Promise<void> {
    const before = this.frames.length;
    const came = () => this.frames.length >= before + count;
    await eventually(`${count} more frames`, came, timeoutMs);
  }
}

/** A client of the original's port. */
export class OriginalClient extends SilentClient<OriginalFrame> {}
