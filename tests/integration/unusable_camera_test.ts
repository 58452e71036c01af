/**
 * Cameras that cannot be opened: alone a fault, among others an alert and another try.
 */
import assert from "node:assert/strict";
import { Cameras } from "../../app/cameras.ts";
import { makeOutlet } from "../../app/outlets.ts";
import { AlertBoard } from "../../base/alerts.ts";
import { Fault } from "../../base/fault.ts";
import { openInstanceFolder } from "../../capture/frame/instance_folder.ts";
import { settings } from "../../config/schema.ts";
import { EventMemory } from "../../server/event_memory.ts";
import type { LiveMessage } from "../../server/live_protocol.ts";
import { UnreportedMemory } from "../../server/unreported.ts";
import { analysisPool } from "../support/analysis_pool.ts";
import { makeTestClip, TestFolder } from "../support/clips.ts";
import { ManualClock } from "../support/manual_clock.ts";
import { eventually } from "../support/program.ts";

async function setUp(folder: TestFolder, cameras: Record<string, { url: string }>) {
  await using opened = new AsyncDisposableStack();
  const clock = new ManualClock();
  const alerts = new AlertBoard(clock);
  const told: string[] = [];
  const parent = folder.file("rings");
  const rings = opened.use(await openInstanceFolder({ parent, instance: "test" }));
  const lines = opened.use(new Cameras());
  const publish = (message: LiveMessage) => {
    if (message.type === "state") told.push(`${message.camera} ${message.state.state}`);
  };
  const outlet = makeOutlet({
    ...{ clock, alerts, server: { publish } },
    ...{ events: new EventMemory(), unreported: new UnreportedMemory() },
    ...{ words: undefined, classes: undefined, recorder: undefined, ended: () => {} },
  });
  const pool = opened.use(analysisPool(clock));
  const parts = { clock, alerts, outlet, folder: rings, pictures: false, pool };
  const closing = opened.move();
  return {
    ...{ clock, alerts, told, lines },
    open: () =>
      lines.open(settings.parse({ cameras }), {
        ...parts,
        models: undefined,
        classModel: undefined,
      }),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

Deno.test("a camera of several that cannot be opened is tried again until it can", async () => {
  using folder = new TestFolder();
  const shed = folder.file("shed.mkv");
  const cameras = { gate: { url: "scene:street" }, shed: { url: shed } };
  await using box = await setUp(folder, cameras);
  await box.open();
  const { clock, alerts, told, lines } = box;
  assert.deepEqual(lines.views().map(({ camera }) => camera), ["gate", "shed"]);
  assert.match(lines.views()[1]!.words, /shed\.mkv/);
  assert.ok(told.includes("shed offline"));
  const alerted = () =>
    alerts.list().filter(({ subject }) => subject === "shed").map(({ code }) => code);
  assert.deepEqual(alerted(), ["camera.unusable"], "one for one camera");
  clock.advance(30_000); // still not there
  await makeTestClip(shed, { width: 64, height: 48, fps: 5, seconds: 1 });
  await eventually("it is opened", () => {
    clock.advance(30_000);
    return lines.get("shed") !== undefined;
  });
  assert.deepEqual(alerted(), []);
  assert.deepEqual(lines.views().map(({ camera }) => camera), ["gate", "shed"]);
});

Deno.test("a single camera that cannot be opened is a fault, and so is none at all", async () => {
  using folder = new TestFolder();
  const [a, b] = [{ url: folder.file("a.mp4") }, { url: folder.file("b.mp4") }];
  for (const cameras of [{ shed: a }, { shed: a, barn: b }]) {
    await using box = await setUp(folder, cameras);
    await assert.rejects(box.open, Fault);
  }
});
