import assert from "node:assert/strict";
import { judgeSession, type SessionFacts } from "./session_verdict.ts";

/** A camera of 25 pictures a second that is well. */
const WELL: SessionFacts = {
  silentMs: 40,
  keylessMs: 900,
  unwantedMs: 100,
  picturelessMs: 100,
  hasPictures: true,
  hasPackets: true,
  lateMs: 20,
  intervalMs: 40,
  keyIntervalMs: 1_000,
  decodesKeysOnly: false,
  fps: 10,
};

const CASES: [string, Partial<SessionFacts>, string, boolean][] = [
  ["is well", {}, "nothing", false],
  ["was asked and is silent", { hasPackets: false, silentMs: 12_000 }, "nothing", false],
  ["never answers", { hasPackets: false, silentMs: 12_001 }, "nothing", true],
  ["has no packets for a while", { silentMs: 3_001 }, "stalled", false],
  ["has none for longer", { silentMs: 6_001 }, "stalled", true],
  ["is slow by its way", { silentMs: 5_900, intervalMs: 2_000 }, "nothing", false],
  ["is slower than its way", { silentMs: 6_100, intervalMs: 2_000 }, "stalled", false],
  [
    "gave no picture yet",
    { hasPictures: false, picturelessMs: 12_000, keylessMs: 9_000 },
    "nothing",
    false,
  ],
  [
    "never gave a keyframe",
    { hasPictures: false, keylessMs: 10_001 },
    "no_keyframe",
    false,
  ],
  [
    "has keyframes and never gave a picture",
    { hasPictures: false, picturelessMs: 12_001 },
    "undecodable",
    false,
  ],
  [
    "never gave a picture, and by its way could not have",
    { hasPictures: false, picturelessMs: 12_001, intervalMs: 3_000 },
    "nothing",
    false,
  ],
  ["stands still in time", { unwantedMs: 6_001 }, "stalled", true],
  ["falls behind", { lateMs: 10_001 }, "stalled", true],
  ["is not decoded", { picturelessMs: 6_001 }, "decoder", false],
  [
    "is not decoded and has no keyframe",
    { picturelessMs: 6_001, keylessMs: 10_001 },
    "decoder",
    true,
  ],
  [
    "is watched by keyframes",
    { picturelessMs: 39_000, decodesKeysOnly: true },
    "nothing",
    false,
  ],
  [
    "is watched once in ten seconds",
    { unwantedMs: 59_000, picturelessMs: 59_000, fps: .1 },
    "nothing",
    false,
  ],
];

for (const [name, facts, say, end] of CASES) {
  Deno.test(`judgeSession() of a camera that ${name}: ${say}${end ? ", ended" : ""}`, () => {
    assert.deepEqual(judgeSession({ ...WELL, ...facts }), { say, end });
  });
}
