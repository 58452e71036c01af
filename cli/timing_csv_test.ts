import assert from "node:assert/strict";
import { TIMING_HEADER, timingRow } from "./timing_csv.ts";

Deno.test("TIMING_HEADER names the original's columns in its order", () => {
  assert.equal(
    TIMING_HEADER,
    "frame_num,timestamp,total_ms,capture_ms,grayscale_ms,blur_ms,diff_ms," +
      "threshold_ms,contours_ms,tracking_ms,thumbnail_ms,stream_ms,blobs,motion_pct," +
      "events\n",
  );
});

Deno.test("timingRow() leaves empty what does not apply, and writes 0 where it took 0", () => {
  const row = timingRow({
    ...{ frame: 42, tMs: 4_200, ptsUs: 4_200_000, skipped: 0, motionPct: 5.2 },
    ...{ regions: 2, blobs: [], edges: [], tracks: [], causes: [], states: [] },
    events: [{ type: "MOVE", blob: 1, dir: "LEFT" }],
  }, {
    captureMs: 1.75,
    totalMs: 0.6125,
    stagesMs: { load: 0.1, model: 0.25, clean: 0.125, regions: 0.1375, tracking: 0 },
  });
  assert.equal(
    row,
    "42,00:00:04.200,0.613,1.750,0.100,,0.250,0.125,0.138,0.000,,,0,5.2,1\n",
  );
});
