/**
 * Is the box doing its job, for `/healthz`. Pure.
 * @module
 */
import type { Alert } from "../base/alerts.ts";
import type { CameraState, StateReason } from "../analysis/dsl/camera_state.ts";
import type { CameraView } from "./live_protocol.ts";

/** `down` means that nothing is being watched, or that the whole box is in trouble. */
export type HealthStatus = "well" | "degraded" | "down";

export interface Health {
  readonly status: HealthStatus;
  readonly cameras: readonly {
    readonly camera: string;
    readonly state: CameraState;
    readonly why?: StateReason;
    readonly sinceUtcMs: number;
    /** Absent before the first frame. */
    readonly frameAgeMs?: number;
  }[];
  readonly alerts: readonly Pick<Alert, "code" | "subject" | "severity">[];
}

export interface HealthSigns {
  readonly cameras: readonly CameraView[];
  readonly ages: Readonly<Record<string, number>>;
  readonly alerts: readonly Alert[];
}

/** A camera that is said to be online but gave no frame for this long is not. */
const FRAME_AGE_MS_MAX = 10_000;

export function judgeHealth(signs: HealthSigns): Health {
  return {
    status: statusOf(signs),
    cameras: signs.cameras.map(({ camera, state }) => {
      const frameAgeMs = signs.ages[camera];
      return {
        camera,
        state: state.state,
        ...(state.why === undefined ? {} : { why: state.why }),
        sinceUtcMs: state.sinceMs,
        ...(frameAgeMs === undefined ? {} : { frameAgeMs: Math.round(frameAgeMs) }),
      };
    }),
    alerts: signs.alerts.map(({ code, subject, severity }) => (
      { code, subject, severity }
    )),
  };
}

function statusOf({ cameras, ages, alerts }: HealthSigns): HealthStatus {
  const sights = cameras.map((view) =>
    lacksMemory(view, alerts) ? "blind" : sightOf(view, ages[view.camera])
  );
  if (alerts.some((alert) => alert.severity === "critical" && alert.subject === "")) {
    return "down";
  }
  if (sights.every((sight) => sight === "blind")) return "down";
  if (alerts.some((alert) => alert.severity !== "note")) return "degraded";
  return sights.every((sight) => sight === "clear") ? "well" : "degraded";
}

/** Its pictures come, and there is no room for one of them. */
function lacksMemory(
  { camera }: Pick<CameraView, "camera">,
  alerts: readonly Pick<Alert, "code" | "subject" | "severity">[],
): boolean {
  return alerts.some(({ code, subject, severity }) =>
    code === "memory.full" && subject === camera && severity === "critical"
  );
}

function sightOf(
  view: CameraView,
  frameAgeMs: number | undefined,
): "clear" | "impaired" | "blind" {
  const { state } = view.state;
  if (state === "offline" || state === "stalled") return "blind";
  if (state === "connecting") return "impaired";
  if (frameAgeMs !== undefined && frameAgeMs > FRAME_AGE_MS_MAX) return "blind";
  // One that learns its scene is as it should be after a start.
  return state === "online" || state === "warmup" ? "clear" : "impaired";
}
