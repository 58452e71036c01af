/**
 * Writes one output of `analyze`. A file gets its name when it is whole: what was
 * interrupted leaves what stood there before, and never half an output.
 * @module
 */
import { Fault, wordsOf } from "../base/fault.ts";

/** Text is gathered up to this many characters before it is written. */
const BLOCK_CHARACTERS = 1 << 16;

interface Writable {
  writeSync(bytes: Uint8Array): number;
  close(): void;
}

export class OutputFile implements Disposable {
  readonly #path: string;
  /** Where it is written until it is whole; undefined for what is no plain file. */
  readonly #partial: string | undefined;
  readonly #file: Writable;
  readonly #encoder = new TextEncoder();
  #text = "";
  #kept = false;

  /**
   * @param path a file, a pipe or a device, or "-" for standard output
   * @throws Fault unavailable when it cannot be written
   */
  constructor(path: string) {
    this.#path = path;
    this.#partial = isPlainFile(path) ? `${path}.partial` : undefined;
    this.#file = path === "-" ? standardOutput() : this.#open();
  }

  text(text: string): void {
    this.#text += text;
    if (this.#text.length >= BLOCK_CHARACTERS) this.#flush();
  }

  bytes(bytes: Uint8Array): void {
    this.#flush();
    this.#write(bytes);
  }

  /** It is whole: writes what is gathered and gives the file its name. */
  keep(): void {
    this.#flush();
    this.#kept = true;
    if (this.#partial) this.#guarded(() => Deno.renameSync(this.#partial!, this.#path));
  }

  /** Closes; what was not kept is removed. */
  [Symbol.dispose](): void {
    this.#file.close();
    if (this.#partial && !this.#kept) Deno.removeSync(this.#partial);
  }

  /** The partial file is a new one: whoever knows its name may have laid a link there. */
  #open(): Writable {
    const partial = this.#partial;
    return this.#guarded(() => {
      if (partial === undefined) {
        return Deno.openSync(this.#path, { write: true, create: true, truncate: true });
      }
      removeLeftover(partial);
      return Deno.openSync(partial, { write: true, createNew: true });
    });
  }

  #flush(): void {
    if (this.#text === "") return;
    const bytes = this.#encoder.encode(this.#text);
    this.#text = "";
    this.#write(bytes);
  }

  #write(bytes: Uint8Array): void {
    this.#guarded(() => {
      for (let done = 0; done < bytes.length;) {
        done += this.#file.writeSync(bytes.subarray(done));
      }
    });
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      const words = `Cannot write ${this.#path}: ${wordsOf(cause)}`;
      const hint =
        "look whether the folder is there, may be written and has room (df -h)";
      throw new Fault("unavailable", words, { hint, cause });
    }
  }
}

/** Of a run that was killed; a link itself, not what it leads to. */
function removeLeftover(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (thrown) {
    if (!(thrown instanceof Deno.errors.NotFound)) throw thrown;
  }
}

/**
 * Refuses an output that is the input, and two outputs in one place.
 * @param outputs flag names without dashes, and their paths
 * @throws Fault usage that names both
 */
export function refuseSharedFiles(
  input: string,
  outputs: object,
): void {
  const places = new Map([[placeOf(input), "the clip itself"]]);
  for (const [name, path] of Object.entries(outputs)) {
    if (typeof path !== "string" || path === "/dev/null") continue;
    const place = placeOf(path);
    const taken = places.get(place);
    if (taken !== undefined) {
      throw new Fault("usage", `Cannot write --${name} to ${path}: that is ${taken}`, {
        hint: "give each output a file of its own",
      });
    }
    places.set(place, `where --${name} is written`);
  }
}

/** The same for every spelling of a path, links included. */
function placeOf(path: string): string {
  try {
    const { dev, ino } = Deno.statSync(path);
    return `${dev}:${ino}`;
  } catch {
    const [, folder = "", name = path] = /^(.*\/)?([^/]*)$/.exec(path) ?? [];
    try {
      return `${Deno.realPathSync(folder || ".")}/${name}`;
    } catch {
      return path;
    }
  }
}

function isPlainFile(path: string): boolean {
  if (path === "-") return false;
  try {
    return Deno.lstatSync(path).isFile;
  } catch {
    return true; // not there yet
  }
}

function standardOutput(): Writable {
  return { writeSync: (bytes) => Deno.stdout.writeSync(bytes), close: () => {} };
}
