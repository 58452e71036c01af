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

/** Nobody goes on with what is older: it may go. Longer than any analyser trusts it. */
const STALE_MS = 3_600_000;

export interface ModelPlacesParts {
  readonly log: Log;
  readonly utcMs: number;
}

/** A camera's own place; given back when it is disposed. */
export interface ModelPlace extends Disposable {
  /** Of its files, without endings. */
  readonly path: string;
}

export class ModelPlaces {
  readonly #folder: string;

  /** @param folder made and checked by `openModelPlaces` */
  constructor(folder: string) {
    this.#folder = folder;
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
    } catch {
      return undefined;
    }
  }
}

/** Makes the folder and clears out what is old; undefined when it is not safe to use. */
export function openModelPlaces(
  folder: string,
  { log, utcMs }: ModelPlacesParts,
): ModelPlaces | undefined {
  try {
    makeFolder(folder);
    sweep(folder, utcMs);
    return new ModelPlaces(folder);
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

/** Locks stay: one that is removed while another program opens it would be held twice. */
function sweep(folder: string, utcMs: number): void {
  for (const { name } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (!/\.(model|seen)(\.new)?$/.test(name)) continue;
    const changedMs = Deno.lstatSync(path).mtime?.getTime() ?? utcMs;
    if (Math.abs(utcMs - changedMs) > STALE_MS) Deno.removeSync(path);
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
