import assert from "node:assert/strict";
import type { Alert } from "../base/alerts.ts";
import type { CameraState } from "../analysis/dsl/camera_state.ts";
import type { ControlStatus } from "./control_protocol.ts";
import { makeStatus, type StatusSigns } from "./control_status.ts";

function statusOf(changes: Partial<StatusSigns>): ControlStatus {
  return makeStatus({
    programVersion: "0.1.0",
    pid: 1,
    startedUtcMs: 0,
    utcMs: 60_000,
    urls: { pages: [] },
    configFile: undefined,
    memoryBytes: undefined,
    cameras: [view("gate", "online"), view("yard", "online")],
    sources: {},
    ages: { gate: 40, yard: 40 },
    workers: { gate: 1 },
    codedBytes: { gate: 8_000_000 },
    streams: { gate: { lossPercent: 2.04, clockDriftPpm: -31 } },
    decodings: { gate: { decode: "vaapi", words: "this box decodes H.264 by vaapi" } },
    fps: () => undefined,
    words: undefined,
    lastSpoken: undefined,
    outlets: [],
    alerts: [],
    ...changes,
  });
}

function view(camera: string, state: CameraState) {
  const words = `Camera ${camera} is ${state}`;
  return { camera, state: { state, sinceMs: 0 }, words };
}

function alert(changes: Partial<Alert>): Alert {
  const what = { code: "x.y", subject: "", severity: "warning", sinceUtcMs: 0 } as const;
  return { ...what, words: "Something is wrong", toDo: "Mend it", ...changes };
}

function check(changes: Partial<StatusSigns>, status: string, why: string): void {
  const made = statusOf(changes);
  assert.deepEqual([made.status, made.why], [status, why]);
}

Deno.test("makeStatus() says why the box is as it is, by the worst that is wrong", () => {
  check({}, "well", "all 2 cameras give pictures");
  check({ cameras: [view("gate", "online")] }, "well", "camera gate gives pictures");
  check({ cameras: [] }, "down", "there is no camera");
  const off = [view("gate", "offline"), view("yard", "offline")];
  check({ cameras: off }, "down", "no camera gives pictures: Camera gate is offline");
  const late = { gate: 60_000, yard: 60_000 };
  check({ ages: late }, "down", "no camera gives pictures");
  const box = alert({ severity: "critical", words: "No memory" });
  check({ alerts: [alert({}), box] }, "down", "No memory");
  const full = { code: "memory.full", severity: "critical", words: "No room" } as const;
  const rooms = ["gate", "yard"].map((subject) => alert({ ...full, subject }));
  check({ alerts: rooms }, "down", "No room");
  const one = [view("gate", "online"), view("yard", "frozen")];
  check({ cameras: one }, "degraded", "Camera yard is frozen");
  check({ ages: { gate: 40, yard: 60_000 } }, "degraded", "a camera's pictures are late");
  const yard = alert({ severity: "critical", subject: "yard", words: "Yard is off" });
  check({ alerts: [alert({}), yard] }, "degraded", "Yard is off");
});

Deno.test("makeStatus() tells of a main stream that is not the analysed one", () => {
  const mainStream = { isThere: false, sinceMs: 7, words: "It is away" };
  const { cameras } = statusOf({ cameras: [{ ...view("gate", "online"), mainStream }] });
  assert.deepEqual(cameras[0]!.mainStream, {
    ...{ state: "offline", sinceUtcMs: 7, words: "It is away" },
  });
  assert.equal("mainStream" in statusOf({}).cameras[0]!, false);
});

Deno.test("makeStatus() tells what decodes a camera, and why", () => {
  const [gate, yard] = statusOf({}).cameras;
  const words = "this box decodes H.264 by vaapi";
  assert.deepEqual(gate!.decoding, { by: "vaapi", words });
  assert.equal("decoding" in yard!, false);
});

Deno.test("makeStatus() leaves out what is not known", () => {
  const made = JSON.parse(
    JSON.stringify(statusOf({ ages: {}, workers: {}, codedBytes: {}, streams: {} })),
  );
  for (const absent of ["configFile", "memoryBytes", "words"]) {
    assert.equal(absent in made, false, absent);
  }
  for (
    const absent of [
      "why",
      "lossPercent",
      "clockDriftPpm",
      "analysedFps",
      "frameAgeMs",
      "size",
      "worker",
      "codedBytes",
    ]
  ) {
    assert.equal(absent in made.cameras[0], false, absent);
  }
});

Deno.test("makeStatus() tells how much of a stream is lost, and how its clock runs", () => {
  const { lossPercent, clockDriftPpm } = statusOf({}).cameras[0]!;
  assert.deepEqual([lossPercent, clockDriftPpm], [2, -31]);
});
