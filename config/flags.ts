/**
 * Command-line flags made from the one declaration of settings.
 * Reads no command line; that is `cli/command_line.ts`.
 * @module
 */
import { z } from "zod";
import { Fault } from "../base/fault.ts";
import { issueWords } from "./issue_words.ts";
import { outlineAt } from "./outline.ts";
import { brokenRules } from "./rules.ts";
import { type Settings, settings, speechSettings } from "./schema.ts";
import { cameraSettings } from "./schema_camera.ts";
import { settingTraits } from "./setting_traits.ts";
import { shownValue } from "./value_words.ts";

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
    // A setting may stand at the top, in no section.
    if (settingTraits.has(group as z.ZodType)) {
      found.push(...flagOfSetting(group as z.ZodType, [section]));
      continue;
    }
    const isCameras = section === "cameras";
    const shape = isCameras ? cameraSettings.shape : objectOf(group).shape;
    for (const [name, type] of Object.entries(shape)) {
      const path = isCameras ? [section, FLAG_CAMERA, name] : [section, name];
      found.push(...flagOfSetting(type as z.ZodType, path));
    }
  }
  return found;
}

/** None where the setting has no flag. */
function flagOfSetting(type: z.ZodType, path: readonly string[]): SettingFlag[] {
  const { flag, doc } = settingTraits.get(type) ?? {};
  if (flag === undefined || doc === undefined) return [];
  return [{ flag, path, doc, ...kindOf(type) }];
}

/** One flag that was given, as the declaration takes it. */
export interface GivenFlag extends SettingFlag {
  readonly value: unknown;
}

/** The flags that were given, in the order of the declaration. */
export function givenFlags(values: FlagValues): readonly GivenFlag[] {
  return settingFlags().flatMap((flag) => {
    const value = values[flag.flag];
    return value === undefined ? [] : [{ ...flag, value: rawValue(value, flag.kind) }];
  });
}

/**
 * Settings from flags, defaults filled in.
 * @throws Fault (usage) that names every problem at once
 */
export function settingsFromFlags(values: FlagValues): Settings {
  const raw: Record<string, unknown> = { cameras: { [FLAG_CAMERA]: {} } };
  for (const { path, value } of givenFlags(values)) setAt(raw, path, value);
  const read = settings.safeParse(raw, { reportInput: true });
  const flags = settingFlags();
  const problems = read.success
    ? brokenRules(raw).map(({ path, words }) => `${flagOf(path, flags)} ${words}`)
    : read.error.issues.map((issue) => flagProblem(issue, flagOf(issue.path, flags)));
  if (read.success && problems.length === 0) return read.data;
  throw flagFault(problems);
}

/** Problems of flags as one fault. */
export function flagFault(problems: readonly string[]): Fault {
  return new Fault("usage", `Cannot start: ${problems.join("; ")}`, {
    hint: "streamware run --help",
  });
}

/** What is wrong with the value of a flag; a value that may be secret is not shown. */
export function flagProblem(issue: z.core.$ZodIssue, flag: string): string {
  const { input } = issue;
  if (input === undefined) return `${flag} is missing`;
  const outline = outlineAt(issue.path);
  const isSecret = outline?.kind === "value" && outline.isSecret;
  return `${flag} ${issueWords(issue)}${isSecret ? "" : `, was ${shownValue(input)}`}`;
}

/** Puts a value at a path, making the objects that are missing on the way. */
export function setAt(
  raw: Record<string, unknown>,
  path: readonly string[],
  value: unknown,
): void {
  const [first, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) raw[first] = value;
  else setAt((raw[first] ??= {}) as Record<string, unknown>, rest, value);
}

function flagOf(path: readonly PropertyKey[], flags: readonly SettingFlag[]): string {
  const key = path.join(".");
  return flags.find((flag) => flag.path.join(".") === key)?.flag ?? key;
}

function rawValue(value: string | true, kind: SettingFlag["kind"]): unknown {
  if (kind === "number") return numberOf(String(value));
  return kind === "engine" && value === true ? "auto" : value;
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
