import assert from "node:assert/strict";
import { z } from "zod";
import { settings, type SettingTraits, settingTraits } from "../../config/schema.ts";

/** Every setting of a schema with its traits, by its dotted name. */
function settingsOf(type: unknown, name = ""): Map<string, SettingTraits | undefined> {
  if (type instanceof z.ZodPrefault || type instanceof z.ZodOptional) {
    return settingsOf(type.unwrap(), name);
  }
  if (type instanceof z.ZodObject) {
    const found = new Map<string, SettingTraits | undefined>();
    for (const [key, inner] of Object.entries(type.shape)) {
      for (const entry of settingsOf(inner, name === "" ? key : `${name}.${key}`)) {
        found.set(...entry);
      }
    }
    return found;
  }
  assert.ok(type instanceof z.ZodType, `${name} is no setting`);
  return new Map([[name, settingTraits.get(type)]]);
}

Deno.test("settingsOf() finds a setting that was declared without traits", () => {
  const bare = z.strictObject({
    part: z.strictObject({ bare: z.number() }).prefault({ bare: 1 }),
  });
  assert.deepEqual([...settingsOf(bare)], [["part.bare", undefined]]);
});

Deno.test("every setting says what it is, when a change takes effect and who may change it", () => {
  const all = settingsOf(settings);
  assert.ok(all.size > 5);
  for (const [name, traits] of all) {
    assert.ok(traits, `${name} has no traits`);
    assert.match(traits.doc, /^[A-Z].*\.$/s, `${name}: its doc is no sentence`);
    assert.ok(["live", "restart"].includes(traits.applies), name);
    assert.ok(["anywhere", "file"].includes(traits.door), name);
  }
});

Deno.test("no two settings are set by the same flag", () => {
  const flags = [...settingsOf(settings).values()].flatMap((traits) =>
    traits?.flag ?? []
  );
  assert.deepEqual(flags, [...new Set(flags)]);
  for (const flag of flags) assert.match(flag, /^--[a-z][a-z-]*$/);
});
