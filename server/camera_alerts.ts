/**
 * The alerts that a camera's state and its main stream are, if they are. Pure; who raises and clears is the
 * wiring. The words are those of the state, cut where what is wrong ends and what
 * helps begins.
 * @module
 */
import type { Alert, Severity } from "../base/alerts.ts";
import { type CameraState, givesPictures } from "../analysis/dsl/camera_state.ts";
import type { CameraView } from "./live_protocol.ts";

export const CAMERA_ALERT_CODES = [
  "camera.offline",
  "camera.unsteady",
  "camera.stalled",
  "camera.frozen",
  "camera.covered",
  "camera.defocused",
  "camera.dirty",
  "camera.moved",
] as const;
export type CameraAlertCode = (typeof CAMERA_ALERT_CODES)[number];

interface Trouble {
  readonly code: CameraAlertCode;
  readonly severity: Severity;
  /** What helps; absent: the state's own words say it, as it depends on the reason. */
  readonly toDo?: string;
}

const TROUBLES: Partial<Record<CameraState, Trouble>> = {
  offline: { code: "camera.offline", severity: "critical" },
  stalled: {
    code: "camera.stalled",
    severity: "warning",
    toDo:
      "Nothing at first: a new connection is tried. If it goes on, restart the camera",
  },
  frozen: {
    code: "camera.frozen",
    severity: "warning",
    toDo: "Restart the camera",
  },
  covered: { code: "camera.covered", severity: "critical" },
  defocused: { code: "camera.defocused", severity: "warning" },
  dirty: { code: "camera.dirty", severity: "note" },
  moved: { code: "camera.moved", severity: "warning" },
};

/** It comes and goes: one alert with a count, until it has stayed for a minute. */
const UNSTEADY: Trouble = { code: "camera.unsteady", severity: "warning" };

/** What the board is to be told of a camera whose state changed. */
export interface CameraAlertChange {
  readonly raise?: Omit<Alert, "sinceUtcMs">;
  /** Codes that do not hold, or no longer, for this camera. */
  readonly clear: readonly CameraAlertCode[];
}

/** The alert of the state that a camera is in, and the codes that do not hold in it. */
export function cameraAlertChange(view: CameraView): CameraAlertChange {
  const trouble = view.state.why === "lost" ? UNSTEADY : TROUBLES[view.state.state];
  const clear = CAMERA_ALERT_CODES.filter((code) => code !== trouble?.code);
  if (!trouble) return { clear };
  const { code, severity } = trouble;
  const { words, toDo } = troubleParts(view.words);
  const raise = {
    code,
    subject: view.camera,
    severity,
    words,
    toDo: trouble.toDo ?? toDo ?? "streamware doctor",
  };
  return { raise, clear };
}

/**
 * The alert that a camera's main stream is away while the analysed one goes on; undefined
 * when it is not so: a camera that gives no pictures at all has an alert of its own.
 */
export function mainStreamAlert(
  { camera, state, mainStream }: CameraView,
): Omit<Alert, "sinceUtcMs"> | undefined {
  if (!mainStream || mainStream.isThere || !givesPictures(state.state)) return undefined;
  const { words, toDo } = troubleParts(mainStream.words);
  return {
    code: MAIN_STREAM_CODE,
    subject: camera,
    severity: "warning",
    words: `${words}. It is analysed by its other stream; live video, full pictures ` +
      "and clips have nothing new",
    toDo: toDo ?? "streamware doctor",
  };
}

export const MAIN_STREAM_CODE = "camera.main_stream";

/**
 * "Camera gate does not answer: check its power (rtsp://…)" in its two halves; without
 * the second where the words name nothing to do.
 */
export function troubleParts(
  sentence: string,
): { words: string; toDo: string | undefined } {
  const place = / \([^()]*\)$/.exec(sentence)?.[0] ?? "";
  const whole = sentence.slice(0, sentence.length - place.length);
  const cut = whole.indexOf(": ");
  if (cut < 0) return { words: sentence, toDo: undefined };
  const toDo = whole.slice(cut + 2);
  return {
    words: whole.slice(0, cut) + place,
    toDo: toDo.charAt(0).toUpperCase() + toDo.slice(1),
  };
}
