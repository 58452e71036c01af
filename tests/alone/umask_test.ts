/** The umask is one for all threads: who changes it runs alone. */
import assert from "node:assert/strict";
import { openInstanceFolder } from "../../capture/frame/instance_folder.ts";
import { TestFolder } from "../support/clips.ts";

Deno.test("openInstanceFolder() makes a parent for all users, though the umask forbids it", async () => {
  using folder = new TestFolder();
  const parent = folder.file("streamware");
  const before = Deno.umask(0o077);
  try {
    await using opened = await openInstanceFolder({ parent, instance: "run-1" });
    assert.equal(Deno.statSync(parent).mode! & 0o7777, 0o1777);
    assert.equal(Deno.statSync(opened.path).mode! & 0o7777, 0o700);
  } finally {
    Deno.umask(before);
  }
});
