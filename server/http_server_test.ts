import { serverSettings } from "../config/schema.ts";
import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { frameBytes } from "../capture/frame/frame.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { narration } from "../tests/support/narrations.ts";
import {
  GATE,
  observation,
  PORT_BUSY,
  serverParts,
} from "../tests/support/server_parts.ts";
import { openServer } from "./http_server.ts";
import type {
  FrameMessage,
  LiveMessage,
  OriginalFrame,
  Recent,
} from "./live_protocol.ts";
import type { WholeFrame } from "./still_encoder.ts";

const NO_PAGE = new URL("./no-such-folder/", import.meta.url);

const UPGRADE = [
  "upgrade: websocket",
  "connection: upgrade",
  "sec-websocket-version: 13",
  "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
];

/** A socket of a program, not a browser: sends no Origin. Messages come in order. */
async function connect<T = LiveMessage>(url: string) {
  const socket = new WebSocket(url.replace(/^http/, "ws"));
  const messages: T[] = [];
  const waiting: (() => void)[] = [];
  socket.onmessage = (event) => {
    messages.push(JSON.parse(event.data));
    waiting.splice(0).forEach((wake) => wake());
  };
  const closed = new Promise<CloseEvent>((resolve) => socket.onclose = resolve);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  return {
    socket,
    closed,
    /** The next message for which `wanted` holds; those before it are forgotten. */
    async next(wanted: (message: T) => boolean = () => true): Promise<T> {
      for (;;) {
        for (let got = messages.shift(); got; got = messages.shift()) {
          if (wanted(got)) return got;
        }
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}

async function connectAndNeverRead(port: number): Promise<Deno.TcpConn> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const head = ["GET /ws HTTP/1.1", "host: localhost", ...UPGRADE, "", ""];
  await connection.write(new TextEncoder().encode(head.join("\r\n")));
  return connection;
}

/** Sends `head` as it is, for requests that no client library would make. */
async function statusOf(port: number, head: string[]): Promise<number> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const text = [...head, "connection: close", "", ""].join("\r\n");
  await connection.write(new TextEncoder().encode(text));
  const answer = new Uint8Array(64);
  await connection.read(answer);
  return Number(new TextDecoder().decode(answer).split(" ")[1]);
}

function grey(width: number, height: number, ptsUs: number): WholeFrame {
  const format = { width, height };
  const pixels = new Uint8Array(frameBytes(format)).fill(128);
  return {
    format,
    pixels,
    stamp: { ptsUs, arrivalMs: performance.now(), utcMs: 0, doubtful: false },
  };
}

Deno.test("openServer() says hello, then every frame at once, then that time goes on", async () => {
  await using server = await openServer(serverParts({ alerts: () => [PORT_BUSY] }));
  const client = await connect(server.url + "ws");
  const hello = await client.next();
  assert.ok(hello.type === "hello");
  assert.deepEqual(hello.cameras, [GATE]);
  assert.deepEqual(hello.alerts, [PORT_BUSY]);
  server.publish({ type: "frame", camera: "gate", ...observation(7) });
  const frame = await client.next((message) => message.type !== "beat");
  assert.deepEqual(frame, { type: "frame", camera: "gate", ...observation(7) });
  const beat = await client.next((message) => message.type === "beat");
  assert.ok(beat.type === "beat" && beat.ages.gate === 40);
  client.socket.close();
  await client.closed;
});

Deno.test("openServer() gives the original's viewers its frame JSON on any path", async () => {
  await using server = await openServer(
    serverParts({ newestFrame: () => grey(64, 48, 5) }),
  );
  const url = `http://127.0.0.1:${server.originalPort}/any/path`;
  const client = await connect<OriginalFrame>(url);
  const seen = observation(3, {
    motionPct: 5.2,
    blobs: [{
      id: 1,
      x: 0.3,
      y: 0.4,
      w: 0.1,
      h: 0.15,
      vx: 0.02,
      vy: 0.01,
      vxPerS: 0.2,
      vyPerS: 0.1,
      coast: 0,
    }],
    events: [{ type: "ENTER", blob: 1, dir: "LEFT" }],
  });
  server.publish({ type: "frame", camera: "yard", ...seen, frame: 2 }); // not the first
  server.publish({ type: "frame", camera: "gate", ...seen });
  assert.deepEqual(await client.next(), {
    type: "frame",
    data: {
      frame_num: 3,
      timestamp: seen.tMs / 1_000,
      motion_percent: 5.2,
      blobs: [{ id: 1, x: 0.3, y: 0.4, w: 0.1, h: 0.15, vx: 0.02, vy: 0.01 }],
      events: [{ type: "ENTER", blob_id: 1, direction: "LEFT" }],
      background: "",
    },
  });
  let backgrounds = "";
  for (let frame = 4; backgrounds === ""; frame++) {
    server.publish({ type: "frame", camera: "gate", ...observation(frame) });
    backgrounds = (await client.next()).data.background;
  }
  assert.deepEqual([...Uint8Array.fromBase64(backgrounds).slice(0, 2)], [0xff, 0xd8]);
  client.socket.close();
  await client.closed;
});

Deno.test("openServer() turns rebound names and other sites' pages away on both ports", async () => {
  await using server = await openServer(serverParts());
  for (const port of [server.port, server.originalPort!]) {
    const status = (...head: string[]) => statusOf(port, head);
    const rebound = "host: evil.example";
    assert.equal(await status("GET / HTTP/1.1", rebound), 403);
    assert.equal(await status("GET /ws HTTP/1.1", rebound, ...UPGRADE), 403);
    assert.equal(await status("GET http://localhost/ HTTP/1.1", rebound), 403);
    assert.equal(await status("GET / HTTP/1.0"), 403);
    const socket = ["GET /ws HTTP/1.1", `host: localhost:${port}`, ...UPGRADE];
    assert.equal(await status(...socket, "origin: http://evil.example"), 403);
    assert.equal(await status(...socket, "origin: null"), 403);
    assert.equal(await status(...socket, "origin: http://localhost:1"), 101);
    assert.equal(await status(...socket), 101);
  }
  assert.equal(server.counts.refused, 12);
});

Deno.test("openServer() answers every route and nothing else, with its guards", async () => {
  await using server = await openServer(serverParts({ viewerFolder: NO_PAGE }));
  const ask = async (path: string) => {
    const response = await fetch(server.url + path);
    return { response, text: await response.text() };
  };
  for (
    const [path, status, words] of [
      ["", 503, "scripts/setup run"],
      ["ws", 426, "WebSocket"],
      ["healthz", 200, '"status":"well"'],
      ["metrics", 200, "sw_x 1"],
      ["still/gate.jpg", 503, "no frame yet"],
      ["still/barn.jpg", 404, "no such camera"],
      ["still/..%2f..%2fetc%2fpasswd.jpg", 404, "no such camera"],
      ["recent/gate.json", 200, '"events":[]'],
      ["recent/barn.json", 404, "no such camera"],
      ["assets/..%2findex.html", 404, "nothing here"],
      ["assets/constructor", 404, "nothing here"],
      ["api", 404, "nothing here"],
    ] as const
  ) {
    const { response, text } = await ask(path);
    assert.equal(response.status, status, path);
    assert.ok(text.includes(words), `${path}: ${text}`);
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    assert.match(
      response.headers.get("content-security-policy")!,
      /frame-ancestors 'none'/,
    );
  }
});

Deno.test("openServer() remembers for who comes later, with the numbers it told", async () => {
  await using server = await openServer(serverParts());
  const client = await connect(server.url + "ws");
  const hello = await client.next();
  const events = [{ type: "ENTER", blob: 1, dir: "LEFT" }] as const;
  for (const frame of [1, 2]) {
    const seen = observation(frame, { events, motionPct: 3 });
    server.publish({ type: "frame", camera: "gate", ...seen });
  }
  const told = [await client.next(isFrame), await client.next(isFrame)];
  assert.deepEqual(told.map((frame) => isFrame(frame) && frame.firstEvent), [1, 2]);
  const answer = await fetch(server.url + "recent/gate.json");
  assert.equal(answer.headers.get("cache-control"), "no-store");
  const recent: Recent = await answer.json();
  assert.ok(hello.type === "hello");
  assert.equal(recent.startedUtcMs, hello.startedUtcMs);
  assert.deepEqual(recent.events.map(({ ordinal, frame }) => [ordinal, frame]), [
    [1, 1],
    [2, 2],
  ]);
  assert.equal(recent.motion.at(-1)?.peakPct, 3);
  client.socket.close();
  await client.closed;
});

Deno.test("openServer() tells a narration to all, and keeps it with its picture", async () => {
  await using server = await openServer(serverParts({ words: true }));
  const client = await connect(server.url + "ws");
  const hello = await client.next();
  assert.ok(hello.type === "hello" && hello.words && hello.login === undefined);
  const told = narration(7, { hasPicture: true });
  server.tell({ narration: told, picture: new Uint8Array([0xff, 0xd8, 0xff]) });
  server.tell({ narration: narration(8) });
  assert.deepEqual(await client.next(({ type }) => type === "narration"), {
    type: "narration",
    narration: told,
  });
  const picture = await fetch(server.url + "picture/7.jpg");
  assert.equal(picture.headers.get("content-type"), "image/jpeg");
  assert.equal(picture.headers.get("cache-control"), "no-store");
  assert.deepEqual([...await picture.bytes()], [0xff, 0xd8, 0xff]);
  for (
    const name of ["8.jpg", "0.jpg", "07.jpg", "7e0.jpg", "-7.jpg", "7.png", "..%2f7.jpg"]
  ) {
    const answer = await fetch(server.url + "picture/" + name);
    await answer.body?.cancel();
    assert.equal(answer.status, 404, name);
  }
  const recent: Recent = await (await fetch(server.url + "recent/gate.json")).json();
  assert.deepEqual(recent.narrations.map(({ id }) => id), [7, 8]);
  client.socket.close();
  await client.closed;
});

function isFrame(message: LiveMessage): message is FrameMessage {
  return message.type === "frame";
}

Deno.test("openServer() encodes one still a quarter of a second however many ask", async () => {
  let taken = 0;
  const clock = new ManualClock();
  await using server = await openServer(serverParts({
    clock,
    newestFrame: () => {
      taken++;
      return grey(63, 47, 1_234_567);
    },
  }));
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => fetch(server.url + "still/gate.jpg")),
  );
  for (const answer of answers) {
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("content-type"), "image/jpeg");
    assert.equal(answer.headers.get("x-streamware-pts-us"), "1234567");
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.equal(answer.headers.get("x-streamware-next-ms"), "250");
    const jpeg = await answer.bytes();
    assert.deepEqual([...jpeg.slice(0, 2)], [0xff, 0xd8]);
  }
  assert.equal(taken, 1);
  assert.equal(server.counts.stillsEncoded, 1);
  clock.advance(250);
  await drained(await fetch(server.url + "still/gate.jpg"));
  assert.equal(taken, 2);
});

