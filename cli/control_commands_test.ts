import assert from "node:assert/strict";
import { systemClock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import type { CodedPictures } from "../server/coded_answers.ts";
import { openControlSocket } from "../server/control_socket.ts";
import { TestFolder } from "../tests/support/clips.ts";
import {
  controlParts,
  greyFrame,
  type TestControlParts,
} from "../tests/support/control_parts.ts";
import { KeptOutput } from "../tests/support/kept_output.ts";
import { scriptedEpisode } from "../tests/support/scripted_observation.ts";
import { GATE, observation } from "../tests/support/server_parts.ts";
import { controlPlaces, servicePlaces } from "./control_client.ts";
import { tellEvents } from "./events.ts";
import { tellLogs } from "./logs.ts";
import { takeSnapshot } from "./snapshot.ts";
import { tellStatus } from "./status.ts";

interface Stage {
  readonly socket: string;
  readonly folder: TestFolder;
  readonly parts: TestControlParts;
}

async function withProgram(
  act: (stage: Stage) => Promise<void>,
  changes: Parameters<typeof controlParts>[1] = {},
): Promise<void> {
  using folder = new TestFolder();
  const socket = folder.file("control.sock");
  const parts = controlParts(socket, changes);
  await using _opened = await openControlSocket(parts);
  await act({ socket, folder, parts });
}

function enter(parts: TestControlParts, blob: number): void {
  const events = [{ type: "ENTER", blob, dir: "LEFT" }] as const;
  parts.events.observed({
    camera: "gate",
    utcMs: Date.UTC(2026, 0, 1),
    observation: observation(blob, { events }),
  });
}

Deno.test("status ends with 0 when all is well, 1 degraded, 2 down", async () => {
  await withProgram(async ({ socket, parts }) => {
    const output = new KeptOutput();
    assert.equal(await tellStatus({ "--socket": socket }, output), 0);
    assert.match(output.text, /^StreamWare 0\.1\.0 is well: camera gate gives pictures/);
    const wrong = { code: "x.y", words: "Something is wrong", toDo: "Mend it" };
    parts.board.raise({ ...wrong, subject: "gate", severity: "warning" });
    assert.equal(await tellStatus({ "--socket": socket }, new KeptOutput()), 1);
    parts.board.raise({ ...wrong, subject: "", severity: "critical" });
    const json = new KeptOutput();
    assert.equal(await tellStatus({ "--socket": socket, "--json": true }, json), 2);
    const status = JSON.parse(json.text);
    assert.equal(status.status, "down");
    assert.equal(status.alerts[1].toDo, "Mend it");
  });
});

Deno.test("status says down when nobody answers, in words and in JSON", async () => {
  using folder = new TestFolder();
  const typed = { "--socket": folder.file("control.sock") };
  const output = new KeptOutput();
  assert.equal(await tellStatus(typed, output), 2);
  assert.match(
    output.text,
    /^StreamWare is down\. .*nobody answers at .*control\.sock\./,
  );
  assert.match(output.text, /try: .*streamware run/);
  const json = new KeptOutput();
  assert.equal(await tellStatus({ ...typed, "--json": true }, json), 2);
  assert.equal(JSON.parse(json.text).status, "down");
});

Deno.test("controlPlaces() asks the user's own program first, then the service", () => {
  const places = {
    configFile: "",
    stateFolder: "",
    controlSocket: "/run/user/1000/streamware/control.sock",
    isSystem: false,
  };
  assert.deepEqual(controlPlaces({}, places), [
    "/run/user/1000/streamware/control.sock",
    "/run/streamware/control.sock",
  ]);
  const system = { ...places, controlSocket: "/run/streamware/control.sock" };
  assert.equal(controlPlaces({}, system).length, 1);
  assert.deepEqual(controlPlaces({ "--socket": "/x" }, system), ["/x"]);
});

Deno.test("controlPlaces() asks where a settings file has put the socket", () => {
  using folder = new TestFolder();
  const configFile = folder.file("streamware.yaml");
  const own = "/run/user/1000/streamware/control.sock";
  const places = { configFile, stateFolder: "", controlSocket: own, isSystem: false };
  const service = "/run/streamware/control.sock";
  const write = (socket: string) =>
    Deno.writeTextFileSync(
      configFile,
      `cameras: {a: {url: "scene:street"}}\ncontrol: {socket: ${socket}}\n`,
    );
  write("/srv/own.sock");
  assert.deepEqual(controlPlaces({}, places), ["/srv/own.sock", own, service]);
  assert.deepEqual(servicePlaces(configFile), ["/srv/own.sock"]);
  write("off");
  assert.deepEqual(controlPlaces({}, places), [own, service]);
  assert.deepEqual(servicePlaces(configFile), []);
  Deno.writeTextFileSync(configFile, "cameras: [broken\n");
  assert.deepEqual(controlPlaces({}, places), [own, service]);
  assert.deepEqual(servicePlaces(configFile), [service]);
});

Deno.test("events prints a line each for people, and what came over the wire as JSON", async () => {
  await withProgram(async ({ socket, parts }) => {
    const empty = new KeptOutput();
    assert.equal(await tellEvents({ "--socket": socket }, empty), 0);
    assert.deepEqual(empty.remarks, ["Nothing has happened yet."]);
    for (const blob of [1, 2, 3]) enter(parts, blob);
    const output = new KeptOutput();
    await tellEvents({ "--socket": socket, "--lines": "2" }, output);
    assert.equal(output.lines.length, 2);
    assert.match(
      output.lines[0]!,
      /^[-0-9]{10} [:0-9]{8} {2}gate {2}EVENT type=ENTER blob=2 dir=LEFT$/,
    );
    const json = new KeptOutput();
    await tellEvents({ "--socket": socket, "--json": true }, json);
    assert.deepEqual(json.lines.map((line) => JSON.parse(line).ordinal), [1, 2, 3]);
    const camera = { "--socket": socket, "--camera": "yard" };
    await assert.rejects(tellEvents(camera, output), /no such camera; there is gate/);
    const lines = { "--socket": socket, "--lines": "many" };
    await assert.rejects(tellEvents(lines, output), /give a whole number from 0 to 1000/);
  });
});

Deno.test("events --suppressed says what was not reported, why, where and how long", async () => {
  await withProgram(async ({ socket, parts }) => {
    const asked = { "--socket": socket, "--suppressed": true } as const;
    const empty = new KeptOutput();
    await tellEvents(asked, empty);
    assert.deepEqual(empty.remarks, ["Nothing was kept quiet, of what is remembered."]);
    const at = { camera: "gate", utcMs: Date.UTC(2026, 0, 1) };
    const rain = { cause: "rain", score: 0.8, suppressed: true } as const;
    parts.unreported.observed(at, observation(1, { causes: [rain] }));
    const episode = scriptedEpisode({ track: 3, endMs: 2_600, suppressed: "small" });
    parts.unreported.changed(at, { kind: "closed", episode });
    const output = new KeptOutput();
    await tellEvents(asked, output);
    assert.deepEqual(output.lines.map((line) => line.slice(21)), [
      "gate  rain  rain  whole picture  CAUSE rain score=0.80 suppressed=yes",
      "gate  small  smaller than min_size  blob 3  there for 2.5 s",
    ]);
    const one = new KeptOutput();
    await tellEvents({ ...asked, "--suppressed": "small", "--json": true }, one);
    assert.deepEqual(one.lines.map((line) => JSON.parse(line).why), ["small"]);
    const misspelt = tellEvents({ ...asked, "--suppressed": "rian" }, one);
    await assert.rejects(misspelt, /did you mean rain\?/);
    const unknown = tellEvents({ ...asked, "--suppressed": "whatever" }, one);
    await assert.rejects(
      unknown,
      /"whatever".*: give one of light, .*sway.*small.*moved/,
    );
    const events = new KeptOutput();
    await tellEvents({ "--socket": socket }, events);
    assert.deepEqual(events.lines, [], "they are no events");
  });
});

Deno.test("events --class tells of what is known to be that, and says when nothing is", async () => {
  const header = { ...GATE.header!, classModel: "m/1" };
  await withProgram(async ({ socket, parts }) => {
    const asked = { "--socket": socket, "--class": "person" } as const;
    enter(parts, 1);
    enter(parts, 2);
    const empty = new KeptOutput();
    await tellEvents(asked, empty);
    assert.deepEqual(empty.remarks, [
      "Nothing is known to be person, of what is remembered.",
    ]);
    parts.events.observed({
      camera: "gate",
      utcMs: Date.UTC(2026, 0, 1),
      observation: observation(3, {
        classes: [{ blob: 2, class: "person", score: 0.87, crops: 3 }],
      }),
    });
    const output = new KeptOutput();
    await tellEvents(asked, output);
    assert.deepEqual(output.lines.map((line) => line.slice(21)), [
      "gate  EVENT type=ENTER blob=2 dir=LEFT",
      "gate  CLASS blob=2 -> person (conf=0.87) crops=3",
    ]);
    const misspelt = tellEvents({ ...asked, "--class": "persn" }, output);
    await assert.rejects(misspelt, /did you mean person\?/);
    const unknown = tellEvents({ ...asked, "--class": "car" }, output);
    await assert.rejects(unknown, /"car": give one of person, vehicle, .*, unknown/);
    const both = tellEvents({ ...asked, "--suppressed": true }, output);
    await assert.rejects(both, /Cannot use --class with --suppressed/);
  }, { cameras: () => [{ ...GATE, header }] });
});

Deno.test("events --class does not wait for what nobody looks at", async () => {
  await withProgram(async ({ socket }) => {
    const asked = { "--socket": socket, "--class": "person", "--follow": true } as const;
    const refused = tellEvents(asked, new KeptOutput());
    await assert.rejects(refused, /nobody looks at what moves here: classes is off/);
  });
});

Deno.test("events --follow ends quietly when its reader has had enough", async () => {
  await withProgram(async ({ socket, parts }) => {
    using _moving = systemClock.every(5, () => enter(parts, 1));
    const output = new KeptOutput({ linesMax: 3 });
    assert.equal(await tellEvents({ "--socket": socket, "--follow": true }, output), 0);
    assert.equal(output.lines.length, 3);
  });
});

Deno.test("events --follow tells when the program stops", async () => {
  using folder = new TestFolder();
  const socket = folder.file("control.sock");
  const opened = await openControlSocket(controlParts(socket));
  const following = tellEvents(
    { "--socket": socket, "--follow": true },
    new KeptOutput(),
  );
  const rejected = assert.rejects(
    following,
    (thrown) => thrown instanceof Fault && thrown.kind === "unavailable",
  );
  await opened?.[Symbol.asyncDispose]();
  await rejected;
});

Deno.test("logs prints the last lines", async () => {
  await withProgram(async ({ socket, parts }) => {
    for (const line of ["one", "two\x1b[2J"]) parts.logTail.push(line);
    const output = new KeptOutput();
    assert.equal(await tellLogs({ "--socket": socket, "--lines": "1" }, output), 0);
    assert.deepEqual(output.lines, ["two [2J"]);
  });
});

Deno.test("snapshot writes a JPEG whole, to a file or into a pipe, never onto a terminal", async () => {
  await withProgram(async ({ socket, folder }) => {
    const path = folder.file("gate.jpg");
    const typed = { "--socket": socket };
    await takeSnapshot("gate", { ...typed, "--output": path }, new KeptOutput());
    assert.deepEqual([...Deno.readFileSync(path).slice(0, 2)], [0xff, 0xd8]);
    assert.deepEqual(
      [...Deno.readDirSync(folder.path)].map(({ name }) => name).sort(),
      ["control.sock", "gate.jpg"],
    );
    const piped = new KeptOutput();
    await takeSnapshot("gate", typed, piped);
    assert.deepEqual(piped.chunks[0], Deno.readFileSync(path));
    const terminal = new KeptOutput({ isTerminal: true });
    await assert.rejects(takeSnapshot("gate", typed, terminal), /is a terminal/);
    const dash = { ...typed, "--output": "-" };
    await assert.rejects(takeSnapshot("gate", dash, terminal), /is a terminal/);
    await assert.rejects(takeSnapshot("yard", typed, piped), /there is gate/);
    assert.deepEqual(piped.remarks, ["gate: 64 × 48, as it is analysed"]);
  });
});

Deno.test("snapshot takes the camera's full size where it can be had, and says which it took", async () => {
  const jpeg = new Uint8Array([0xff, 0xd8, 1]);
  const times = { ptsUs: 1, arrivalMs: systemClock.monotonicMs(), torn: false };
  let trouble: Fault | undefined;
  const coded: CodedPictures = {
    whyNone: () => undefined,
    full: () =>
      trouble
        ? Promise.reject(trouble)
        : Promise.resolve({ jpeg, width: 1_920, height: 1_080, ...times }),
    clip: () => Promise.reject(new RangeError("nobody asks")),
  };
  await withProgram(async ({ socket }) => {
    const typed = { "--socket": socket };
    const output = new KeptOutput();
    await takeSnapshot("gate", typed, output);
    assert.deepEqual(output.chunks, [jpeg]);
    await takeSnapshot("gate", { ...typed, "--small": true }, output);
    assert.deepEqual(output.remarks, [
      "gate: 1920 × 1080, as the camera sends it",
      "gate: 64 × 48, as it is analysed",
    ]);
    trouble = new Fault("unavailable", "Cannot take the full picture: no keyframe");
    const taking = takeSnapshot("gate", typed, output);
    await assert.rejects(
      taking,
      (thrown) =>
        thrown instanceof Fault && /no keyframe/.test(thrown.message) &&
        /--small/.test(thrown.hint ?? ""),
    );
  }, { coded });
});

Deno.test("snapshot gives no old picture unless it is asked for one", async () => {
  const old = () => greyFrame(systemClock.monotonicMs() - 240_000);
  await withProgram(async ({ socket }) => {
    const typed = { "--socket": socket };
    const output = new KeptOutput();
    await assert.rejects(takeSnapshot("gate", typed, output), /its newest is 4 min old/);
    assert.equal(await takeSnapshot("gate", { ...typed, "--old": true }, output), 0);
    assert.equal(output.chunks.length, 1);
  }, { newestFrame: old });
  await withProgram(async ({ socket }) => {
    const taking = takeSnapshot("gate", { "--socket": socket }, new KeptOutput());
    await assert.rejects(taking, /it has given no picture yet/);
  }, { newestFrame: () => undefined });
});
