/**
 * Plays a camera's coded pictures with the browser's own decoder, as close behind the
 * camera as it can, and says which picture is on the screen. Knows no socket.
 * @module
 */
import type { VideoPiece } from "../video_protocol.ts";
import { paceOf, type Span } from "./video_pace.ts";
import { VideoQueue } from "./video_queue.ts";
import { VideoTime } from "./video_time.ts";

/** The picture that an element shows now. */
export interface VideoFrame {
  readonly element: HTMLVideoElement;
  /** As in `Observation.ptsUs`, the same to the microsecond. */
  readonly ptsUs: number;
  /** When it came to the box, in the page's time, ms. */
  readonly takenMs: number;
}

export interface ScreenSink {
  frame(frame: VideoFrame): void;
  /** No picture comes: what stands is getting old. The next one is a `frame` again. */
  silent(): void;
  /** It will play no more. Called once. */
  failed(): void;
}

/** Pictures whose PTS is known by name: ten seconds at 60 a second. */
const KNOWN_MAX = 600;
/** A player's times are rounded; pictures are at least 4 ms apart. */
const SAME_US = 2_000;
const WATCH_MS = 1_000;
/** No picture for so long, ms, or in pictures of a slow camera: it is told. */
const SILENT_MS = 4_000;
const SILENT_PICTURES = 8;
/** Pictures come and none is shown: the player hangs, ms, or in pictures of a slow camera. */
const STUCK_MS = 8_000;
const STUCK_PICTURES = 8;

/** Undefined where a browser cannot play what comes piece by piece, or not say what it shows. */
export function mediaSourceHere(): typeof MediaSource | undefined {
  if (!("requestVideoFrameCallback" in HTMLVideoElement.prototype)) return undefined;
  // Safari on phones has this one only; not tried there.
  const { ManagedMediaSource } = globalThis as {
    ManagedMediaSource?: typeof MediaSource;
  };
  return globalThis.MediaSource ?? ManagedMediaSource;
}

export class VideoScreen implements Disposable {
  readonly #element = document.createElement("video");
  readonly #sink: ScreenSink;
  readonly #queue = new VideoQueue();
  readonly #time = new VideoTime();
  readonly #watching: ReturnType<typeof setInterval>;
  #buffer: SourceBuffer | undefined;
  #known: number[] = [];
  #intervalS = 0;
  #arrivedMs = -Infinity;
  #shownMs = performance.now();
  readonly #bornMs = performance.now();
  #isSilent = false;
  #silentSinceMs = -Infinity;
  #isOver = false;

