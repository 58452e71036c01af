import assert from "node:assert/strict";
import { scriptedEpisode } from "../../tests/support/scripted_observation.ts";
import type { Unreported } from "../live_protocol.ts";
import { addUnreported, foundRows, reasonsOf, unreportedRows } from "./unreported.ts";

const OF = { camera: "gate", utcMs: 0, tMs: 0 } as const;

function cause(ordinal: number, why: "sway" | "rain", track?: number): Unreported {
  const whose = track === undefined ? {} : { track };
  return { ...OF, ordinal, why, ...whose, kind: "cause", dsl: `CAUSE ${why}` };
}

function stay(ordinal: number, track: number, zone: string | null = null): Unreported {
  const episode = scriptedEpisode({ track, zone, endMs: 2_100, suppressed: "sway" });
  return { ...OF, ordinal, why: "sway", track, kind: "episode", episode };
}

Deno.test("addUnreported() keeps each entry once, the newest first, whatever comes when", () => {
  const heard = addUnreported([], [cause(3, "rain")]);
  const recalled = addUnreported(heard, [cause(2, "rain"), cause(3, "rain")]);
  assert.deepEqual(recalled.map(({ ordinal }) => ordinal), [3, 2]);
  assert.equal(addUnreported(recalled, [cause(2, "rain")]), recalled);
});

Deno.test("unreportedRows() makes one row of a track's stay and of what hid it", () => {
  const log = addUnreported([], [
    cause(1, "sway", 4),
    stay(2, 4, "porch"),
    stay(3, 4),
    cause(4, "sway", 5),
    cause(5, "rain"),
  ]);
  assert.deepEqual(
    unreportedRows(log).map(({ key, lengthMs, dsl }) => [key, lengthMs, dsl]),
    [
      ["5", undefined, ["CAUSE rain"]],
      ["gate 5", undefined, ["CAUSE sway"]],
      ["gate 4", 2_000, ["CAUSE sway"]],
    ],
  );
});

Deno.test("unreportedRows() has a stay that was kept quiet in its zone only", () => {
  const zoned = addUnreported([], [stay(1, 4, "porch"), stay(2, 4, "yard"), stay(3, 5)]);
  assert.deepEqual(unreportedRows(zoned).map(({ key }) => key), [
    "gate 5",
    "gate 4 yard",
    "gate 4 porch",
  ]);
});

Deno.test("foundRows() finds rows by reason, and by words anywhere in them", () => {
  const rows = unreportedRows([cause(3, "sway", 5), cause(2, "rain"), cause(1, "sway")]);
  const found = (why: string, text: string) =>
    foundRows(rows, { why, text }, ({ entry: { why, track } }) => `${why} Blob ${track}`)
      .map(({ entry }) => entry.ordinal);
  assert.deepEqual(found("", ""), [3, 2, 1]);
  assert.deepEqual(found("sway", " "), [3, 1]);
  assert.deepEqual(found("", "BLOB 5"), [3]);
  assert.deepEqual(found("rain", "5"), []);
});

Deno.test("reasonsOf() counts rows by reason", () => {
  const rows = unreportedRows([
    cause(3, "sway", 5),
    cause(2, "rain"),
    cause(1, "sway", 4),
  ]);
  assert.deepEqual(reasonsOf(rows), [["sway", 2], ["rain", 1]]);
});
