/**
 * The page's sentences, in English. Plain words; nothing here decides anything.
 * @module
 */
import type { CameraState } from "../analysis/dsl/camera_state.ts";
import type { Direction, EventType, MotionEvent } from "../analysis/dsl/observation.ts";
import type { QuietReason } from "../llm/narration.ts";

export const viewerWords = {
  product: "StreamWare",
  skipToEvents: "Skip to the events",
  logOut: "Log out",
  connecting: "Connecting",
  live: "Connected",
  lost: "Not connected",
  lostTitle: "The connection to StreamWare is lost",
  /** @param waitS whole seconds until the next try; undefined while one runs */
  lostText: (forText: string, waitS: number | undefined) =>
    `Since ${forText}. ` +
    (waitS === undefined ? "Trying again now …" : `Trying again in ${waitS} s.`),
  tryNow: "Try now",
  outdated: "StreamWare was updated. Load this page again to see all it says.",
  reload: "Load again",
  noCameras: "No camera yet",
  noCamerasText: "StreamWare runs, but it has not told of a camera.",
  waiting: "Waiting for StreamWare",
  noPicture: "No picture yet",
  notLive: (ageText: string) => `Not live: the last frame is ${ageText} old`,
  noNewFrames: "No new frames",
  frameAge: "Last frame",
  ago: (ageText: string) => `${ageText} ago`,
  never: "none yet",
  inView: "In view",
  moving: "Moving",
  motion: "Motion",
  rate: "Frames",
  fullPicture: "Full picture",
  saveClip: (seconds: number) => `Save the last ${seconds} s`,
  size: (width: number, height: number) => `${width} × ${height}`,
  pictureOld: (ageText: string) => `Picture ${ageText} old, boxes live`,
  percent: (pct: number) => `${pct.toFixed(1)} %`,
  perSecond: (rate: number) => `${rate.toFixed(rate < 1 ? 1 : 0)}/s`,
  unknown: "–",
  chartTitle: "Motion",
  chartText: (minutes: number) =>
    `share of the picture, last ${minutes === 1 ? "minute" : `${minutes} minutes`}`,
  noFrames: "no frames",
  timeAgo: (seconds: number) => {
    if (seconds === 0) return "now";
    return seconds % 60 === 0 ? `${seconds / 60} min ago` : `${seconds} s ago`;
  },
  events: "Events",
  eventsSeen: (count: number) => count === 1 ? "1 event" : `${count} events`,
  noEvents: "Nothing has happened yet",
  noEventsText: "When something comes, goes, moves or stops, it is written here.",
  told: "What happened",
  episodes: (count: number) => count === 1 ? "1 episode" : `${count} episodes`,
  nothingTold: "Nothing to tell yet",
  nothingToldText: "When something comes into the picture, it is told here in words.",
  saidAloud: (text: string, camera: string | undefined) =>
    camera === undefined ? text : `${camera}: ${text}`,
  toldPicture: (camera: string, time: string) => `What camera ${camera} saw at ${time}`,
  goesOn: "going on",
  lengthText,
  byModel: (model: string, tookMs: number) =>
    `${model}, ${(tookMs / 1_000).toFixed(1)} s`,
  earlierWords: (count: number) => `${count} earlier`,
  earlierEpisodes: (count: number) => `Show ${count} earlier`,
  dsl: "DSL",
  keptQuiet: "Kept quiet",
  keptQuietWhy: (reason: QuietReason) => `Kept quiet: ${QUIET[reason] ?? reason}`,
  startedAgain: "StreamWare was started again",
  alerts: "Alerts",
  notes: "Notes",
  dismiss: "Dismiss",
  dismissLabel: (note: string) => `Dismiss: ${note}`,
  therefore: "Therefore:",
  pictureLabel: (camera: string, inView: number) =>
    `Camera ${camera}: ${inView === 0 ? "nothing" : inView} in view`,
  chartLabel: (pct: string) => `Motion over the last minutes, now ${pct}`,
  /** @param trouble what is wrong, if anything is */
  title: (trouble: string | undefined) =>
    trouble === undefined ? "StreamWare" : `${trouble} · StreamWare`,
  eventText,
  stateText: (state: CameraState) => STATES[state] ?? state,
  ageText,
} as const;

const STATES: Readonly<Record<CameraState, string>> = {
  online: "Online",
  connecting: "Connecting",
  offline: "Offline",
  stalled: "Stalled",
  doubtful: "Doubtful",
  warmup: "Learning the scene",
  frozen: "Frozen",
  covered: "Covered",
  defocused: "Out of focus",
  dirty: "Dirty lens",
  moved: "Camera was moved",
  clock_step: "Clock was set",
};

const QUIET: Readonly<Record<QuietReason, string>> = {
  empty: "it said nothing",
  boilerplate: "it said nothing about the picture",
  repeated: "it said the same as before",
  late: "it came too late",
  echo: "it only repeated the question",
  unfinished: "it broke off",
};

/** How long something was there: `26 s`, `4 min`, `1 h 20 min`. */
function lengthText(lengthMs: number): string {
  const seconds = Math.round(lengthMs / 1_000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  const hours = `${Math.floor(minutes / 60)} h`;
  return rest === 0 ? hours : `${hours} ${rest} min`;
}

/** `0.4 s`, `12 s`, `3 min`, `5 h`: as precise as it matters. */
function ageText(ageMs: number): string {
  const seconds = ageMs / 1_000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 99.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

/** What happened, to follow the blob's number: "came in from the left". */
function eventText(event: MotionEvent): string {
  const { type, dir, zone, line } = event;
  if (type === "CROSS") return join("crossed", line ?? "a line", TOWARDS[dir]);
  if (zone !== undefined && type === "ENTER") return `came into ${zone}`;
  if (zone !== undefined && type === "EXIT") return `left ${zone}`;
  const words = EVENTS[type]?.(dir) ?? `${type} ${dir}`;
  return zone === undefined ? words : `${words} (${zone})`;
}

const EVENTS: Readonly<Record<EventType, (dir: Direction) => string>> = {
  ENTER: (dir) => join("came in", FROM[dir]),
  EXIT: (dir) => join("went out", EDGE[dir]),
  MOVE: (dir) => join("began to move", TOWARDS[dir]),
  STOP: () => "stopped",
  APPEAR: () => "appeared",
  DISAPPEAR: () => "disappeared",
  SPLIT: () => "split up",
  MERGE: () => "met another",
  CROSS: (dir) => join("crossed", TOWARDS[dir]),
  DROP: () => "was left behind",
  TAKE: () => "was taken away",
};

/** The picture's edge where something came in. */
const FROM: Readonly<Record<Direction, string>> = {
  LEFT: "from the left",
  RIGHT: "from the right",
  UP: "from the top",
  DOWN: "from the bottom",
  TOWARD: "towards the camera",
  AWAY: "away from the camera",
  STATIC: "",
};

/** The picture's edge where something went out. */
const EDGE: Readonly<Record<Direction, string>> = {
  LEFT: "on the left",
  RIGHT: "on the right",
  UP: "at the top",
  DOWN: "at the bottom",
  TOWARD: "towards the camera",
  AWAY: "away from the camera",
  STATIC: "",
};

const TOWARDS: Readonly<Record<Direction, string>> = {
  LEFT: "to the left",
  RIGHT: "to the right",
  UP: "upwards",
  DOWN: "downwards",
  TOWARD: "towards the camera",
  AWAY: "away from the camera",
  STATIC: "",
};

function join(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part).join(" ");
}
