import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { AlertBoard } from "../base/alerts.ts";
import { type Facts, silentLog } from "../base/log.ts";
import { pictureLibrary } from "../base/picture_library.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { narration } from "../tests/support/narrations.ts";
import { GATE, observation } from "../tests/support/server_parts.ts";
import type { SessionRecord } from "./session_format.ts";
import { openSessionRecorder, type SessionRecorderParts } from "./session_recorder.ts";

const MOVES = {
  tracks: [{ blob: 1, frames: 1, dist: 0, speed: 0, speedPerS: 0, moving: true }],
};

/** Some 650 characters of JSON. */
const MANY_BLOBS = Array.from({ length: 12 }, (_, id) => ({
  ...{ id, x: 0.123, y: 0.456, w: 0.111, h: 0.222 },
  ...{ vx: 0, vy: 0, vxPerS: 0.1234, vyPerS: 0.1234, coast: 0 },
}));

async function start(folder: TestFolder, changes: Partial<SessionRecorderParts> = {}) {
  Deno.writeTextFileSync(folder.file("session.js"), "");
  Deno.writeTextFileSync(folder.file("session.css"), "");
  const clock = new ManualClock();
  const alerts = new AlertBoard(clock);
  const file = folder.file("out.html");
  const recorder = await openSessionRecorder({
    clock,
    log: silentLog,
    alerts,
    file,
    still: () => Promise.resolve(undefined),
    version: "1.2.3",
    viewerFolder: new URL(`file://${folder.path}/`),
    ...changes,
  });
  return { clock, alerts, file, recorder };
}

async function read(file: string): Promise<SessionRecord> {
  const page = await Deno.readTextFile(file);
  return JSON.parse(/id="session">(.*?)<\/script>/s.exec(page)![1]!);
}

async function jpegOf(width: number): Promise<Uint8Array<ArrayBuffer>> {
  const sharp = await pictureLibrary();
  const create = { width, height: width / 2, channels: 3, background: "red" } as const;
  return new Uint8Array(await sharp({ create }).jpeg().toBuffer());
}

