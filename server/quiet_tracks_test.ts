import assert from "node:assert/strict";
import type { Blob, MotionEvent } from "../analysis/dsl/observation.ts";
import { QuietTracks } from "./quiet_tracks.ts";

const SPEEDS = { vx: 0, vy: 0, vxPerS: 0, vyPerS: 0 };

function blob(id: number, suppressed?: Blob["suppressed"]): Blob {
  const plain = { id, x: 0.5, y: 0.5, w: 0.1, h: 0.1, ...SPEEDS, coast: 0 };
  return suppressed === undefined ? plain : { ...plain, suppressed };
}

function event(type: MotionEvent["type"], id: number): MotionEvent {
  return { type, blob: id, dir: "STATIC" };
}

Deno.test("QuietTracks knows whose events are kept quiet, to their end", () => {
  const tracks = new QuietTracks();
  const appear = [event("APPEAR", 1), event("APPEAR", 2), event("STOP", 2)];
  assert.deepEqual(
    tracks.step({ blobs: [blob(1), blob(2, "sway")], events: appear }),
    [2],
  );
  const gone = [event("DISAPPEAR", 1), event("DISAPPEAR", 2)];
  assert.deepEqual(tracks.step({ blobs: [], events: gone }), [2]);
});

Deno.test("QuietTracks lets events through again when the verdict was taken back", () => {
  const tracks = new QuietTracks();
  tracks.step({ blobs: [blob(1, "shadow")], events: [] });
  assert.deepEqual(tracks.step({ blobs: [blob(1)], events: [event("STOP", 1)] }), []);
});

Deno.test("QuietTracks remembers no more than 512", () => {
  const tracks = new QuietTracks();
  for (let id = 1; id <= 600; id++) {
    tracks.step({ blobs: [blob(id, "rain")], events: [] });
  }
  const ends = [event("DISAPPEAR", 1), event("DISAPPEAR", 600)];
  assert.deepEqual(tracks.step({ blobs: [], events: ends }), [600]);
});
