import assert from "node:assert/strict";
import type { Observation } from "../analysis/dsl/observation.ts";
import { systemClock } from "../base/clock.ts";
import { ask, controlParts, texts } from "../tests/support/control_parts.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { eventually } from "../tests/support/program.ts";
import { GATE, observation } from "../tests/support/server_parts.ts";
import { openControlSocket } from "./control_socket.ts";

Deno.test("openControlSocket() makes folder and file for user and group only, and removes the file", async () => {
  using folder = new TestFolder();
  const path = folder.file("run/streamware/control.sock");
  {
    await using socket = await openControlSocket(controlParts(path));
    assert.equal(socket?.path, path);
    const file = Deno.statSync(path);
    assert.equal(file.isSocket, true);
    assert.equal((file.mode ?? 0) & 0o777, 0o660);
    const made = Deno.statSync(folder.file("run/streamware"));
    assert.equal((made.mode ?? 0) & 0o027, 0, "others and the group cannot write");
    assert.equal((made.mode ?? 0) & 0o007, 0, "others cannot look in");
  }
  assert.throws(() => Deno.statSync(path), Deno.errors.NotFound);
});

Deno.test("openControlSocket() replaces the file of a killed program", async () => {
  using folder = new TestFolder();
  const path = folder.file("control.sock");
  // What kill -9 leaves: a listener that is gone while its file has another name.
  const dead = Deno.listen({ transport: "unix", path: folder.file("dead.sock") });
  Deno.renameSync(folder.file("dead.sock"), path);
  dead.close();
  await using socket = await openControlSocket(controlParts(path));
  assert.ok(socket);
  assert.equal(await code(path, "/status"), 200);
});

Deno.test("openControlSocket() leaves the socket of a living program alone, and says so", async () => {
  using folder = new TestFolder();
  const path = folder.file("control.sock");
  await using first = await openControlSocket(controlParts(path));
  assert.ok(first);
  const parts = controlParts(path);
  assert.equal(await openControlSocket(parts), undefined);
  const [alert] = parts.board.list();
  assert.equal(alert?.code, "control.busy");
  assert.equal(alert?.severity, "note");
  assert.match(alert?.words ?? "", /another program answers there/);
  assert.equal(await code(path, "/status"), 200, "the first lives on");
});

Deno.test("openControlSocket() touches nothing that is no socket, and takes no endless path", async () => {
  using folder = new TestFolder();
  const path = folder.file("notes.txt");
  Deno.writeTextFileSync(path, "mine");
  const parts = controlParts(path);
  assert.equal(await openControlSocket(parts), undefined);
  assert.equal(parts.board.list()[0]?.code, "control.unavailable");
  assert.equal(Deno.readTextFileSync(path), "mine");
  const long = controlParts(folder.file("x".repeat(200)));
  assert.equal(await openControlSocket(long), undefined);
  assert.match(long.board.list()[0]?.words ?? "", /too long, 107 fit/);
});

Deno.test("the control socket tells status, with the frames a second of the last ten", async () => {
  using folder = new TestFolder();
  const clock = new ManualClock();
  const path = folder.file("control.sock");
  const parts = controlParts(path, {
    clock,
    framesAnalysed: () => ({ gate: clock.monotonicMs() / 80 }),
  });
  await using _socket = await openControlSocket(parts);
  clock.advance(30_000);
  const status = JSON.parse(await (await ask(path, "/status")).text());
  assert.equal(status.version, 1);
  assert.equal(status.status, "well");
  assert.equal(status.pid, Deno.pid);
  assert.ok(status.memoryBytes > 1_000_000);
  assert.deepEqual(status.cameras, [{
    camera: "gate",
    source: "rtsp://192.168.1.20/stream1",
    state: "online",
    sinceUtcMs: Date.UTC(2026, 0, 1),
    words: "The camera gives pictures",
    analysedFps: 12.5,
    frameAgeMs: 40,
    worker: 1,
    size: { width: 640, height: 360 },
  }]);
});

Deno.test("the control socket gives a JPEG with its age, and names the cameras there are", async () => {
  using folder = new TestFolder();
  const path = folder.file("control.sock");
  await using _socket = await openControlSocket(controlParts(path));
  const answer = await ask(path, "/snapshot/gate.jpg");
  assert.equal(answer.status, 200);
  assert.ok(Number(answer.headers.get("x-streamware-age-ms")) < 5_000);
  assert.deepEqual([...(await answer.bytes()).slice(0, 3)], [0xff, 0xd8, 0xff]);
  const unknown = await ask(path, "/snapshot/yard.jpg");
  assert.equal(unknown.status, 404);
  assert.equal(await unknown.text(), "there is no such camera; there is gate\n");
  assert.equal(await code(path, "/nothing"), 404);
});

Deno.test("the control socket tells events that were and those that come", async () => {
  using folder = new TestFolder();
  const path = folder.file("control.sock");
  const parts = controlParts(path);
  await using _socket = await openControlSocket(parts);
  const enter = (blob: number) =>
    parts.events.observed({
      camera: "gate",
      utcMs: 1_000 * blob,
      observation: observation(blob, {
        events: [{ type: "ENTER", blob, dir: "LEFT" }],
      }),
    });
  for (const blob of [1, 2, 3]) enter(blob);
  const past = (await (await ask(path, "/events?since=1")).text()).trim().split("\n");
  assert.deepEqual(past.map((line) => JSON.parse(line).ordinal), [2, 3]);
  const coming = texts(await ask(path, "/events?follow=1&lines=1&camera=gate"));
  const last: string = (await coming.next()).value ?? "";
  assert.deepEqual(last.trim().split("\n").map((line) => JSON.parse(line).ordinal), [3]);
  enter(4);
  assert.match((await coming.next()).value ?? "", /"ordinal":4/);
  await coming.return(undefined);
  assert.equal(await code(path, "/events?camera=yard"), 404);
});

