/**
 * Everything that the page shows, and how each thing that happens changes it.
 * Pure: reads no clock, draws nothing, talks to no one.
 * @module
 */
import type { Blob, MotionEvent, Observation } from "../../analysis/dsl/observation.ts";
import {
  formatBlob,
  formatEvent,
  formatFrame,
  formatTrack,
} from "../../analysis/dsl/text_format.ts";
import type { AlertView, CameraView, LiveMessage } from "../live_protocol.ts";
import { type AgeEvidence, hearAge, NO_EVIDENCE, seeFrame } from "./frame_age.ts";
import { extendHistory, type MotionHistory } from "./motion_history.ts";
import { extendTrails, NO_TRAILS, type Trails } from "./trails.ts";

/** Our socket. Times are the page's own, ms. */
export type Link =
  | { readonly kind: "connecting"; readonly sinceMs: number }
  | { readonly kind: "live"; readonly sinceMs: number }
  /** `retryAtMs` is absent while a try is under way. */
  | { readonly kind: "lost"; readonly sinceMs: number; readonly retryAtMs?: number };

/** One camera on the page. */
export interface CameraLive {
  readonly view: CameraView;
  /** The newest that arrived since the socket was opened. */
  readonly observation?: Observation;
  readonly age: AgeEvidence;
  readonly trails: Trails;
  /** Where things were in the last seconds, to be found in a picture of then. */
  readonly past: readonly PastFrame[];
  readonly history: MotionHistory;
  /** When the frames of the last seconds arrived. */
  readonly arrivalsMs: readonly number[];
}

/** The blobs of a frame that was taken at `ptsUs`, the source's own time. */
export interface PastFrame {
  readonly ptsUs: number;
  readonly blobs: readonly Blob[];
}

/** One line of the event log. */
export interface LogEntry {
  readonly key: number;
  readonly camera: string;
  readonly tMs: number;
  /** True when `tMs` is UTC; false when it counts from the first frame. */
  readonly utc: boolean;
  readonly event: MotionEvent;
  /** The frame's own DSL lines about it. */
  readonly dsl: string;
}

export interface ViewerState {
  readonly nowMs: number;
  readonly link: Link;
  readonly cameras: readonly CameraLive[];
  readonly alerts: readonly AlertView[];
  /** Newest first. */
  readonly log: readonly LogEntry[];
  /** Events since the page was opened; the log keeps the newest. */
  readonly eventsSeen: number;
  /** The program speaks a later version of the protocol than this page. */
  readonly outdated: boolean;
}

export type Happening =
  | { readonly kind: "heard"; readonly message: LiveMessage; readonly nowMs: number }
  | { readonly kind: "opened"; readonly nowMs: number }
  | { readonly kind: "trying"; readonly nowMs: number }
  | { readonly kind: "lost"; readonly retryAtMs: number; readonly nowMs: number }
  | { readonly kind: "time passed"; readonly nowMs: number };

/** Log lines kept on the page. The journal keeps all. */
export const LOG_LINES_MAX = 200;
/** Frames whose blobs are kept: three seconds at 20 a second. */
const PAST_MAX = 60;
/** Over how long the rate of frames is taken. */
const RATE_WINDOW_MS = 5_000;

export function initialState(nowMs: number): ViewerState {
  return {
    nowMs,
    link: { kind: "connecting", sinceMs: nowMs },
    cameras: [],
    alerts: [],
    log: [],
    eventsSeen: 0,
    outdated: false,
  };
}

export function step(was: ViewerState, happening: Happening): ViewerState {
  const { nowMs } = happening;
  const now = { ...was, nowMs };
  switch (happening.kind) {
    case "time passed":
      return now;
    case "opened":
      return { ...now, link: { kind: "live", sinceMs: nowMs } };
    case "trying":
      return { ...now, link: { kind: was.link.kind, sinceMs: was.link.sinceMs } };
    case "lost": {
      const sinceMs = was.link.kind === "lost" ? was.link.sinceMs : nowMs;
      const { retryAtMs } = happening;
      return { ...now, link: { kind: "lost", sinceMs, retryAtMs } };
    }
    case "heard":
      return hear(now, happening.message);
  }
}

/** Frames a second that arrived lately; undefined when there were too few. */
export function frameRate(camera: CameraLive): number | undefined {
  const { arrivalsMs } = camera;
  const [first, last] = [arrivalsMs[0], arrivalsMs.at(-1)];
  if (first === undefined || last === undefined || last === first) return undefined;
  return (arrivalsMs.length - 1) * 1_000 / (last - first);
}

