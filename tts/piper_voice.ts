/**
 * The voice of Piper: a neural voice that runs on the box. Needs the program and a voice
 * file (.onnx with its .onnx.json beside it); both exist in two generations (C++ and
 * Python) that understand the same arguments.
 *
 * Debian has a package and a program of the same name that sets up mice.
 * @module
 */
import { Fault } from "../base/fault.ts";
import { findProgram, runProgram } from "../base/subprocess.ts";
import { sayBy, type Voice } from "./voice.ts";

/** Where to look; an argument, so that a test has its own. */
export interface PiperPlaces {
  /** Names to look up in PATH, or paths. */
  readonly programs: readonly string[];
  readonly voiceFolders: readonly string[];
}

/** The usual places on this box. */
export function usualPiperPlaces(home = Deno.env.get("HOME")): PiperPlaces {
  const own = home === undefined ? [] : [home];
  return {
    programs: [
      "piper",
      "piper-tts",
      "/usr/local/bin/piper",
      "/opt/piper/piper",
      ...own.map((folder) => `${folder}/.local/bin/piper`),
    ],
    voiceFolders: [
      "/usr/share/piper-voices",
      "/usr/local/share/piper-voices",
      "/opt/piper",
      "/var/lib/streamware/voices",
      ...own.map((folder) => `${folder}/.local/share/piper-voices`),
    ],
  };
}

/** The Python generation loads its whole runtime before it says how it is used. */
const HELP_LIMITS = { timeoutMs: 20_000, outputBytesMax: 100_000, group: true };
/** Distributions sort voices by language, country, name and quality. */
const FOLDER_DEPTH_MAX = 5;
const FOLDER_ENTRIES_MAX = 2_000;

/**
 * @param voiceFile speech.voice; without it, the first voice in the usual places, English
 *   ones before others
 * @throws Fault unavailable when program or voice are not there.
 */
export async function piperVoice(
  voiceFile: string | undefined,
  { signal, places }: { readonly signal: AbortSignal; readonly places: PiperPlaces },
): Promise<Voice> {
  const path = await findPiper(places.programs, signal);
  const model = voiceFile === undefined
    ? voiceIn(places.voiceFolders)
    : checkedVoice(voiceFile);
  const program = {
    name: "Piper",
    command: [path, "--model", model, "--output_file", "-"],
    hint: `echo Hello | ${path} --model ${model} --output_file - | aplay`,
  };
  return {
    name: `Piper (${model.slice(model.lastIndexOf("/") + 1)})`,
    say: (text, limits) => sayBy(program, text, limits),
  };
}

async function findPiper(names: readonly string[], signal: AbortSignal): Promise<string> {
  let stranger: string | undefined;
  for (const name of names) {
    const path = programAt(name);
    if (path === undefined) continue;
    if (await isPiper(path, signal)) return path;
    stranger = path;
  }
  const state = stranger === undefined
    ? "it is not installed"
    : `${stranger} is another program (Debian's "piper" sets up mice)`;
  // Not below a home folder: a service does not see it.
  const hint = "sudo PIPX_HOME=/opt/pipx PIPX_BIN_DIR=/usr/local/bin pipx install " +
    "piper-tts, or set speech.engine to espeak-ng";
  throw new Fault("unavailable", `Cannot speak with Piper: ${state}`, { hint });
}

function programAt(name: string): string | undefined {
  try {
    return findProgram(name);
  } catch {
    return undefined; // The next place may have it.
  }
}

/** Both generations tell of the model file's format when asked for help. */
async function isPiper(path: string, signal: AbortSignal): Promise<boolean> {
  try {
    const { stdout, stderr } = await runProgram([path, "--help"], {
      ...HELP_LIMITS,
      signal,
    });
    return /\bonnx\b/i.test(stdout + stderr.join("\n"));
  } catch {
    return false; // It cannot run, or waits for something: not the one we look for.
  }
}

/** @returns the voice file's absolute path: it never begins with a dash */
function checkedVoice(file: string): string {
  const path = file.startsWith("/") ? file : `${Deno.cwd()}/${file}`;
  const missing = [path, `${path}.json`].find((part) => !isFile(part));
  if (missing === undefined) return path;
  const words = `Cannot speak with Piper: its voice file ${missing} is not there`;
  const hint = "a voice is two files, NAME.onnx and NAME.onnx.json: put both there, or " +
    "name another one in speech.voice";
  throw new Fault("unavailable", words, { hint });
}

function voiceIn(folders: readonly string[]): string {
  const found = folders.flatMap((folder) => voicesBelow(folder));
  const first = found.find((path) => /\/en[_-][^/]*$/.test(path)) ?? found[0];
  if (first !== undefined) return first;
  const looked = folders.join(", ");
  const words = `Cannot speak with Piper: no voice (.onnx with .onnx.json) in ${looked}`;
  const hint = "put a voice into one of these folders, or name its file in speech.voice";
  throw new Fault("unavailable", words, { hint });
}

/** Voices in a folder and below, sorted; looks at a bounded number of names. */
function voicesBelow(folder: string): readonly string[] {
  const found: string[] = [];
  let left = FOLDER_ENTRIES_MAX;
  const look = (inside: string, depth: number): void => {
    for (const { name, isDirectory } of entriesOf(inside)) {
      if (left-- <= 0) return;
      const path = `${inside}/${name}`;
      if (isDirectory && depth < FOLDER_DEPTH_MAX) look(path, depth + 1);
      else if (name.endsWith(".onnx") && isFile(`${path}.json`)) found.push(path);
    }
  };
  look(folder, 1);
  return found.sort();
}

function entriesOf(folder: string): readonly Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch {
    return []; // Not there, or not ours to read.
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