Deno.test("the control socket tells events of one class, once that is known", async () => {
  using folder = new TestFolder();
  const path = folder.file("control.sock");
  const header = { ...GATE.header!, classModel: "m/1" };
  const parts = controlParts(path, { cameras: () => [{ ...GATE, header }] });
  await using _socket = await openControlSocket(parts);
  const see = (frame: number, changes: Partial<Observation>) =>
    parts.events.observed({
      camera: "gate",
      utcMs: frame,
      observation: observation(frame, changes),
    });
  const enter = (blob: number) => [{ type: "ENTER", blob, dir: "LEFT" }] as const;
  const person = (blob: number) => [{ blob, class: "person", score: 0.9 }] as const;
  see(1, { events: enter(1) });
  see(2, { events: enter(2) });
  assert.equal(await (await ask(path, "/events?class=person")).text(), "");
  see(3, { classes: person(2) });
  const past = (await (await ask(path, "/events?class=person")).text()).trim();
  const told = past.split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(told.map(({ ordinal, kind }) => [ordinal, kind]), [
    [2, "event"],
    [3, "class"],
  ]);
  const coming = texts(await ask(path, "/events?class=person&follow=1&lines=0"));
  const next = coming.next();
  see(4, { events: enter(3) });
  see(5, { classes: person(3) });
  assert.match((await next).value ?? "", /"ordinal":5.*"kind":"class".*"class":"person"/);
  await coming.return(undefined);
  const unknown = await ask(path, "/events?class=ghost");
  assert.equal(unknown.status, 404);
  assert.match(await unknown.text(), /no such class; there is person, .* unknown/);
});

Deno.test("the control socket says that nobody looks, where classes are off", async () => {
  using folder = new TestFolder();
  const path = folder.file("control.sock");
  await using _socket = await openControlSocket(controlParts(path));
  const answer = await ask(path, "/events?class=person");
  assert.equal(answer.status, 404);
  assert.match(await answer.text(), /nobody looks at what moves here: classes is off/);
});

Deno.test("the control socket tells the log, and ends its readers when it closes", async () => {
  using folder = new TestFolder();
  const path = folder.file("control.sock");
  const parts = controlParts(path);
  const socket = await openControlSocket(parts);
  for (const line of ["one", "two", "three"]) parts.logTail.push(line);
  assert.equal(await (await ask(path, "/logs?lines=2")).text(), "two\nthree\n");
  const coming = texts(await ask(path, "/logs?follow=1&lines=0"));
  const next = coming.next();
  parts.logTail.push("four");
  assert.equal((await next).value, "four\n");
  const end = coming.next().then(({ done }) => done, () => true);
  await socket?.[Symbol.asyncDispose]();
  assert.equal(await end, true);
});

Deno.test("the control socket closes a reader that stalls, and lets no crowd in", async () => {
  using folder = new TestFolder();
  const path = folder.file("control.sock");
  const warned: string[] = [];
  const parts = controlParts(path, {
    log: { ...controlParts(path).log, warn: (event) => void warned.push(event) },
  });
  await using _socket = await openControlSocket(parts);
  const stalled = await ask(path, "/logs?follow=1&lines=0");
  const line = "x".repeat(1_900);
  await eventually("the reader is closed", () => {
    for (let count = 0; count < 500; count++) parts.logTail.push(line);
    return warned.includes("control.reader_stalled");
  });
  await stalled.body?.cancel();
  const crowd = await Promise.all(
    Array.from({ length: 16 }, () => ask(path, "/logs?follow=1&lines=0")),
  );
  assert.equal(await code(path, "/logs?follow=1"), 503);
  assert.equal(await code(path, "/status"), 200);
  await crowd[0]?.body?.cancel();
  const isFree = async () => await code(path, "/logs") === 200;
  await eventually("its place is free again", isFree);
  await Promise.all(crowd.slice(1).map((one) => one.body?.cancel()));
});

Deno.test("a second control socket of the same program can be opened after the first was closed", async () => {
  using folder = new TestFolder();
  const path = folder.file("control.sock");
  for (let round = 0; round < 3; round++) {
    const parts = controlParts(path, { clock: systemClock });
    await using socket = await openControlSocket(parts);
    assert.ok(socket, JSON.stringify(parts.board.list()));
  }
});

Deno.test("the control socket answers GET only: nobody is left holding a body", async () => {
  using folder = new TestFolder();
  const path = folder.file("control.sock");
  await using _socket = await openControlSocket(controlParts(path));
  for (const method of ["HEAD", "POST"]) {
    const client = Deno.createHttpClient({ proxy: { transport: "unix", path } });
    const answer = await fetch("http://localhost/logs?follow=1", { client, method });
    await answer.body?.cancel();
    client.close();
    assert.equal(answer.status, 405, method);
  }
});

async function code(path: string, about: string): Promise<number> {
  const answer = await ask(path, about);
  await answer.body?.cancel();
  return answer.status;
}
