/**
 * One screen of what a running program says of itself, 80 columns wide. Pure.
 * @module
 */
import type { Alert, Severity } from "../base/alerts.ts";
import type {
  CameraStatus,
  ControlStatus,
  OutletStatus,
} from "../server/control_protocol.ts";
import {
  ageWords,
  bytesWords,
  type Colour,
  durationWords,
  headed,
  type Paint,
  printable,
  wrapped,
} from "./terminal_text.ts";

const STATUS_COLOURS: Readonly<Record<ControlStatus["status"], Colour>> = {
  well: "green",
  degraded: "yellow",
  down: "red",
};
const SEVERITY_COLOURS: Readonly<Record<Severity, Colour>> = {
  note: "dim",
  warning: "yellow",
  critical: "red",
};
const SEVERITY_RANKS: readonly Severity[] = ["critical", "warning", "note"];

/** The lines, without newlines. */
export function statusScreen(status: ControlStatus, paint: Paint): string[] {
  return [
    ...headOf(status, paint),
    ...part("Cameras", camerasOf(status, paint), paint),
    ...part("Words", wordsLines(status), paint),
    ...part("Outlets", outletsOf(status, paint), paint),
    ...part("Alerts", alertsOf(status, paint), paint),
  ];
}

function headOf(status: ControlStatus, paint: Paint): string[] {
  const { programVersion, utcMs, startedUtcMs, memoryBytes, pid, urls } = status;
  const [first = "", ...rest] = headed(
    `StreamWare ${programVersion} is ${status.status}: `,
    status.why,
  );
  const painted = paint(STATUS_COLOURS[status.status], status.status);
  const memory = memoryBytes === undefined
    ? ""
    : `, ${bytesWords(memoryBytes)} of memory`;
  const up = durationWords(utcMs - startedUtcMs);
  const [page = "", ...morePages] = urls.pages.map(printable);
  return [
    first.replace(status.status, painted),
    ...rest,
    "",
    `  up        ${up}, process ${pid}${memory}`,
    `  page      ${page}`,
    ...morePages.map((url) => `            ${url}`),
    ...(urls.original ? [`  original  ${printable(urls.original)}`] : []),
    `  settings  ${printable(status.configFile ?? "none: flags and defaults")}`,
  ];
}

function part(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : ["", paint("bold", title), ...lines];
}

function camerasOf(status: ControlStatus, paint: Paint): string[] {
  const nameWidth = Math.max(8, ...status.cameras.map(({ camera }) => camera.length));
  return status.cameras.flatMap((camera) =>
    cameraLines(camera, status, { paint, nameWidth })
  );
}

function cameraLines(
  camera: CameraStatus,
  status: ControlStatus,
  { paint, nameWidth }: { readonly paint: Paint; readonly nameWidth: number },
): string[] {
  const { analysedFps, frameAgeMs, lossPercent, size, decoding } = camera;
  const since = durationWords(status.utcMs - camera.sinceUtcMs);
  const numbers = [
    ...(analysedFps === undefined ? [] : [`${analysedFps.toFixed(1)} frames/s`]),
    ...(size === undefined ? [] : [`${size.width}x${size.height}`]),
    ...(decoding && decoding.by !== "software" ? [`by ${decoding.by}`] : []),
    ...(lossPercent ? [`${lossPercent} % lost`] : []),
    ...(frameAgeMs === undefined ? [] : [`frame ${ageWords(frameAgeMs)} old`]),
  ].join(", ");
  const state = paint(colourOf(camera), camera.state.padEnd(10));
  const head = `  ${camera.camera.padEnd(nameWidth)}  ${state}  for ${since.padEnd(10)}`;
  const isTold = (camera.state === "online" && camera.rung !== "keys") ||
    status.alerts.some(({ code, subject }) =>
      subject === camera.camera && code.startsWith("camera.")
    );
  const indent = nameWidth + 4;
  return [
    `${head}  ${numbers}`.trimEnd(),
    ...wrapped(camera.source, indent),
    ...(isTold ? [] : wrapped(camera.words, indent)),
  ];
}

function colourOf({ state }: CameraStatus): Colour {
  if (state === "online") return "green";
  return state === "offline" || state === "stalled" ? "red" : "yellow";
}

function wordsLines({ words, utcMs }: ControlStatus): string[] {
  if (!words) return ["  off: motion DSL only"];
  const author = words.model ?? "without a model";
  const lines = wrapped(`${author}: ${words.words}`, 2);
  if (!words.last) return lines;
  const ago = durationWords(utcMs - words.last.utcMs);
  const said = `${words.last.camera}, ${ago} ago: ${words.last.text}`;
  return [...lines, ...headed("  last: ", said)];
}

function outletsOf({ outlets, utcMs }: ControlStatus, paint: Paint): string[] {
  return outlets.flatMap((outlet) => outletLines(outlet, utcMs, paint));
}

function outletLines(outlet: OutletStatus, utcMs: number, paint: Paint): string[] {
  const { name, state, words, waiting, lastFailure } = outlet;
  const colour = state === "failing" ? "red" : state === "working" ? "green" : "dim";
  const queue = waiting ? `, ${waiting} waiting` : "";
  const head = `  ${name.padEnd(8)}  ${state.padEnd(8)}  `;
  const [first = "", ...rest] = headed(head, words + queue);
  const lines = [first.replace(state, paint(colour, state)), ...rest];
  if (!lastFailure) return lines;
  const ago = durationWords(utcMs - lastFailure.utcMs);
  const failed = `last failure ${ago} ago: ${lastFailure.words}`;
  return [...lines, ...wrapped(failed, head.length)];
}

/** Causes first, the worst at the top; what depends on one stands under it, indented. */
function alertsOf({ alerts, utcMs }: ControlStatus, paint: Paint): string[] {
  const told = new Set<Alert>();
  const tell = (alert: Alert, depth: number): string[] => {
    if (told.has(alert)) return [];
    told.add(alert);
    return [
      ...alertLines(alert, { depth, utcMs, paint }),
      ...alerts.filter((other) => causeOf(other, alerts) === alert)
        .flatMap((other) => tell(other, depth + 1)),
    ];
  };
  const sorted = alerts.toSorted((a, b) =>
    SEVERITY_RANKS.indexOf(a.severity) - SEVERITY_RANKS.indexOf(b.severity)
  );
  const roots = sorted.filter((alert) => causeOf(alert, alerts) === undefined);
  // Two that name each other have no root: they are told all the same.
  return [...roots, ...sorted].flatMap((alert) => tell(alert, 0));
}

/** The alert that causes this one: of the same subject, else any of that code. */
function causeOf(alert: Alert, alerts: readonly Alert[]): Alert | undefined {
  const causes = alerts.filter((other) =>
    other !== alert && other.code === alert.dependsOn
  );
  return causes.find(({ subject }) => subject === alert.subject) ?? causes[0];
}

function alertLines(
  alert: Alert,
  { depth, utcMs, paint }: {
    readonly depth: number;
    readonly utcMs: number;
    readonly paint: Paint;
  },
): string[] {
  const indent = 2 + 2 * Math.min(depth, 8);
  const about = alert.subject === "" ? alert.code : `${alert.code} ${alert.subject}`;
  const severity = paint(SEVERITY_COLOURS[alert.severity], alert.severity.padEnd(8));
  const since = durationWords(utcMs - alert.sinceUtcMs);
  return [
    `${" ".repeat(indent)}${severity}  ${printable(about)}, for ${since}`,
    ...wrapped(alert.words, indent + 10),
    ...headed(`${" ".repeat(indent + 10)}-> `, alert.toDo),
  ];
}
