/**
 * Which settings `streamware run` works with: those of flags alone, of the file, or the
 * last good ones in its place. Opens nothing.
 * @module
 */
import { Fault, wordsOf } from "../base/fault.ts";
import { logFor } from "../base/log.ts";
import { type FlagValues, type SettingFlag, settingsFromFlags } from "../config/flags.ts";
import { keepLastGood, loadWithLastGood } from "../config/last_good.ts";
import { loadSettings } from "../config/load.ts";
import { ourPlaces, type Places } from "../config/places.ts";
import type { Settings } from "../config/schema.ts";
import type { Flag, Typed } from "./command_line.ts";

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
  /** Once all is open: remembers the file as the last good one. */
  keep(): Promise<void>;
}

/** @throws Fault usage or config with every problem at once */
export async function runSettings(typed: Typed): Promise<RunSettings> {
  const flags = typed as FlagValues;
  const places = ourPlaces();
  const named = typed["--config"];
  if (named === undefined && flags["--url"] !== undefined) {
    const settings = settingsFromFlags(flags);
    return { settings, file: undefined, broken: undefined, keep: async () => {} };
  }
  const file = typeof named === "string" ? named : places.configFile;
  if (named === undefined && !await isThere(file)) throw noFileFault(file);
  const request = {
    path: file,
    flags: settingFlagsOf(flags),
    env: (name: string) => Deno.env.get(name),
    credentialsFolder: Deno.env.get("CREDENTIALS_DIRECTORY"),
  };
  const loaded = typed["--last-good"]
    ? loadWithLastGood({ ...request, stateFolder: places.stateFolder })
    : { ...loadSettings(request), broken: undefined };
  return {
    settings: loaded.settings,
    file,
    broken: loaded.broken,
    keep: async () => {
      // Only for who would run with it: another file must not take its place.
      if (typed["--last-good"] && !loaded.broken) await keep(loaded.text, places);
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

async function isThere(file: string): Promise<boolean> {
  try {
    await Deno.stat(file);
    return true;
  } catch (thrown) {
    // What may not be looked at is there: reading it says why it cannot be used.
    return !(thrown instanceof Deno.errors.NotFound);
  }
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
