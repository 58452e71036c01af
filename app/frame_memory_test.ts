import assert from "node:assert/strict";
import { AlertBoard } from "../base/alerts.ts";
import { silentLog } from "../base/log.ts";
import { frameBytes, type FrameFormat } from "../capture/frame/frame.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { ringBytes } from "../capture/frame/frame_ring.ts";
import { FrameBudget } from "./frame_budget.ts";
import { FrameMemory } from "./frame_memory.ts";

const SMALL = { width: 32, height: 16 };
const BIG = { width: 64, height: 48 };
const STAMP = { ptsUs: 7, arrivalMs: 1, utcMs: 2, doubtful: false };

function setUp(folder: TestFolder) {
  const clock = new ManualClock();
  const alerts = new AlertBoard(clock);
  const parts = { clock, log: silentLog, alerts };
  const options = { camera: "gate", slots: 4, folder: folder.file("gate") };
  return { clock, alerts, memory: new FrameMemory(options, parts) };
}

function grey({ width, height }: FrameFormat, value: number): Uint8Array {
  return new Uint8Array(frameBytes({ width, height })).fill(value);
}

Deno.test("FrameMemory gives the newest frame as a copy, of the newest size", () => {
  using folder = new TestFolder();
  const { memory } = setUp(folder);
  using _ = memory;
  assert.equal(memory.newest(), undefined);
  memory.open(SMALL);
  assert.equal(memory.newest(), undefined, "no frame yet");
  memory.write(grey(SMALL, 1), STAMP);
  memory.write(grey(SMALL, 2), { ...STAMP, ptsUs: 8 });
  const newest = memory.newest();
  assert.deepEqual(newest, {
    format: SMALL,
    pixels: grey(SMALL, 2),
    stamp: { ...STAMP, ptsUs: 8 },
  });
  const was = memory.ringPath;
  memory.open(BIG);
  assert.notEqual(memory.ringPath, was);
  memory.write(grey(BIG, 3), STAMP);
  assert.deepEqual(memory.newest()?.format, BIG);
  assert.deepEqual(newest?.pixels, grey(SMALL, 2), "the copy stays");
});

Deno.test("FrameMemory makes its folder again when it was removed", () => {
  using folder = new TestFolder();
  const { memory, alerts } = setUp(folder);
  using _ = memory;
  memory.open(SMALL);
  assert.equal(memory.isLost, false);
  Deno.removeSync(folder.file("gate"), { recursive: true });
  assert.equal(memory.isLost, true);
  memory.open(BIG);
  assert.equal(memory.isLost, false);
  assert.equal(memory.write(grey(BIG, 1), STAMP), true);
  assert.deepEqual(alerts.list(), []);
});

Deno.test("FrameMemory loses frames, not the program, while it cannot have memory", () => {
  using folder = new TestFolder();
  const { memory, alerts, clock } = setUp(folder);
  using _ = memory;
  Deno.writeTextFileSync(folder.file("gate"), "in the way");
  memory.open(SMALL);
  assert.equal(memory.write(grey(SMALL, 1), STAMP), false);
  assert.equal(alerts.list()[0]?.code, "memory.full");
  Deno.removeSync(folder.file("gate"));
  assert.equal(memory.retry(), false, "not at every frame");
  clock.advance(5_000);
  assert.equal(memory.retry(), true);
  assert.equal(memory.write(grey(SMALL, 1), STAMP), true);
  assert.deepEqual(alerts.list(), []);
});

Deno.test("FrameMemory of several cameras stays within what the settings allow", () => {
  using folder = new TestFolder();
  const clock = new ManualClock();
  const alerts = new AlertBoard(clock);
  const budget = new FrameBudget(ringBytes(SMALL, 4) + ringBytes(SMALL, 2));
  const memoryOf = (camera: string) =>
    new FrameMemory({ camera, slots: 4, folder: folder.file(camera), budget }, {
      ...{ clock, log: silentLog, alerts },
    });
  using gate = memoryOf("gate");
  using yard = memoryOf("yard");
  using shed = memoryOf("shed");
  for (const memory of [gate, yard, shed]) memory.open(SMALL);
  const told = () => alerts.list().map(({ subject, severity }) => [subject, severity]);
  assert.deepEqual(told(), [["yard", "warning"], ["shed", "critical"]]);
  assert.match(alerts.list()[1]!.words, /memory\.megabytes allows/);
  assert.equal(shed.write(grey(SMALL, 1), STAMP), false);
  assert.equal(yard.write(grey(SMALL, 1), STAMP), true);
  gate[Symbol.dispose]();
  clock.advance(5_000);
  assert.equal(shed.retry(), true, "there is room again");
  assert.deepEqual(told(), [["yard", "warning"]]);
  clock.advance(60_000);
  assert.equal(yard.retry(), false, "a whole ring does not fit beside shed's");
  assert.equal(yard.write(grey(SMALL, 2), STAMP), true, "the small one goes on");
  shed[Symbol.dispose]();
  assert.equal(yard.retry(), false, "not at every frame");
  clock.advance(60_000);
  const small = yard.ringPath;
  assert.equal(yard.retry(), true);
  assert.notEqual(yard.ringPath, small);
  assert.equal(yard.write(grey(SMALL, 3), STAMP), true);
  assert.deepEqual(yard.newest()?.pixels, grey(SMALL, 3));
  assert.deepEqual(told(), []);
  assert.equal(yard.retry(), false, "it is whole");
  const files = Array.from(Deno.readDirSync(folder.file("yard")), ({ name }) => name);
  assert.equal(files.length, 1, "the small one is gone");
});
