import assert from "node:assert/strict";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { Broadcast } from "./broadcast.ts";

const BOUNDS = { clientsMax: 3, waitingBytesMax: 100, stalledMsMax: 5_000 };

class FakeSocket extends EventTarget {
  bufferedAmount = 0;
  readonly got: string[] = [];
  closedWith: number | undefined;
  broken = false;

  send(text: string): void {
    if (this.broken) throw new Error("broken");
    this.got.push(text);
  }

  close(code: number): void {
    this.closedWith = code;
  }

  opens(): this {
    this.dispatchEvent(new Event("open"));
    return this;
  }

  says(data: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  isGone(): void {
    this.dispatchEvent(new Event("close"));
  }
}

function open(): { clock: ManualClock; broadcast: Broadcast } {
  const clock = new ManualClock();
  return { clock, broadcast: new Broadcast(clock, BOUNDS) };
}

function admitted(broadcast: Broadcast, greeting?: () => string): FakeSocket {
  const socket = new FakeSocket();
  broadcast.admit(socket as unknown as WebSocket, greeting);
  return socket.opens();
}

Deno.test("Broadcast greets a client when it opens, then sends what comes", () => {
  const { broadcast } = open();
  const socket = new FakeSocket();
  broadcast.admit(socket as unknown as WebSocket, () => "hello");
  broadcast.send("too early");
  socket.opens();
  broadcast.send("one");
  assert.deepEqual(socket.got, ["hello", "one"]);
});

Deno.test("Broadcast drops for a client that does not keep up, and for no other", () => {
  const { broadcast } = open();
  const slow = admitted(broadcast, () => "hello");
  const quick = admitted(broadcast, () => "hello");
  slow.bufferedAmount = 101;
  broadcast.send("one");
  broadcast.send("two");
  slow.bufferedAmount = 100;
  broadcast.send("three");
  assert.deepEqual(slow.got, ["hello", "hello", "three"], "greeted again, then newest");
  assert.deepEqual(quick.got, ["hello", "one", "two", "three"]);
  assert.equal(broadcast.counts.dropped, 2);
});

Deno.test("Broadcast closes a client that stalls, even when nothing is sent", () => {
  const { broadcast, clock } = open();
  const slow = admitted(broadcast);
  slow.bufferedAmount = 101;
  clock.advance(5_000);
  assert.equal(slow.closedWith, undefined);
  clock.advance(1_000);
  assert.equal(slow.closedWith, 1013);
  assert.equal(broadcast.counts.stalled, 1);
});

Deno.test("Broadcast forgives a client that catches up before its time is over", () => {
  const { broadcast, clock } = open();
  const slow = admitted(broadcast);
  for (let i = 0; i < 5; i++) {
    slow.bufferedAmount = 101;
    clock.advance(4_000);
    slow.bufferedAmount = 0;
    clock.advance(1_000);
  }
  assert.equal(slow.closedWith, undefined);
});

Deno.test("Broadcast outlives a socket and a greeting that throw", () => {
  const { broadcast } = open();
  const broken = admitted(broadcast, () => "hello");
  const ungreeted = admitted(broadcast, () => {
    throw new Error("no greeting");
  });
  const well = admitted(broadcast, () => "hello");
  broken.broken = true;
  broadcast.send("one");
  assert.deepEqual(well.got, ["hello", "one"]);
  assert.equal(broken.closedWith, 1001);
  assert.equal(ungreeted.closedWith, 1001);
});

Deno.test("Broadcast counts a socket until it is closed, and is full at its bound", () => {
  const { broadcast } = open();
  const sockets = [admitted(broadcast), admitted(broadcast), admitted(broadcast)];
  assert.equal(broadcast.full, true);
  sockets[0]!.isGone();
  assert.equal(broadcast.full, false);
  assert.equal(broadcast.counts.clients, 2);
});

Deno.test("Broadcast closes a client that says something large", () => {
  const { broadcast } = open();
  for (const said of ["x".repeat(1_025), new ArrayBuffer(1_025)]) {
    const socket = admitted(broadcast);
    socket.says("x".repeat(1_024));
    assert.equal(socket.closedWith, undefined);
    socket.says(said);
    assert.equal(socket.closedWith, 1008);
  }
  assert.equal(broadcast.counts.abusive, 2);
});

Deno.test("Broadcast closes a client that says much, not one that says a little for ever", () => {
  const { broadcast, clock } = open();
  const calm = admitted(broadcast);
  for (let second = 0; second < 100; second++) {
    calm.says("ping");
    calm.says("ping");
    clock.advance(1_000);
  }
  assert.equal(calm.closedWith, undefined);
  const loud = admitted(broadcast);
  for (let i = 0; i < 21; i++) loud.says("!");
  assert.equal(loud.closedWith, 1008);
});

Deno.test("Broadcast says goodbye to all when it is disposed, and takes no one in", () => {
  const { broadcast, clock } = open();
  const socket = admitted(broadcast);
  broadcast[Symbol.dispose]();
  broadcast.send("late");
  clock.advance(10_000);
  assert.equal(socket.closedWith, 1001);
  assert.deepEqual(socket.got, []);
  assert.equal(broadcast.full, true);
});

Deno.test("Broadcast forgets a client that never finishes its handshake", () => {
  const { clock, broadcast } = open();
  const socket = new FakeSocket();
  broadcast.admit(socket as unknown as WebSocket, () => "hello");
  clock.advance(9_000);
  assert.equal(broadcast.counts.clients, 1, "it may be slow");
  clock.advance(3_000);
  assert.equal(broadcast.counts.clients, 0);
  socket.opens();
  broadcast.send("one");
  assert.deepEqual(socket.got, [], "too late");
});

Deno.test("Broadcast dismisses who is here, and lets others come", () => {
  const { broadcast } = open();
  const socket = admitted(broadcast);
  broadcast.dismiss("Log in again");
  assert.equal(socket.closedWith, 1008);
  socket.isGone();
  assert.equal(admitted(broadcast).closedWith, undefined);
});