Deno.test("openServer() is down when its only camera is offline", async () => {
  const offline = {
    ...GATE,
    state: { state: "offline", sinceMs: 1, why: "auth" },
  } as const;
  await using server = await openServer(serverParts({ cameras: () => [offline] }));
  const response = await fetch(server.url + "healthz");
  assert.equal(response.status, 503);
  assert.equal((await response.json()).cameras[0].why, "auth");
});

Deno.test("openServer() runs on when the original's port is busy, and names its holder", async () => {
  using holder = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const raised: string[] = [];
  const originalPort = holder.addr.port;
  await using server = await openServer(serverParts({
    settings: serverSettings.parse({ port: 0, originalPort }),
    raise: (alert) => void raised.push(`${alert.code}: ${alert.words}`),
  }));
  assert.equal(server.originalPort, undefined);
  assert.equal(raised.length, 1);
  assert.match(raised[0]!, new RegExp(`server.port_busy: .*pid ${Deno.pid}`));
  assert.equal((await fetch(server.url + "healthz").then(drained)).status, 200);
});

Deno.test("openServer() leaves the original's port alone when it is off", async () => {
  await using server = await openServer(
    serverParts({ settings: serverSettings.parse({ port: 0, originalPort: -1 }) }),
  );
  assert.equal(server.originalPort, undefined);
  assert.equal(server.counts.original, undefined);
});

