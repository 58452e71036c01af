/**
 * Room left on a file system, for a message. Not for deciding: write and see.
 * @module
 */
import { statfsSync } from "node:fs";

/** Bytes that may still be written below `path`, or undefined when nobody knows. */
export function freeBytes(path: string): number | undefined {
  try {
    const found = statfsSync(path);
    return found.bavail * found.bsize;
  } catch {
    return undefined;
  }
}