/** Waits for what is made beside everything else, however long a loaded disk takes. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpMs = performance.now() + 60_000;
  while (!(await isSo())) {
    assert.ok(performance.now() < giveUpMs, "it never was so");
    await new Promise((resolve) => setImmediate(resolve));
    await Deno.stat("/");
  }
}

Deno.test("the recorder writes what it was told, at the end, and says that it is whole", async () => {
  using folder = new TestFolder();
  const { file, recorder } = await start(folder);
  recorder.header("gate", GATE.header!);
  recorder.observed("gate", observation(1, MOVES));
  recorder.offer({ narration: narration(1, { text: "</script><b>é" }) });
  await recorder[Symbol.asyncDispose]();
  const { complete, program, cameras, narrations, leftOut } = await read(file);
  assert.deepEqual([complete, program], [true, "1.2.3"]);
  assert.deepEqual(cameras[0]!.header, GATE.header);
  assert.equal(cameras[0]!.frames.length, 1);
  assert.equal(narrations[0]!.text, "</script><b>é");
  assert.deepEqual(Object.values(leftOut), [0, 0, 0, 0, 0, 0]);
});

Deno.test("the recorder makes pictures small, of cameras and of sentences, up to the end", async () => {
  using folder = new TestFolder();
  const jpeg = await jpegOf(1_280);
  const still = () => Promise.resolve({ jpeg, ptsUs: 100_000 });
  const { file, recorder } = await start(folder, { still });
  recorder.observed("gate", observation(1, MOVES));
  recorder.offer({ narration: narration(7), picture: jpeg });
  await recorder[Symbol.asyncDispose]();
  const { cameras, pictures } = await read(file);
  const sharp = await pictureLibrary();
  const widthOf = async (text: string) =>
    (await sharp(Buffer.from(text, "base64")).metadata()).width;
  assert.deepEqual(pictures.map(([id]) => id), [7]);
  assert.equal(await widthOf(pictures[0]![1]), 256);
  assert.equal(await widthOf(cameras[0]!.stills[0]![1]), 480);
});

Deno.test("the recorder writes every minute in which something changed, and only then", async () => {
  using folder = new TestFolder();
  const { clock, file, recorder } = await start(folder);
  const isThere = () => Deno.stat(file).then(() => true, () => false);
  recorder.observed("gate", observation(1));
  clock.advance(61_000);
  await Deno.stat("/");
  assert.equal(await isThere(), false, "nothing happened");
  recorder.observed("gate", observation(2, MOVES));
  clock.advance(60_000);
  await until(isThere);
  assert.equal((await read(file)).complete, false);
  await recorder[Symbol.asyncDispose]();
  assert.equal((await read(file)).complete, true);
});

Deno.test("the recorder writes a large page more seldom, to spare the disk", async () => {
  using folder = new TestFolder();
  const written: number[] = [];
  const debug = (_event: string, facts: Facts = {}) =>
    void written.push(Number(facts["bytes"]));
  const { clock, recorder } = await start(folder, { log: { ...silentLog, debug } });
  for (let frame = 1; frame <= 8_000; frame++) {
    recorder.observed("gate", observation(frame, { ...MOVES, blobs: MANY_BLOBS }));
  }
  clock.advance(10_000);
  await until(() => written.length === 1);
  const pauseMinutes = written[0]! / 100_000_000 * 60;
  assert.ok(pauseMinutes > 2, `${written[0]} bytes`);
  for (let minute = 1; minute < pauseMinutes; minute++) {
    recorder.offer({ narration: narration(minute) });
    clock.advance(60_000);
    for (let turn = 0; turn < 100; turn++) await Deno.stat("/");
    assert.equal(written.length, 1, `after ${minute} of ${pauseMinutes} minutes`);
  }
  clock.advance(60_000);
  await until(() => written.length === 2);
  recorder.offer({ narration: narration(100) });
  await recorder[Symbol.asyncDispose]();
  assert.equal(written.length, 3, "at the end without a pause");
});

Deno.test("the recorder raises an alert while it cannot write, and takes it back", async () => {
  using folder = new TestFolder();
  Deno.mkdirSync(folder.file("place"));
  const { clock, alerts, recorder } = await start(folder, {
    file: folder.file("place/out.html"),
  });
  Deno.removeSync(folder.file("place"));
  recorder.offer({ narration: narration(1) });
  clock.advance(60_000);
  await until(() => alerts.list().length === 1);
  assert.match(alerts.list()[0]!.words, /its folder is not there/);
  Deno.mkdirSync(folder.file("place"));
  await until(() => {
    clock.advance(60_000);
    return alerts.list().length === 0;
  });
  await recorder[Symbol.asyncDispose]();
});

Deno.test("the recorder stays within its bound over days, and tells what it left out", async () => {
  using folder = new TestFolder();
  const { file, recorder } = await start(folder);
  for (let frame = 1; frame <= 20_000; frame++) {
    recorder.observed("gate", observation(frame, { ...MOVES, blobs: MANY_BLOBS }));
  }
  for (let id = 1; id <= 3_000; id++) {
    recorder.offer({ narration: narration(id, { dsl: ["x".repeat(900)] }) });
  }
  const rain = { kind: "cause", why: "rain", dsl: "x".repeat(400) } as const;
  for (let ordinal = 1; ordinal <= 3_000; ordinal++) {
    recorder.unreported({ ...rain, ordinal, camera: "gate", utcMs: 0, tMs: 0 });
  }
  await recorder[Symbol.asyncDispose]();
  assert.ok(Deno.statSync(file).size < 24_000_000);
  const { cameras, narrations, unreported = [], leftOut } = await read(file);
  const { frames } = cameras[0]!;
  assert.equal(unreported.length + leftOut.unreported!, 3_000);
  assert.ok(unreported.length > 500 && unreported.length < 2_000);
  assert.equal(unreported.at(-1)!.ordinal, 3_000, "the newest stay");
  assert.equal(frames.length + leftOut.frames, 20_000);
  assert.ok(leftOut.frames > 0);
  assert.equal(narrations.length + leftOut.narrations, 3_000);
  assert.equal(narrations.at(-1)!.id, 3_000, "the oldest go");
  assert.equal(frames[0]![0], observation(1).tMs, "the beginning is still in it");
});
