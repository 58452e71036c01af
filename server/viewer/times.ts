/**
 * Times as a reader wants them: of his own zone, in 24 hours, and in UTC where he points.
 * Reads no clock.
 * @module
 */

/** `15:04:05`, the reader's own. */
export function timeOfDay(utcMs: number): string {
  return new Date(utcMs).toLocaleTimeString("en-GB");
}

/** `2026-11-22 15:04:05 UTC`; empty for a time that no calendar has. */
export function utcText(utcMs: number): string {
  const date = new Date(utcMs);
  if (Number.isNaN(date.getTime())) return "";
  return `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
