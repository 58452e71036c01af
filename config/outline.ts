/**
 * The declaration of settings as a plain tree: what the reader of the file, its
 * reference and its example walk along. Declares nothing: that is `schema.ts`.
 * @module
 */
import { z } from "zod";
import { assert } from "../base/assert.ts";
import { settings } from "./schema.ts";
import { type SettingTraits, settingTraits } from "./setting_traits.ts";

/** One place of the settings. */
export type Outline = Section | Named | List | Value;

/** Settings under fixed names. */
export interface Section {
  readonly kind: "section";
  /** By their names in the file. */
  readonly parts: ReadonlyMap<string, Part>;
}

/** Sections under names that people choose: cameras, zones. */
export interface Named {
  readonly kind: "named";
  readonly inner: Outline;
}

export interface List {
  readonly kind: "list";
  readonly inner: Outline;
  /** How many belong in it; the most is absent when nothing limits it. */
  readonly least: number;
  readonly most: number | undefined;
}

export interface Value {
  readonly kind: "value";
  readonly holds: "number" | "whole" | "switch" | "choice" | "text";
  readonly isSecret: boolean;
  /** Of a choice; else empty. */
  readonly choices: readonly string[];
  readonly least: number | undefined;
  readonly most: number | undefined;
  /** True for a number of seconds. */
  readonly isSeconds: boolean;
}

/** A setting or a section under its name. */
export interface Part {
  /** As in the file: `stale_s`. */
  readonly name: string;
  /** As in the code: `staleS`. */
  readonly property: string;
  readonly outline: Outline;
  /** Absent for a section. */
  readonly traits: SettingTraits | undefined;
  /** What holds when it is left out; undefined when nothing does. */
  readonly fallback: unknown;
  readonly isRequired: boolean;
}

/** The outline of all settings. */
export const OUTLINE: Section = sectionOf(settings);

/** `staleS` is `stale_s` in the file. */
export function fileName(property: string): string {
  return property.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

/** What stands in the settings at a path of properties; undefined when nothing can. */
export function outlineAt(path: readonly PropertyKey[]): Outline | undefined {
  let at: Outline | undefined = OUTLINE;
  for (const step of path) at = at && stepInto(at, step);
  return at;
}

/** The setting or section of a path as in the file; undefined when there is none. */
export function partAt(path: readonly string[]): Part | undefined {
  let at: Outline | undefined = OUTLINE;
  let part: Part | undefined;
  for (const step of path) {
    part = at?.kind === "section" ? at.parts.get(step) : undefined;
    at = part?.outline ?? (at?.kind === "named" ? at.inner : undefined);
  }
  return part;
}

function stepInto(outline: Outline, step: PropertyKey): Outline | undefined {
  switch (outline.kind) {
    case "section":
      return outline.parts.get(fileName(String(step)))?.outline;
    case "named":
    case "list":
      return outline.inner;
    case "value":
      return undefined;
  }
}

function sectionOf(type: z.ZodObject): Section {
  const parts = Object.entries(type.shape).map(([property, inner]) =>
    partOf(property, inner as z.ZodType)
  );
  return { kind: "section", parts: new Map(parts.map((part) => [part.name, part])) };
}

function partOf(property: string, type: z.ZodType): Part {
  const traits = settingTraits.get(type);
  const outline = outlineOf(bare(type));
  return {
    name: fileName(property),
    property,
    outline: outline.kind === "value" && traits?.unit === "s"
      ? { ...outline, isSeconds: true }
      : outline,
    traits,
    fallback: type instanceof z.ZodDefault ? type.def.defaultValue : undefined,
    isRequired: !type.safeParse(undefined).success,
  };
}

/** Without what says that it may be left out. */
function bare(type: z.ZodType): z.ZodType {
  const mayMiss = type instanceof z.ZodDefault || type instanceof z.ZodPrefault ||
    type instanceof z.ZodOptional;
  return mayMiss ? bare(type.unwrap() as z.ZodType) : type;
}

function outlineOf(type: z.ZodType): Outline {
  if (type instanceof z.ZodObject) return sectionOf(type);
  if (type instanceof z.ZodRecord) {
    return { kind: "named", inner: outlineOf(type.valueType as z.ZodType) };
  }
  if (type instanceof z.ZodArray) {
    const { minItems, maxItems } = z.toJSONSchema(type);
    const inner = outlineOf(type.element as z.ZodType);
    return { kind: "list", inner, least: minItems ?? 0, most: maxItems };
  }
  if (type instanceof z.ZodTuple) {
    const { length } = type.def.items;
    const inner = outlineOf(type.def.items[0] as z.ZodType);
    return { kind: "list", inner, least: length, most: length };
  }
  return valueOf(type);
}

function valueOf(type: z.ZodType): Value {
  const value = {
    isSecret: false,
    isSeconds: false,
    choices: [],
    least: undefined,
    most: undefined,
  };
  if (type instanceof z.ZodNumber) {
    return {
      ...value,
      kind: "value",
      holds: type.isInt ? "whole" : "number",
      least: type.minValue ?? undefined,
      most: type.maxValue ?? undefined,
    };
  }
  if (type instanceof z.ZodBoolean) return { ...value, kind: "value", holds: "switch" };
  if (type instanceof z.ZodEnum) {
    const choices = type.options.map(String);
    return { ...value, kind: "value", holds: "choice", choices };
  }
  // The declaration turns nothing but secrets into something else.
  const isSecret = type instanceof z.ZodPipe;
  assert(isSecret || type.def.type === "string", "a setting is of a kind the file has");
  return { ...value, kind: "value", holds: "text", isSecret };
}
