import assert from "node:assert/strict";
import { TestFolder } from "../tests/support/clips.ts";
import { Fault } from "../base/fault.ts";
import { keepLastGood, loadWithLastGood } from "./last_good.ts";

function load(folder: TestFolder) {
  return loadWithLastGood({
    path: folder.file("streamware.yaml"),
    stateFolder: folder.file("state"),
    env: () => undefined,
  });
}

function write(folder: TestFolder, text: string): void {
  Deno.writeTextFileSync(folder.file("streamware.yaml"), text, { mode: 0o600 });
}

const GOOD = "cameras: {a: {url: 'rtsp://h/', user: u, password: '${file:secret}'}}\n";

Deno.test("a broken file gives the last good settings and says what is broken", async () => {
  using folder = new TestFolder();
  Deno.writeTextFileSync(folder.file("secret"), "hunter2", { mode: 0o600 });
  write(folder, GOOD);
  const good = load(folder);
  assert.equal(good.broken, undefined);
  await keepLastGood(folder.file("state"), good.text);
  write(folder, "cameras: {a: {url: x, fsp: 1}}\n");
  const last = load(folder);
  assert.deepEqual(last.settings, good.settings);
  assert.equal(last.settings.cameras.a!.password!.reveal(), "hunter2");
  assert.match(last.broken!.message, /1:23 cameras.a.fsp: is no setting/);
  Deno.removeSync(folder.file("streamware.yaml"));
  assert.match(load(folder).broken!.message, /it does not exist/);
});

Deno.test("the last good copy holds references, and is for its owner alone", async () => {
  using folder = new TestFolder();
  await keepLastGood(folder.file("state"), GOOD);
  const path = folder.file("state/last_good.yaml");
  assert.equal(Deno.readTextFileSync(path), GOOD);
  assert.equal(Deno.statSync(path).mode! & 0o777, 0o600);
  const before = Deno.statSync(path).ino;
  await keepLastGood(folder.file("state"), GOOD);
  assert.equal(Deno.statSync(path).ino, before, "what is kept already is not written");
});

Deno.test("what root keeps belongs to the owner of the state folder", async () => {
  using folder = new TestFolder();
  const state = folder.file("state");
  await keepLastGood(state, "");
  if (Deno.uid() === 0) Deno.chownSync(state, 1_234, 4_321);
  await keepLastGood(state, GOOD);
  const { uid, gid } = Deno.statSync(state);
  const copy = Deno.statSync(folder.file("state/last_good.yaml"));
  assert.deepEqual([copy.uid, copy.gid], [uid, gid]);
});

Deno.test("a link in place of the copy leads the write nowhere", async () => {
  using folder = new TestFolder();
  Deno.mkdirSync(folder.file("state"));
  Deno.writeTextFileSync(folder.file("victim"), "root's", { mode: 0o600 });
  const was = Deno.statSync(folder.file("victim"));
  if (Deno.uid() === 0) Deno.chownSync(folder.file("state"), 1_234, 4_321);
  Deno.symlinkSync(folder.file("victim"), folder.file("state/last_good.yaml"));
  await keepLastGood(folder.file("state"), GOOD);
  const is = Deno.statSync(folder.file("victim"));
  assert.equal(Deno.readTextFileSync(folder.file("victim")), "root's");
  assert.deepEqual([is.uid, is.ino], [was.uid, was.ino]);
  assert.equal(Deno.readTextFileSync(folder.file("state/last_good.yaml")), GOOD);
});

Deno.test("without a good copy the fault of the file itself is thrown", async () => {
  using folder = new TestFolder();
  write(folder, "cameras: {a: {url: x, fsp: 1}}\n");
  const isOfFile = (thrown: unknown) =>
    thrown instanceof Fault && thrown.kind === "config" && thrown.message.includes("fsp");
  assert.throws(() => load(folder), isOfFile);
  await keepLastGood(folder.file("state"), "cameras: [");
  assert.throws(() => load(folder), isOfFile);
});
