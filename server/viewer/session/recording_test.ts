import assert from "node:assert/strict";
import type { SessionRecord } from "../../../store/session_format.ts";
import { narration } from "../../../tests/support/narrations.ts";
import { readRecording } from "./recording.ts";

const NOTHING = { frames: 0, stills: 0, events: 0, narrations: 0, pictures: 0 };

const RECORD: SessionRecord = {
  version: 1,
  program: "1.2.3",
  startedUtcMs: 100,
  endedUtcMs: 900,
  complete: true,
  leftOut: NOTHING,
  cameras: [{
    camera: "gate",
    frames: [[300, 0, []], [200, 4.5, [[7, 0.1, 0.2, 0.3, 0.4, 0.5, -0.6, 1]]]],
    stills: [[250, "AAAA"]],
    events: [],
    states: [],
    motion: { spanMs: 1_000, peaks: [[0, 4.5]] },
  }],
  narrations: [narration(1, { startMs: 400, endMs: 500 }), narration(2)],
  pictures: [[1, "BBBB"]],
};

Deno.test("readRecording() unpacks frames, in order of time", () => {
  const camera = readRecording(JSON.stringify(RECORD))!.cameras[0]!;
  assert.deepEqual(camera.frames.map(({ tMs }) => tMs), [200, 300]);
  assert.deepEqual(camera.frames[0]!.blobs, [
    { id: 7, x: 0.1, y: 0.2, w: 0.3, h: 0.4, vxPerS: 0.5, vyPerS: -0.6, coast: 1 },
  ]);
  assert.equal(camera.busy.length, 1);
});

Deno.test("readRecording() spans what was seen and told, else when it was written", () => {
  const { span, told, pictures } = readRecording(JSON.stringify(RECORD))!;
  assert.deepEqual(span, { startMs: 200, endMs: narration(2).endMs });
  assert.deepEqual(told.map(({ narration }) => narration.id), [2, 1]);
  assert.equal(pictures.get(1), "BBBB");
  const empty = { ...RECORD, cameras: [], narrations: [] };
  assert.deepEqual(readRecording(JSON.stringify(empty))!.span, {
    startMs: 100,
    endMs: 900,
  });
});

Deno.test("readRecording() refuses what is no session, and one of a later version", () => {
  for (const text of ["", "null", "7", "{", "[]", '{"version":2}']) {
    assert.equal(readRecording(text), undefined);
  }
});

Deno.test("readRecording() gives sentences the class that their track had at last", () => {
  const person = { blob: 1, class: "person", score: 0.9 } as const;
  const [gate] = RECORD.cameras;
  const classes = [person, { ...person, blob: 9 }];
  const record = { ...RECORD, cameras: [{ ...gate!, classes }] };
  const { told } = readRecording(JSON.stringify(record))!;
  assert.deepEqual(told.map(({ narration }) => narration.classified?.class), [
    undefined,
    "person",
  ]);
});
