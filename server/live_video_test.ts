import assert from "node:assert/strict";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { eventually } from "../tests/support/program.ts";
import {
  LiveVideo,
  type VideoFeed,
  type VideoInit,
  type VideoListener,
  type VideoPicture,
} from "./live_video.ts";
import { decodePiece, type VideoTold } from "./video_protocol.ts";

const INIT: VideoInit = {
  bytes: Uint8Array.of(9),
  codec: "avc1.4d401e",
  width: 640,
  height: 480,
};

/** A camera whose pictures are their own numbers; keyframes as told. */
class FakeFeed implements VideoFeed {
  readonly listeners = new Set<VideoListener>();
  gop: VideoPicture[] = [];
  current: VideoInit | undefined = INIT;

  init() {
    return this.current;
  }

  newestGop() {
    return this.gop;
  }

  listen(listener: VideoListener): Disposable {
    this.listeners.add(listener);
    return { [Symbol.dispose]: () => void this.listeners.delete(listener) };
  }

  begin(init: VideoInit): void {
    this.current = init;
    this.gop = [];
    for (const listener of this.listeners) listener.begins(init);
  }

  push(number: number, key: boolean, size = 1): void {
    const bytes = new Uint8Array(size).fill(number);
    const times = { ptsUs: number * 40_000, ownUs: number, arrivalMs: 0 };
    const picture = { bytes, key, ...times };
    this.gop = key ? [picture] : [...this.gop, picture];
    for (const listener of this.listeners) listener.picture(picture);
  }
}

/** What the server's end of a socket was given, in words: `stream`, `init 9`, `3`. */
class FakeSocket extends EventTarget {
  bufferedAmount = 0;
  closedWith: number | undefined;
  readonly got: string[] = [];

  send(message: string | Uint8Array<ArrayBuffer>): void {
    if (typeof message === "string") {
      const told: VideoTold = JSON.parse(message);
      this.got.push(told.type === "stream" ? `stream ${told.codec}` : told.why);
      return;
    }
    const { kind, bytes } = decodePiece(message.buffer)!;
    this.got.push(kind === "init" ? `init ${bytes[0]}` : String(bytes[0]));
  }

  close(code: number): void {
    this.closedWith = code;
  }

  opens(): this {
    this.dispatchEvent(new Event("open"));
    return this;
  }

  isGone(): void {
    this.dispatchEvent(new Event("close"));
  }
}

/** A server of one camera, and sockets instead of a network. */
function open(feed: FakeFeed | undefined = new FakeFeed()) {
  const clock = new ManualClock();
  const video = new LiveVideo({
    clock,
    feed: (camera) => camera === "gate" ? feed : undefined,
  });
  const join = (camera = "gate"): FakeSocket => {
    const socket = new FakeSocket();
    const upgrade = Deno.upgradeWebSocket;
    Deno.upgradeWebSocket = () => ({
      socket: socket as unknown as WebSocket,
      response: new Response(),
    });
    try {
      const headers = { upgrade: "websocket" };
      video.answer(new Request("http://localhost/video/gate", { headers }), camera);
    } finally {
      Deno.upgradeWebSocket = upgrade;
    }
    return socket.opens();
  };
  return { clock, video, feed, join };
}

const OPENING = ["stream avc1.4d401e", "init 9"];

Deno.test("LiveVideo begins with the newest keyframe, then sends what comes", () => {
  const { video, feed, join } = open();
  feed.push(1, true);
  feed.push(2, false);
  const socket = join();
  feed.push(3, false);
  assert.deepEqual(socket.got, [...OPENING, "1", "2", "3"]);
  video[Symbol.dispose]();
});

Deno.test("LiveVideo begins with what comes when the newest GOP is too large to send", () => {
  const { video, feed, join } = open();
  feed.push(1, true, 2_100_000);
  const socket = join();
  feed.push(2, true);
  assert.deepEqual(socket.got, [...OPENING, "2"]);
  video[Symbol.dispose]();
});

