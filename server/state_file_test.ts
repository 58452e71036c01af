import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { readStateFile, writeStateFile } from "./state_file.ts";

Deno.test("writeStateFile() gives the file to the folder's owner, also when root writes", async () => {
  using folder = new TestFolder();
  if (Deno.uid() === 0) Deno.chownSync(folder.path, 12_345, 12_346);
  await writeStateFile(folder.file("new/deep/key"), "text");
  const its = Deno.statSync(folder.path);
  for (const [path, mode] of [["new", 0o700], ["new/deep/key", 0o600]] as const) {
    const made = Deno.statSync(folder.file(path));
    assert.deepEqual([made.uid, made.gid, made.mode! & 0o777], [its.uid, its.gid, mode]);
  }
  assert.equal(await readStateFile(folder.file("new/deep/key")), "text");
});

Deno.test("writeStateFile() replaces a link, not what it leads to", async () => {
  using folder = new TestFolder();
  Deno.writeTextFileSync(folder.file("victim"), "untouched");
  Deno.symlinkSync(folder.file("victim"), folder.file("key"));
  await writeStateFile(folder.file("key"), "text");
  assert.equal(Deno.readTextFileSync(folder.file("victim")), "untouched");
  assert.equal(await readStateFile(folder.file("key")), "text");
});

Deno.test("writeStateFile() leaves nothing behind when it cannot write, and says where", async () => {
  using folder = new TestFolder();
  Deno.mkdirSync(folder.file("key"));
  await assert.rejects(writeStateFile(folder.file("key"), "text"), (thrown) => {
    assert.ok(thrown instanceof Fault && thrown.kind === "unavailable");
    assert.ok(thrown.message.startsWith(`Cannot write ${folder.file("key")}: `));
    return true;
  });
  const names = [...Deno.readDirSync(folder.path)].map(({ name }) => name);
  assert.deepEqual(names, ["key"]);
});

Deno.test("readStateFile() tells an absent file from one that cannot be read", async () => {
  using folder = new TestFolder();
  assert.equal(await readStateFile(folder.file("absent")), undefined);
  await assert.rejects(readStateFile(folder.path), Fault);
});
