/**
 * Everything that the page shows, and how each thing that happens changes it.
 * Pure: reads no clock, draws nothing, talks to no one.
 * @module
 */
import type { Observation } from "../../analysis/dsl/observation.ts";
import type { Narration } from "../../llm/narration.ts";
import {
  type AlertView,
  type CameraView,
  type FrameMessage,
  linesAbout,
  type LiveMessage,
  type Recent,
} from "../live_protocol.ts";
import { type ChipNames, learnNames, NO_NAMES, recallNames } from "./chip_names.ts";
import { type AgeEvidence, hearAge, NO_EVIDENCE, seeFrame } from "./frame_age.ts";
import {
  addEntries,
  type LogEntries,
  type LogEntry,
  recallEntries,
} from "./log_entries.ts";
import { extendHistory, type MotionHistory, recallHistory } from "./motion_history.ts";
import { extendPast, NO_PAST, type Past } from "./past.ts";
import { addTold, type ToldLog, withClasses } from "./told.ts";
import { addUnreported, type UnreportedLog } from "./unreported.ts";

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
  /** Where things were in the last seconds, to be found in a picture of then. */
  readonly past: Past;
  /** What its tracks are. */
  readonly names: ChipNames;
  readonly history: MotionHistory;
  /** When the frames of the last seconds arrived. */
  readonly arrivalsMs: readonly number[];
  /** Events since the program was started, as far as we heard. */
  readonly eventsSeen: number;
}

export interface ViewerState {
  readonly nowMs: number;
  readonly link: Link;
  readonly cameras: readonly CameraLive[];
  readonly alerts: readonly AlertView[];
  /** Keys (`alertKey`) of notes that were sent away. */
  readonly dismissed: readonly string[];
  readonly log: LogEntries;
  readonly told: ToldLog;
  readonly unreported: UnreportedLog;
  /** The sentence that came last while the page was open: to be read aloud. */
  readonly said?: Narration;
  /** The program tells words, whether or not it has told any yet. */
  readonly wordful: boolean;
  /** One had to log in to be here. */
  readonly login: boolean;
  /** Of the program that we hear; undefined before its first word. */
  readonly startedUtcMs?: number;
  /** Events of those starts of the program that are over. */
  readonly eventsBefore: number;
  /** The program speaks a later version of the protocol than this page. */
  readonly outdated: boolean;
}

export type Happening =
  | { readonly kind: "heard"; readonly message: LiveMessage; readonly nowMs: number }
  | { readonly kind: "recalled"; readonly recent: Recent; readonly nowMs: number }
  | { readonly kind: "dismissed"; readonly key: string; readonly nowMs: number }
  | { readonly kind: "opened"; readonly nowMs: number }
  | { readonly kind: "trying"; readonly nowMs: number }
  | { readonly kind: "lost"; readonly retryAtMs: number; readonly nowMs: number }
  | { readonly kind: "time passed"; readonly nowMs: number };

/** Over how long the rate of frames is taken. */
const RATE_WINDOW_MS = 5_000;
/** Notes that were sent away and are remembered: as many as the box may have alerts. */
const DISMISSED_MAX = 256;

/** @param nowMs of the page's clock */
export function initialState(nowMs: number): ViewerState {
  return {
    nowMs,
    link: { kind: "connecting", sinceMs: nowMs },
    cameras: [],
    alerts: [],
    dismissed: [],
    log: [],
    told: [],
    unreported: [],
    wordful: false,
    login: false,
    eventsBefore: 0,
    outdated: false,
  };
}

/** The state after one thing has happened. */
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
    case "recalled":
      return recall(now, happening.recent);
    case "dismissed": {
      const dismissed = [...was.dismissed, happening.key].slice(-DISMISSED_MAX);
      return { ...now, dismissed };
    }
  }
}

/** Events since the page knows the program; the log keeps the newest. */
export function eventsSeen({ cameras, eventsBefore }: ViewerState): number {
  return cameras.reduce((sum, camera) => sum + camera.eventsSeen, eventsBefore);
}

/** Frames a second that arrived lately; undefined when there were too few. */
export function frameRate(camera: CameraLive): number | undefined {
  const { arrivalsMs } = camera;
  const [first, last] = [arrivalsMs[0], arrivalsMs.at(-1)];
  if (first === undefined || last === undefined || last === first) return undefined;
  return (arrivalsMs.length - 1) * 1_000 / (last - first);
}

/** Things in view, without what is kept quiet. */
export function inViewCount({ blobs }: Observation): number {
  return blobs.filter(({ suppressed }) => suppressed === undefined).length;
}

/** Things that move now, of those in view. */
export function movingCount({ blobs, tracks }: Observation): number {
  const quiet = new Set(
    blobs.filter(({ suppressed }) => suppressed !== undefined).map(({ id }) => id),
  );
  return tracks.filter(({ moving, blob }) => moving && !quiet.has(blob)).length;
}

function hear(was: ViewerState, message: LiveMessage): ViewerState {
  switch (message.type) {
    case "hello":
      return hearHello(was, message);
    case "frame":
      return hearFrame(was, message);
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
    case "narration":
      return hearNarration(was, message.narration);
    case "unreported": {
      const unreported = addUnreported(was.unreported, [message.unreported]);
      return { ...was, unreported };
    }
    case "beat":
      return {
        ...was,
        cameras: was.cameras.map((camera) => aged(camera, message.ages, was.nowMs)),
      };
  }
  return was; // a later version's word
}

