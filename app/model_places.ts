/**
 * Where what the analysis knows of a camera is kept while the program is started again:
 * in memory (a tmpfs), for its user only, one program at a time for each camera. Beside
 * the frames of all instances and not below, as those go with their program; for the
 * service below `/run`, as systemd clears /dev/shm of a service that ends. Says nothing
 * of what is kept.
 *
 * ```text
 * models.1000/                 0700, ours     (or /run/streamware/models)
 *   gate-1f2e3d4c.lock         held (flock) by the program that watches this camera
 *   gate-1f2e3d4c.model        written by its worker, as is .seen
 * ```
 * @module
 */
import { tryLockFile } from "../base/file_lock.ts";
import { wordsOf } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import { MODEL_STAMP_BYTES } from "../analysis/worker_model_file.ts";

/** Nobody goes on with a model that is older. Longer than any analyser trusts it. */
const STALE_MS = 3_600_000;

export interface ModelPlacesParts {
  readonly log: Log;
  /** ms since the box was started. */
  readonly upMs: number;
}

/** A camera's own place; given back when it is disposed. */
export interface ModelPlace extends Disposable {
  /** Of its files, without endings. */
  readonly path: string;
}

export class ModelPlaces {
  readonly #folder: string;
  readonly #log: Log;

  /** @param folder made and checked by `openModelPlaces` */
  constructor(folder: string, log: Log) {
    this.#folder = folder;
    this.#log = log;
  }

  /**
   * The place of a camera and what it shows; undefined when another program has it.
   * @param source without a password: a camera elsewhere is another one
   */
  placeFor(camera: string, source: string): ModelPlace | undefined {
    const path = `${this.#folder}/${camera}-${digestOf(source)}`;
    try {
      const lock = tryLockFile(`${path}.lock`);
      return lock && { path, [Symbol.dispose]: () => lock[Symbol.dispose]() };
    } catch (thrown) {
      this.#log.warn("models.nowhere", { camera, words: wordsOf(thrown) });
      return undefined;
    }
  }
}

/** Makes the folder and clears out what is old; undefined when it is not safe to use. */
export function openModelPlaces(
  folder: string,
  { log, upMs }: ModelPlacesParts,
): ModelPlaces | undefined {
  try {
    makeFolder(folder);
    for (const { name } of Deno.readDirSync(folder)) {
      if (isStale(`${folder}/${name}`, upMs)) remove(`${folder}/${name}`);
    }
    return new ModelPlaces(folder, log);
  } catch (thrown) {
    log.warn("models.nowhere", { folder, words: wordsOf(thrown) });
    return undefined;
  }
}

function makeFolder(folder: string): void {
  try {
    Deno.mkdirSync(folder, { mode: 0o700 });
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AlreadyExists)) throw cause;
  }
  const found = Deno.lstatSync(folder);
  if (!found.isDirectory || found.uid !== Deno.uid()) {
    throw new Error("it is no folder of ours");
  }
  if (((found.mode ?? 0) & 0o077) !== 0) throw new Error("others may look into it");
}

/**
 * By the model's own stamp: a clock that is set says nothing. Which ids were given never
 * gets old: a camera may see nobody for days. Locks stay: one that is removed while
 * another program opens it would be held twice.
 */
function isStale(path: string, upMs: number): boolean {
  if (!/\.model(\.new)?$/.test(path)) return false;
  const writtenUpMs = stampOf(path);
  if (writtenUpMs === undefined) return false;
  const ageMs = upMs - writtenUpMs;
  return !(ageMs >= 0 && ageMs <= STALE_MS);
}

/** Undefined when it cannot be read: that is its reader's to say, and no other file's. */
function stampOf(path: string): number | undefined {
  try {
    using file = Deno.openSync(path);
    const bytes = new Uint8Array(MODEL_STAMP_BYTES);
    if (file.readSync(bytes) !== bytes.length) return undefined;
    return new DataView(bytes.buffer).getFloat64(0, true);
  } catch {
    return undefined;
  }
}

function remove(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // Gone meanwhile.
  }
}

/** FNV-1a, 32 bits: tells sources apart. */
function digestOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
}
