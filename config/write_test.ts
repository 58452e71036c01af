import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { Fault } from "../base/fault.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { type ConfigEdit, editedConfig, writeWhole } from "./write.ts";

const TEXT = `# The gate
cameras:
  # the front
  front:   # yes
    url: scene:street   # main stream
    zones:
      door: {points: [[0, 0.50], [1,0], [1, 1]], judge: foot}


server:
    port:  8766      # page

speech:
  # What speaks.
  # engine: auto

  # Which voice.
  # voice: en-gb
log: {level: 'info'}
# end
`;

function check(edits: readonly ConfigEdit[], changes: Record<string, string>): void {
  let expected = TEXT;
  for (const [from, to] of Object.entries(changes)) {
    assert.ok(expected.includes(from), from);
    expected = expected.replace(from, () => to);
  }
  assert.equal(editedConfig(TEXT, edits), expected);
}

Deno.test("editedConfig() changes a value and leaves every other character", () => {
  check([{ path: ["server", "port"], value: 80 }], { "8766": "80" });
  check([{ path: ["log", "level"], value: "debug" }], { "'info'": "debug" });
  check([{ path: ["cameras", "front", "zones", "door", "judge"], value: "touch" }], {
    "judge: foot": "judge: touch",
  });
});

Deno.test("editedConfig() adds a setting beside its neighbours", () => {
  check([{ path: ["server", "listen"], value: "0.0.0.0" }], {
    "# page\n": "# page\n    listen: 0.0.0.0\n",
  });
  check([{ path: ["cameras", "back"], value: { url: "scene:gate", fps: 5 } }], {
    "judge: foot}\n": "judge: foot}\n  back:\n    url: scene:gate\n    fps: 5\n",
  });
});

Deno.test("editedConfig() gives a setting the place of its commented line", () => {
  check([{ path: ["speech", "engine"], value: "piper" }], {
    "# engine: auto": "engine: piper",
  });
});

Deno.test("editedConfig() makes the sections that are missing", () => {
  check([{ path: ["webhook", "url"], value: "${file:hook}" }], {
    "# end\n": "# end\nwebhook:\n  url: ${file:hook}\n",
  });
  const edit = { path: ["server", "port"], value: 1 };
  for (const text of [undefined, "", "server:", "server:\n", "server: # all of it"]) {
    const edited = editedConfig(text, [edit]);
    assert.deepEqual(parse(edited), { server: { port: 1 } }, text);
  }
});

Deno.test("editedConfig() takes a setting out", () => {
  const edited = editedConfig(TEXT, [{ path: ["server", "port"], value: undefined }]);
  assert.deepEqual(parse(edited).server, {});
  assert.match(edited, /# the front/);
  const absent = { path: ["server", "names"], value: undefined };
  assert.deepEqual(parse(editedConfig(TEXT, [absent])), parse(TEXT));
});

Deno.test("editedConfig() refuses a text that is no YAML", () => {
  assert.throws(
    () => editedConfig("server: [", [{ path: ["a"], value: 1 }]),
    (thrown) => thrown instanceof Fault && thrown.kind === "config",
  );
});

const keys = fc.constantFrom("cameras", "front", "server", "port", "speech", "engine");
const values = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.integer(),
  fc.boolean(),
  fc.array(fc.string(), { maxLength: 3 }),
  fc.dictionary(keys, fc.oneof(fc.string(), fc.integer()), {
    maxKeys: 3,
    noNullPrototype: true,
  }),
);
const edits = fc.array(
  fc.record({ path: fc.array(keys, { minLength: 1, maxLength: 4 }), value: values }),
  { minLength: 1, maxLength: 5 },
);

Deno.test("what editedConfig() wrote is read back as it was given", () => {
  fc.assert(
    fc.property(fc.constantFrom(TEXT, undefined, "# a\n"), edits, (text, list) => {
      let read: unknown = parse(editedConfig(text, list));
      const last = list.at(-1)!;
      for (const key of last.path) read = (read as Record<string, unknown>)[key];
      assert.deepEqual(read, last.value);
    }),
  );
});

Deno.test("writeWhole() makes a file that others cannot read", async () => {
  using folder = new TestFolder();
  const path = join(folder.path, "streamware.yaml");
  await writeWhole(path, "a: 1\n");
  assert.equal(await Deno.readTextFile(path), "a: 1\n");
  assert.equal((await Deno.stat(path)).mode! & 0o777, 0o640);
});

Deno.test("writeWhole() keeps mode, owner and link of the file it replaces", async () => {
  using folder = new TestFolder();
  const path = join(folder.path, "real.yaml");
  const link = join(folder.path, "streamware.yaml");
  await Deno.writeTextFile(path, "a: 1\n", { mode: 0o600 });
  const isRoot = Deno.uid() === 0;
  if (isRoot) await Deno.chown(path, 1_234, 4_321);
  await Deno.symlink(path, link);
  await writeWhole(link, "a: 2\n");
  assert.equal((await Deno.lstat(link)).isSymlink, true);
  assert.equal(await Deno.readTextFile(path), "a: 2\n");
  const { mode, uid, gid } = await Deno.stat(path);
  assert.equal(mode! & 0o777, 0o600);
  if (isRoot) assert.deepEqual([uid, gid], [1_234, 4_321]);
});

Deno.test("writeWhole() leaves nothing behind when it cannot write", async () => {
  using folder = new TestFolder();
  const path = join(folder.path, "taken");
  await Deno.mkdir(path);
  await assert.rejects(
    writeWhole(path, "a"),
    (thrown) => thrown instanceof Fault && thrown.message.startsWith("Cannot write"),
  );
  assert.deepEqual([...Deno.readDirSync(folder.path)].map(({ name }) => name), ["taken"]);
});