Deno.test("openServer() names the holder of a busy main port and says --port", async () => {
  using holder = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const settings = serverSettings.parse({ port: holder.addr.port, originalPort: 0 });
  await assert.rejects(openServer(serverParts({ settings })), (fault) => {
    assert.ok(fault instanceof Fault && fault.kind === "unavailable");
    assert.match(fault.message, new RegExp(`pid ${Deno.pid}`));
    assert.match(fault.hint!, /--port/);
    return true;
  });
});

Deno.test("openServer() gives a stalled client 200 ms to go, then frees both ports", async () => {
  const clock = new ManualClock();
  const server = await openServer(serverParts({ clock }));
  const client = await connect(server.url + "ws");
  await client.next();
  const stalled = await connectAndNeverRead(server.port);
  await stalled.read(new Uint8Array(1));
  let isClosed = false;
  const closing = server[Symbol.asyncDispose]().then(() => isClosed = true);
  assert.equal((await client.closed).code, 1001);
  assert.equal(isClosed, false);
  clock.advance(200);
  await closing;
  stalled.close();
  for (const port of [server.port, server.originalPort!]) {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
  }
});

Deno.test("openServer() drops for a viewer that does not read, while another gets all", async () => {
  await using server = await openServer(serverParts());
  const stalled = await connectAndNeverRead(server.port);
  const client = await connect(server.url + "ws");
  const large = observation(0, {
    edges: Array.from({ length: 2_000 }, (_, blob) => (
      { blob, points: 24, areaPx: 1_240, complexity: 0.7 }
    )),
  });
  let sent = 0;
  while (server.counts.live.dropped === 0 && sent < 1_000) {
    server.publish({ type: "frame", camera: "gate", ...large, frame: ++sent });
    const got = await client.next((message) => message.type === "frame");
    assert.ok(got.type === "frame" && got.frame === sent, "in order, without a gap");
  }
  assert.ok(server.counts.live.dropped > 0, `${sent} frames and nothing dropped`);
  client.socket.close();
  await client.closed;
  stalled.close();
});

async function drained(response: Response): Promise<Response> {
  await response.body?.cancel();
  return response;
}
