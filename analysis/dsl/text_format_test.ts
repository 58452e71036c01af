import assert from "node:assert/strict";
import fc from "fast-check";
import type { Observation } from "./observation.ts";
import { clockText, formatObservation, secondsText } from "./text_format.ts";

const OBSERVATION: Observation = {
  frame: 42,
  tMs: 26_704_200,
  ptsUs: 12_345_678,
  skipped: 2,
  motionPct: 5.2,
  regions: 2,
  blobs: [{
    ...{ id: 1, x: 0.3, y: 0.4, w: 0.1, h: 0.15 },
    ...{ vx: 0.02, vy: -0.01, vxPerS: 0.5, vyPerS: -0.25, coast: 2 },
  }],
  edges: [{ blob: 1, points: 24, areaPx: 1240, complexity: 0.7 }],
  tracks: [
    { blob: 1, frames: 12, dist: 0.1234, speed: 0.0103, speedPerS: 0.2575, moving: true },
  ],
  events: [
    { type: "ENTER", blob: 1, dir: "LEFT", sinceMs: 26_704_000, sinceFrame: 37 },
    { type: "CROSS", blob: 1, dir: "UP", zone: "front gate" },
  ],
  causes: [
    { cause: "light", score: 0.8, blob: 3, suppressed: true },
    { cause: "sway", score: 0.25, suppressed: false },
  ],
  states: [
    { state: "doubtful", sinceMs: 26_704_100, why: "gap", rung: "keyframes" },
    { state: "online", sinceMs: 0 },
  ],
};

Deno.test("formatObservation() writes the original's shapes with ours after them", () => {
  assert.equal(
    formatObservation(OBSERVATION),
    `FRAME 42 @ 07:25:04.200 t=26704200 pts=12.345678 skipped=2
  DELTA motion_pct=5.2% regions=2
  BLOB id=1 pos=(0.300,0.400) size=(0.100,0.150) vel=(0.0200,-0.0100) vel_s=(0.5000,-0.2500) coast=2
  EDGE blob=1 points=24 area=1240px complexity=0.70
  EVENT type=ENTER blob=1 dir=LEFT since=26704000 since_frame=37
  EVENT type=CROSS blob=1 dir=UP zone="front gate"
  TRACK blob=1 frames=12 dist=0.1234 speed=0.0103 speed_s=0.2575 moving=yes
  CAUSE light score=0.80 blob=3 suppressed=yes
  CAUSE sway score=0.25 suppressed=no
  STATE doubtful since=26704100 why=gap rung=keyframes
  STATE online since=0
`,
  );
});

/** What the original's player finds in each line, spelled with our own pieces. */
const NUMBER = "([\\d.]+)";
const SIGNED = "([-\\d.]+)";
const ORIGINAL_READS: Readonly<Record<string, readonly [RegExp, readonly string[]]>> = {
  FRAME: [/FRAME (\d+) @ ([\d:.]+)/, ["42", "07:25:04.200"]],
  DELTA: [new RegExp(`motion_pct=${NUMBER}%`), ["5.2"]],
  BLOB: [
    new RegExp(
      `id=(\\d+) pos=\\(${NUMBER},${NUMBER}\\) size=\\(${NUMBER},${NUMBER}\\)` +
        ` vel=\\(${SIGNED},${SIGNED}\\)`,
    ),
    ["1", "0.300", "0.400", "0.100", "0.150", "0.0200", "-0.0100"],
  ],
  EVENT: [/type=(\w+) blob=(\d+)(?: dir=(\w+))?/, ["ENTER", "1", "LEFT"]],
  TRACK: [
    new RegExp(`blob=(\\d+) frames=(\\d+) dist=${NUMBER} speed=${NUMBER}`),
    ["1", "12", "0.1234", "0.0103"],
  ],
};

for (const [word, [pattern, finds]] of Object.entries(ORIGINAL_READS)) {
  Deno.test(`the original's player reads our ${word} lines`, () => {
    const lines = formatObservation(OBSERVATION).split("\n").map((line) => line.trim());
    const line = lines.find((candidate) => candidate.startsWith(word + " "));
    assert.deepEqual(line?.match(pattern)?.slice(1), finds);
  });
}

const CLOCKS: readonly (readonly [number, string])[] = [
  [0, "00:00:00.000"],
  [4_200, "00:00:04.200"],
  [86_399_999, "23:59:59.999"],
  [86_400_000, "00:00:00.000"],
  [1_733_901_904_200, "07:25:04.200"],
  [-1, "23:59:59.999"],
  [Number.MAX_SAFE_INTEGER, "08:59:00.991"],
];
for (const [tMs, text] of CLOCKS) {
  Deno.test(`clockText() of ${tMs} is ${text}`, () => assert.equal(clockText(tMs), text));
}

Deno.test("clockText() is the time of day that Date tells", () => {
  fc.assert(fc.property(fc.integer({ min: -8.64e15, max: 8.64e15 }), (tMs) => {
    assert.equal(clockText(tMs), new Date(tMs).toISOString().slice(-13, -1));
  }));
});

Deno.test("secondsText() shows every microsecond, below zero and far away too", () => {
  fc.assert(fc.property(fc.maxSafeInteger(), (us) => {
    const text = secondsText(us);
    assert.match(text, /^-?\d+\.\d{6}$/);
    assert.equal(BigInt(text.replace(".", "")), BigInt(us));
    assert.equal(text.startsWith("-"), us < 0);
  }));
});
