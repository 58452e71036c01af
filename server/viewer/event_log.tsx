/**
 * What happened, newest first, in plain words; its DSL lines on demand.
 * @module
 */
import { Fragment } from "preact";
import { viewerWords as words } from "../../messages/viewer_en.ts";
import type {
  Direction,
  EventType,
  MotionEvent,
} from "../../analysis/dsl/observation.ts";
import { clockText } from "../../analysis/dsl/text_format.ts";
import { blobColour } from "./colours.ts";
import { DslLines } from "./dsl_lines.tsx";
import { keyOf, type LogEntries, type LogEntry } from "./log_entries.ts";
import { timeOfDay } from "./times.ts";

export interface EventLogProps {
  readonly log: LogEntries;
  readonly seen: number;
  /** Several cameras: each line names its own. */
  readonly named: boolean;
  /** Of the program that we hear. */
  readonly startedUtcMs: number | undefined;
}

export function EventLog({ log, seen, named, startedUtcMs }: EventLogProps) {
  return (
    <section class="log" id="events" aria-labelledby="events-title" tabIndex={-1}>
      <header class="log-head">
        <h2 id="events-title">{words.events}</h2>
        <p class="muted">{seen > 0 && words.eventsSeen(seen)}</p>
      </header>
      {log.length === 0
        ? (
          <div class="log-empty">
            <p>{words.noEvents}</p>
            <p class="muted">{words.noEventsText}</p>
          </div>
        )
        : (
          <ol class="log-lines">
            {log.map((entry, i) => {
              const above = i === 0 ? startedUtcMs : log[i - 1]!.startedUtcMs;
              return (
                <Fragment key={keyOf(entry)}>
                  {above !== entry.startedUtcMs && <StartLine startedUtcMs={above} />}
                  <LogLine entry={entry} named={named} />
                </Fragment>
              );
            })}
          </ol>
        )}
    </section>
  );
}

/** Below the first event of a new start: the same id is another thing from there on. */
function StartLine({ startedUtcMs }: { readonly startedUtcMs: number | undefined }) {
  return (
    <li class="log-start">
      <span>{words.startedAgain}</span>
      {startedUtcMs !== undefined && <time class="muted">{timeOfDay(startedUtcMs)}</time>}
    </li>
  );
}

function LogLine(
  { entry, named }: { readonly entry: LogEntry; readonly named: boolean },
) {
  const { event } = entry;
  return (
    <li data-type={event.type}>
      <details>
        <summary title={entry.dsl}>
          <EventIcon event={event} />
          <span class="chip" style={{ backgroundColor: blobColour(event.blob) }}>
            {event.blob}
          </span>
          <span class="log-words">
            {words.eventText(event)}
            {named && <span class="muted">{entry.camera}</span>}
          </span>
          <time class="muted">{timeOf(entry)}</time>
        </summary>
        <DslLines text={entry.dsl} />
      </details>
    </li>
  );
}

/** The reader's own time of day; a clip's time when the clip knows no other. */
function timeOf(entry: LogEntry): string {
  if (!entry.utc) return clockText(entry.tMs).slice(0, 8);
  return timeOfDay(entry.tMs);
}

/** From the right, clockwise. */
const TURNS_DEG: Readonly<Partial<Record<Direction, number>>> = {
  DOWN: 90,
  LEFT: 180,
  UP: 270,
  TOWARD: 90,
  AWAY: 270,
};

/** 16 x 16, drawn with one stroke. */
const ICONS: Readonly<Record<EventType, string>> = {
  ENTER: "M2 8h8M7 5l3 3-3 3M10 2.5h3.5v11H10",
  EXIT: "M6 8h8M11 5l3 3-3 3M6 2.5H2.5v11H6",
  MOVE: "M3.5 8h9M9.5 5l3 3-3 3",
  STOP: "M4.5 4.5h7v7h-7z",
  APPEAR: "M8 3v10M3 8h10",
  DISAPPEAR: "M3 8h10",
  SPLIT: "M3 8h3l4-4h3M6 8l4 4h3",
  MERGE: "M3 4h3l4 4h3M3 12h3l4-4",
  CROSS: "M8 2v12M3 8h10M10 5l3 3-3 3",
  DROP: "M8 2v7M5 6l3 3 3-3M3 13h10",
  TAKE: "M8 9V2M5 5l3-3 3 3M3 13h10",
};

function EventIcon({ event }: { readonly event: MotionEvent }) {
  const turnDeg = event.type === "MOVE" ? TURNS_DEG[event.dir] ?? 0 : 0;
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={ICONS[event.type] ?? ICONS.APPEAR}
        transform={`rotate(${turnDeg} 8 8)`}
      />
    </svg>
  );
}
