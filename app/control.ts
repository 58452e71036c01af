/**
 * What the control socket is given to tell. Wiring; what is said is `server/control*`.
 * @module
 */
import type { Alert, AlertBoard } from "../base/alerts.ts";
import type { Clock } from "../base/clock.ts";
import { logFor } from "../base/log.ts";
import type { LogLines } from "../base/log_tail.ts";
import { VERSION } from "../base/version.ts";
import { parseSourceUrl, shownUrl } from "../capture/source_url.ts";
import type { ClassDesk } from "../classes/class_desk.ts";
import type { Settings } from "../config/schema.ts";
import type { OutletStatus } from "../server/control_protocol.ts";
import type { CodedPictures } from "../server/coded_answers.ts";
import { type ControlSocket, openControlSocket } from "../server/control_socket.ts";
import type { EventMemory } from "../server/event_memory.ts";
import type { LiveServer } from "../server/http_server.ts";
import type { UnreportedMemory } from "../server/unreported.ts";
import type { Cameras } from "./cameras.ts";
import { classModelOf } from "./classes.ts";
import type { Words } from "./words.ts";

export interface ControlledParts {
  readonly clock: Clock;
  readonly alerts: AlertBoard;
  readonly logTail: LogLines;
  readonly controlSocket: string | undefined;
  readonly configFile: string | undefined;
  readonly startedUtcMs: number;
  readonly cameras: Cameras;
  readonly events: EventMemory;
  readonly unreported: UnreportedMemory;
  readonly server: LiveServer;
  readonly words: Words | undefined;
  readonly classes: ClassDesk | undefined;
  readonly coded: CodedPictures;
}

/** Undefined when it is off, or its place cannot be had: then an alert says so. */
export async function openControl(
  settings: Settings,
  parts: ControlledParts,
): Promise<ControlSocket | undefined> {
  const { clock, alerts, cameras, server, words, controlSocket } = parts;
  if (controlSocket === undefined) return undefined;
  const sources = sourcesOf(settings);
  const told = {
    words,
    classes: parts.classes,
    classModel: classModelOf(settings),
    alerts,
  };
  return await openControlSocket({
    clock,
    log: logFor("control"),
    path: controlSocket,
    version: VERSION,
    startedUtcMs: parts.startedUtcMs,
    configFile: parts.configFile,
    urls: () => urlsOf(server),
    cameras: () => cameras.views(),
    sources: () => sources,
    framesAnalysed: () => analysedOf(cameras),
    frameAgesMs: () => cameras.agesMs(),
    workers: () => cameras.workers(),
    streams: () => cameras.streams(),
    decodings: () => cameras.decodings(),
    alerts: () => alerts.list(),
    raise: (alert) => alerts.raise(alert),
    newestFrame: (camera) => cameras.get(camera)?.pipeline.newestFrame,
    coded: parts.coded,
    codedBytes: () => codedBytesOf(cameras),
    events: parts.events,
    unreported: parts.unreported,
    logTail: parts.logTail,
    words: () => words?.state,
    outlets: () => outletStates(settings, told),
  });
}

function urlsOf({ urls, originalPort }: LiveServer) {
  return originalPort === undefined
    ? { pages: urls }
    : { pages: urls, original: `ws://localhost:${originalPort}/` };
}

/** A camera that could not be opened has no line, but its settings are there. */
function sourcesOf(settings: Settings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings.cameras).map(([camera, { url }]) => [
      camera,
      shownUrl(parseSourceUrl(url)),
    ]),
  );
}

function analysedOf(cameras: Cameras): Record<string, number> {
  return Object.fromEntries(
    cameras.lines.map(({ camera, pipeline }) => [camera, pipeline.counts.framesAnalysed]),
  );
}

function codedBytesOf(cameras: Cameras): Record<string, number> {
  return Object.fromEntries(
    cameras.lines.flatMap(({ camera, source: { coded } }) =>
      coded ? [[camera, coded.ring.bytes]] : []
    ),
  );
}

function outletStates(
  settings: Settings,
  { words, classes, classModel, alerts }:
    & Pick<ControlledParts, "words" | "classes" | "alerts">
    & { readonly classModel: string | undefined },
): readonly OutletStatus[] {
  const list = alerts.list();
  const states: OutletStatus[] = [];
  if (words?.speaker) {
    states.push(stateOf("voice", settings.speech.engine, findAlert(list, "speech.")));
  }
  if (words?.webhook) {
    // Path and query may hold a token.
    const { origin } = new URL(settings.webhook.url!.reveal());
    states.push(stateOf("webhook", origin, findAlert(list, "webhook.")));
  }
  if (classes && classModel !== undefined) {
    states.push(stateOf("classes", classModel, findAlert(list, "classes.")));
  }
  return states;
}

function findAlert(list: readonly Alert[], prefix: string): Alert | undefined {
  return list.find(({ code }) => code.startsWith(prefix));
}

function stateOf(name: string, words: string, trouble: Alert | undefined): OutletStatus {
  if (!trouble) return { name, state: "working", words };
  const lastFailure = { utcMs: trouble.sinceUtcMs, words: trouble.words };
  return { name, state: "failing", words, lastFailure };
}
