import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { openSessionFile, previousOf } from "./session_file.ts";

const NEVER = new AbortController().signal;

async function refusal(path: string): Promise<Fault> {
  try {
    await openSessionFile(path);
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
  }
  throw new Error(`${path} was not refused with a fault`);
}

Deno.test("openSessionFile() leaves nothing behind before it is written", async () => {
  using folder = new TestFolder();
  const path = folder.file("a.html");
  const file = await openSessionFile(path);
  assert.deepEqual([...Deno.readDirSync(folder.path)], []);
  assert.equal(await file.write(["<p>", "é"], NEVER), 5);
  assert.equal(Deno.readTextFileSync(path), "<p>é");
  assert.deepEqual([...Deno.readDirSync(folder.path)].map(({ name }) => name), [
    "a.html",
  ]);
});

Deno.test("openSessionFile() keeps the old page until the new one is whole", async () => {
  using folder = new TestFolder();
  const path = folder.file("a.html");
  const file = await openSessionFile(path);
  await file.write(["old"], NEVER);
  const cancel = new AbortController();
  function* pieces() {
    yield "new";
    assert.equal(Deno.readTextFileSync(path), "old");
    cancel.abort();
    yield "never";
  }
  assert.equal(await file.write(pieces(), cancel.signal), undefined);
  assert.equal(Deno.readTextFileSync(path), "old");
  assert.equal([...Deno.readDirSync(folder.path)].length, 1);
});

Deno.test("a session file keeps the page of the session before, and no older one", async () => {
  using folder = new TestFolder();
  const path = folder.file("a.html");
  for (const session of ["first", "second", "third"]) {
    const file = await openSessionFile(path);
    await file.write([`${session}, begun`], NEVER);
    await file.write([`${session}, ended`], NEVER);
  }
  const read = (name: string) => Deno.readTextFileSync(folder.file(name));
  assert.equal(read("a.html"), "third, ended");
  assert.equal(read("a.previous.html"), "second, ended");
  assert.equal([...Deno.readDirSync(folder.path)].length, 2);
});

Deno.test("a session that wrote nothing leaves the page of the one before", async () => {
  using folder = new TestFolder();
  const path = folder.file("a.html");
  Deno.writeTextFileSync(path, "before");
  const file = await openSessionFile(path);
  assert.equal(await file.write(["x"], AbortSignal.abort()), undefined);
  assert.equal(Deno.readTextFileSync(path), "before");
  assert.equal([...Deno.readDirSync(folder.path)].length, 1);
});

Deno.test("previousOf() keeps the ending, so that a browser opens it", () => {
  const names = ["/a.b/out.html", "/a.b/out", "x.tar.gz", "/a/.page"];
  assert.deepEqual(names.map(previousOf), [
    "/a.b/out.previous.html",
    "/a.b/out.previous",
    "x.tar.previous.gz",
    "/a/.page.previous",
  ]);
});

Deno.test("openSessionFile() says why a path cannot be written, and what to do", async () => {
  using folder = new TestFolder();
  Deno.writeTextFileSync(folder.file("file"), "");
  const missing = await refusal(folder.file("none/a.html"));
  assert.match(
    missing.message,
    /^Cannot write the session page .*its folder is not there$/,
  );
  assert.equal(missing.hint, `mkdir -p ${folder.file("none")}`);
  assert.match((await refusal(folder.path)).message, /that is a folder$/);
  assert.match((await refusal("/dev/null")).message, /that is no plain file$/);
  assert.match(
    (await refusal(folder.file("file/a.html"))).message,
    /is a file|not there/,
  );
});

Deno.test("openSessionFile() writes through a link and leaves the link", async () => {
  using folder = new TestFolder();
  Deno.writeTextFileSync(folder.file("real.html"), "");
  Deno.symlinkSync(folder.file("real.html"), folder.file("link.html"));
  const file = await openSessionFile(folder.file("link.html"));
  await file.write(["page"], NEVER);
  assert.equal(Deno.readTextFileSync(folder.file("real.html")), "page");
  assert.equal(Deno.lstatSync(folder.file("link.html")).isSymlink, true);
});

Deno.test("a session file says that its folder has gone", async () => {
  using folder = new TestFolder();
  Deno.mkdirSync(folder.file("gone"));
  const file = await openSessionFile(folder.file("gone/a.html"));
  Deno.removeSync(folder.file("gone"));
  await assert.rejects(file.write(["x"], NEVER), /its folder is not there/);
});

Deno.test("openSessionFile() writes to no file that a link beside it leads to", async () => {
  using folder = new TestFolder();
  const [path, other] = [folder.file("out.html"), folder.file("other")];
  Deno.writeTextFileSync(other, "somebody's");
  Deno.symlinkSync(other, `${path}.partial`);
  const file = await openSessionFile(path);
  Deno.symlinkSync(other, `${path}.partial`);
  await file.write(["page"], new AbortController().signal);
  assert.equal(Deno.readTextFileSync(other), "somebody's");
  assert.equal(Deno.readTextFileSync(path), "page");
});
