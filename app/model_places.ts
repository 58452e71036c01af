/**
 * Where what the analysis knows of a camera is kept while the program is started again:
 * in memory (a tmpfs), for its user only, one program at a time for each camera. Beside
 * the frames of all instances and not below, as those go with their program; for the
 * service below `/run`, as systemd clears /dev/shm of a service that ends. A program that
 * is ended by hand takes its models with it; one that is killed leaves them to its
 * successor. Says nothing of what is kept.
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
  /** Models stay at a clean end: whoever gave the folder takes it away with a stop. */
  readonly keeps?: boolean;
}

/** A camera's own place; given back when it is disposed. */
export interface ModelPlace extends Disposable {
  /** Of its files, without endings. */
  readonly path: string;
}

export class ModelPlaces implements Disposable {
  readonly #folder: string;
  readonly #parts: ModelPlacesParts;
  readonly #given = new Set<string>();

  /** @param folder made and checked by `openModelPlaces` */
  constructor(folder: string, parts: ModelPlacesParts) {
    this.#folder = folder;
    this.#parts = parts;
  }

  /**
   * The place of a camera and what it shows; undefined when another program has it.
   * @param source without a password: a camera elsewhere is another one
   */
  placeFor(camera: string, source: string): ModelPlace | undefined {
    const path = `${this.#folder}/${camera}-${digestOf(source)}`;
    try {
      const lock = tryLockFile(`${path}.lock`);
      if (lock) this.#given.add(path);
      return lock && { path, [Symbol.dispose]: () => lock[Symbol.dispose]() };
    } catch (thrown) {
      this.#parts.log.warn("models.nowhere", { camera, words: wordsOf(thrown) });
      return undefined;
    }
  }

  /**
   * A clean end, after all places were given back and nobody writes any more: pictures of
   * empty scenes go, which ids were given stays.
   */
  [Symbol.dispose](): void {
    if (this.#parts.keeps) return;
    for (const path of this.#given) removeModel(path);
  }
}

/** Left alone where another program watches the camera by now. */
function removeModel(path: string): void {
  try {
    using lock = tryLockFile(`${path}.lock`);
    if (!lock) return;
    remove(`${path}.model`);
    remove(`${path}.model.new`);
  } catch {
    // The folder is gone, and all with it.
  }
}

/** Makes the folder and clears out what is old; undefined when it is not safe to use. */
export function openModelPlaces(
  folder: string,
  parts: ModelPlacesParts,
): ModelPlaces | undefined {
  const { log, upMs } = parts;
  try {
    makeFolder(folder);
    for (const { name } of Deno.readDirSync(folder)) {
      if (isStale(`${folder}/${name}`, upMs)) remove(`${folder}/${name}`);
    }
    return new ModelPlaces(folder, parts);
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
