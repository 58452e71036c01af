import assert from "node:assert/strict";
import type { FindingLevel } from "./check.ts";
import { TestFolder } from "../../tests/support/clips.ts";
import { type DiskFound, judgeDisk, tryToWrite } from "./disk.ts";

Deno.test("judgeDisk() tells each way in which nothing can be written", () => {
  const levels: Record<DiskFound["state"], FindingLevel> = {
    writable: "good",
    missing: "note",
    forbidden: "note",
    readonly: "broken",
    full: "broken",
    unusable: "broken",
  };
  for (const [state, level] of Object.entries(levels)) {
    const found = { folder: "/var/lib/streamware", freeBytes: 9e9 };
    const finding = judgeDisk({ ...found, state: state as DiskFound["state"] });
    assert.equal(finding.level, level, state);
  }
  const few = judgeDisk({ folder: "/x", state: "writable", freeBytes: 5_000_000 });
  assert.deepEqual([few.level, few.toDo], ["warning", "df -h /x"]);
});

Deno.test("tryToWrite() calls full only what is full", () => {
  using folder = new TestFolder();
  assert.deepEqual(tryToWrite(folder.path), { state: "writable" });
  assert.deepEqual([...Deno.readDirSync(folder.path)], [], "it leaves nothing");
  assert.deepEqual(tryToWrite(folder.file("none")), { state: "missing" });
  const file = folder.file("file");
  Deno.writeTextFileSync(file, "");
  const { state, said } = tryToWrite(file);
  assert.equal(state, "unusable");
  const found = { folder: file, state, freeBytes: undefined, ...(said ? { said } : {}) };
  assert.match(judgeDisk(found).words, /file cannot be written: Not a directory/);
});
