import assert from "node:assert/strict";
import type { CameraState } from "../../analysis/dsl/camera_state.ts";
import { GATE } from "../../tests/support/server_parts.ts";
import { type Sight, sightOf } from "./sight.ts";
import { type CameraLive, initialState, type Link, step } from "./state.ts";

const LIVE: Link = { kind: "live", sinceMs: 0 };
const LOST: Link = { kind: "lost", sinceMs: 0 };

interface Case {
  readonly state: CameraState;
  readonly rung?: string;
  /** Of the newest frame; undefined before the first. */
  readonly ageMs?: number;
  readonly link?: Link;
  readonly level: Sight["level"];
  readonly old: boolean;
  readonly badge: string;
}

function check({ state, rung, ageMs, link = LIVE, ...expected }: Case): void {
  const told = { state, sinceMs: 0, ...(rung ? { rung } : {}) };
  const camera: CameraLive = step(initialState(0), {
    kind: "heard",
    nowMs: 0,
    message: {
      type: "hello",
      version: 1,
      utcMs: 0,
      startedUtcMs: 0,
      cameras: [{ ...GATE, state: told }],
      alerts: [],
      ages: ageMs === undefined ? {} as Record<string, number> : { gate: ageMs },
    },
  }).cameras[0]!;
  assert.deepEqual(sightOf(camera, link, 0), { ...expected, ageMs });
}

Deno.test("a camera of which only keyframes are decoded is not late between two", () => {
  const keys = { state: "online", rung: "keys", badge: "Online", old: false } as const;
  check({ ...keys, ageMs: 4_500, level: "good" });
  check({ ...keys, ageMs: 7_000, level: "warn" });
  const badge = "No new frames";
  check({ ...keys, ageMs: 13_000, level: "bad", old: true, badge });
});

Deno.test("sightOf() is good only for an online camera with fresh frames", () => {
  check({ state: "online", ageMs: 100, level: "good", old: false, badge: "Online" });
  check({ state: "online", ageMs: 3_000, level: "warn", old: false, badge: "Online" });
  check({
    state: "warmup",
    ageMs: 100,
    level: "warn",
    old: false,
    badge: "Learning the scene",
  });
});

Deno.test("sightOf() does not believe online when no frame comes", () => {
  check({
    state: "online",
    ageMs: 5_000,
    level: "bad",
    old: true,
    badge: "No new frames",
  });
});

Deno.test("sightOf() takes an offline camera's picture for old at once", () => {
  check({ state: "offline", ageMs: 100, level: "bad", old: true, badge: "Offline" });
  check({ state: "stalled", ageMs: 100, level: "bad", old: true, badge: "Stalled" });
});

Deno.test("sightOf() waits for the first frame without alarm", () => {
  check({ state: "connecting", level: "waiting", old: true, badge: "Connecting" });
});

Deno.test("sightOf() believes nothing when the program is not reached", () => {
  check({
    state: "online",
    ageMs: 0,
    link: LOST,
    level: "bad",
    old: true,
    badge: "Not connected",
  });
});
