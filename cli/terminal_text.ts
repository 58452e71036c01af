/**
 * Text for a terminal: lines that fit, lengths of time, colours. Pure; who prints is
 * `standard_output.ts`.
 * @module
 */

/** As wide as a terminal is at least. */
export const COLUMNS = 80;

export type Colour = "red" | "yellow" | "green" | "bold" | "dim";

/** Colours a text, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string;

const CODES: Readonly<Record<Colour, string>> = {
  red: "31",
  yellow: "33",
  green: "32",
  bold: "1",
  dim: "2",
};

/** Colours, or text as it is. */
export function paintFor(hasColours: boolean): Paint {
  return (colour, text) => hasColours ? `\x1b[${CODES[colour]}m${text}\x1b[0m` : text;
}

/**
 * Without what could move the cursor, colour the screen or turn text around: names and
 * sentences come from cameras and models.
 */
export function printable(text: string): string {
  // deno-lint-ignore no-control-regex -- taking them out is the point
  const unseen = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;
  return text.replace(unseen, " ");
}

/**
 * Breaks a text at its spaces, each line after `indent` spaces; a word that is longer
 * than a line stands as it is, so that a path or a URL can be copied.
 */
export function wrapped(text: string, indent: number): string[] {
  const room = COLUMNS - indent;
  const lines: string[] = [];
  let line = "";
  for (const word of printable(text).split(" ")) {
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  if (line !== "") lines.push(line);
  return lines.map((one) => " ".repeat(indent) + one);
}

/** Wraps `text` behind a head that stands in its first line: `  gate  Camera gate …`. */
export function headed(head: string, text: string): string[] {
  const lines = wrapped(text, head.length);
  return [head + (lines[0] ?? "").slice(head.length), ...lines.slice(1)];
}

/** A length of time in its two largest units: "3 d 4 h", "12 min", "40 s". */
export function durationWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3_600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return "0 s";
  // Nobody needs the seconds of what is minutes old.
  const shown = first === 2 ? parts.slice(2, 3) : parts.slice(first, first + 2);
  return shown.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}

/** "40 ms", "2.4 s", "12 min". */
export function ageWords(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : durationWords(ms);
}

/** "212 MB", "1.4 GB": decimal, as disks and `free -h --si` count. */
export function bytesWords(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** "2026-01-01 14:02:11", by the box's own time zone. */
export function timeWords(utcMs: number): string {
  const at = new Date(utcMs);
  const two = (count: number) => String(count).padStart(2, "0");
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":");
  return `${date} ${time}`;
}