  /** @param type of the stream, which `Media` can play */
  constructor(type: string, Media: typeof MediaSource, sink: ScreenSink) {
    this.#sink = sink;
    const element = this.#element;
    const source = new Media();
    const url = URL.createObjectURL(source);
    source.addEventListener("sourceopen", () => {
      URL.revokeObjectURL(url);
      this.#attempt(() => {
        this.#buffer = source.addSourceBuffer(type);
        this.#buffer.addEventListener("updateend", () => this.#turn());
        this.#turn();
      });
    }, { once: true });
    element.addEventListener("error", () => this.#fail());
    element.muted = true;
    element.playsInline = true;
    element.disableRemotePlayback = true;
    element.src = url;
    element.play().catch((thrown: Error) => {
      if (thrown.name !== "AbortError") this.#fail();
    });
    this.#watching = setInterval(() => this.#watch(), WATCH_MS);
    this.#awaitFrame();
  }

  push(piece: VideoPiece): void {
    if (this.#isOver) return;
    if (piece.kind === "init") this.#time.reset();
    else this.#remember(piece);
    this.#queue.push(piece);
    this.#turn();
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    clearInterval(this.#watching);
    this.#element.removeAttribute("src");
    this.#element.load();
  }

  #remember({ ptsUs, ageMs }: VideoPiece): void {
    const nowMs = performance.now();
    const lastUs = this.#known.at(-1);
    if (lastUs !== undefined && ptsUs > lastUs) this.#intervalS = (ptsUs - lastUs) / 1e6;
    this.#time.step({ ptsUs, ageMs, arrivedMs: nowMs });
    this.#known.push(ptsUs);
    if (this.#known.length > 2 * KNOWN_MAX) this.#known = this.#known.slice(-KNOWN_MAX);
    this.#arrivedMs = nowMs;
  }

  /** Gives the player its next piece, once it has taken the last one. */
  #turn(): void {
    const buffer = this.#buffer;
    if (!buffer || buffer.updating || this.#isOver) return;
    this.#attempt(() => {
      this.#keepPace(buffer);
      if (buffer.updating) return;
      const batch = this.#queue.take();
      if (!batch) return;
      if (buffer.timestampOffset !== batch.offsetS) {
        buffer.timestampOffset = batch.offsetS;
      }
      buffer.appendBuffer(batch.bytes);
    });
  }

  #keepPace(buffer: SourceBuffer): void {
    const element = this.#element;
    const { rate, seekS, forgetBeforeS } = paceOf({
      nowS: element.currentTime,
      rate: element.playbackRate,
      held: spansOf(buffer.buffered),
      intervalS: this.#intervalS,
    });
    if (element.playbackRate !== rate) element.playbackRate = rate;
    if (seekS !== undefined && !element.seeking) element.currentTime = seekS;
    if (forgetBeforeS !== undefined) buffer.remove(0, forgetBeforeS);
  }

  #awaitFrame(): void {
    this.#element.requestVideoFrameCallback((_nowMs, { mediaTime }) => {
      if (this.#isOver) return;
      this.#shownMs = performance.now();
      const roundUs = shownUs(this.#element) ?? Math.round(mediaTime * 1e6);
      const isSame = (knownUs: number) => Math.abs(knownUs - roundUs) <= SAME_US;
      const ptsUs = this.#known.findLast(isSame) ?? roundUs;
      const takenMs = this.#time.takenMs(ptsUs);
      // What was still to be played is no sign of life.
      this.#isSilent &&= this.#arrivedMs < this.#silentSinceMs;
      if (this.#isSilent) return this.#awaitFrame();
      this.#sink.frame({ element: this.#element, ptsUs, takenMs });
      this.#awaitFrame();
    });
  }

  #watch(): void {
    const nowMs = performance.now();
    this.#watchSilence(nowMs);
    const patienceMs = Math.max(STUCK_MS, STUCK_PICTURES * 1_000 * this.#intervalS);
    const comes = nowMs - this.#arrivedMs < WATCH_MS + 1_000 * this.#intervalS;
    // Before the first picture ever came there is nothing to show.
    if (!comes) this.#shownMs = Math.max(this.#shownMs, nowMs - patienceMs / 2);
    else if (nowMs - this.#shownMs > patienceMs) this.#fail();
  }

  #watchSilence(nowMs: number): void {
    const patienceMs = Math.max(SILENT_MS, SILENT_PICTURES * 1_000 * this.#intervalS);
    const lastMs = Math.max(this.#arrivedMs, this.#bornMs);
    if (this.#isSilent || nowMs - lastMs <= patienceMs) return;
    this.#isSilent = true;
    this.#silentSinceMs = nowMs;
    this.#sink.silent();
  }

  #attempt(act: () => void): void {
    try {
      act();
    } catch {
      this.#fail(); // the player's buffer is full or broken
    }
  }

  #fail(): void {
    if (this.#isOver) return;
    this[Symbol.dispose]();
    this.#sink.failed();
  }
}

/**
 * The time of the picture that drawing the element would draw: on a busy computer the
 * callback comes late, and the element is one picture further than it was called for.
 * Undefined where a browser does not say.
 */
function shownUs(element: HTMLVideoElement): number | undefined {
  if (!("VideoFrame" in globalThis)) return undefined;
  try {
    const picture = new globalThis.VideoFrame(element);
    const { timestamp } = picture;
    picture.close();
    return timestamp;
  } catch {
    return undefined; // nothing is decoded, by its own account
  }
}

function spansOf(ranges: TimeRanges): Span[] {
  return Array.from({ length: ranges.length }, (_, i) => (
    { startS: ranges.start(i), endS: ranges.end(i) }
  ));
}
