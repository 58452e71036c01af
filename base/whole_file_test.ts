import assert from "node:assert/strict";
import { lchown } from "node:fs/promises";
import { TestFolder } from "../tests/support/clips.ts";
import { Fault } from "./fault.ts";
import { type WholeFileOptions, writeWholeFile } from "./whole_file.ts";

const IS_ROOT = Deno.uid() === 0;
const SOMEBODY = 12_345;

/** Writes to `name` and expects to be refused, with nothing left behind. */
async function refused(
  folder: TestFolder,
  { name, words, link }: { name: string; words: RegExp } & Pick<WholeFileOptions, "link">,
): Promise<void> {
  const before = [...Deno.readDirSync(folder.path)].length;
  await assert.rejects(
    writeWholeFile(folder.file(name), "new", link ? { link } : {}),
    (thrown) => {
      assert.ok(thrown instanceof Fault && thrown.kind === "unavailable");
      assert.ok(thrown.message.startsWith(`Cannot write ${folder.file(name)}: `));
      assert.match(thrown.message, words);
      return true;
    },
  );
  assert.equal([...Deno.readDirSync(folder.path)].length, before);
}

Deno.test("writeWholeFile() makes a file for its owner alone, or as it is asked", async () => {
  using folder = new TestFolder();
  await writeWholeFile(folder.file("a"), "a: 1\n");
  await writeWholeFile(folder.file("b"), "", { mode: 0o664 });
  assert.equal(Deno.readTextFileSync(folder.file("a")), "a: 1\n");
  assert.equal(Deno.statSync(folder.file("a")).mode! & 0o777, 0o600);
  assert.equal(Deno.statSync(folder.file("b")).mode! & 0o777, 0o664);
});

Deno.test("writeWholeFile() keeps mode and owner of the file it replaces", async () => {
  using folder = new TestFolder();
  const path = folder.file("a");
  Deno.writeTextFileSync(path, "old");
  Deno.chmodSync(path, 0o604);
  if (IS_ROOT) Deno.chownSync(path, SOMEBODY, SOMEBODY + 1);
  const was = Deno.statSync(path);
  await writeWholeFile(path, "new");
  const is = Deno.statSync(path);
  assert.deepEqual([is.mode, is.uid, is.gid], [was.mode, was.uid, was.gid]);
  assert.notEqual(is.ino, was.ino, "the old one is whole until the new one is");
  assert.equal(Deno.readTextFileSync(path), "new");
});

Deno.test(
  "writeWholeFile() gives the file to an owner",
  { ignore: !IS_ROOT },
  async () => {
    using folder = new TestFolder();
    const owner = { uid: SOMEBODY, gid: SOMEBODY };
    await writeWholeFile(folder.file("a"), "new", { owner });
    assert.equal(Deno.statSync(folder.file("a")).uid, SOMEBODY);
  },
);

Deno.test("writeWholeFile() goes nowhere that a link leads, unless it is told to", async () => {
  using folder = new TestFolder();
  Deno.writeTextFileSync(folder.file("victim"), "untouched");
  Deno.symlinkSync("victim", folder.file("a"));
  await refused(folder, { name: "a", words: /: it is a link to victim$/ });
  await writeWholeFile(folder.file("a"), "new", { link: "replace" });
  assert.equal(Deno.lstatSync(folder.file("a")).isFile, true);
  assert.equal(Deno.readTextFileSync(folder.file("victim")), "untouched");
});

Deno.test("writeWholeFile() follows a link of its own when it is told to", async () => {
  using folder = new TestFolder();
  Deno.writeTextFileSync(folder.file("real"), "old");
  Deno.symlinkSync("real", folder.file("b"));
  Deno.symlinkSync(folder.file("b"), folder.file("a"));
  await writeWholeFile(folder.file("a"), "new", { link: "follow" });
  assert.equal(Deno.lstatSync(folder.file("a")).isSymlink, true);
  assert.equal(Deno.readTextFileSync(folder.file("real")), "new");
  Deno.symlinkSync("round", folder.file("round"));
  await refused(folder, { name: "round", link: "follow", words: /links lead to/ });
});

Deno.test("writeWholeFile() follows no link that somebody else made", async () => {
  using folder = new TestFolder();
  Deno.writeTextFileSync(folder.file("victim"), "untouched");
  Deno.mkdirSync(folder.file("real"));
  Deno.symlinkSync("victim", folder.file("a"));
  Deno.symlinkSync("real", folder.file("folder"));
  if (!IS_ROOT) return; // only root can make a link somebody else's
  await lchown(folder.file("a"), SOMEBODY, SOMEBODY);
  await lchown(folder.file("folder"), SOMEBODY, SOMEBODY);
  const words = /is a link that somebody else made$/;
  await refused(folder, { name: "a", link: "follow", words });
  await refused(folder, { name: "folder/b", words });
  assert.equal(Deno.readTextFileSync(folder.file("victim")), "untouched");
});

Deno.test("writeWholeFile() replaces nothing but a plain file", async () => {
  using folder = new TestFolder();
  Deno.mkdirSync(folder.file("folder"));
  await refused(folder, { name: "folder", words: /is no plain file$/ });
  if (IS_ROOT) {
    await new Deno.Command("mknod", { args: [folder.file("null"), "c", "1", "3"] })
      .output();
    Deno.symlinkSync("null", folder.file("unit"));
    await refused(folder, { name: "unit", link: "follow", words: /is no plain file$/ });
    assert.equal(Deno.lstatSync(folder.file("null")).isCharDevice, true);
  }
});
