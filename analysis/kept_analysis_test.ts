import assert from "node:assert/strict";
import type { Blob } from "./dsl/observation.ts";
import {
  keepAnalysis,
  type KeptAnalysis,
  type LastSeen,
  openKept,
  withLastSeen,
} from "./kept_analysis.ts";
import { type SnapshotOwner, wholeSnapshot } from "./snapshot.ts";
import type { TrackSnapshot } from "./tracking/snapshot.ts";
import { Tracker } from "./tracking/tracker.ts";

/** Worked at in half: 320x240. */
const OWNER: SnapshotOwner = {
  ...{ analyser: "streamware-1", settings: "0", width: 640, height: 480 },
};

function blob(id: number, more: Partial<Blob> = {}): Blob {
  return {
    ...{ id, x: 0.5, y: 0.5, w: 0.1, h: 0.4, vx: 0.01, vy: 0, coast: 0 },
    ...{ vxPerS: 0.1, vyPerS: -0.05, ...more },
  };
}

function seen(tMs: number, blobs: readonly Blob[], nextTrack = 10): LastSeen {
  const lives = blobs.map(({ id }) => ({ id, moving: false, path: 0.3 }));
  return { tMs, frame: tMs / 100, nextTrack, blobs, lives };
}

function kept(ids: readonly number[], nextId = 10): KeptAnalysis {
  const { sizes } = new Tracker({ width: 320, height: 240 }, 1).snapshot();
  const first = { tMs: 100, frame: 1 };
  const tracks = ids.map((id): TrackSnapshot => ({
    ...{ id, x: 10, foot: 90, w: 20, h: 50, vx: 0, vy: 0, area: 700 },
    ...{ hits: 99, seenS: 9, soloS: 8, ageS: 10, wideness: 0.2, cut: false },
    ...{ missedS: 0, coast: 0 },
    ...{ first, last: { tMs: 5_000, frame: 50 }, suppressed: undefined },
  }));
  const times = { tMs: 5_000, frame: 50, learnedS: 5 };
  return {
    data: {
      ...times,
      tracker: { nextId, tracks, sizes },
      lives: [],
      absorbed: [],
      drawn: "",
    },
    planes: Uint8Array.of(1, 2, 3),
  };
}

function bytesOf({ data, planes }: KeptAnalysis): Uint8Array {
  return wholeSnapshot(keepAnalysis(OWNER, { data, planes: [planes] }));
}

Deno.test("what is kept comes back as it was", () => {
  const before = kept([3, 4]);
  const opened = openKept(bytesOf(before), OWNER);
  assert.ok("kept" in opened);
  assert.deepEqual(opened.kept.planes, before.planes);
  assert.deepEqual(opened.kept.data, JSON.parse(JSON.stringify(before.data)));
});

Deno.test("a snapshot without tracks or ids is a damaged one", () => {
  const before = kept([]);
  for (const data of [null, 7, {}, { ...before.data, tracker: { tracks: 1 } }]) {
    const bytes = bytesOf({ ...before, data: data as typeof before.data });
    assert.deepEqual(openKept(bytes, OWNER), { refused: "damaged" });
  }
});

Deno.test("a snapshot whose view says nothing is a damaged one", () => {
  const before = kept([]);
  const view = {
    ...{ away: true, score: 0.5, x: 1, y: 2, rememberedX: 0, rememberedY: 0 },
    edges: [4, 5, 0, -20],
  };
  const openedWith = (given: unknown) => {
    const data = { ...before.data, view: given as typeof view };
    return openKept(bytesOf({ ...before, data }), OWNER);
  };
  const opened = openedWith(view);
  assert.ok("kept" in opened);
  assert.deepEqual(opened.kept.data.view, view);
  for (
    const odd of [null, 7, {}, { ...view, edges: [1, 2, 3] }, { ...view, edges: ["a"] }]
  ) {
    assert.deepEqual(openedWith(odd), { refused: "damaged" });
  }
  assert.deepEqual(openedWith({ ...view, x: null }), { refused: "damaged" });
});

Deno.test("tracks are brought to where they were seen last, with what was known of them", () => {
  const about = { seen: seen(9_000, [blob(3)]), owner: OWNER };
  const [track, ...more] = withLastSeen(kept([3]), about).data.tracker.tracks;
  assert.deepEqual(more, []);
  assert.ok(track);
  const { id, x, foot, w, h, vx, vy, last, ageS } = track;
  assert.deepEqual({ id, x, foot, w, h, vx, vy }, {
    ...{ id: 3, x: 160, foot: 0.7 * 240, w: 32, h: 96, vx: 32, vy: -12 },
  });
  assert.deepEqual([last, ageS], [{ tMs: 9_000, frame: 90 }, 10]);
});

Deno.test("who left since the snapshot does not come back, who came since is there", () => {
  const about = { seen: seen(9_000, [blob(4), blob(12)], 13), owner: OWNER };
  const { tracker, lives } = withLastSeen(kept([3, 4]), about).data;
  assert.deepEqual(tracker.tracks.map(({ id }) => id), [4, 12]);
  assert.deepEqual(lives.map(({ id }) => id), [4, 12]);
  assert.equal(tracker.nextId, 13);
});

Deno.test("what was seen before the snapshot changes no track and takes back no id", () => {
  const before = kept([3], 40);
  const after = withLastSeen(before, { seen: seen(4_000, [blob(5)], 6), owner: OWNER });
  assert.deepEqual(after, before);
});

Deno.test("a track that is kept quiet stays so", () => {
  const quiet = blob(7, { suppressed: "sway" });
  const about = { seen: seen(9_000, [quiet]), owner: OWNER };
  const [track] = withLastSeen(kept([]), about).data.tracker.tracks;
  assert.equal(track?.suppressed?.cause, "sway");
});

Deno.test("what was seen last decides who is kept quiet, both ways", () => {
  const before = kept([3, 4]);
  const [quiet, loud] = before.data.tracker.tracks;
  const tracks = [
    quiet!,
    { ...loud!, suppressed: { cause: "shadow", score: 0.7 } } as const,
  ];
  const data = { ...before.data, tracker: { ...before.data.tracker, tracks } };
  const blobs = [blob(3, { suppressed: "sway" }), blob(4)];
  const about = { seen: seen(9_000, blobs), owner: OWNER };
  const after = withLastSeen({ ...before, data }, about).data.tracker.tracks;
  assert.deepEqual(after.map(({ suppressed }) => suppressed?.cause), ["sway", undefined]);
});

Deno.test("a track that was kept quiet all the time keeps its score", () => {
  const before = kept([4]);
  const tracks = before.data.tracker.tracks.map((track) => (
    { ...track, suppressed: { cause: "sway", score: 0.7 } } as const
  ));
  const data = { ...before.data, tracker: { ...before.data.tracker, tracks } };
  const about = { seen: seen(9_000, [blob(4, { suppressed: "sway" })]), owner: OWNER };
  const [track] = withLastSeen({ ...before, data }, about).data.tracker.tracks;
  assert.deepEqual(track?.suppressed, { cause: "sway", score: 0.7 });
});
