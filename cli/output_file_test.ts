import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { OutputFile, refuseSharedFiles } from "./output_file.ts";

Deno.test("OutputFile gives the file its name only when it is whole", () => {
  using folder = new TestFolder();
  const path = folder.file("a.dsl");
  Deno.writeTextFileSync(path, "before");
  {
    using half = new OutputFile(path);
    half.text("half");
    half.bytes(new Uint8Array(1));
  }
  assert.equal(Deno.readTextFileSync(path), "before");
  {
    using whole = new OutputFile(path);
    whole.text("one\n");
    whole.bytes(new TextEncoder().encode("two\n"));
    whole.text("three\n");
    whole.keep();
  }
  assert.equal(Deno.readTextFileSync(path), "one\ntwo\nthree\n");
  assert.deepEqual([...Deno.readDirSync(folder.path)].map(({ name }) => name), ["a.dsl"]);
});

Deno.test("OutputFile writes into what is no plain file without replacing it", () => {
  using folder = new TestFolder();
  const [target, link] = [folder.file("target"), folder.file("link")];
  Deno.writeTextFileSync(target, "");
  Deno.symlinkSync(target, link);
  using file = new OutputFile(link);
  file.text("through the link");
  file.keep();
  assert.equal(Deno.readTextFileSync(target), "through the link");
  using nowhere = new OutputFile("/dev/null");
  nowhere.text("gone");
  nowhere.keep();
});

Deno.test("OutputFile writes through no link that waits beside it, and over no leftover", () => {
  using folder = new TestFolder();
  const [path, victim] = [folder.file("gate.jpg"), folder.file("victim")];
  Deno.writeTextFileSync(victim, "precious");
  Deno.symlinkSync(victim, `${path}.partial`);
  {
    using file = new OutputFile(path);
    file.text("picture");
    file.keep();
  }
  assert.equal(Deno.readTextFileSync(victim), "precious");
  assert.equal(Deno.readTextFileSync(path), "picture");
  assert.equal(Deno.lstatSync(path).isFile, true);
  Deno.writeTextFileSync(`${path}.partial`, "the longer half of a run that was killed");
  {
    using file = new OutputFile(path);
    file.text("next");
    file.keep();
  }
  assert.equal(Deno.readTextFileSync(path), "next");
});

Deno.test("refuseSharedFiles() knows a file by every spelling", () => {
  using folder = new TestFolder();
  const clip = folder.file("clip.mp4");
  Deno.writeTextFileSync(clip, "");
  Deno.symlinkSync(clip, folder.file("link.mp4"));
  function refused(outputs: Record<string, string | undefined>): boolean {
    try {
      refuseSharedFiles(clip, outputs);
      return false;
    } catch (thrown) {
      return thrown instanceof Fault && thrown.kind === "usage";
    }
  }
  assert.equal(refused({ dsl: clip }), true);
  assert.equal(refused({ dsl: `${folder.path}/./clip.mp4` }), true);
  assert.equal(refused({ dsl: folder.file("link.mp4") }), true);
  assert.equal(refused({ dsl: "-", jsonl: "-" }), true);
  const [one, two] = [folder.file("new"), `${folder.path}/./new`];
  assert.equal(refused({ dsl: one, jsonl: two }), true);
  assert.equal(
    refused({ dsl: one, jsonl: folder.file("other"), masks: undefined }),
    false,
  );
  assert.equal(refused({ dsl: "/dev/null", jsonl: "/dev/null" }), false);
  assert.equal(refused({ dsl: "/no/such/folder/x", jsonl: "/no/such/folder/y" }), false);
});
