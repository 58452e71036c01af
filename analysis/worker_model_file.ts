/**
 * The two files through which an analyser's knowledge reaches its successor: PATH.model,
 * the snapshot, written every few seconds, and PATH.seen, who was there last and which
 * ids are given, written more often and before an id is told. Whole files in a tmpfs,
 * for their owner only. Failing to write is told, never thrown: it must not end an
 * analysis. Says nothing of what is in a snapshot.
 * @module
 */
import { wordsOf } from "../base/fault.ts";
import type { Blob } from "./dsl/observation.ts";
import type { KeptLife, LastSeen } from "./kept_analysis.ts";
import type { SnapshotParts } from "./snapshot.ts";

/** A file of another version, or damaged, is as good as none. */
const SEEN_VERSION = 1;
/** `.model`: time of the box in ms, f64 little endian, before the snapshot's own bytes. */
export const MODEL_STAMP_BYTES = 8;

/** A snapshot and when it was written, ms since the box was started. */
export interface KeptModel {
  readonly bytes: Uint8Array;
  readonly upMs: number;
}

export interface KeptSeen {
  /** Every id below may have been given. */
  readonly idsBelow: number;
  readonly upMs: number;
  readonly seen: LastSeen;
}

export class ModelFile {
  readonly #path: string;

  /** @param path of the files, without their endings */
  constructor(path: string) {
    this.#path = path;
  }

  /** Undefined when there is none. */
  readModel(): KeptModel | undefined {
    const file = read(`${this.#path}.model`);
    if (file === undefined || file.length < MODEL_STAMP_BYTES) return undefined;
    const upMs = new DataView(file.buffer).getFloat64(0, true);
    return { upMs, bytes: file.subarray(MODEL_STAMP_BYTES) };
  }

  /** Undefined when there is none, or when it says nothing. */
  readSeen(): KeptSeen | undefined {
    const file = read(`${this.#path}.seen`);
    if (file === undefined) return undefined;
    try {
      return keptSeenOf(JSON.parse(new TextDecoder().decode(file)));
    } catch {
      return undefined;
    }
  }

  /** Why it could not be written, if it could not. */
  writeModel(snapshot: SnapshotParts, upMs: number): string | undefined {
    const stamp = new Uint8Array(MODEL_STAMP_BYTES);
    new DataView(stamp.buffer).setFloat64(0, upMs, true);
    return write(`${this.#path}.model`, [stamp, ...snapshot]);
  }

  /** Why it could not be written, if it could not. */
  writeSeen(kept: KeptSeen): string | undefined {
    const text = JSON.stringify({ version: SEEN_VERSION, ...kept });
    return write(`${this.#path}.seen`, [new TextEncoder().encode(text)]);
  }

  /** The snapshot is not to be used again; which ids are given stays known. */
  removeModel(): void {
    remove(`${this.#path}.model`);
  }
}

/** As far as it is used. */
function keptSeenOf(text: unknown): KeptSeen | undefined {
  if (typeof text !== "object" || text === null) return undefined;
  const { version, idsBelow, upMs, seen } = text as Partial<KeptSeen> & {
    readonly version?: unknown;
  };
  if (version !== SEEN_VERSION || typeof upMs !== "number") return undefined;
  if (!Number.isSafeInteger(idsBelow) || typeof seen !== "object" || seen === null) {
    return undefined;
  }
  const isWhole = Array.isArray(seen.blobs) && seen.blobs.every(isBlob) &&
    Array.isArray(seen.lives) && seen.lives.every(isLife) &&
    Number.isSafeInteger(seen.nextTrack) && Number.isFinite(seen.tMs);
  return isWhole ? { idsBelow: idsBelow!, upMs, seen } : undefined;
}

function isBlob(blob: unknown): boolean {
  if (typeof blob !== "object" || blob === null) return false;
  const { id, x, y, w, h, vxPerS, vyPerS } = blob as Partial<Blob>;
  return Number.isSafeInteger(id) && [x, y, w, h, vxPerS, vyPerS].every(Number.isFinite);
}

function isLife(life: unknown): boolean {
  if (typeof life !== "object" || life === null) return false;
  const { id, moving, path } = life as Partial<KeptLife>;
  return Number.isSafeInteger(id) && typeof moving === "boolean" && Number.isFinite(path);
}

function read(path: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Deno.readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Under another name first: a reader, or a kill, finds the old or the new one. */
function write(path: string, parts: readonly Uint8Array[]): string | undefined {
  const fresh = `${path}.new`;
  try {
    remove(fresh);
    const options = { write: true, createNew: true, mode: 0o600 };
    {
      using file = Deno.openSync(fresh, options);
      for (const part of parts) writeAll(file, part);
    }
    Deno.renameSync(fresh, path);
    return undefined;
  } catch (thrown) {
    remove(fresh);
    return wordsOf(thrown);
  }
}

function writeAll(file: Deno.FsFile, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
}

function remove(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // Not there.
  }
}
