/**
 * Every route of the control socket. Who may open the socket may ask all of it: the file's
 * mode and group are the access rule.
 * @module
 */
import { type Context, Hono } from "hono";
import { OBJECT_CLASSES } from "../analysis/dsl/class_line.ts";
import type { LogLines } from "../base/log_tail.ts";
import type { Clock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import type { CodedPictures, FullPicture } from "./coded_answers.ts";
import { linesBody, type LinesEnd, type LinesToTell } from "./control_lines.ts";
import {
  type ControlEvent,
  type ControlStatus,
  EVENTS_KEPT_MAX,
  SNAPSHOT_AGE_HEADER,
  SNAPSHOT_KIND_HEADER,
  SNAPSHOT_SIZE_HEADER,
} from "./control_protocol.ts";
import type { EventMemory } from "./event_memory.ts";
import type { Unreported } from "./live_protocol.ts";
import type { Still } from "./still_encoder.ts";
import type { UnreportedMemory } from "./unreported.ts";

export interface ControlRouteParts {
  readonly clock: Clock;
  readonly events: EventMemory;
  readonly unreported: UnreportedMemory;
  readonly log: LogLines;
  status(): ControlStatus;
  cameras(): readonly string[];
  /** False where the settings say that nobody looks at what moves. */
  tellsClasses(): boolean;
  /** Undefined when the camera has no frame yet. */
  still(camera: string): Promise<Still | undefined>;
  /** Who gives pictures of full size; nobody when absent. */
  readonly coded?: CodedPictures;
  /** A reader of lines has gone. */
  readerEnded(why: LinesEnd): void;
}

/** People and scripts that read along; each may hold some megabytes of ours. */
const READERS_MAX = 16;
const LINES_MAX = 10_000;

/** The routes of the control socket; only GET is answered. */
export function makeControlRoutes(parts: ControlRouteParts): Hono {
  let readers = 0;
  const tell = (c: Context, type: string, lines: Told) => {
    if (readers >= READERS_MAX) return c.text(TOO_MANY, 503);
    readers++;
    const ended = (why: LinesEnd) => {
      readers--;
      parts.readerEnded(why);
    };
    const body = linesBody({ clock: parts.clock, ...lines, ended });
    return c.body(body, 200, { "content-type": type });
  };
  return new Hono()
    // HEAD would make a body that nobody reads.
    .use(async (c, next) =>
      c.req.method === "GET" ? await next() : c.text("only GET is answered\n", 405)
    )
    .get("/status", (c) => c.json(parts.status()))
    .get("/events", (c) => {
      const asked = { ...eventsAsked(c), word: c.req.query("class") };
      const problem = asked.camera && unknownCamera(parts, asked.camera) ||
        asked.word !== undefined && unknownClass(parts, asked.word);
      if (problem) return c.text(problem, 404);
      return tell(c, "application/x-ndjson", eventLines(parts.events, asked));
    })
    .get("/unreported", (c) => {
      const asked = { ...eventsAsked(c), why: c.req.query("why") };
      const problem = asked.camera && unknownCamera(parts, asked.camera);
      if (problem) return c.text(problem, 404);
      return tell(c, "application/x-ndjson", unreportedLines(parts.unreported, asked));
    })
    .get("/logs", (c) => {
      const first = parts.log.last(countOf(c, "lines", LINES_MAX));
      const coming = isFollowed(c)
        ? { subscribe: (take: TakeLine) => parts.log.subscribe(take) }
        : {};
      return tell(c, "text/plain; charset=utf-8", { first, ...coming });
    })
    .get("/snapshot/:file{.+\\.jpg}", async (c) => {
      const camera = c.req.param("file").slice(0, -".jpg".length);
      const problem = unknownCamera(parts, camera);
      if (problem) return c.text(problem, 404);
      const wantsFull = c.req.query("size") === "full" && parts.coded &&
        parts.coded.whyNone(camera) === undefined;
      const taken = wantsFull
        ? await parts.coded.full(camera, { signal: c.req.raw.signal })
        : await analysedSnapshot(parts, camera);
      if (!taken) return c.text("it has given no picture yet\n", 503);
      const ageMs = parts.clock.monotonicMs() - taken.arrivalMs;
      return c.body(taken.jpeg, 200, {
        "content-type": "image/jpeg",
        [SNAPSHOT_AGE_HEADER]: String(Math.max(0, Math.round(ageMs))),
        [SNAPSHOT_SIZE_HEADER]: `${taken.width}x${taken.height}`,
        [SNAPSHOT_KIND_HEADER]: wantsFull ? "full" : "analysed",
      });
    })
    .onError((thrown, c) => {
      if (thrown instanceof Fault) return c.text(`${thrown.message}\n`, 503);
      throw thrown; // to the socket, which logs it and answers
    })
    .notFound((c) => c.text("there is nothing here\n", 404));
}

type Snapshot = Pick<FullPicture, "jpeg" | "width" | "height" | "arrivalMs">;

async function analysedSnapshot(
  parts: ControlRouteParts,
  camera: string,
): Promise<Snapshot | undefined> {
  const still = await parts.still(camera);
  if (!still) return undefined;
  return { jpeg: still.jpeg, ...still.size, arrivalMs: still.stamp.arrivalMs };
}

type TakeLine = (line: string) => void;
type Told = Pick<LinesToTell, "first" | "subscribe">;

const TOO_MANY = `already ${READERS_MAX} others read along: end one of them\n`;

interface EventsAsked {
  readonly camera: string | undefined;
  readonly since: number;
  readonly lines: number;
  readonly follow: boolean;
}

function eventsAsked(c: Context): EventsAsked {
  return {
    camera: c.req.query("camera"),
    since: countOf(c, "since", 0),
    lines: countOf(c, "lines", EVENTS_KEPT_MAX),
    follow: isFollowed(c),
  };
}

function eventLines(
  events: EventMemory,
  asked: EventsAsked & { readonly word: string | undefined },
): Told {
  const wanted = (event: ControlEvent) =>
    event.ordinal > asked.since &&
    (asked.camera === undefined || event.camera === asked.camera) &&
    (asked.word === undefined || event.class === asked.word);
  const first = events.last(asked.lines, wanted).map((event) => JSON.stringify(event));
  if (!asked.follow) return { first };
  const subscribe = (take: TakeLine) =>
    events.subscribe((event) => {
      if (wanted(event)) take(JSON.stringify(event));
    });
  return { first, subscribe };
}

function unreportedLines(
  memory: UnreportedMemory,
  asked: EventsAsked & { readonly why: string | undefined },
): Told {
  const wanted = ({ ordinal, camera, why }: Unreported) =>
    ordinal > asked.since && (asked.camera === undefined || camera === asked.camera) &&
    (asked.why === undefined || why === asked.why);
  const first = memory.last(asked.lines, wanted).map((entry) => JSON.stringify(entry));
  if (!asked.follow) return { first };
  const subscribe = (take: TakeLine) =>
    memory.subscribe((entry) => {
      if (wanted(entry)) take(JSON.stringify(entry));
    });
  return { first, subscribe };
}

function unknownCamera(parts: ControlRouteParts, camera: string): string | undefined {
  const known = parts.cameras();
  if (known.includes(camera)) return undefined;
  return `there is no such camera; there ${
    known.length === 0 ? "is none" : `is ${known.join(", ")}`
  }\n`;
}

function unknownClass(parts: ControlRouteParts, asked: string): string | undefined {
  if (!OBJECT_CLASSES.some((word) => word === asked)) {
    return `there is no such class; there is ${OBJECT_CLASSES.join(", ")}\n`;
  }
  return parts.tellsClasses()
    ? undefined
    : "nobody looks at what moves here: classes is off in the settings\n";
}

function isFollowed(c: Context): boolean {
  return c.req.query("follow") === "1";
}

/** A whole number from 0 on; what is none counts as not given. */
function countOf(c: Context, name: string, otherwise: number): number {
  const text = c.req.query(name) ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : otherwise;
}
