import assert from "node:assert/strict";
import type { Alert, Severity } from "../base/alerts.ts";
import type { CameraState } from "../analysis/dsl/camera_state.ts";
import { GATE } from "../tests/support/server_parts.ts";
import { type HealthStatus, judgeHealth } from "./health.ts";

interface Case {
  readonly states: readonly CameraState[];
  readonly frameAgeMs?: number;
  readonly alert?: {
    readonly severity: Severity;
    readonly subject: string;
    readonly code?: string;
  };
  readonly status: HealthStatus;
}

function check({ states, frameAgeMs, alert, status }: Case): void {
  const cameras = states.map((state, i) => (
    { ...GATE, camera: `c${i}`, state: { state, sinceMs: 1 } }
  ));
  const ages = frameAgeMs === undefined
    ? {}
    : Object.fromEntries(cameras.map(({ camera }) => [camera, frameAgeMs]));
  const alerts: Alert[] = alert
    ? [{ code: "x.y", sinceUtcMs: 1, words: "", toDo: "", ...alert }]
    : [];
  assert.equal(
    judgeHealth({ cameras, ages, alerts }).status,
    status,
    JSON.stringify({ states, alert }),
  );
}

Deno.test("judgeHealth() is well when every camera is online and nothing is wrong", () => {
  check({ states: ["online"], frameAgeMs: 100, status: "well" });
  check({
    states: ["online"],
    alert: { severity: "note", subject: "" },
    status: "well",
  });
});

Deno.test("judgeHealth() is degraded when something is wrong but something is watched", () => {
  check({ states: ["online", "offline"], status: "degraded" });
  check({ states: ["connecting"], status: "degraded" });
  check({ states: ["covered"], status: "degraded" });
  for (const severity of ["warning", "critical"] as const) {
    check({
      states: ["online"],
      alert: { severity, subject: "c0" },
      status: "degraded",
    });
  }
});

Deno.test("judgeHealth() is down when there is no memory for any camera's frames", () => {
  const alert = { code: "memory.full", severity: "critical", subject: "c0" } as const;
  check({ states: ["online"], frameAgeMs: 100, alert, status: "down" });
  check({ states: ["online", "online"], frameAgeMs: 100, alert, status: "degraded" });
  const fewer = { ...alert, severity: "warning" } as const;
  check({ states: ["online"], frameAgeMs: 100, alert: fewer, status: "degraded" });
});

Deno.test("judgeHealth() is down when nothing is watched, whatever the state claims", () => {
  check({ states: [], status: "down" });
  check({ states: ["offline", "stalled"], status: "down" });
  check({ states: ["online"], frameAgeMs: 10_001, status: "down" });
  check({
    states: ["online"],
    alert: { severity: "critical", subject: "" },
    status: "down",
  });
});
