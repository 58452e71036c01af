/**
 * Fetches what the program remembers of a camera.
 * @module
 */
import type { Recent } from "../live_protocol.ts";

const TIMEOUT_MS = 5_000;

/** Undefined when it cannot be had: the page goes on with what it hears. */
export async function fetchRecent(camera: string): Promise<Recent | undefined> {
  try {
    const response = await fetch(`/recent/${encodeURIComponent(camera)}.json`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return response.ok ? readRecent(await response.json()) : undefined;
  } catch {
    return undefined;
  }
}

/** What came, if it has the form of ours. */
export function readRecent(read: unknown): Recent | undefined {
  if (typeof read !== "object" || read === null) return undefined;
  if (!("events" in read && Array.isArray(read.events))) return undefined;
  if (!("motion" in read && Array.isArray(read.motion))) return undefined;
  if (!("narrations" in read && Array.isArray(read.narrations))) return undefined;
  if (!("unreported" in read && Array.isArray(read.unreported))) return undefined;
  return read as Recent;
}
