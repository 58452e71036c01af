/**
 * `streamware events`: what happened lately and what happens, an event, a class or a
 * sentence a line. The running program remembers the last thousand.
 * @module
 */
import { SEEN_STATES } from "../analysis/dsl/camera_state.ts";
import { OBJECT_CLASSES } from "../analysis/dsl/class_line.ts";
import { CAUSES } from "../analysis/dsl/observation.ts";
import { systemClock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { nearest } from "../config/suggestions.ts";
import { type ControlEvent, EVENTS_KEPT_MAX } from "../server/control_protocol.ts";
import type { Unreported } from "../server/live_protocol.ts";
import { unreportedWords as words } from "../messages/unreported_en.ts";
import type { Subcommand, Typed } from "./command_line.ts";
import { connectControl, controlPlaces, SOCKET_FLAG } from "./control_client.ts";
import { type Output, standardOutput } from "./standard_output.ts";
import { printable, timeWords } from "./terminal_text.ts";
import { typedCount, typedText } from "./typed_flags.ts";

const LINES_OTHERWISE = 50;
const CLASSES: readonly string[] = OBJECT_CLASSES;
/** For which something that was seen may not be reported. */
const REASONS: readonly string[] = [...CAUSES, "small", ...SEEN_STATES];

export const eventsCommand: Subcommand = {
  name: "events",
  summary: "What happened lately: events of the motion DSL, what moved, and sentences.",
  flags: [
    { flag: "--camera", value: "NAME", doc: "Of this camera only." },
    {
      flag: "--class",
      value: "CLASS",
      doc: `Of what is ${CLASSES.slice(0, -1).join(", ")} or ${CLASSES.at(-1)} only, ` +
        "by the newest look; what was not looked at yet is none of them.",
    },
    { flag: "--follow", doc: "Go on with what happens, until Ctrl-C." },
    {
      flag: "--lines",
      value: "NUMBER",
      doc: `How many of the last ones, at most ${EVENTS_KEPT_MAX}.`,
      defaultWords: String(LINES_OTHERWISE),
    },
    {
      flag: "--suppressed",
      value: "REASON",
      valueOptional: true,
      doc: "What was seen and not reported, and why; with a reason (rain, sway, small, " +
        "covered …) of that one only.",
    },
    { flag: "--json", doc: "Print each as JSON, with all that belongs to it." },
    SOCKET_FLAG,
  ],
  examples: [
    "streamware events --follow",
    "streamware events --class person",
    "streamware events --camera gate --lines 1000 | grep ENTER",
    "streamware events --suppressed --lines 1000 | grep rain",
    "streamware events --json --follow | jq -r .narration.text",
  ],
  run: (_argument, typed) => tellEvents(typed, standardOutput()),
};

/**
 * Prints what happened. @returns the exit code; a reader that has enough is 0
 * @throws Fault when nobody answers or the flags are wrong
 */
export async function tellEvents(typed: Typed, output: Output): Promise<number> {
  const lines = typedCount(typed, "--lines", {
    otherwise: LINES_OTHERWISE,
    max: EVENTS_KEPT_MAX,
  });
  const asked = new URLSearchParams({ lines: String(lines) });
  const camera = typedText(typed, "--camera");
  if (camera !== undefined) asked.set("camera", camera);
  if (typed["--follow"]) asked.set("follow", "1");
  const suppressed = typed["--suppressed"];
  if (typeof suppressed === "string") {
    asked.set("why", oneOf(suppressed, { flag: "--suppressed", of: REASONS }));
  }
  const word = typedText(typed, "--class");
  if (word !== undefined) {
    asked.set("class", oneOf(word, { flag: "--class", of: CLASSES }));
    if (suppressed !== undefined) throw new Fault("usage", CLASS_OF_SUPPRESSED);
  }
  const path = suppressed === undefined ? "/events" : "/unreported";
  const client = await connectControl(controlPlaces(typed), systemClock);
  let count = 0;
  for await (const line of client.lines(`${path}?${asked}`)) {
    count++;
    const text = typed["--json"]
      ? line
      : suppressed === undefined
      ? eventLine(JSON.parse(line), output)
      : unreportedLine(JSON.parse(line));
    if (!output.line(text)) return 0;
  }
  if (count === 0 && lines > 0 && !typed["--json"]) {
    output.remark(nothing({ word, isOfSuppressed: suppressed !== undefined }));
  }
  return 0;
}

const CLASS_OF_SUPPRESSED =
  "Cannot use --class with --suppressed: what is not reported " +
  "is not looked at";

function nothing(
  asked: { readonly word: string | undefined; readonly isOfSuppressed: boolean },
): string {
  if (asked.isOfSuppressed) return "Nothing was kept quiet, of what is remembered.";
  return asked.word === undefined
    ? "Nothing has happened yet."
    : `Nothing is known to be ${asked.word}, of what is remembered.`;
}

/** @throws Fault usage when it is none of them */
function oneOf(
  typed: string,
  { flag, of }: { readonly flag: string; readonly of: readonly string[] },
): string {
  if (of.includes(typed)) return typed;
  const near = nearest(typed, of);
  const right = near === undefined
    ? `give one of ${of.join(", ")}`
    : `did you mean ${near}?`;
  throw new Fault("usage", `Cannot use ${flag} ${JSON.stringify(typed)}: ${right}`, {
    hint: `there are ${of.join(", ")}`,
  });
}

/** One line for people: when, where, what. */
export function eventLine(happened: ControlEvent, { paint }: Output): string {
  const head = `${timeWords(happened.utcMs)}  ${happened.camera}  `;
  if (happened.kind !== "narration") return head + printable(happened.dsl.trim());
  const { text, author, verdict } = happened.narration;
  const said = `"${printable(text)}"`;
  const by = author.kind === "model" ? `  (${printable(author.model)})` : "";
  if (verdict.kind === "speak") return head + paint("bold", said) + paint("dim", by);
  return head + paint("dim", `${said}${by}  (kept quiet: ${verdict.reason})`);
}

/** One line for people: when, where, why, how long. */
export function unreportedLine(entry: Unreported): string {
  const { utcMs, camera, why, track, box } = entry;
  const whose = track === undefined ? words.wholePicture : `blob ${track}`;
  const place = box ? `  ${words.place(box.x, box.y)}` : "";
  const head = `${timeWords(utcMs)}  ${camera}  ${why}  ${words.why(why)}`;
  if (entry.kind !== "episode") {
    return `${head}  ${whose}${place}  ${printable(entry.dsl)}`;
  }
  const { startMs, endMs, zone } = entry.episode;
  const seconds = ((endMs - startMs) / 1_000).toFixed(1);
  const where = zone === null ? place : `  ${words.inZone(zone)}`;
  return `${head}  ${whose}${where}  there for ${seconds} s`;
}
