/**
 * Keeps a camera's live video going while somebody looks at the page: its socket, a
 * player for its coding, and another try when one of both goes. Draws nothing.
 * @module
 */
import { decodePiece, type VideoTold } from "../video_protocol.ts";
import { waitMs } from "./connection.ts";
import { mediaSourceHere, type VideoFrame, VideoScreen } from "./video_screen.ts";

/** Why there is no video. */
export type VideoTrouble =
  | { readonly kind: "source" | "browser" | "lost" | "player" | "silent" }
  | { readonly kind: "codec"; readonly codec: string | undefined };

export interface VideoSink {
  frame(frame: VideoFrame): void;
  trouble(trouble: VideoTrouble): void;
  /** The page is hidden: nothing is played, and that is no trouble. */
  rests(): void;
}

/** What will hardly change by itself is looked at again after this. */
const AGAIN_MS = 30_000;

/** Of the chance that spreads pages: a video's socket goes alone. */
const EVENLY = 0.5;

/** Plays until disposed. */
export function watchVideo(camera: string, sink: VideoSink): Disposable {
  let failures = 0;
  /** Ends the present socket, player or wait. */
  let leave = () => {};

  function after(delayMs: number): void {
    leave();
    const timer = setTimeout(open, delayMs);
    leave = () => clearTimeout(timer);
  }

  function fail(trouble: VideoTrouble): void {
    failures++;
    const isPassing = trouble.kind === "lost" || trouble.kind === "player";
    after(isPassing ? waitMs(failures, EVENLY) : AGAIN_MS);
    sink.trouble(trouble);
  }

  function open(): void {
    leave();
    leave = () => {};
    if (document.hidden) return sink.rests();
    const Media = mediaSourceHere();
    if (!Media) return fail({ kind: "browser" });
    leave = receive(camera, Media, {
      fail,
      silent: () => sink.trouble({ kind: "silent" }),
      frame(frame) {
        failures = 0;
        sink.frame(frame);
      },
    });
  }

  document.addEventListener("visibilitychange", open);
  open();
  return {
    [Symbol.dispose]() {
      document.removeEventListener("visibilitychange", open);
      leave();
    },
  };
}

interface Receiver {
  frame(frame: VideoFrame): void;
  /** No picture comes; the socket is left open for the next one. */
  silent(): void;
  /** Called once. */
  fail(trouble: VideoTrouble): void;
}

/** Opens a socket and plays what it brings; returns a call that ends both in silence. */
function receive(camera: string, Media: typeof MediaSource, to: Receiver): () => void {
  const place = new URL(`/video/${encodeURIComponent(camera)}`, location.href);
  const socket = new WebSocket(place.href.replace(/^http/, "ws"));
  socket.binaryType = "arraybuffer";
  let screen: VideoScreen | undefined;
  let codec: string | undefined;
  let isOver = false;

  function end(): void {
    isOver = true;
    screen?.[Symbol.dispose]();
    socket.close();
  }

  function fail(trouble: VideoTrouble): void {
    if (isOver) return;
    end();
    to.fail(trouble);
  }

  function hear(told: VideoTold): void {
    if (told.type === "none") return fail({ kind: "source" });
    if (told.codec !== undefined && told.codec === codec) return;
    codec = told.codec;
    const type = `video/mp4; codecs="${codec}"`;
    if (codec === undefined || !Media.isTypeSupported(type)) {
      return fail({ kind: "codec", codec });
    }
    screen?.[Symbol.dispose]();
    screen = new VideoScreen(type, Media, {
      frame: to.frame,
      silent: to.silent,
      failed: () => fail({ kind: "player" }),
    });
  }

  socket.addEventListener("message", ({ data }) => {
    if (isOver) return;
    if (typeof data === "string") return hear(JSON.parse(data));
    const piece = decodePiece(data);
    if (piece) screen?.push(piece);
  });
  socket.addEventListener("close", () => fail({ kind: "lost" }));
  return end;
}
