import assert from "node:assert/strict";
import { expectNone } from "./expect_none.ts";
import { EXIT_CODES } from "../../base/fault.ts";
import { checkoutFiles, readText, ROOT } from "./checkout.ts";
import { adrFaults, brokenLinks, exitCodeFaults } from "./documents.ts";
import { tree } from "./sources.ts";

Deno.test("brokenLinks() names a link to a file and to a heading that are not there", () => {
  const files = tree({
    "README.md":
      "[a](docs/a.md) [b](docs/b.md) [c](docs/a.md#the-end) [d](docs/a.md#what-it-is)",
    "docs/a.md":
      "# A\n\n## What it is\n\n[up](../README.md) [web](https://example.org/x)\n",
  });
  assert.deepEqual(brokenLinks(files, (path) => files.has(path)), [
    "README.md: docs/b.md leads nowhere",
    "README.md: docs/a.md#the-end names a heading that is not there",
  ]);
});

Deno.test("brokenLinks() does not take code for a link", () => {
  const files = tree({ "a.md": "`[x](y)`\n\n```ts\ncall[0](nothing)\n```\n" });
  assert.deepEqual(brokenLinks(files, () => false), []);
});

Deno.test("adrFaults() names decisions that are misnamed, misnumbered or not listed", () => {
  const good = (number: string) => `# ${number} Title\n\nStatus: accepted, 2026-11-22\n`;
  const check = (adrs: Record<string, string>, index: string, count: number) =>
    assert.equal(adrFaults(tree(adrs), index).length, count, Object.keys(adrs).join());
  check({ "0001-a.md": good("0001") }, "[a](0001-a.md)", 0);
  check({ "0001-a.md": good("0001") }, "", 1);
  check({ "0002-a.md": good("0002") }, "[a](0002-a.md)", 1);
  check({ "0001-a.md": good("0003") }, "[a](0001-a.md)", 1);
  check({ "0001-a.md": "# 0001 Title\n" }, "[a](0001-a.md)", 1);
  check({ "first.md": good("0001") }, "[a](first.md)", 1);
});

Deno.test("exitCodeFaults() names a code that page and program do not agree on", () => {
  const page = "| 0 | all well |\n| 2 | `usage` |\n| 9 | `lost` |\n";
  assert.deepEqual(exitCodeFaults(page, { usage: 2, bug: 1 }), [
    "docs/ref/exit-codes.md does not say that bug is 1",
    "docs/ref/exit-codes.md has 9, the code has not",
  ]);
});

Deno.test("every link of every document leads somewhere", () => {
  const files = new Set(checkoutFiles());
  const documents = new Map(
    [...files].filter((path) => path.endsWith(".md")).map((
      path,
    ) => [path, readText(path)]),
  );
  const isFolder = (path: string) =>
    [...files].some((file) => file.startsWith(`${path}/`));
  const exists = (path: string) => files.has(path) || isFolder(path);
  expectNone(brokenLinks(documents, exists));
});

Deno.test("every decision is numbered, dated and listed", () => {
  const names = [...Deno.readDirSync(`${ROOT}docs/adr`)].map(({ name }) => name)
    .filter((name) => name !== "README.md");
  const adrs = new Map(names.map((name) => [name, readText(`docs/adr/${name}`)]));
  expectNone(adrFaults(adrs, readText("docs/adr/README.md")));
});

Deno.test("the page of exit codes is the table of the program", () => {
  expectNone(exitCodeFaults(readText("docs/ref/exit-codes.md"), EXIT_CODES));
});
