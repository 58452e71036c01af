/**
 * What FFmpeg's complaints mean in our words. Pure.
 * The lines were collected from FFmpeg 5.1 against real servers; the test has them.
 * @module
 */
import type { StateReason } from "../analysis/dsl/camera_state.ts";

/** The first pattern that fits decides, so the more exact ones stand first. */
const REASONS: readonly (readonly [RegExp, StateReason])[] = [
  [/\b(401|403)\b.*(Unauthorized|Forbidden|authorization|denied)/i, "auth"],
  [/\b(404|410|454)\b(?! packets)|Stream Not Found/i, "not_found"],
  [/Failed to resolve hostname|Name or service not known|name resolution/i, "dns"],
  [/\[tls @|certificate|SSL|TLS/, "tls"],
  [/Could not find (tag for codec|codec parameters)|dimensions not set/i, "codec"],
  [/unspecified size|Unsupported codec|matches no streams|codec not currently/i, "codec"],
  [/No such file or directory|Cannot open video device/i, "not_found"],
  [/Connection refused|Server returned 5\d\d|\b50[0-9] [A-Z]/i, "refused"],
  [/No route to host|Network is unreachable|timed out|reset by peer/i, "no_bytes"],
];

/** Why a source cannot be had, by what FFmpeg said, oldest line first. */
export function reasonOf(lines: readonly string[]): StateReason {
  for (const [pattern, reason] of REASONS) {
    if (lines.some((line) => pattern.test(line))) return reason;
  }
  return "no_bytes";
}

/** True for a complaint about the stream itself; notes and warnings are none. */
export function isError(line: string): boolean {
  return /\[(error|fatal|panic)\]/.test(line);
}

/** True when a stream was refused only because too little of it was looked at. */
export function wantsProbing(lines: readonly string[]): boolean {
  return lines.some((line) =>
    /dimensions not set|unspecified size|Could not find codec parameters/i.test(line)
  );
}

/** True when a camera said that it does not send pictures over the transport asked for. */
export function refusesTransport(lines: readonly string[]): boolean {
  return lines.some((line) => /\b461\b|Unsupported transport/i.test(line));
}

/** How far a stream's time jumped back, in its ticks, by a line of the muxer; 0: no. */
export function ticksBack(line: string): number {
  const found = /Non-monotonous DTS.* previous: (\d+), current: (-?\d+)/.exec(line);
  return found ? Number(found[1]) - Number(found[2]) : 0;
}

/** True when the line says that a picture came out of the decoder damaged. */
export function tellsDamage(line: string): boolean {
  return /corrupt decoded frame/.test(line);
}

/** True when the line says that parts of the stream did not come. */
export function tellsLoss(line: string): boolean {
  return /RTP: missed -?\d+ packets|max delay reached|bad cseq|Packet corrupt|corrupt input packet/i
    .test(line);
}
