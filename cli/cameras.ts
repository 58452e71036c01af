/**
 * `streamware cameras`: the cameras of the settings file, and how they are when the program
 * runs. `streamware cameras find` is `cameras_find.ts`. Opens no camera.
 * @module
 */
import { systemClock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { parseSourceUrl, shownUrl } from "../capture/source_url.ts";
import { loadSettings } from "../config/load.ts";
import { ourPlaces, type Places } from "../config/places.ts";
import type { CameraSettings } from "../config/schema.ts";
import type { CameraStatus } from "../server/control_protocol.ts";
import { findCommand } from "./cameras_find.ts";
import type { SubcommandGroup, Typed } from "./command_line.ts";
import { connectControl, controlPlaces, SOCKET_FLAG } from "./control_client.ts";
import { isThere } from "./found_files.ts";
import { SERVICE } from "./service_unit.ts";
import { type Output, standardOutput } from "./standard_output.ts";
import { durationWords, printable } from "./terminal_text.ts";
import { typedText } from "./typed_flags.ts";

export const camerasCommand: SubcommandGroup = {
  name: "cameras",
  summary: "The cameras and how they are; cameras find looks for more.",
  alone: {
    flags: [
      {
        flag: "--config",
        value: "FILE",
        doc: "List the cameras of this settings file.",
        defaultWords: "that of the running program, of this user, the service's",
      },
      { flag: "--json", doc: "Print them as JSON, for scripts." },
      SOCKET_FLAG,
    ],
    examples: ["streamware cameras", "streamware cameras find"],
    run: (_argument, typed) => listCameras(typed, standardOutput()),
  },
  subcommands: [findCommand],
};

/** A camera of the settings, of the running program, or of both. */
export interface ListedCamera {
  readonly camera: string;
  /** Without user, password and query. */
  readonly source: string;
  /** The same of the stream that is analysed instead, where there is one. */
  readonly analysisSource?: string;
  /** Absent when no program says how it is. */
  readonly state?: CameraStatus["state"];
  /** ms in that state. */
  readonly forMs?: number;
  /** The state in words. */
  readonly words?: string;
  /** Of a main stream that is away while the other one is analysed. */
  readonly mainWords?: string;
}

/** Lists the cameras; exit code 0. @throws Fault config for a settings file that is wrong */
export async function listCameras(
  typed: Typed,
  output: Output,
  places: Places = ourPlaces(),
): Promise<number> {
  const running = await askProgram(typed, places);
  const path = typedText(typed, "--config") ??
    [running.configFile ?? places.configFile, SERVICE.configFile].find(isThere);
  const isOurs = typedText(typed, "--config") === undefined;
  const cameras = merged(camerasIn(path), isOurs ? running.cameras : []);
  if (typed["--json"]) {
    output.line(JSON.stringify({ version: 1, cameras }, undefined, 2));
    return 0;
  }
  if (cameras.length === 0) {
    const where = path === undefined ? "there is no settings file" : `${path} has none`;
    output.line(`No camera is set up: ${where}.`);
    output.line("  try: streamware cameras find; or streamware setup");
    return 0;
  }
  for (const line of cameraTable(cameras)) output.line(line);
  return 0;
}

/** One line a camera; what is told in words stands below it. */
export function cameraTable(cameras: readonly ListedCamera[]): string[] {
  const width = Math.max(8, ...cameras.map(({ camera }) => camera.length));
  const indent = " ".repeat(width + 2);
  return cameras.flatMap((listed) => {
    const { camera, source, analysisSource, state, forMs = 0, words } = listed;
    const shown = state === undefined
      ? "not running"
      : `${state} for ${durationWords(forMs)}`;
    const line = `${camera.padEnd(width)}  ${shown.padEnd(22)}  ${printable(source)}`;
    const isTold = state === undefined || state === "online" || words === undefined;
    return [
      line,
      ...(analysisSource === undefined
        ? []
        : [`${indent}analysed by ${printable(analysisSource)}`]),
      ...(listed.mainWords === undefined ? [] : [indent + printable(listed.mainWords)]),
      ...(isTold ? [] : [indent + printable(words)]),
    ];
  });
}

async function askProgram(
  typed: Typed,
  places: Places,
): Promise<{ configFile?: string; cameras: readonly ListedCamera[] }> {
  try {
    const client = await connectControl(controlPlaces(typed, places), systemClock);
    const { cameras, configFile, utcMs } = await client.status();
    const listed = cameras.map((
      { camera, source, state, words, sinceUtcMs, mainStream },
    ) => ({
      ...{ camera, source, state, words, forMs: Math.max(0, utcMs - sinceUtcMs) },
      ...(mainStream?.state === "offline" ? { mainWords: mainStream.words } : {}),
    }));
    return { cameras: listed, ...(configFile === undefined ? {} : { configFile }) };
  } catch (thrown) {
    if (thrown instanceof Fault) return { cameras: [] };
    throw thrown;
  }
}

function camerasIn(path: string | undefined): readonly ListedCamera[] {
  if (path === undefined) return [];
  const { cameras } = settingsIn(path);
  return Object.entries(cameras).map(([camera, { url, analysisUrl }]) => ({
    camera,
    source: shownUrl(parseSourceUrl(url)),
    ...(analysisUrl === undefined
      ? {}
      : { analysisSource: shownUrl(parseSourceUrl(analysisUrl)) }),
  }));
}

function settingsIn(path: string): { cameras: Readonly<Record<string, CameraSettings>> } {
  const env = (name: string) => Deno.env.get(name);
  const credentialsFolder = env("CREDENTIALS_DIRECTORY");
  return loadSettings({ path, env, credentialsFolder, lookup: "warn" }).settings;
}

/**
 * What the program says comes first, with the analysed stream that the settings name;
 * cameras that it does not know yet last.
 */
export function merged(
  configured: readonly ListedCamera[],
  running: readonly ListedCamera[],
): readonly ListedCamera[] {
  const known = new Set(running.map(({ camera }) => camera));
  const analysed = new Map(configured.map((one) => [one.camera, one.analysisSource]));
  return [
    ...running.map((one) => {
      const analysisSource = analysed.get(one.camera);
      return analysisSource === undefined ? one : { ...one, analysisSource };
    }),
    ...configured.filter(({ camera }) => !known.has(camera)),
  ];
}
