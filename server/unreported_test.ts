import assert from "node:assert/strict";
import type { Episode } from "../analysis/dsl/episode.ts";
import type { Blob } from "../analysis/dsl/observation.ts";
import { scriptedEpisode } from "../tests/support/scripted_observation.ts";
import { observation } from "../tests/support/server_parts.ts";
import type { Unreported } from "./live_protocol.ts";
import { UNREPORTED_KEPT_MAX, UnreportedMemory } from "./unreported.ts";

const AT = { camera: "gate", utcMs: 1_000 };
const SWAY = { cause: "sway", score: 0.9, blob: 4, suppressed: true } as const;

function blobOf(id: number): Blob {
  const speeds = { vx: 0, vy: 0, vxPerS: 0, vyPerS: 0 };
  return { id, x: 0.2, y: 0.3, w: 0.1, h: 0.2, ...speeds, coast: 0 };
}

function all(memory: UnreportedMemory): readonly Unreported[] {
  return memory.last(UNREPORTED_KEPT_MAX, () => true);
}

function closed(changes: Partial<Episode>) {
  return { kind: "closed", episode: scriptedEpisode(changes) } as const;
}

Deno.test("UnreportedMemory keeps why a track is quiet, where it was, and its stay", () => {
  const memory = new UnreportedMemory();
  memory.observed(AT, observation(1, { blobs: [blobOf(4)], causes: [SWAY], tMs: 100 }));
  memory.changed(AT, closed({ track: 4, endMs: 5_000, suppressed: "sway" }));
  const box = { x: 0.2, y: 0.3, w: 0.1, h: 0.2 };
  const [cause, episode] = all(memory);
  assert.deepEqual(cause, {
    ...{ ordinal: 1, ...AT, tMs: 100, why: "sway", track: 4, box, kind: "cause" },
    dsl: "CAUSE sway score=0.90 blob=4 suppressed=yes",
  });
  assert.deepEqual([episode?.kind, episode?.tMs, episode?.box], ["episode", 5_000, box]);
  assert.deepEqual(memory.counts, [{ camera: "gate", why: "sway", n: 1 }]);
});

Deno.test("UnreportedMemory keeps troubles of the whole picture, and not what is reported", () => {
  const memory = new UnreportedMemory();
  memory.observed(
    AT,
    observation(1, {
      causes: [
        { cause: "rain", score: 0.8, suppressed: true },
        { cause: "light", score: 0.8, blob: 4, suppressed: false },
      ],
      states: [{ state: "online", sinceMs: 0 }, { state: "covered", sinceMs: 0 }],
    }),
  );
  memory.changed(AT, closed({ suppressed: null }));
  memory.changed(AT, { ...closed({ suppressed: "rain" }), kind: "opened" });
  assert.deepEqual(all(memory).map(({ kind, why }) => `${kind} ${why}`), [
    "cause rain",
    "state covered",
  ]);
});

Deno.test("UnreportedMemory counts a stay once, however many zones it went through", () => {
  const memory = new UnreportedMemory();
  memory.changed(AT, closed({ zone: "porch", suppressed: "small" }));
  memory.changed(AT, closed({ zone: null, suppressed: "small" }));
  assert.deepEqual(memory.counts, [{ camera: "gate", why: "small", n: 1 }]);
});

Deno.test("UnreportedMemory forgets the oldest, and tells of each as it comes", () => {
  const memory = new UnreportedMemory();
  const heard: number[] = [];
  const rain = { causes: [{ cause: "rain", score: 1, suppressed: true }] } as const;
  const taking = memory.subscribe(({ ordinal }) => heard.push(ordinal));
  for (let i = 0; i < UNREPORTED_KEPT_MAX + 5; i++) {
    memory.observed(AT, observation(i + 1, rain));
  }
  taking[Symbol.dispose]();
  memory.observed(AT, observation(1, rain));
  assert.equal(heard.length, UNREPORTED_KEPT_MAX + 5);
  assert.equal(all(memory).length, UNREPORTED_KEPT_MAX);
  assert.deepEqual(memory.last(1, ({ camera }) => camera === "yard"), []);
});