/** What was drawn is forgotten: there is a hole in it, or ids begin anew. */
function hearHello(
  was: ViewerState,
  hello: Extract<LiveMessage, { type: "hello" }>,
): ViewerState {
  const { startedUtcMs } = hello;
  const anew = was.startedUtcMs !== startedUtcMs;
  const cameras = hello.cameras.map((view) => {
    const known = was.cameras.find((camera) => camera.view.camera === view.camera);
    const kept = {
      history: known?.history ?? [],
      eventsSeen: anew ? 0 : known?.eventsSeen ?? 0,
    };
    return aged({ ...newCamera(view), ...kept }, hello.ages, was.nowMs);
  });
  const eventsBefore = anew ? eventsSeen(was) : was.eventsBefore;
  return {
    ...was,
    startedUtcMs,
    cameras,
    eventsBefore,
    unreported: anew ? [] : was.unreported,
    alerts: hello.alerts,
    outdated: Number(hello.version) !== 1,
    login: hello.login === true,
    wordful: hello.words === true,
  };
}

function hearNarration(was: ViewerState, narration: Narration): ViewerState {
  if (was.startedUtcMs === undefined) return was;
  const told = addTold(was.told, [narration], was.startedUtcMs);
  if (told === was.told) return was;
  const said = narration.verdict.kind === "speak" ? { said: narration } : {};
  return { ...was, told, ...said };
}

function hearFrame(
  was: ViewerState,
  frame: FrameMessage,
): ViewerState {
  const { nowMs } = was;
  const { camera: name, firstEvent, quiet = [], ...observation } = frame;
  const news = observation.events.filter(({ blob }) => !quiet.includes(blob));
  const state = withCamera(was, name, (camera) => ({
    ...camera,
    observation,
    age: seeFrame(camera.age, nowMs),
    past: extendPast(camera.past, observation),
    names: learnNames(camera.names, observation.classes),
    history: extendHistory(camera.history, observation.motionPct, nowMs),
    arrivalsMs: [
      ...camera.arrivalsMs.filter((atMs) => nowMs - atMs < RATE_WINDOW_MS),
      nowMs,
    ],
    eventsSeen: firstEvent === undefined
      ? camera.eventsSeen
      : firstEvent + news.length - 1,
  }));
  if (state === was) return state;
  return withFrameEvents(withFrameClasses(state, frame), frame);
}

/** What was found out of tracks stands on their rows. */
function withFrameClasses(was: ViewerState, frame: FrameMessage): ViewerState {
  const { camera, classes } = frame;
  const { startedUtcMs } = was;
  if (classes === undefined || startedUtcMs === undefined) return was;
  return { ...was, told: withClasses(was.told, { camera, classes, startedUtcMs }) };
}

function withFrameEvents(state: ViewerState, frame: FrameMessage): ViewerState {
  const { camera: name, firstEvent, quiet = [], ...observation } = frame;
  if (firstEvent === undefined) return state;
  const news = observation.events.filter(({ blob }) => !quiet.includes(blob));
  const { tMs, frame: number } = observation;
  const heard = news.map((event, i): LogEntry => ({
    ...placeOf(state, name),
    ordinal: firstEvent + i,
    frame: number,
    tMs,
    event,
    dsl: linesAbout(event, observation),
  }));
  return { ...state, log: addEntries(state.log, heard) };
}

/** What is remembered by a program that was restarted meanwhile is asked for anew. */
function recall(was: ViewerState, recent: Recent): ViewerState {
  if (recent.startedUtcMs !== was.startedUtcMs) return was;
  const state = withCamera(was, recent.camera, (camera) => ({
    ...camera,
    history: recallHistory(camera.history, recent.motion, was.nowMs),
    names: recallNames(camera.names, recent.narrations),
    eventsSeen: Math.max(camera.eventsSeen, recent.events.at(-1)?.ordinal ?? 0),
  }));
  if (state === was) return was;
  const place = placeOf(state, recent.camera);
  const recalled = recent.events.map((event): LogEntry => ({ ...event, ...place }));
  return {
    ...state,
    log: recallEntries(was.log, recalled, recent.startedUtcMs),
    told: addTold(was.told, recent.narrations, recent.startedUtcMs),
    unreported: addUnreported(was.unreported, recent.unreported),
  };
}

/** Which camera and start of the program an event is of, and how its time counts. */
function placeOf(
  { cameras, startedUtcMs = 0 }: ViewerState,
  camera: string,
): Pick<LogEntry, "camera" | "startedUtcMs" | "utc"> {
  const view = cameras.find(({ view }) => view.camera === camera)?.view;
  return { camera, startedUtcMs, utc: view?.header?.clock !== "media" };
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
  const nothing = { past: NO_PAST, history: [], arrivalsMs: [], eventsSeen: 0 };
  return { view, age: NO_EVIDENCE, names: NO_NAMES, ...nothing };
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

/** Of a message, without what else it says. */
function viewOf(
  { camera, header, state, words, places, looksBack }: CameraView,
): CameraView {
  return {
    ...{ camera, state, words },
    ...(header ? { header } : {}),
    ...(looksBack ? { looksBack } : {}),
    ...(places ? { places } : {}),
  };
}
