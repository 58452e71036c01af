/**
 * What `decode: auto` means on this box: each way of decoding is tried once for each
 * coding that comes, and what was found is remembered for as long as the box, its devices
 * and its FFmpeg stay the same. Decodes no camera; who was told switches by himself.
 * @module
 */
import { Fault, wordsOf } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import {
  bestOf,
  boardName,
  decodingWords,
  HARDWARE,
  type RunFfmpeg,
  tryBox,
} from "./hardware.ts";
import type { Codec } from "./parameter_sets.ts";
import type { Chosen, DecodeChooser } from "./source.ts";

/** Where what was found outlives the program. */
export interface ChoiceMemory {
  /** Undefined when there is none. */
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
}

export interface DecodeChoiceParts {
  readonly log: Log;
  readonly memory: ChoiceMemory;
  readonly ffmpeg: RunFfmpeg;
  /** The program ends: a trial that this breaks off says nothing. */
  readonly signal: AbortSignal;
  /** What the box is called; `boardName` without it. */
  readonly board?: string | undefined;
  /** What must stay the same, beside FFmpeg; `boxSigns` without it. */
  readonly signs?: readonly string[];
}

/** Tries one coding after the other, never two at once. */
export class DecodeChoice implements DecodeChooser {
  readonly #parts: DecodeChoiceParts;
  readonly #found = new Map<Codec, Promise<Chosen>>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: DecodeChoiceParts) {
    this.#parts = parts;
  }

  /** The best way for a coding; never fails: what cannot be tried is software. */
  of(codec: Codec): Promise<Chosen> {
    const known = this.#found.get(codec);
    if (known) return known;
    const found = this.#last.then(() => this.#findOut(codec));
    this.#last = found;
    this.#found.set(codec, found);
    return found;
  }

  async #findOut(codec: Codec): Promise<Chosen> {
    const { log } = this.#parts;
    try {
      const key = await this.#key();
      const kept = await this.#kept(key);
      const before = kept[codec];
      const chosen = before ?? await this.#try(codec);
      const { decode, words } = chosen;
      log.info("capture.decode_chosen", { codec, decode, words, tried: !before });
      if (!before) await this.#keep(key, { ...kept, [codec]: chosen });
      return chosen;
    } catch (thrown) {
      const words = `hardware could not be tried (${wordsOf(thrown)}): software is used`;
      log.warn("capture.decode_untried", { codec, words });
      return { decode: "software", words };
    }
  }

  async #try(codec: Codec): Promise<Chosen> {
    const { ffmpeg, signal, board = boardName() } = this.#parts;
    const tried = await tryBox(ffmpeg, codec);
    signal.throwIfAborted();
    if (!tried) {
      const words = "hardware was not tried, as this FFmpeg cannot make a clip to try " +
        "it with: software is used";
      return { decode: "software", words };
    }
    if (!tried[0].isRight) {
      throw new Fault("unavailable", "Cannot try hardware: software was too slow");
    }
    return { decode: bestOf(tried).decode, words: decodingWords(tried, board, codec) };
  }

  async #key(): Promise<string> {
    const { ffmpeg, signs = boxSigns() } = this.#parts;
    const { stdout } = await ffmpeg(["-version"]);
    return [stdout.split("\n", 1)[0] ?? "", ...signs].join("; ");
  }

  async #kept(key: string): Promise<Kept> {
    try {
      return readKept(await this.#parts.memory.read() ?? "", key);
    } catch {
      return {}; // it cannot be read: tried again
    }
  }

  /** What cannot be written is found out again at the next start. */
  async #keep(key: string, found: Kept): Promise<void> {
    const text = JSON.stringify({ version: 1, key, found }, undefined, 2) + "\n";
    try {
      await this.#parts.memory.write(text);
    } catch (thrown) {
      this.#parts.log.warn("capture.decode_not_kept", { words: wordsOf(thrown) });
    }
  }
}

type Kept = Partial<Readonly<Record<Codec, Chosen>>>;

/** What was kept under this very key; nothing when it is of another box, or nonsense. */
function readKept(text: string, key: string): Kept {
  const told: unknown = JSON.parse(text);
  if (!isRecord(told) || told.version !== 1 || told.key !== key) return {};
  const found = isRecord(told.found) ? told.found : {};
  const { h264, hevc } = found;
  return {
    ...(isChosen(h264) ? { h264 } : {}),
    ...(isChosen(hevc) ? { hevc } : {}),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isChosen(value: unknown): value is Chosen {
  return isRecord(value) && typeof value.words === "string" &&
    ["software", ...HARDWARE].some((decode) => decode === value.decode);
}

/** Kernel, board, user, and the devices that FFmpeg decodes with, as far as he sees them. */
export function boxSigns(): readonly string[] {
  const devices = ["/dev/dri", "/dev"].flatMap((folder) =>
    namesIn(folder).filter((name) => /^(renderD\d+|video\d+|nvidia\d+)$/.test(name))
  );
  return [
    Deno.osRelease(),
    boardName() ?? "",
    `${Deno.uid()}:${Deno.gid()}`,
    devices.toSorted().join(","),
  ];
}

function namesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch {
    return [];
  }
}
