import assert from "node:assert/strict";
import { TestFolder } from "../tests/support/clips.ts";
import { DatagramSocket } from "../tests/support/datagram_socket.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { silentLog } from "./log.ts";
import { openServiceNotifier } from "./service_notify.ts";

/** Opens a notifier as systemd's environment says. */
function open(
  variables: Readonly<Record<string, string>>,
  more: { readonly isAlive?: () => boolean; readonly events?: string[] } = {},
) {
  const clock = new ManualClock();
  const note = (event: string) => void more.events?.push(event);
  const notifier = openServiceNotifier({
    env: { get: (name) => variables[name] },
    clock,
    log: { ...silentLog, info: note, warn: note, error: note },
    isAlive: more.isAlive ?? (() => true),
  });
  return { clock, notifier };
}

Deno.test("openServiceNotifier() gives nothing where no systemd listens", () => {
  assert.equal(open({}).notifier, undefined);
  assert.equal(open({ NOTIFY_SOCKET: "" }).notifier, undefined);
});

Deno.test("openServiceNotifier() says why when the address cannot be used", () => {
  for (const path of ["vsock:2:1234", "relative/notify", "/" + "x".repeat(108)]) {
    const events: string[] = [];
    assert.equal(open({ NOTIFY_SOCKET: path }, { events }).notifier, undefined);
    assert.deepEqual(events, ["service.notify_unusable"]);
  }
});

Deno.test("ServiceNotifier reaches a path and an abstract name", () => {
  using folder = new TestFolder();
  for (const name of [folder.file("notify"), `@${folder.path}`]) {
    using systemd = new DatagramSocket(name);
    using notifier = open({ NOTIFY_SOCKET: name }).notifier!;
    notifier.ready("watching 2 cameras");
    notifier.status("1 camera of 2 is away");
    notifier.stopping();
    assert.deepEqual(systemd.received(), [
      "READY=1\nSTATUS=watching 2 cameras",
      "STATUS=1 camera of 2 is away",
      "STOPPING=1",
    ]);
  }
});

Deno.test("ServiceNotifier keeps a status on one line and below its bound", () => {
  using folder = new TestFolder();
  using systemd = new DatagramSocket(folder.file("notify"));
  using notifier = open({ NOTIFY_SOCKET: folder.file("notify") }).notifier!;
  notifier.status("gate\r\nREADY=1");
  notifier.status("é".repeat(5_000));
  const [hostile, long] = systemd.received();
  assert.equal(hostile, "STATUS=gate READY=1");
  assert.equal(long, `STATUS=${"é".repeat(500)}`);
});

Deno.test("ServiceNotifier pings twice as often as systemd asks, until disposed", () => {
  using folder = new TestFolder();
  const path = folder.file("notify");
  using systemd = new DatagramSocket(path);
  const { notifier, clock } = open({ NOTIFY_SOCKET: path, WATCHDOG_USEC: "30000000" });
  clock.advance(15_000);
  assert.deepEqual(systemd.received(), ["WATCHDOG=1", "WATCHDOG=1"]);
  notifier![Symbol.dispose]();
  clock.advance(60_000);
  assert.deepEqual(systemd.received(), []);
});

Deno.test("ServiceNotifier holds its pings back while nothing is done any more", () => {
  using folder = new TestFolder();
  const path = folder.file("notify");
  using systemd = new DatagramSocket(path);
  let alive = false;
  const events: string[] = [];
  const more = { isAlive: () => alive, events };
  const opened = open({ NOTIFY_SOCKET: path, WATCHDOG_USEC: "4000000" }, more);
  using _notifier = opened.notifier!;
  opened.clock.advance(8_000);
  assert.deepEqual(systemd.received(), []);
  alive = true;
  opened.clock.advance(1_000);
  assert.deepEqual(systemd.received(), ["WATCHDOG=1"]);
  assert.deepEqual(events, [
    "service.watchdog_held_back",
    "service.watchdog_pings_again",
  ]);
});

Deno.test("ServiceNotifier does not ping when systemd watches another process", () => {
  using folder = new TestFolder();
  const path = folder.file("notify");
  using systemd = new DatagramSocket(path);
  const variables = { NOTIFY_SOCKET: path, WATCHDOG_USEC: "4000000", WATCHDOG_PID: "1" };
  const { notifier, clock } = open(variables);
  clock.advance(60_000);
  assert.deepEqual(systemd.received(), []);
  notifier![Symbol.dispose]();
});

Deno.test("ServiceNotifier logs a systemd that is gone and goes on", () => {
  using folder = new TestFolder();
  const events: string[] = [];
  using notifier = open({ NOTIFY_SOCKET: folder.file("gone") }, { events }).notifier!;
  notifier.ready("watching");
  assert.deepEqual(events, ["service.notify_failed"]);
});
