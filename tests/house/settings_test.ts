import assert from "node:assert/strict";
import { z } from "zod";
import { OUTLINE, type Outline } from "../../config/outline.ts";
import { settings } from "../../config/schema.ts";
import { type SettingTraits, settingTraits } from "../../config/setting_traits.ts";

/** Every setting of a schema with its traits, by its dotted name. */
function settingsOf(type: unknown, name = ""): Map<string, SettingTraits | undefined> {
  assert.ok(type instanceof z.ZodType, `${name} is no setting`);
  const traits = settingTraits.get(type);
  const found = new Map<string, SettingTraits | undefined>();
  const inner = bare(type);
  if (inner instanceof z.ZodObject) {
    for (const [key, part] of Object.entries(inner.shape)) {
      const path = name === "" ? key : `${name}.${key}`;
      for (const entry of settingsOf(part, path)) found.set(...entry);
    }
    return found;
  }
  // What people name themselves may be a setting and hold settings: zones.
  if (inner instanceof z.ZodRecord) {
    for (const entry of settingsOf(inner.valueType, `${name}.NAME`)) found.set(...entry);
    if (name.includes(".")) found.set(name, traits);
    return found;
  }
  return found.set(name, traits);
}

function bare(type: z.ZodType): z.ZodType {
  const mayMiss = type instanceof z.ZodPrefault || type instanceof z.ZodOptional ||
    type instanceof z.ZodDefault;
  return mayMiss ? bare(type.unwrap() as z.ZodType) : type;
}

/** The settings that the reader of the file knows, by the code's names. */
function outlined(outline: Outline, name = ""): string[] {
  if (outline.kind === "named") {
    const own = name.includes(".") ? [name] : [];
    return [...own, ...outlined(outline.inner, `${name}.NAME`)];
  }
  if (outline.kind !== "section") return [name];
  return [...outline.parts.values()].flatMap(({ property, outline: inner }) =>
    outlined(inner, name === "" ? property : `${name}.${property}`)
  );
}

const ALL = settingsOf(settings);

Deno.test("settingsOf() finds a setting that was declared without traits", () => {
  const part = z.strictObject({ bare: z.number() });
  const of = (type: z.ZodType) => [...settingsOf(z.strictObject({ part: type }))];
  assert.deepEqual(of(part.prefault({ bare: 1 })), [["part.bare", undefined]]);
  assert.deepEqual(of(z.record(z.string(), part)), [["part.NAME.bare", undefined]]);
});

Deno.test("every setting says what it is, when a change takes effect and who may change it", () => {
  assert.ok(ALL.size > 30);
  assert.ok(ALL.has("cameras.NAME.zones.NAME.points"));
  for (const [name, traits] of ALL) {
    assert.ok(traits, `${name} has no traits`);
    assert.match(traits.doc, /^[A-Z].*\.$/s, `${name}: its doc is no sentence`);
    assert.ok(["live", "restart"].includes(traits.applies), name);
    assert.ok(["anywhere", "file"].includes(traits.door), name);
  }
});

Deno.test("the reader of the file knows every setting, under one name", () => {
  assert.deepEqual(outlined(OUTLINE).sort(), [...ALL.keys()].sort());
  for (const name of ALL.keys()) assert.match(name, /^([a-z][a-zA-Z]*|NAME|\.)+$/);
});

/** Names of settings that hold a program, a path, an address or a secret, or whom to trust. */
const NOT_FROM_THE_NETWORK =
  /(url|folder|socket|html|command|player|voice|listen|names|user|password|token|certificate|classesModel)$/i;

Deno.test("what names a program, a path, an address or a secret is set in the file only", () => {
  for (const [name, traits] of ALL) {
    const isFileOnly = traits?.door === "file";
    assert.equal(isFileOnly, NOT_FROM_THE_NETWORK.test(name), `${name}: ${traits?.door}`);
  }
});

/** Settings that act on what was seen, and those that decide what is seen. */
const JUDGING = ["minSize", "minSizeFar", "classes", "unknown", "zones", "lines"];
const SEEING = ["fps", "width", "sensitivity", "absorbAfter", "masks", "idleAfter"];
const SEEING_IN_ZONES = ["sensitivity", "neverIdle"];

Deno.test("what changes which motion is found or reported says whether it can be replayed", () => {
  for (const [name, traits] of ALL) {
    const [section, , own = "", , inner] = name.split(".");
    const isSeeing = section === "analysis" || SEEING.includes(own) ||
      SEEING_IN_ZONES.includes(inner ?? "");
    const expected = isSeeing ? false : JUDGING.includes(own) ? true : undefined;
    assert.equal(traits?.replays, expected, name);
  }
});

Deno.test("no two settings are set by the same flag", () => {
  const flags = [...ALL.values()].flatMap((traits) => traits?.flag ?? []);
  assert.deepEqual(flags, [...new Set(flags)]);
  for (const flag of flags) assert.match(flag, /^--[a-z][a-z-]*$/);
});
