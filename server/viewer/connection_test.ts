import assert from "node:assert/strict";
import fc from "fast-check";
import { ManualClock } from "../../tests/support/manual_clock.ts";
import { keepConnected, readMessage, waitMs } from "./connection.ts";

class FakeSocket extends EventTarget {
  closed = false;

  close(): void {
    this.closed = true;
  }

  happens(type: string): void {
    this.dispatchEvent(new Event(type));
  }

  says(data: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

function start() {
  const clock = new ManualClock();
  const sockets: FakeSocket[] = [];
  const told: string[] = [];
  const connection = keepConnected({
    opened: () => told.push("opened"),
    heard: (message) => told.push(message.type),
    trying: () => told.push("trying"),
    lost: (waitMs) => told.push(`lost ${waitMs}`),
  }, {
    open() {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    after(delayMs, act) {
      const timer = clock.after(delayMs, act);
      return () => timer[Symbol.dispose]();
    },
    chance: () => 0.5,
  });
  return { clock, sockets, told, connection };
}

const BEAT = JSON.stringify({ type: "beat", utcMs: 0, ages: {} });

Deno.test("keepConnected() tells what it hears, in order", () => {
  const { sockets, told } = start();
  sockets[0]!.happens("open");
  sockets[0]!.says(BEAT);
  assert.deepEqual(told, ["trying", "opened", "beat"]);
});

Deno.test("keepConnected() waits longer each time, and from the start after success", () => {
  const { clock, sockets, told } = start();
  for (const delayMs of [500, 1_000, 2_000]) {
    sockets.at(-1)!.happens("error");
    sockets.at(-1)!.happens("close");
    assert.equal(told.at(-1), `lost ${delayMs}`, "told once, not for error and close");
    clock.advance(delayMs - 1);
    assert.notEqual(told.at(-1), "trying");
    clock.advance(1);
    assert.equal(told.at(-1), "trying");
  }
  sockets.at(-1)!.happens("open");
  sockets.at(-1)!.says(BEAT);
  sockets.at(-1)!.happens("close");
  assert.equal(told.at(-1), "lost 500");
});

Deno.test("keepConnected() grows its waits when a socket opens but says nothing", () => {
  const { clock, sockets, told } = start();
  for (const delayMs of [500, 1_000]) {
    sockets.at(-1)!.happens("open");
    sockets.at(-1)!.happens("close");
    assert.equal(told.at(-1), `lost ${delayMs}`);
    clock.advance(delayMs);
  }
});

Deno.test("keepConnected() gives a silent socket up, opened or not", () => {
  const { clock, sockets, told } = start();
  clock.advance(6_000);
  assert.equal(told.at(-1), "lost 500");
  assert.ok(sockets[0]!.closed);
  clock.advance(500);
  sockets[1]!.happens("open");
  for (let i = 0; i < 10; i++) {
    clock.advance(5_900);
    sockets[1]!.says(BEAT);
  }
  assert.equal(told.at(-1), "beat");
  clock.advance(6_000);
  assert.equal(told.at(-1), "lost 500");
  sockets[1]!.says(BEAT);
  assert.equal(told.at(-1), "lost 500", "what comes too late is not heard");
});

Deno.test("keepConnected() tries at once when asked, with one socket at a time", () => {
  const { clock, sockets, told, connection } = start();
  sockets[0]!.happens("close");
  connection.retryNow();
  assert.equal(told.at(-1), "trying");
  assert.equal(sockets.length, 2);
  clock.advance(500);
  assert.equal(sockets.length, 2, "the wait that was cut short is over");
  connection.retryNow();
  assert.ok(sockets[1]!.closed);
});

Deno.test("keepConnected() is quiet once it is disposed", () => {
  const { clock, sockets, told, connection } = start();
  connection[Symbol.dispose]();
  sockets[0]!.happens("close");
  connection.retryNow();
  clock.advance(60_000);
  assert.deepEqual(told, ["trying"]);
});

Deno.test("waitMs() grows to 15 s, and spreads by a fifth", () => {
  assert.deepEqual([1, 2, 3, 6, 99].map((n) => waitMs(n, 0.5)), [
    500,
    1_000,
    2_000,
    15_000,
    15_000,
  ]);
  assert.deepEqual([0, 1].map((chance) => waitMs(1, chance)), [400, 600]);
});

Deno.test("readMessage() takes objects that name their type, and never throws", () => {
  assert.equal(readMessage(BEAT)?.type, "beat");
  for (const text of ["", "{", "null", "7", "[]", '{"type":7}', "{}", undefined]) {
    assert.equal(readMessage(text), undefined);
  }
  fc.assert(fc.property(fc.anything(), (value) => void readMessage(value)));
});
