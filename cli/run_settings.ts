/**
 * Which settings `streamware run` works with: those of flags alone, of the file, or the
 * last good ones in its place. Opens nothing.
 * @module
 */
import { Fault, wordsOf } from "../base/fault.ts";
import { logFor } from "../base/log.ts";
import { type FlagValues, type SettingFlag, settingsFromFlags } from "../config/flags.ts";
import {
  keepLastGood,
  type LoadedOrLastGood,
  loadLastGood,
  loadWithLastGood,
} from "../config/last_good.ts";
import { type Loaded, loadSettings } from "../config/load.ts";
import { ourPlaces, type Places } from "../config/places.ts";
import type { PlacedProblem } from "../config/problems.ts";
import type { Settings } from "../config/schema.ts";
import type { Flag, Typed } from "./command_line.ts";
import { isThere } from "./found_files.ts";

/** Flags of `run` that are no settings. */
export const RUN_FLAGS: readonly Flag[] = [
  {
    flag: "--config",
    value: "FILE",
    doc: "The settings file; without it and without --url, the usual one",
  },
  {
    flag: "--last-good",
    doc: "With a broken settings file, run with the last one that worked, and say so",
  },
];

export interface RunSettings {
  readonly settings: Settings;
  /** The file that they come from; undefined with flags alone. */
  readonly file: string | undefined;
  /** Why the file could not be used, when the last good one runs in its place. */
  readonly broken: Fault | undefined;
  /** Of the file: what works and is hardly meant. */
  readonly warnings: readonly PlacedProblem[];
  /** Once all is open: remembers the file as the last good one. */
  keep(): Promise<void>;
  /**
   * The last good settings, when these could be read and not started with, as `fault`
   * says: a page for the network without a password. Undefined when there are none, or
   * the fault is none of the settings.
   */
  instead(fault: unknown): RunSettings | undefined;
}

/** @throws Fault usage or config with every problem at once */
export function runSettings(typed: Typed): RunSettings {
  const flags = typed as FlagValues;
  const places = ourPlaces();
  const named = typed["--config"];
  if (named === undefined && flags["--url"] !== undefined) {
    const settings = settingsFromFlags(flags);
    const nothing = { keep: async () => {}, instead: () => undefined };
    return { settings, file: undefined, broken: undefined, warnings: [], ...nothing };
  }
  const file = typeof named === "string" ? named : places.configFile;
  if (named === undefined && !isThere(file)) throw noFileFault(file);
  const request = {
    path: file,
    flags: settingFlagsOf(flags),
    env: (name: string) => Deno.env.get(name),
    credentialsFolder: Deno.env.get("CREDENTIALS_DIRECTORY"),
  };
  if (!typed["--last-good"]) {
    // Another file must not take the place of the last good one.
    const nothing = { keep: async () => {}, instead: () => undefined };
    return { ...loadSettings(request), file, broken: undefined, ...nothing };
  }
  const { stateFolder } = places;
  return withLastGood(
    loadWithLastGood({ ...request, stateFolder }),
    file,
    () => loadLastGood({ ...request, stateFolder }),
  );
}

function withLastGood(
  loaded: LoadedOrLastGood,
  file: string,
  lastGood: () => Loaded | undefined,
): RunSettings {
  const { settings, text, broken, warnings } = loaded;
  return {
    ...{ settings, file, broken, warnings },
    keep: async () => {
      if (!broken) await keep(text, ourPlaces());
    },
    instead: (fault) => {
      const isOfSettings = fault instanceof Fault &&
        (fault.kind === "config" || fault.kind === "usage");
      const copy = isOfSettings && !broken ? lastGood() : undefined;
      if (!copy || copy.text === text) return undefined;
      return withLastGood({ ...copy, broken: fault as Fault }, file, () => undefined);
    },
  };
}

/** A flag of the settings as the command line shows it. */
export function flagOf({ flag, kind, doc, defaultWords }: SettingFlag): Flag {
  const value = kind === "switch" ? {} : {
    value: kind === "number" ? "NUMBER" : "TEXT",
    valueOptional: kind === "engine",
  };
  const shown = kind !== "switch" && defaultWords ? { defaultWords } : {};
  return { flag, doc, ...value, ...shown };
}

function settingFlagsOf(flags: FlagValues): FlagValues {
  const own = new Set(RUN_FLAGS.map(({ flag }) => flag));
  return Object.fromEntries(Object.entries(flags).filter(([flag]) => !own.has(flag)));
}

function noFileFault(file: string): Fault {
  return new Fault(
    "usage",
    `Cannot start: no camera is given, and ${file} is not there`,
    {
      hint: "streamware run --url scene:street, or streamware setup",
    },
  );
}

/** Kept beside all else: a full disk is no reason not to watch. */
async function keep(text: string, { stateFolder }: Places): Promise<void> {
  try {
    await keepLastGood(stateFolder, text);
  } catch (thrown) {
    logFor("config").warn("config.not_kept", { words: wordsOf(thrown) });
  }
}
