/**
 * Command-line flags made from the one declaration of settings.
 * Reads no command line; that is `cli/command_line.ts`.
 * @module
 */
import { z } from "zod";
import { Fault } from "../base/fault.ts";
import {
  cameraSettings,
  type Settings,
  settings,
  settingTraits,
  speechSettings,
} from "./schema.ts";

/** The name of the one camera that flags describe. */
export const FLAG_CAMERA = "main";

/** A setting that has a flag. */
export interface SettingFlag {
  /** With its dashes: `--fps`. */
  readonly flag: string;
  /** Where it stands among the settings: `["cameras", "main", "fps"]`. */
  readonly path: readonly string[];
  /** `engine`: may stand alone, and then means `auto`. */
  readonly kind: "number" | "text" | "switch" | "engine";
  readonly doc: string;
  /** The default in words; absent when the setting must be given. */
  readonly defaultWords?: string;
}

/** What the command line said, by flag: text, or true for a switch. */
export type FlagValues = Readonly<Record<string, string | true | undefined>>;

/** Every setting with a flag, in the order of the declaration. */
export function settingFlags(): readonly SettingFlag[] {
  const found: SettingFlag[] = [];
  for (const [section, group] of Object.entries(settings.shape)) {
    const isCameras = section === "cameras";
    const shape = isCameras ? cameraSettings.shape : objectOf(group).shape;
    for (const [name, type] of Object.entries(shape)) {
      const traits = settingTraits.get(type as z.ZodType);
      if (!traits?.flag) continue;
      const path = isCameras ? [section, FLAG_CAMERA, name] : [section, name];
      found.push({
        flag: traits.flag,
        path,
        doc: traits.doc,
        ...kindOf(type as z.ZodType),
      });
    }
  }
  return found;
}

/**
 * Settings from flags, defaults filled in.
 * @throws Fault (usage) that names every problem at once
 */
export function settingsFromFlags(values: FlagValues): Settings {
  const flags = settingFlags();
  const camera: Record<string, unknown> = {};
  const raw: Record<string, Record<string, unknown>> = {
    cameras: { [FLAG_CAMERA]: camera },
  };
  for (const { flag, path, kind } of flags) {
    const value = values[flag];
    if (value === undefined) continue;
    const section = path.length === 3 ? camera : raw[path[0]!] ??= {};
    section[path.at(-1)!] = kind === "number"
      ? numberOf(String(value))
      : kind === "engine" && value === true
      ? "auto"
      : value;
  }
  const read = settings.safeParse(raw, { reportInput: true });
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue) => problemWords(issue, flags));
  throw new Fault("usage", `Cannot start: ${problems.join("; ")}`, {
    hint: "streamware run --help",
  });
}

function objectOf(type: z.ZodType): z.ZodObject {
  let inner: unknown = type;
  while (inner instanceof z.ZodPrefault || inner instanceof z.ZodDefault) {
    inner = inner.unwrap();
  }
  if (inner instanceof z.ZodObject) return inner;
  throw new Error("Bug: a section of the settings is an object");
}

function kindOf(type: z.ZodType): Pick<SettingFlag, "kind" | "defaultWords"> {
  const inner = type instanceof z.ZodDefault || type instanceof z.ZodOptional
    ? type.unwrap()
    : type;
  const kind = inner instanceof z.ZodNumber
    ? "number"
    : inner instanceof z.ZodBoolean
    ? "switch"
    : inner === speechSettings.shape.engine.unwrap()
    ? "engine"
    : "text";
  if (!(type instanceof z.ZodDefault)) return { kind };
  return { kind, defaultWords: String(type.def.defaultValue) };
}

/** NaN for what is no number, so that the declaration's own check refuses it. */
function numberOf(text: string): number | string {
  const value = Number(text);
  return text.trim() === "" || Number.isNaN(value) ? text : value;
}

function problemWords(issue: z.core.$ZodIssue, flags: readonly SettingFlag[]): string {
  const key = issue.path.join(".");
  const flag = flags.find(({ path }) => path.join(".") === key)?.flag ?? key;
  if (issue.input === undefined) return `${flag} is missing`;
  const was = `was ${JSON.stringify(issue.input)}`;
  switch (issue.code) {
    case "too_small":
      return `${flag} must be at least ${issue.minimum}, ${was}`;
    case "too_big":
      return `${flag} must be at most ${issue.maximum}, ${was}`;
    case "invalid_type":
      return `${flag} must be a ${
        issue.expected === "int" ? "whole number" : issue.expected
      }, ${was}`;
    case "invalid_value":
      return `${flag} must be one of ${issue.values.join(", ")}, ${was}`;
    default:
      return `${flag}: ${issue.message}`;
  }
}
