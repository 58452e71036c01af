import assert from "node:assert/strict";
import { TestFolder } from "../tests/support/clips.ts";
import { infoOf, isThere, namesIn, textIn } from "./found_files.ts";

Deno.test("what is not there is no failure, also below what is no folder", () => {
  using folder = new TestFolder();
  Deno.writeTextFileSync(folder.file("file"), "text");
  for (const path of [folder.file("none"), folder.file("file/none")]) {
    assert.equal(infoOf(path), undefined);
    assert.equal(isThere(path), false);
    assert.equal(textIn(path), undefined);
    assert.deepEqual(namesIn(path), []);
  }
  assert.equal(textIn(folder.file("file")), "text");
  assert.deepEqual(namesIn(folder.path), ["file"]);
});

Deno.test("a link that leads nowhere is there", () => {
  using folder = new TestFolder();
  Deno.symlinkSync("/no/such/file", folder.file("link"));
  assert.equal(isThere(folder.file("link")), true);
  assert.equal(infoOf(folder.file("link"))?.isSymlink, true);
});