/** Things that move now, of those in view. */
export function movingCount(observation: Observation): number {
  return observation.tracks.filter((track) => track.moving).length;
}

function hear(was: ViewerState, message: LiveMessage): ViewerState {
  switch (message.type) {
    case "hello":
      return hearHello(was, message);
    case "frame":
      return hearFrame(was, message.camera, message);
    case "state":
      return withCamera(was, message.camera, (camera) => ({
        ...camera,
        view: viewOf(message),
        age: message.frameAgeMs === undefined
          ? camera.age
          : hearAge(camera.age, message.frameAgeMs, was.nowMs),
      }));
    case "alerts":
      return { ...was, alerts: message.alerts };
    case "beat":
      return {
        ...was,
        cameras: was.cameras.map((camera) => aged(camera, message.ages, was.nowMs)),
      };
  }
  return was; // a later version's word
}

/** What was drawn is forgotten: the program may have started anew, with new ids. */
function hearHello(
  was: ViewerState,
  hello: Extract<LiveMessage, { type: "hello" }>,
): ViewerState {
  const cameras = hello.cameras.map((view) => {
    const known = was.cameras.find((camera) => camera.view.camera === view.camera);
    const fresh = { ...newCamera(view), history: known?.history ?? [] };
    return aged(fresh, hello.ages, was.nowMs);
  });
  const outdated = Number(hello.version) !== 1;
  return { ...was, cameras, alerts: hello.alerts, outdated };
}

function hearFrame(
  was: ViewerState,
  name: string,
  observation: Observation,
): ViewerState {
  const { nowMs } = was;
  const state = withCamera(was, name, (camera) => ({
    ...camera,
    observation,
    age: seeFrame(camera.age, nowMs),
    trails: extendTrails(camera.trails, observation.blobs, nowMs),
    past: [
      ...camera.past,
      { ptsUs: observation.ptsUs, blobs: observation.blobs },
    ].slice(-PAST_MAX),
    history: extendHistory(camera.history, observation.motionPct, nowMs),
    arrivalsMs: [
      ...camera.arrivalsMs.filter((atMs) => nowMs - atMs < RATE_WINDOW_MS),
      nowMs,
    ],
  }));
  if (state === was || observation.events.length === 0) return state;
  const view = state.cameras.find((camera) => camera.view.camera === name)?.view;
  const utc = view?.header?.clock !== "media";
  const fresh = observation.events.map((event, i): LogEntry => ({
    key: was.eventsSeen + i,
    camera: name,
    tMs: observation.tMs,
    utc,
    event,
    dsl: linesAbout(event, observation),
  }));
  return {
    ...state,
    log: [...fresh.reverse(), ...was.log].slice(0, LOG_LINES_MAX),
    eventsSeen: was.eventsSeen + fresh.length,
  };
}

/** The state as it was when there is no such camera: its hello is still to come. */
function withCamera(
  was: ViewerState,
  name: string,
  change: (camera: CameraLive) => CameraLive,
): ViewerState {
  if (!was.cameras.some((camera) => camera.view.camera === name)) return was;
  const cameras = was.cameras.map((camera) =>
    camera.view.camera === name ? change(camera) : camera
  );
  return { ...was, cameras };
}

function newCamera(view: CameraView): CameraLive {
  const nothing = { trails: NO_TRAILS, past: [], history: [], arrivalsMs: [] };
  return { view, age: NO_EVIDENCE, ...nothing };
}

function aged(
  camera: CameraLive,
  ages: Readonly<Record<string, number>>,
  nowMs: number,
): CameraLive {
  const { camera: name } = camera.view;
  const ageMs = Object.hasOwn(ages, name) ? ages[name] : undefined;
  return ageMs === undefined
    ? camera
    : { ...camera, age: hearAge(camera.age, ageMs, nowMs) };
}

function viewOf({ camera, header, state, words }: CameraView): CameraView {
  return { camera, state, words, ...(header ? { header } : {}) };
}

function linesAbout(event: MotionEvent, observation: Observation): string {
  const blob = observation.blobs.find(({ id }) => id === event.blob);
  const track = observation.tracks.find((track) => track.blob === event.blob);
  const lines = [
    formatFrame(observation),
    blob && formatBlob(blob),
    formatEvent(event),
    track && formatTrack(track),
  ];
  return lines.filter((line) => line !== undefined).join("\n");
}
