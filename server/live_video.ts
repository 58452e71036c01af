/**
 * `/video/CAMERA`: a camera's own coded pictures to every page that looks, from the
 * newest keyframe on. Listens to a camera only while somebody is there. Decodes nothing;
 * who is too slow is `broadcast.ts`, and gets the next keyframe.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { Broadcast, type BroadcastCounts, type Message } from "./broadcast.ts";
import { answerSocket } from "./live_socket.ts";
import { encodePiece, type VideoTold } from "./video_protocol.ts";

/** What a stream of coded pictures begins with. */
export interface VideoInit {
  /** Of fragmented MP4. */
  readonly bytes: Uint8Array;
  /** As browsers ask for it; undefined when it is none that we know. */
  readonly codec: string | undefined;
  readonly width: number;
  readonly height: number;
}

/** One coded picture: a fragment of MP4. */
export interface VideoPicture {
  readonly bytes: Uint8Array;
  readonly key: boolean;
  /** As in the frames that are analysed. */
  readonly ptsUs: number;
  /** As it stands in `bytes`. */
  readonly ownUs: number;
  /** When it came, `Clock.monotonicMs`. */
  readonly arrivalMs: number;
}

export interface VideoListener {
  /** A stream begins; what came before cannot be decoded with it. */
  begins(init: VideoInit): void;
  picture(picture: VideoPicture): void;
}

/** One camera's coded pictures. */
export interface VideoFeed {
  /** Undefined before the camera's first stream. */
  init(): VideoInit | undefined;
  /** The newest keyframe and all since; empty when there is none. */
  newestGop(): readonly VideoPicture[];
  listen(listener: VideoListener): Disposable;
}

export interface LiveVideoParts {
  readonly clock: Clock;
  /** Undefined when the camera gives no coded pictures. */
  feed(camera: string): VideoFeed | undefined;
}

/** Pages that look at one camera at once: each costs its own copy on the wire. */
const CLIENTS_MAX = 16;
/**
 * Four seconds of 4 Mbit/s. Who is further behind is better served with the next
 * keyframe; a GOP that is larger is not sent to begin with.
 */
const WAITING_BYTES_MAX = 2_000_000;
const STALLED_MS_MAX = 15_000;

export class LiveVideo implements Disposable {
  readonly #parts: LiveVideoParts;
  readonly #channels = new Map<string, Channel>();
  /** Has never more to say than that there is nothing. */
  readonly #none: Broadcast;

  constructor(parts: LiveVideoParts) {
    this.#parts = parts;
    this.#none = new Broadcast(parts.clock, BOUNDS);
  }

  /** Over all cameras. */
  get counts(): BroadcastCounts {
    const sum = { clients: 0, dropped: 0, stalled: 0, abusive: 0 };
    const all = [...this.#channels.values()].map(({ broadcast }) => broadcast.counts);
    for (const one of [this.#none.counts, ...all]) {
      sum.clients += one.clients;
      sum.dropped += one.dropped;
      sum.stalled += one.stalled;
      sum.abusive += one.abusive;
    }
    return sum;
  }

  /** The answer to a request for a known camera's socket: 101, or words why not. */
  answer(request: Request, camera: string): Response {
    const feed = this.#parts.feed(camera);
    if (feed === undefined) {
      const told = textOf({ type: "none", why: "source" });
      return answerSocket(request, this.#none, () => told);
    }
    let channel = this.#channels.get(camera);
    if (channel?.feed !== feed) {
      channel?.[Symbol.dispose]();
      channel = new Channel(this.#parts.clock, feed);
      this.#channels.set(camera, channel);
    }
    return channel.answer(request);
  }

  /** Closes the sockets of all who are here: each has to log in again. */
  dismiss(): void {
    const all = [...this.#channels.values()].map(({ broadcast }) => broadcast);
    for (const broadcast of [this.#none, ...all]) broadcast.dismiss("Log in again");
  }

  [Symbol.dispose](): void {
    this.#none[Symbol.dispose]();
    for (const channel of this.#channels.values()) channel[Symbol.dispose]();
  }
}

const BOUNDS = {
  clientsMax: CLIENTS_MAX,
  waitingBytesMax: WAITING_BYTES_MAX,
  stalledMsMax: STALLED_MS_MAX,
};

/** One camera's viewers. */
class Channel implements Disposable, VideoListener {
  readonly feed: VideoFeed;
  readonly broadcast: Broadcast;
  readonly #clock: Clock;
  #listening: Disposable | undefined;

  constructor(clock: Clock, feed: VideoFeed) {
    this.#clock = clock;
    this.feed = feed;
    this.broadcast = new Broadcast(clock, BOUNDS);
  }

  answer(request: Request): Response {
    let isNew = true;
    const response = answerSocket(request, this.broadcast, () => {
      const init = this.feed.init();
      const first = isNew ? this.#newestGop() : [];
      isNew = false;
      return init && [...this.#opening(init), ...first];
    });
    if (this.broadcast.heeded) this.#listening ??= this.feed.listen(this);
    return response;
  }

  begins(init: VideoInit): void {
    for (const message of this.#opening(init)) this.broadcast.send(message, false);
  }

  picture(picture: VideoPicture): void {
    if (this.broadcast.heeded) this.broadcast.send(this.#piece(picture), picture.key);
    else this.#stopListening();
  }

  [Symbol.dispose](): void {
    this.#stopListening();
    this.broadcast[Symbol.dispose]();
  }

  #stopListening(): void {
    this.#listening?.[Symbol.dispose]();
    this.#listening = undefined;
  }

  #opening({ bytes, codec, width, height }: VideoInit): readonly Message[] {
    const known = codec === undefined ? {} : { codec };
    const told = textOf({ type: "stream", version: 1, ...known, width, height });
    const none = { ptsUs: 0, ownUs: 0, ageMs: 0, key: false };
    return [told, encodePiece({ kind: "init", ...none, bytes })];
  }

  /** Nothing when it is so large that its viewer would be behind at once. */
  #newestGop(): readonly Message[] {
    const gop = this.feed.newestGop();
    const bytes = gop.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (bytes > WAITING_BYTES_MAX) return [];
    return gop.map((picture) => this.#piece(picture));
  }

  #piece(picture: VideoPicture): Message {
    const ageMs = this.#clock.monotonicMs() - picture.arrivalMs;
    return encodePiece({ kind: "picture", ...picture, ageMs });
  }
}

function textOf(told: VideoTold): string {
  return JSON.stringify(told);
}