Deno.test("LiveVideo drops up to the next keyframe for who is behind, and for no other", () => {
  const { video, feed, join } = open();
  feed.push(1, true);
  const [slow, quick] = [join(), join()];
  slow.bufferedAmount = 2_000_001;
  feed.push(2, false);
  slow.bufferedAmount = 0;
  feed.push(3, false);
  feed.push(4, true);
  feed.push(5, false);
  assert.deepEqual(slow.got, [...OPENING, "1", ...OPENING, "4", "5"]);
  assert.deepEqual(quick.got, [...OPENING, "1", "2", "3", "4", "5"]);
  assert.equal(video.counts.dropped, 2);
  video[Symbol.dispose]();
});

Deno.test("LiveVideo tells a new stream, to who is behind with its next keyframe", () => {
  const { video, feed, join } = open();
  const [slow, quick] = [join(), join()];
  slow.bufferedAmount = 2_000_001;
  feed.push(1, true);
  slow.bufferedAmount = 0;
  feed.begin({ ...INIT, bytes: Uint8Array.of(8), codec: "hvc1.1.6.L93.90" });
  feed.push(2, true);
  const anew = ["stream hvc1.1.6.L93.90", "init 8"];
  assert.deepEqual(quick.got, [...OPENING, "1", ...anew, "2"]);
  assert.deepEqual(slow.got, [...OPENING, ...anew, "2"]);
  video[Symbol.dispose]();
});

Deno.test("LiveVideo closes who stalls", () => {
  const { clock, video, feed, join } = open();
  const [slow, quick] = [join(), join()];
  slow.bufferedAmount = 2_000_001;
  for (let second = 0; second < 17; second++) {
    feed.push(second, true);
    clock.advance(1_000);
  }
  assert.equal(slow.closedWith, 1013);
  assert.equal(quick.closedWith, undefined);
  assert.equal(video.counts.stalled, 1);
  video[Symbol.dispose]();
});

Deno.test("LiveVideo listens to a camera only while somebody looks", () => {
  const { video, feed, join } = open();
  assert.equal(feed.listeners.size, 0);
  const [one, two] = [join(), join()];
  assert.equal(feed.listeners.size, 1);
  one.isGone();
  feed.push(1, true);
  assert.equal(feed.listeners.size, 1);
  two.isGone();
  feed.push(2, false);
  assert.equal(feed.listeners.size, 0, "ends with the picture after the last one left");
  const third = join();
  feed.push(3, false);
  assert.deepEqual(third.got, [...OPENING, "1", "2", "3"]);
  video[Symbol.dispose]();
  assert.equal(feed.listeners.size, 0);
});

Deno.test("LiveVideo waits with a camera that has given no stream yet", () => {
  const { video, feed, join } = open();
  feed.current = undefined;
  const socket = join();
  assert.deepEqual(socket.got, []);
  feed.begin(INIT);
  feed.push(1, true);
  assert.deepEqual(socket.got, [...OPENING, "1"]);
  video[Symbol.dispose]();
});

Deno.test("LiveVideo says that a file gives no coded pictures", () => {
  const { video, join } = open();
  assert.deepEqual(join("yard").got, ["source"]);
  assert.equal(video.counts.clients, 1);
  video[Symbol.dispose]();
});

Deno.test("LiveVideo sends every second viewer its own way when one reads nothing", async () => {
  const feed = new FakeFeed();
  feed.push(1, true);
  using video = new LiveVideo({ clock: new ManualClock(), feed: () => feed });
  const ending = new AbortController();
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", signal: ending.signal, onListen: () => {} },
    (request) => video.answer(request, "gate"),
  );
  const { port } = server.addr;
  const handshake = "GET / HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\n" +
    "connection: upgrade\r\nsec-websocket-version: 13\r\n" +
    "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  using deaf = await Deno.connect({ hostname: "127.0.0.1", port });
  await deaf.write(new TextEncoder().encode(handshake));
  await deaf.read(new Uint8Array(64));
  const reader = new WebSocket(`ws://127.0.0.1:${port}/`);
  let heard = 0;
  reader.onmessage = () => heard++;
  await eventually("both are there", () => heard >= 3 && video.counts.clients === 2);
  for (let number = 2; number < 42; number++) {
    feed.push(number, number % 10 === 0, 300_000);
    await eventually(`picture ${number}`, () => heard >= number + 2);
  }
  assert.ok(video.counts.dropped > 0, "the deaf one lost some");
  const gone = new Promise((resolve) => reader.onclose = resolve);
  reader.close();
  await gone;
  ending.abort();
  await server.finished;
});
