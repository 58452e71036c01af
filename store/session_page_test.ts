import assert from "node:assert/strict";
import fc from "fast-check";
import { TestFolder } from "../tests/support/clips.ts";
import { embeddedJson, loadPageShell, pagePieces } from "./session_page.ts";

Deno.test("embeddedJson() holds any text, and nothing that HTML would read", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const json = embeddedJson(value);
    assert.doesNotMatch(json, /</);
    assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(value)));
  }));
  assert.doesNotMatch(embeddedJson("</script><!--"), /</);
});

Deno.test("loadPageShell() lets exactly this script and style run, and nothing load", async () => {
  using folder = new TestFolder();
  Deno.writeTextFileSync(folder.file("session.js"), "let a");
  Deno.writeTextFileSync(folder.file("session.css"), "p{}");
  const shell = await loadPageShell(new URL(`file://${folder.path}/`));
  assert.match(shell.policy, /^default-src 'none';/);
  // printf 'let a' | openssl dgst -sha256 -binary | base64
  assert.match(
    shell.policy,
    /script-src 'sha256-IfEXP\/8HLuXoAiy0hZVrCAcjcLsZqYFpLOHDGj8enqE='/,
  );
  assert.doesNotMatch(shell.policy, /unsafe|self|connect-src/);
  const page = [...pagePieces(shell, ['{"version":', "1}"])].join("");
  assert.match(page, /<script type="application\/json" id="session">\{"version":1\}</);
});

Deno.test("loadPageShell() says how the page is built, and refuses code that ends itself", async () => {
  using folder = new TestFolder();
  const url = new URL(`file://${folder.path}/`);
  await assert.rejects(loadPageShell(url), { hint: "scripts/setup run" });
  Deno.writeTextFileSync(folder.file("session.js"), '"</script>"');
  Deno.writeTextFileSync(folder.file("session.css"), "");
  await assert.rejects(loadPageShell(url), /would end its own element/);
});
