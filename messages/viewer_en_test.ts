import assert from "node:assert/strict";
import { CAMERA_STATES } from "../analysis/dsl/camera_state.ts";
import { DIRECTIONS, EVENT_TYPES, type EventType } from "../analysis/dsl/observation.ts";
import { QUIET_REASONS } from "../llm/narration.ts";
import { viewerWords as words } from "./viewer_en.ts";

Deno.test("viewerWords has plain words for every event, direction and state", () => {
  for (const type of EVENT_TYPES) {
    for (const dir of DIRECTIONS) {
      assert.match(words.eventText({ type, blob: 1, dir }), /^[a-z ]+$/);
    }
  }
  for (const state of CAMERA_STATES) {
    assert.match(words.stateText(state), /^[A-Z][a-z ]+$/);
  }
});

Deno.test("viewerWords.eventText() shows a later version's event as it is", () => {
  const event = { type: "WAVE" as EventType, blob: 1, dir: "LEFT" } as const;
  assert.equal(words.eventText(event), "WAVE LEFT");
});

Deno.test("viewerWords.eventText() names the zone and the line", () => {
  const told = (type: EventType, place: { zone: string } | { line: string }) =>
    words.eventText({ type, blob: 1, dir: "LEFT", ...place });
  assert.equal(told("ENTER", { zone: "gate" }), "came into gate");
  assert.equal(told("EXIT", { zone: "gate" }), "left gate");
  assert.equal(told("STOP", { zone: "gate" }), "stopped (gate)");
  assert.equal(told("CROSS", { line: "fence" }), "crossed fence to the left");
});

Deno.test("viewerWords.ageText() is as precise as it matters", () => {
  const cases = [
    [0, "0.0 s"],
    [9_940, "9.9 s"],
    [9_960, "10 s"],
    [99_000, "99 s"],
    [100_000, "2 min"],
    [5_000_000, "83 min"],
    [7_200_000, "2 h"],
  ] as const;
  for (const [ageMs, text] of cases) assert.equal(words.ageText(ageMs), text);
});

Deno.test("viewerWords has a reason in words for everything that is kept quiet", () => {
  for (const reason of QUIET_REASONS) {
    assert.match(words.keptQuietWhy(reason), /^Kept quiet: it [a-z ]+$/);
  }
});

Deno.test("viewerWords.lengthText() is as precise as it matters", () => {
  const cases = [
    [1_400, "1 s"],
    [99_000, "99 s"],
    [100_000, "2 min"],
    [3_600_000, "1 h"],
    [4_800_000, "1 h 20 min"],
  ] as const;
  for (const [lengthMs, text] of cases) assert.equal(words.lengthText(lengthMs), text);
});
